#pragma once

#include "server/privatefile.h"
#include "server/secrets.h"

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

/// The file of the long-term secrets (protocol.md 3.2): mode 0400, apart from the database, never in its backups.
namespace ringlift::server {

enum class SecretsOwner { Server, Systemd };

/// Of the content of the file. The error ends a sentence that begins with the name of the file, and tells no secret.
Result<Secrets> parseSecrets(std::string_view text);
/// The content of a file with these secrets.
std::string printSecrets(const Secrets &secrets);

/// Nothing when there is no such file; an error when others could read it or anything in it is damaged.
Result<std::optional<Secrets>> readSecrets(const std::string &path, SecretsOwner owner);
/// As a whole: whoever reads it sees the old ones or the new ones.
Result<void> writeSecrets(const std::string &path, const Secrets &secrets, IfExists ifExists);

/// Reads the secrets. At the very first start, when the registry is empty and there is no file, it makes them: later
/// on, new secrets would make every account worthless.
Result<Secrets> openSecrets(const std::string &path, SecretsOwner owner, bool registryIsEmpty, RandomSource &random);

} // namespace ringlift::server
