#include "tests/tools/katfields.h"

#include <algorithm>

namespace ringlift::kat {

KatFields::KatFields(const QJsonValue &value, KatCase &test) : m_object(value.toObject()), m_test(test)
{
    if (!value.isObject())
        m_test.problem("not an object");
}

void KatFields::problem(std::string_view name, std::string_view what)
{
    m_test.problem(std::string(name) + ": " + std::string(what));
}

QJsonValue KatFields::value(std::string_view name)
{
    const auto found = m_object.constFind(QLatin1StringView(name.data(), static_cast<qsizetype>(name.size())));
    if (found == m_object.constEnd()) {
        problem(name, "missing");
        return QJsonValue::Undefined;
    }
    return *found;
}

std::string KatFields::text(std::string_view name)
{
    const QJsonValue field = value(name);
    if (!field.isUndefined() && !field.isString())
        problem(name, "not a string");
    return field.toString().toStdString();
}

Bytes KatFields::hex(std::string_view name)
{
    const auto bytes = fromHex(text(name));
    if (!bytes)
        problem(name, "not hex");
    return bytes.value_or(Bytes());
}

void KatFields::copyExactly(std::string_view name, std::span<std::uint8_t> out)
{
    const Bytes bytes = hex(name);
    if (bytes.size() == out.size())
        std::ranges::copy(bytes, out.begin());
    else
        problem(name, std::to_string(bytes.size()) + " bytes instead of " + std::to_string(out.size()));
}

crypto::SecretKey KatFields::key(std::string_view name)
{
    crypto::SecretKey key;
    copyExactly(name, key.writable());
    return key;
}

std::uint64_t KatFields::number(std::string_view name, std::uint64_t highest)
{
    const QJsonValue field = value(name);
    const qint64 number = field.toInteger(-1); // also for fractions and for what is no number
    if (field.isUndefined())
        return 0;
    if (number < 0 || static_cast<std::uint64_t>(number) > highest) {
        problem(name, "not a whole number from 0 to " + std::to_string(highest));
        return 0;
    }
    return static_cast<std::uint64_t>(number);
}

std::optional<protocol::Msisdn> KatFields::msisdn(std::string_view name)
{
    auto number = protocol::Msisdn::fromE164(text(name));
    if (!number)
        problem(name, "not an E.164 number");
    return number;
}

QJsonArray KatFields::list(std::string_view name)
{
    const QJsonValue field = value(name);
    if (!field.isUndefined() && !field.isArray())
        problem(name, "not a list");
    return field.toArray();
}

QJsonObject KatFields::object(std::string_view name)
{
    const QJsonValue field = value(name);
    if (!field.isUndefined() && !field.isObject())
        problem(name, "not an object");
    return field.toObject();
}

} // namespace ringlift::kat
