#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ringlift::numbers {

/// A dialled string without the spaces, dashes and brackets that people write: what the network is to read.
struct DialString {
    /// 0 to 9, * and #, and a plus sign before the first digit.
    std::string symbols;
    /// More digits follow after a pause; they are not kept.
    bool hasPostDialDigits = false;

    /// Nothing when it holds anything that no phone can dial.
    static std::optional<DialString> parse(std::string_view text);

    bool isMmi() const { return symbols.find_first_of("*#") != std::string::npos; }
    /// A full international number: a plus sign and as many digits as no short number has.
    bool isInternational() const;
    std::size_t digitCount() const;
    /// Without a prefix that shows or hides the own number for this call, such as #31#.
    std::string withoutOwnNumberPrefix() const;
};

/// EM2: shorter ones are short numbers.
inline constexpr std::size_t kLeastDigits = 7;

} // namespace ringlift::numbers
