#include "server/secretstask.h"

#include "server/secretsfile.h"

#include <filesystem>

namespace ringlift::server {

namespace {

/// A running server could write its secrets at the same time.
Result<Descriptor> lockData(const Paths &paths)
{
    const std::string lock = paths.data + "/lock";
    std::error_code error;
    // Where no server ever ran, nothing is made: whoever asks may be another user than the server's.
    return std::filesystem::exists(lock, error) ? lockFile(lock) : Result<Descriptor>(Descriptor());
}

std::string rotateTagKey(Secrets &secrets, const Limits &limits, std::int32_t today, RandomSource &random)
{
    secrets.dropLapsedTagKeys(today, limits.tagKeyDays);
    secrets.rotateTagKey(random, today);
    return "tag key " + std::to_string(secrets.tagKeyId) + " is in force from the next start; tag key " +
           std::to_string(secrets.tagKeyId - 1) + " goes in " + std::to_string(limits.tagKeyDays) +
           " days. Keep a copy of the secrets file anew";
}

} // namespace

Result<std::string> doSecretsTask(const CommandLine &line, const Paths &paths, std::int32_t today, RandomSource &random)
{
    if (paths.secretsAreCredential)
        return failure("systemd hands the secrets in; name the file itself with --secrets");
    const auto lock = lockData(paths);
    if (!lock)
        return Unexpected(lock.error());
    auto secrets = readSecrets(paths.secrets, SecretsOwner::Server);
    if (!secrets)
        return Unexpected(secrets.error());
    if (!secrets->has_value())
        return failure("there is no secrets file " + paths.secrets);
    std::string said = rotateTagKey(**secrets, line.options.limits, today, random);
    if (const auto written = writeSecrets(paths.secrets, **secrets, IfExists::Replace); !written)
        return Unexpected(written.error());
    return said;
}

} // namespace ringlift::server
