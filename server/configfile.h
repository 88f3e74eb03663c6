#pragma once

#include "core/base/result.h"
#include "server/options.h"

#include <string>
#include <string_view>

namespace ringlift::server {

/// Applies a config file: lines of "key = value", blank lines, and comments that begin with '#'. The options are
/// changed only when every line is right; the error names the line and the key.
Result<void> readConfig(Options &options, std::string_view text);
/// The same for a file; the error also names the file.
Result<void> readConfigFile(Options &options, const std::string &path);

} // namespace ringlift::server
