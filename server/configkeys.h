#pragma once

#include "core/base/result.h"
#include "server/options.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace ringlift::server {

/// One key of the config file. Reading, --print-config and the README all come from the one table of these.
struct ConfigKey {
    std::string_view name;
    /// One line.
    std::string_view description;
    std::function<Result<void>(Options &, std::string_view)> read;
    std::function<std::string(const Options &)> print;
};

struct ConfigSection {
    std::string_view title;
    std::vector<ConfigKey> keys;
};

std::span<const ConfigSection> configSections();
/// The error names the key.
Result<void> setOption(Options &options, std::string_view name, std::string_view value);
/// What keys demand of each other; each alone is right already.
Result<void> checkOptions(const Options &options);
/// A config file with every key, its description and its value.
std::string printConfig(const Options &options);

} // namespace ringlift::server
