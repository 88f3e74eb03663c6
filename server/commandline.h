#pragma once

#include "core/base/result.h"
#include "server/paths.h"

#include <QStringList>

namespace ringlift::server {

enum class Task { Serve, Check, PrintConfig, RotateTagKey, PrepareIdentityKey, SwitchIdentityKey, Help, Version };

struct CommandLine {
    Task task = Task::Serve;
    Options options;
    /// What --help prints.
    std::string help;
};

/// Reads the arguments and the config file that they or the environment name. Arguments win over the file.
Result<CommandLine> readCommandLine(const QStringList &arguments, const Environment &environment);

} // namespace ringlift::server
