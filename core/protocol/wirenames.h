#pragma once

#include "core/protocol/messages.h"

#include <algorithm>
#include <array>
#include <span>

/// Names on the wire, in the order of the enumerators or alternatives that they stand for.
namespace ringlift::protocol {

inline constexpr std::array<std::string_view, std::variant_size_v<Message>> kTypeNames{
    "register.begin", "register.sent",  "register.verify", "register.done", "register.unlock",
    "reglock.set",    "account.delete", "account.done",    "challenge",     "auth",
    "welcome",        "call.offer",     "call.accepted",   "call.arrive",   "call.waiting",
    "call.cancel",    "call.expired",   "call.request",    "call.decline",  "call.matched",
    "call.turn",      "call.turn",      "call.noise1",     "call.noise2",   "call.sealed",
    "call.abort",     "error"};

inline constexpr std::array<std::string_view, 14> kErrorCodeNames{
    "E_PROTO",      "E_VERSION",      "E_AUTH",       "E_RATE", "E_NUMBER",      "E_REG_CODE",     "E_REG_EXPIRED",
    "E_REG_LOCKED", "E_SIM_MISMATCH", "E_QUARANTINE", "E_GONE", "E_BUSY_SERVER", "E_CALL_UNKNOWN", "E_TOO_BIG"};

inline constexpr std::array<std::string_view, 2> kAccountKindNames{"sim", "manual"};
inline constexpr std::array<std::string_view, 2> kRoleNames{"caller", "callee"};
inline constexpr std::array<std::string_view, 2> kVerstatNames{"none", "passed"};

constexpr std::span<const std::string_view> wireNames(ErrorCode)
{
    return kErrorCodeNames;
}
constexpr std::span<const std::string_view> wireNames(AccountKind)
{
    return kAccountKindNames;
}
constexpr std::span<const std::string_view> wireNames(Role)
{
    return kRoleNames;
}
constexpr std::span<const std::string_view> wireNames(Verstat)
{
    return kVerstatNames;
}

template<typename Enum> constexpr std::string_view wireName(Enum value)
{
    return wireNames(value)[static_cast<std::size_t>(value)];
}

template<typename Enum> constexpr std::optional<Enum> fromWireName(std::string_view name)
{
    const auto names = wireNames(Enum{});
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

} // namespace ringlift::protocol
