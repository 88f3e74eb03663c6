#pragma once

#include "core/protocol/wirevalue.h"

namespace ringlift::protocol {

/// Takes the fields of one message out of a JSON object. The first error stays.
class FieldReader
{
public:
    /// The object has to outlive the reader.
    explicit FieldReader(const JsonValue &object) : m_object(object) { }

    template<typename T> void required(std::string_view key, T &field)
    {
        if (const JsonValue *const value = takeRequired(key))
            store(*value, field);
    }
    template<typename T> void optional(std::string_view key, std::optional<T> &field)
    {
        if (const JsonValue *const value = take(key))
            store(*value, field);
    }
    /// The key is there; null stands for nothing.
    template<typename T> void nullable(std::string_view key, std::optional<T> &field)
    {
        const JsonValue *const value = takeRequired(key);
        if (value != nullptr && value->kind != JsonValue::Kind::Null)
            store(*value, field);
    }
    /// Left out when it has its default value.
    template<typename T> void defaulted(std::string_view key, T &field)
    {
        if (const JsonValue *const value = take(key))
            store(*value, field);
    }
    /// True when the key has this one possible value, false when it is left out.
    void marker(std::string_view key, std::string_view word, bool &field);
    /// One of two keys, or neither.
    void simProof(std::string_view imsiKey, std::string_view handleKey, SimProof &field);
    /// Exactly one of two keys.
    void either(std::string_view callKey, std::string_view arriveKey, std::variant<CallId, ArriveId> &field);
    template<typename T> void object(std::string_view key, T &field)
    {
        const JsonValue *const value = takeRequired(key);
        if (value == nullptr)
            return;
        if (value->kind != JsonValue::Kind::Object)
            return fail(DecodeError::BadValue);
        FieldReader inner(*value);
        describe(inner, field);
        adopt(inner);
    }
    /// What the values of other fields make necessary.
    void check(bool isThere)
    {
        if (!isThere)
            fail(DecodeError::MissingKey);
    }

    /// The error, if there is one. Keys that are no fields are one under Refuse.
    std::optional<DecodeError> finish(UnknownKeys unknownKeys) const;

private:
    template<typename T> void store(const JsonValue &value, T &field)
    {
        if (auto read = WireValue<T>::read(value))
            field = std::move(*read);
        else
            fail(DecodeError::BadValue);
    }
    template<typename T> void store(const JsonValue &value, std::optional<T> &field)
    {
        field = WireValue<T>::read(value);
        if (!field)
            fail(DecodeError::BadValue);
    }
    const JsonValue *take(std::string_view key);
    const JsonValue *takeRequired(std::string_view key);
    bool hasUnknownKeys() const { return m_innerUnknown || m_taken != m_object.keys.size(); }
    void adopt(const FieldReader &inner);
    void fail(DecodeError error);

    const JsonValue &m_object;
    std::size_t m_taken = 0;
    bool m_innerUnknown = false;
    std::optional<DecodeError> m_error;
};

} // namespace ringlift::protocol
