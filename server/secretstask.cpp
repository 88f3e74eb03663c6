#include "server/secretstask.h"

#include "core/base/bytes.h"
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

constexpr std::string_view kCopy = ". Keep a copy of the secrets file anew";

std::string rotateTagKey(Secrets &secrets, const Limits &limits, std::int32_t today, RandomSource &random)
{
    secrets.dropLapsedTagKeys(today, limits.tagKeyDays);
    secrets.rotateTagKey(random, today);
    return "tag key " + std::to_string(secrets.tagKeyId) + " is in force from the next start; tag key " +
           std::to_string(secrets.tagKeyId - 1) + " goes in " + std::to_string(limits.tagKeyDays) + " days";
}

Result<std::string> prepareIdentityKey(Secrets &secrets, RandomSource &random)
{
    if (secrets.nextServerKey)
        return failure("a next identity key is prepared already; phones may trust it by now");
    secrets.prepareServerKey(random);
    return "phones that log in from the next start on will trust the next identity key " +
           toHex(secrets.nextServerKey->publicKey());
}

Result<std::string> switchIdentityKey(Secrets &secrets)
{
    if (!secrets.switchServerKey())
        return failure("no next identity key is prepared; see --prepare-identity-key");
    return "the identity key is " + toHex(secrets.serverKey.publicKey()) +
           " from the next start; phones that did not see it announced have to register again";
}

Result<std::string> change(Secrets &secrets, const CommandLine &line, std::int32_t today, RandomSource &random)
{
    switch (line.task) {
    case Task::RotateTagKey:
        return rotateTagKey(secrets, line.options.limits, today, random);
    case Task::PrepareIdentityKey:
        return prepareIdentityKey(secrets, random);
    case Task::SwitchIdentityKey:
        return switchIdentityKey(secrets);
    case Task::Serve:
    case Task::Check:
    case Task::PrintConfig:
    case Task::Help:
    case Task::Version:
        break;
    }
    return failure("this task changes no secrets");
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
    auto said = change(**secrets, line, today, random);
    if (!said)
        return said;
    if (const auto written = writeSecrets(paths.secrets, **secrets, IfExists::Replace); !written)
        return Unexpected(written.error());
    return *said + std::string(kCopy);
}

} // namespace ringlift::server
