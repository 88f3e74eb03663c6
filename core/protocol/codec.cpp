#include "core/protocol/codec.h"

#include "core/protocol/callfields.h"
#include "core/protocol/loginfields.h"
#include "core/protocol/registrationfields.h"

#include <utility>

namespace ringlift::protocol {

namespace {

constexpr std::string_view kTypeKey = "type";
constexpr std::array<std::string_view, 11> kDecodeErrorNames{
    "too big",         "not ASCII",           "not JSON",     "nested too deep", "too many keys",
    "string too long", "a key appears twice", "unknown type", "unknown key",     "missing key",
    "bad value"};

// Replaced by the number of the message before anybody sees it.
Msisdn placeholder()
{
    return *Msisdn::fromE164("+10000000");
}

template<typename T> T blank()
{
    if constexpr (std::same_as<T, RegisterBegin>)
        return {.msisdn = placeholder(), .sim = {}, .idcard = {}, .platform = {}};
    else if constexpr (std::same_as<T, CallOffer>)
        return {.callId = {}, .msisdn = placeholder(), .callee = placeholder(), .commit = {}, .caps = {}};
    else if constexpr (std::same_as<T, CallRequest>)
        return {.callId = {}, .caller = placeholder()};
    else
        return {};
}

template<typename T> Expected<Message, DecodeError> decodeAs(const JsonValue &object, UnknownKeys unknownKeys)
{
    T message = blank<T>();
    FieldReader fields(object);
    std::string type;
    fields.required(kTypeKey, type);
    describe(fields, message);
    if (const auto error = fields.finish(unknownKeys))
        return Unexpected(*error);
    return Message(std::move(message));
}

using Decoder = Expected<Message, DecodeError> (*)(const JsonValue &, UnknownKeys);

template<std::size_t... I> constexpr std::array<Decoder, sizeof...(I)> makeDecoders(std::index_sequence<I...>)
{
    return {&decodeAs<std::variant_alternative_t<I, Message>>...};
}

constexpr auto kDecoders = makeDecoders(std::make_index_sequence<std::variant_size_v<Message>>());

/// Which alternative of Message the type of the object stands for.
Expected<std::size_t, DecodeError> alternativeOf(const JsonValue &object)
{
    const JsonValue *const type = object.find(kTypeKey);
    if (type == nullptr)
        return Unexpected(DecodeError::MissingKey);
    if (type->kind != JsonValue::Kind::String)
        return Unexpected(DecodeError::BadValue);
    const auto *const found = std::find(kTypeNames.begin(), kTypeNames.end(), type->text);
    if (found == kTypeNames.end())
        return Unexpected(DecodeError::UnknownType);
    const auto alternative = static_cast<std::size_t>(found - kTypeNames.begin());
    // Question and answer share a type; only the answer holds credentials.
    const bool isTurn = alternative == Message(CallTurnRequest()).index() && object.find("turn") != nullptr;
    return isTurn ? Message(CallTurn()).index() : alternative;
}

} // namespace

std::string_view nameOf(DecodeError error)
{
    return kDecodeErrorNames[static_cast<std::size_t>(error)];
}

std::string_view nameOf(ErrorCode code)
{
    return wireName(code);
}

std::optional<ErrorCode> errorCodeFromName(std::string_view name)
{
    return fromWireName<ErrorCode>(name);
}

std::string_view typeOf(const Message &message)
{
    return kTypeNames[message.index()];
}

std::string encode(const Message &message)
{
    JsonWriter json;
    json.beginObject().key(kTypeKey).string(typeOf(message));
    FieldWriter fields(json);
    std::visit([&](const auto &value) { describe(fields, value); }, message);
    return json.endObject().take();
}

Expected<Message, DecodeError> decode(std::string_view text, UnknownKeys unknownKeys, const JsonLimits &limits)
{
    const auto object = parseJson(text, limits);
    if (!object)
        return Unexpected(object.error());
    if (object->kind != JsonValue::Kind::Object)
        return Unexpected(DecodeError::BadValue);
    const auto alternative = alternativeOf(*object);
    if (!alternative)
        return Unexpected(alternative.error());
    return kDecoders[*alternative](*object, unknownKeys);
}

} // namespace ringlift::protocol
