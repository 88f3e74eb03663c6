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

/// Parses RFC 8259 text strictly and within limits: ASCII only, kMaxMessageSize bytes, no key twice in one object. Every
/// level that they allow takes stack.
Expected<JsonValue, DecodeError> parseJson(std::string_view text, const JsonLimits &limits = {});

} // namespace ringlift::protocol
