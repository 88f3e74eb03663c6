#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ringlift::call {

/// Of a one-time code, protocol.md 3.3.
inline constexpr std::size_t kCodeLength = 6;

/// The one-time code in a server's short message; nothing in a message of anybody else.
std::optional<std::string> codeInMessage(std::string_view text);

} // namespace ringlift::call
