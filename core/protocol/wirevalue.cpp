#include "core/protocol/wirevalue.h"

namespace ringlift::protocol {

namespace {

constexpr std::string_view kUnknown = "unknown";

bool isString(const JsonValue &value)
{
    return value.kind == JsonValue::Kind::String;
}

template<typename T> std::optional<std::vector<T>> readArray(const JsonValue &array, std::size_t most)
{
    if (array.kind != JsonValue::Kind::Array || array.values.size() > most)
        return std::nullopt;
    std::vector<T> elements;
    for (const JsonValue &value : array.values) {
        auto element = WireValue<T>::read(value);
        if (!element)
            return std::nullopt;
        elements.push_back(std::move(*element));
    }
    return elements;
}

template<typename T> void writeArray(JsonWriter &json, const std::vector<T> &elements)
{
    json.beginArray();
    for (const T &element : elements)
        WireValue<T>::write(json, element);
    json.endArray();
}

} // namespace

std::optional<bool> WireValue<bool>::read(const JsonValue &value)
{
    if (value.kind != JsonValue::Kind::True && value.kind != JsonValue::Kind::False)
        return std::nullopt;
    return value.kind == JsonValue::Kind::True;
}

std::optional<std::string> WireValue<std::string>::read(const JsonValue &value)
{
    if (!isString(value) || value.text.size() > kMaxTextSize)
        return std::nullopt;
    return value.text;
}

std::optional<Bytes> WireValue<Bytes>::read(const JsonValue &value)
{
    return isString(value) ? fromBase64Url(value.text) : std::nullopt;
}

std::optional<Msisdn> WireValue<Msisdn>::read(const JsonValue &value)
{
    return isString(value) ? Msisdn::fromE164(value.text) : std::nullopt;
}

std::optional<Imsi> WireValue<Imsi>::read(const JsonValue &value)
{
    return isString(value) ? Imsi::fromDigits(value.text) : std::nullopt;
}

std::optional<SimProof> WireValue<SimProof>::read(const JsonValue &value)
{
    if (auto imsi = WireValue<Imsi>::read(value))
        return SimProof(std::move(*imsi));
    if (const auto handle = WireValue<SimHandle>::read(value))
        return SimProof(*handle);
    return std::nullopt;
}

void WireValue<SimProof>::write(JsonWriter &json, const SimProof &sim)
{
    if (const auto *const imsi = std::get_if<Imsi>(&sim))
        WireValue<Imsi>::write(json, *imsi);
    else if (const auto *const handle = std::get_if<SimHandle>(&sim))
        WireValue<SimHandle>::write(json, *handle);
}

std::optional<std::vector<Msisdn>> WireValue<std::vector<Msisdn>>::read(const JsonValue &value)
{
    if (isString(value) && value.text == kUnknown)
        return std::vector<Msisdn>();
    auto numbers = readArray<Msisdn>(value, kMaxCallerIds);
    return numbers && !numbers->empty() ? std::move(numbers) : std::nullopt;
}

void WireValue<std::vector<Msisdn>>::write(JsonWriter &json, const std::vector<Msisdn> &numbers)
{
    if (numbers.empty())
        json.string(kUnknown);
    else
        writeArray(json, numbers);
}

std::optional<std::vector<std::string>> WireValue<std::vector<std::string>>::read(const JsonValue &value)
{
    return readArray<std::string>(value, kMaxTurnUrls);
}

void WireValue<std::vector<std::string>>::write(JsonWriter &json, const std::vector<std::string> &texts)
{
    writeArray(json, texts);
}

} // namespace ringlift::protocol
