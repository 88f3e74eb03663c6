#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "server/descriptor.h"

#include <optional>
#include <string>

/// Files and folders that belong to the server's user alone. Errors name the path and, where it helps, what to do.
namespace ringlift::server {

/// Makes the folder and those above it if need be, mode 0700. One that is there has to be ours, and closed to everybody
/// else.
Result<void> ensurePrivateFolder(const std::string &path);

/// What a file that holds secrets may be like.
struct PrivateFileRule {
    /// Permission bits that must not be set.
    unsigned forbidden = 0177;
    /// root may own it as well: systemd's credentials.
    bool orRoot = false;
    std::size_t maxSize = std::size_t(64) * 1024;
};

/// The content; nothing when there is no such file. Symbolic links are refused.
Result<std::optional<std::string>> readPrivateFile(const std::string &path, const PrivateFileRule &rule);

enum class IfExists { Replace, Fail };
/// Writes the file as a whole and durably: nobody ever sees a part of it.
Result<void> writePrivateFile(const std::string &path, std::string_view content, unsigned mode, IfExists ifExists);

/// Held as long as the result lives; another process that asks gets an error.
Result<Descriptor> lockFile(const std::string &path);

/// True when path is folder itself or lies in it, symbolic links of what exists resolved.
bool isInside(const std::string &path, const std::string &folder);

} // namespace ringlift::server
