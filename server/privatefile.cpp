#include "server/privatefile.h"

#include "core/base/random.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace ringlift::server {

namespace {

Unexpected<Error> systemFailure(const std::string &what, const std::string &path)
{
    return failure(what + " " + path + ": " + std::strerror(errno)); // NOLINT(concurrency-mt-unsafe)
}

std::string octal(unsigned mode)
{
    std::string digits(4, '0');
    for (std::size_t i = 0; i < digits.size(); ++i)
        digits[digits.size() - 1 - i] = static_cast<char>('0' + ((mode >> (3 * i)) & 7U));
    return digits;
}

Result<void> checkPrivate(const struct stat &status, const std::string &path, const PrivateFileRule &rule)
{
    if (!S_ISREG(status.st_mode))
        return failure(path + " is not a regular file");
    if (status.st_uid != ::geteuid() && !(rule.orRoot && status.st_uid == 0))
        return failure(path + " belongs to another user");
    const unsigned mode = status.st_mode & 07777U;
    if ((mode & rule.forbidden) != 0)
        return failure(path + " has mode " + octal(mode) + "; it must not be more open than " +
                       octal(~rule.forbidden & 0777U) + " (chmod " + octal(~rule.forbidden & 0777U) + " " + path + ")");
    if (static_cast<std::uint64_t>(status.st_size) > rule.maxSize)
        return failure(path + " is too large");
    return {};
}

bool writeAll(int fd, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(fd) == 0;
}

bool readAll(int fd, std::string &content)
{
    std::size_t filled = 0;
    while (filled < content.size()) {
        const ssize_t got = ::read(fd, content.data() + filled, content.size() - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        filled += static_cast<std::size_t>(got);
    }
    return true;
}

void syncFolderOf(const std::string &path)
{
    const std::string folder = std::filesystem::path(path).parent_path().string();
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.isOpen())
        ::fsync(descriptor.get());
}

/// link() fails where rename() would replace.
bool moveIntoPlace(const std::string &from, const std::string &to, IfExists ifExists)
{
    if (ifExists == IfExists::Replace)
        return ::rename(from.c_str(), to.c_str()) == 0;
    return ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
}

} // namespace

Result<void> ensurePrivateFolder(const std::string &path)
{
    struct stat status = {};
    if (::lstat(path.c_str(), &status) != 0) {
        std::error_code error;
        std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
        if (error)
            return failure("cannot make the folder above " + path + ": " + error.message());
        if (::mkdir(path.c_str(), 0700) != 0)
            return systemFailure("cannot make the folder", path);
        return {};
    }
    if (!S_ISDIR(status.st_mode))
        return failure(path + " is not a folder");
    if (status.st_uid != ::geteuid())
        return failure("the folder " + path + " belongs to another user");
    if ((status.st_mode & 077U) != 0)
        return failure("the folder " + path + " is open to others (chmod 0700 " + path + ")");
    return {};
}

Result<std::optional<std::string>> readPrivateFile(const std::string &path, const PrivateFileRule &rule)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen() && errno == ENOENT)
        return std::optional<std::string>();
    if (!file.isOpen() && errno == ELOOP)
        return failure(path + " is a symbolic link");
    if (!file.isOpen())
        return systemFailure("cannot open", path);
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        return systemFailure("cannot look at", path);
    if (const auto fine = checkPrivate(status, path, rule); !fine)
        return Unexpected(fine.error());
    std::string content(static_cast<std::size_t>(status.st_size), '\0');
    if (!readAll(file.get(), content)) {
        sodium_memzero(content.data(), content.size());
        return failure("cannot read " + path);
    }
    return std::optional(std::move(content));
}

Result<void> writePrivateFile(const std::string &path, std::string_view content, unsigned mode, IfExists ifExists)
{
    SystemRandom random;
    const std::string temporary = path + ".new-" + toHex(random.array<8>());
    {
        const Descriptor file(
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, static_cast<mode_t>(mode)));
        if (!file.isOpen())
            return systemFailure("cannot make", temporary);
        // The umask may have taken bits away.
        if (::fchmod(file.get(), static_cast<mode_t>(mode)) != 0 || !writeAll(file.get(), content)) {
            auto problem = systemFailure("cannot write", temporary);
            ::unlink(temporary.c_str());
            return problem;
        }
    }
    if (!moveIntoPlace(temporary, path, ifExists)) {
        auto problem = systemFailure("cannot put into place", path);
        ::unlink(temporary.c_str());
        return problem;
    }
    syncFolderOf(path);
    return {};
}

Result<Descriptor> lockFile(const std::string &path)
{
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isOpen())
        return systemFailure("cannot open", path);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0)
        return file;
    if (errno == EWOULDBLOCK)
        return failure("another ringliftd uses this data folder (it holds " + path + ")");
    return systemFailure("cannot lock", path);
}

bool isInside(const std::string &path, const std::string &folder)
{
    std::error_code error;
    const auto whole = std::filesystem::weakly_canonical(path, error);
    const auto outer = std::filesystem::weakly_canonical(folder, error);
    const auto relative = whole.lexically_relative(outer);
    return !relative.empty() && *relative.begin() != "..";
}

} // namespace ringlift::server
