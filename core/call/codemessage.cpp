#include "core/call/codemessage.h"

#include <algorithm>

namespace ringlift::call {

namespace {

// "Ringlift code: 123456. Never tell it to anyone.", and what a platform wants to find behind it.
constexpr std::string_view kBefore = "Ringlift code: ";
constexpr std::string_view kBehind = ". Never tell it to anyone.";

bool isDigit(char symbol)
{
    return symbol >= '0' && symbol <= '9';
}

} // namespace

std::optional<std::string> codeInMessage(std::string_view text)
{
    if (!text.starts_with(kBefore))
        return std::nullopt;
    const std::string_view rest = text.substr(kBefore.size());
    const std::string_view code = rest.substr(0, kCodeLength);
    const bool isCode = code.size() == kCodeLength && std::ranges::all_of(code, isDigit);
    return isCode && rest.substr(kCodeLength).starts_with(kBehind) ? std::optional<std::string>(code) : std::nullopt;
}

} // namespace ringlift::call
