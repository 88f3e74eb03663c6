#pragma once

#include "core/crypto/secretkey.h"
#include "core/protocol/msisdn.h"
#include "tests/tools/kattally.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace ringlift::kat {

/// The fields of one JSON object. What is missing or malformed is noted as a problem of the case and read as empty.
class KatFields
{
public:
    KatFields(const QJsonValue &value, KatCase &test);

    std::string text(std::string_view name);
    Bytes hex(std::string_view name);
    template<std::size_t N>
    ByteArray<N> array(std::string_view name)
    {
        ByteArray<N> bytes{};
        copyExactly(name, bytes);
        return bytes;
    }
    crypto::SecretKey key(std::string_view name);
    std::uint64_t number(std::string_view name, std::uint64_t highest);
    std::optional<protocol::Msisdn> msisdn(std::string_view name);
    QJsonArray list(std::string_view name);
    QJsonObject object(std::string_view name);

private:
    QJsonValue value(std::string_view name);
    void problem(std::string_view name, std::string_view what);
    void copyExactly(std::string_view name, std::span<std::uint8_t> out);

    QJsonObject m_object;
    KatCase &m_test;
};

} // namespace ringlift::kat
