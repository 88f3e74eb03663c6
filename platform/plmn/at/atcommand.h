#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ringlift::plmn::at {

/// One command of a line: "E0", "D+4915550001;", "+CREG=2", "+CREG?", "+CREG=?".
struct AtCommand {
    enum class Kind { Execute, Set, Query, Test };

    /// In capitals, without its argument: "E", "&C", "D", "S", "+CREG".
    std::string name;
    Kind kind = Kind::Execute;
    /// As it came: "0", "+4915550001;", "2".
    std::string arguments;
    bool operator==(const AtCommand &) const = default;
};

/// The commands of one line (ITU-T V.250, 5.2), which begins with AT. Fails on what no modem would understand.
Result<std::vector<AtCommand>> parseAtLine(std::string_view line);

/// Arguments at their commas, quotation marks removed. A comma within quotation marks stays.
std::vector<std::string> splitArguments(std::string_view arguments);

/// A decimal number of at most nine digits.
std::optional<int> toNumber(std::string_view text);

} // namespace ringlift::plmn::at
