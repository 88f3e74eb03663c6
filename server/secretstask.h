#pragma once

#include "core/base/random.h"
#include "server/commandline.h"

namespace ringlift::server {

/// Changes the secrets file of a server that does not run, as the command line asks. What to tell the operator.
Result<std::string> doSecretsTask(const CommandLine &line, const Paths &paths, std::int32_t today,
                                  RandomSource &random);

} // namespace ringlift::server
