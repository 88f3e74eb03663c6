#include "server/paths.h"

#include "server/privatefile.h"

#include <cstdlib>
#include <filesystem>

namespace ringlift::server {

namespace {

constexpr const char *kCredential = "ringliftd-secrets";

/// systemd separates several folders by colons.
std::string firstOf(const std::string &folders)
{
    return folders.substr(0, folders.find(':'));
}

std::string defaultData(const Environment &environment)
{
    if (std::string state = firstOf(environment("STATE_DIRECTORY")); !state.empty())
        return state;
    if (const std::string share = environment("XDG_DATA_HOME"); !share.empty())
        return share + "/ringliftd";
    if (const std::string home = environment("HOME"); !home.empty())
        return home + "/.local/share/ringliftd";
    return {};
}

std::string credential(const Environment &environment)
{
    const std::string folder = environment("CREDENTIALS_DIRECTORY");
    const std::string path = folder + "/" + kCredential;
    std::error_code error;
    return !folder.empty() && std::filesystem::exists(path, error) ? path : std::string();
}

std::string withoutSlash(std::string path)
{
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    return path;
}

} // namespace

std::string systemEnvironment(const char *name)
{
    const char *const value = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
    return value != nullptr ? value : "";
}

Result<Paths> Paths::resolve(const Options &options, const Environment &environment)
{
    Paths paths;
    paths.data = withoutSlash(options.data.empty() ? defaultData(environment) : options.data);
    if (paths.data.empty() || paths.data.front() != '/')
        return failure("there is no data folder: set the key data (or HOME)");
    paths.database = paths.data + "/ringliftd.sqlite";
    paths.tls = paths.data + "/tls";
    paths.secrets = options.secrets;
    if (paths.secrets.empty()) {
        paths.secrets = credential(environment);
        paths.secretsAreCredential = !paths.secrets.empty();
    }
    if (paths.secrets.empty())
        paths.secrets = paths.data + "-secrets/secrets";
    paths.spool = withoutSlash(options.spool.empty() ? paths.data + "-spool" : options.spool);
    if (isInside(paths.secrets, paths.data))
        return failure("secrets must not lie in the data folder");
    if (isInside(paths.spool, paths.data) || isInside(paths.data, paths.spool))
        return failure("spool must not lie in the data folder, nor the data folder in it");
    return paths;
}

std::string defaultConfigFile(const Environment &environment)
{
    const std::string folder = firstOf(environment("CONFIGURATION_DIRECTORY"));
    const std::string path = folder + "/ringliftd.conf";
    std::error_code error;
    return !folder.empty() && std::filesystem::exists(path, error) ? path : std::string();
}

} // namespace ringlift::server
