#pragma once

#include "core/protocol/json.h"
#include "core/protocol/jsonwriter.h"
#include "core/protocol/wirenames.h"

#include <charconv>
#include <concepts>

/// How the type of a field looks in JSON: WireValue<T>::read() gives nothing for another kind, length or form.
namespace ringlift::protocol {

/// Names, codes and the like in characters; no message needs longer ones.
inline constexpr std::size_t kMaxTextSize = 256;
inline constexpr std::size_t kMaxCallerIds = 2;
inline constexpr std::size_t kMaxTurnUrls = 16;

template<typename T> struct WireValue;

template<> struct WireValue<bool> {
    static std::optional<bool> read(const JsonValue &value);
    static void write(JsonWriter &json, bool value) { json.boolean(value); }
};

template<std::integral T> struct WireValue<T> {
    static std::optional<T> read(const JsonValue &value)
    {
        T number{};
        const char *const end = value.text.data() + value.text.size();
        const auto parsed = std::from_chars(value.text.data(), end, number);
        if (value.kind != JsonValue::Kind::Number || parsed.ec != std::errc() || parsed.ptr != end)
            return std::nullopt;
        return number;
    }
    static void write(JsonWriter &json, T value)
    {
        using Wide = std::conditional_t<std::signed_integral<T>, std::int64_t, std::uint64_t>;
        json.number(static_cast<Wide>(value));
    }
};

template<> struct WireValue<std::string> {
    static std::optional<std::string> read(const JsonValue &value);
    static void write(JsonWriter &json, const std::string &value) { json.string(value); }
};

template<> struct WireValue<Bytes> {
    static std::optional<Bytes> read(const JsonValue &value);
    static void write(JsonWriter &json, ByteView value) { json.string(toBase64Url(value)); }
};

template<std::size_t N> struct WireValue<ByteArray<N>> {
    static std::optional<ByteArray<N>> read(const JsonValue &value)
    {
        const auto bytes = WireValue<Bytes>::read(value);
        return bytes ? toArray<N>(*bytes) : std::nullopt;
    }
    static void write(JsonWriter &json, const ByteArray<N> &value) { json.string(toBase64Url(value)); }
};

template<typename Tag, std::size_t N> struct WireValue<StrongId<Tag, N>> {
    static std::optional<StrongId<Tag, N>> read(const JsonValue &value)
    {
        const auto bytes = WireValue<ByteArray<N>>::read(value);
        return bytes ? std::optional(StrongId<Tag, N>{*bytes}) : std::nullopt;
    }
    static void write(JsonWriter &json, const StrongId<Tag, N> &id) { json.string(toBase64Url(id.bytes)); }
};

template<typename Enum>
requires std::is_enum_v<Enum>
struct WireValue<Enum> {
    static std::optional<Enum> read(const JsonValue &value)
    {
        return value.kind == JsonValue::Kind::String ? fromWireName<Enum>(value.text) : std::nullopt;
    }
    static void write(JsonWriter &json, Enum value) { json.string(wireName(value)); }
};

template<> struct WireValue<Msisdn> {
    static std::optional<Msisdn> read(const JsonValue &value);
    static void write(JsonWriter &json, const Msisdn &number) { json.string(number.e164()); }
};

template<> struct WireValue<Imsi> {
    static std::optional<Imsi> read(const JsonValue &value);
    static void write(JsonWriter &json, const Imsi &imsi) { json.string(imsi.digits()); }
};

/// 15 digits are an IMSI, anything else a handle. Never written when empty.
template<> struct WireValue<SimProof> {
    static std::optional<SimProof> read(const JsonValue &value);
    static void write(JsonWriter &json, const SimProof &sim);
};

/// The readings of a caller-ID, or "unknown" for none.
template<> struct WireValue<std::vector<Msisdn>> {
    static std::optional<std::vector<Msisdn>> read(const JsonValue &value);
    static void write(JsonWriter &json, const std::vector<Msisdn> &numbers);
};

/// Addresses of relays.
template<> struct WireValue<std::vector<std::string>> {
    static std::optional<std::vector<std::string>> read(const JsonValue &value);
    static void write(JsonWriter &json, const std::vector<std::string> &texts);
};

} // namespace ringlift::protocol
