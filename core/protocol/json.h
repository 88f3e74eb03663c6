#pragma once

#include "core/protocol/codec.h"

namespace ringlift::protocol {

/// A value of a received message. Numbers stay text, so that no digit of a 64-bit counter is lost.
struct JsonValue {
    enum class Kind { Null, False, True, Number, String, Array, Object };

    Kind kind = Kind::Null;
    /// Of a string its UTF-8 content, of a number its literal.
    std::string text;
    /// Elements of an array, or of an object the values of its keys.
    std::vector<JsonValue> values;
    std::vector<std::string> keys;

    /// The value of a key of this object; null when there is none.
    const JsonValue *find(std::string_view key) const;
};

inline constexpr std::size_t kMaxDepth = 8;
inline constexpr std::size_t kMaxKeys = 64;
inline constexpr std::size_t kMaxStringSize = 4'096;

/// Parses RFC 8259 text strictly and within the limits of protocol.md 4.1: ASCII only, kMaxMessageSize bytes, kMaxDepth
/// levels, kMaxKeys keys in all, strings and keys of kMaxStringSize bytes, no key twice in one object.
Expected<JsonValue, DecodeError> parseJson(std::string_view text);

} // namespace ringlift::protocol
