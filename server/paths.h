#pragma once

#include "core/base/result.h"
#include "server/options.h"

#include <functional>
#include <string>

namespace ringlift::server {

/// Looks up an environment variable; empty when it is not set.
using Environment = std::function<std::string(const char *name)>;
std::string systemEnvironment(const char *name);

/// Where a server keeps what.
struct Paths {
    std::string data;
    std::string database;
    /// Folder of the certificates.
    std::string tls;
    std::string secrets;
    /// The secrets come from systemd (LoadCredential): they are read and never written.
    bool secretsAreCredential = false;
    std::string spool;

    /// Fails when secrets or codes would lie in the data folder, of which backups are made.
    static Result<Paths> resolve(const Options &options, const Environment &environment);
    bool operator==(const Paths &) const = default;
};

/// The config file to read when none is named; empty: none.
std::string defaultConfigFile(const Environment &environment);

} // namespace ringlift::server
