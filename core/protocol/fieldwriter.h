#pragma once

#include "core/protocol/wirevalue.h"

namespace ringlift::protocol {

/// Writes the fields of one message; the counterpart of FieldReader.
class FieldWriter
{
public:
    explicit FieldWriter(JsonWriter &json) : m_json(json) { }

    template<typename T> void required(std::string_view key, const T &field)
    {
        m_json.key(key);
        WireValue<T>::write(m_json, field);
    }
    template<typename T> void optional(std::string_view key, const std::optional<T> &field)
    {
        if (field)
            required(key, *field);
    }
    template<typename T> void nullable(std::string_view key, const std::optional<T> &field)
    {
        if (field)
            required(key, *field);
        else
            m_json.key(key).null();
    }
    template<typename T> void defaulted(std::string_view key, const T &field)
    {
        if (field != T{})
            required(key, field);
    }
    void marker(std::string_view key, std::string_view word, bool field)
    {
        if (field)
            m_json.key(key).string(word);
    }
    void simProof(std::string_view imsiKey, std::string_view handleKey, const SimProof &field)
    {
        if (field != SimProof())
            required(std::holds_alternative<Imsi>(field) ? imsiKey : handleKey, field);
    }
    void either(std::string_view callKey, std::string_view arriveKey, const std::variant<CallId, ArriveId> &field)
    {
        const auto *const call = std::get_if<CallId>(&field);
        if (call != nullptr)
            required(callKey, *call);
        else
            required(arriveKey, *std::get_if<ArriveId>(&field));
    }
    template<typename T> void object(std::string_view key, const T &field)
    {
        m_json.key(key).beginObject();
        FieldWriter inner(m_json);
        describe(inner, field);
        m_json.endObject();
    }
    void check(bool) { }

private:
    JsonWriter &m_json;
};

/// A message as a FieldReader or FieldWriter sees it.
template<typename Fields, typename T>
using Described = std::conditional_t<std::is_same_v<Fields, FieldWriter>, const T, T>;

} // namespace ringlift::protocol
