#pragma once

#include "core/base/result.h"
#include "core/protocol/messages.h"

namespace ringlift::protocol {

enum class DecodeError {
    TooBig, NotAscii, NotJson, TooDeep, TooManyKeys, StringTooLong, DuplicateKey, UnknownType, UnknownKey, MissingKey,
    BadValue
};

std::string_view nameOf(DecodeError error);
/// The wire name, such as "E_RATE".
std::string_view nameOf(ErrorCode code);
std::optional<ErrorCode> errorCodeFromName(std::string_view name);
/// The wire type, such as "call.offer".
std::string_view typeOf(const Message &message);

/// Refuse is the rule before login, Ignore after it (protocol.md 3.5).
enum class UnknownKeys { Refuse, Ignore };

inline constexpr std::size_t kMaxMessageSize = 16'384;

/// How much a received message may hold, with the values of protocol.md 4.1.
struct JsonLimits {
    /// Arrays and objects within each other.
    std::size_t depth = 8;
    /// Of all objects together.
    std::size_t keys = 64;
    /// Bytes of a string, a key or a number.
    std::size_t string = 4'096;
    bool operator==(const JsonLimits &) const = default;
};

/// One JSON object, ASCII only. At most kMaxMessageSize bytes if its byte fields fit JsonLimits::string in base64url.
std::string encode(const Message &message);
Expected<Message, DecodeError> decode(std::string_view text, UnknownKeys unknownKeys, const JsonLimits &limits = {});

} // namespace ringlift::protocol
