#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <QString>

namespace ringlift::qt {

/// Absent: there is no such file. Exposed: others can read it, or it is not ours, or no plain file. Broken: the disk or the
/// content refuses.
enum class FileFault { Absent, Exposed, Broken };

/// Reads a file that nobody else may read: ours, mode 0600 or stricter, no symbolic link, of at most maxSize bytes.
Expected<Bytes, FileFault> readPrivateFile(const QString &path, std::size_t maxSize);

/// Replaces the file as a whole, mode 0600, durable when it returns. An existing file has to pass readPrivateFile()'s checks.
Expected<void, FileFault> writePrivateFile(const QString &path, ByteView content);

/// Secrets by name as bytes, and back; the result is empty for anything that secretsToBytes() did not write.
using Secrets = std::vector<std::pair<std::string, Bytes>>;
Bytes secretsToBytes(const Secrets &secrets);
std::optional<Secrets> secretsFromBytes(ByteView bytes);

/// Overwrites what is not needed any more.
void wipe(Bytes &bytes);
void wipe(Secrets &secrets);

} // namespace ringlift::qt
