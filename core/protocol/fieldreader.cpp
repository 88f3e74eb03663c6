#include "core/protocol/fieldreader.h"

namespace ringlift::protocol {

const JsonValue *FieldReader::take(std::string_view key)
{
    const JsonValue *const value = m_object.find(key);
    if (value != nullptr)
        ++m_taken;
    return value;
}

const JsonValue *FieldReader::takeRequired(std::string_view key)
{
    const JsonValue *const value = take(key);
    if (value == nullptr)
        fail(DecodeError::MissingKey);
    return value;
}

void FieldReader::marker(std::string_view key, std::string_view word, bool &field)
{
    const JsonValue *const value = take(key);
    field = value != nullptr;
    if (field && (value->kind != JsonValue::Kind::String || value->text != word))
        fail(DecodeError::BadValue);
}

void FieldReader::simProof(std::string_view imsiKey, std::string_view handleKey, SimProof &field)
{
    std::optional<Imsi> imsi;
    std::optional<SimHandle> handle;
    optional(imsiKey, imsi);
    optional(handleKey, handle);
    if (imsi && handle)
        return fail(DecodeError::BadValue);
    if (imsi)
        field = std::move(*imsi);
    if (handle)
        field = *handle;
}

void FieldReader::either(std::string_view callKey, std::string_view arriveKey, std::variant<CallId, ArriveId> &field)
{
    std::optional<CallId> call;
    std::optional<ArriveId> arrive;
    optional(callKey, call);
    optional(arriveKey, arrive);
    if (call && arrive)
        return fail(DecodeError::BadValue);
    check(call || arrive);
    if (call)
        field = *call;
    if (arrive)
        field = *arrive;
}

std::optional<DecodeError> FieldReader::finish(UnknownKeys unknownKeys) const
{
    if (!m_error && unknownKeys == UnknownKeys::Refuse && hasUnknownKeys())
        return DecodeError::UnknownKey;
    return m_error;
}

void FieldReader::adopt(const FieldReader &inner)
{
    m_innerUnknown = m_innerUnknown || inner.hasUnknownKeys();
    if (inner.m_error)
        fail(*inner.m_error);
}

void FieldReader::fail(DecodeError error)
{
    if (!m_error)
        m_error = error;
}

} // namespace ringlift::protocol
