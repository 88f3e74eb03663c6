#include "platform/qt/privatefile.h"

#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ringlift::qt {

namespace {

constexpr std::string_view kMagic = "RLS1";
constexpr std::size_t kMaxSecrets = 64;
constexpr std::size_t kMaxSecret = 4096;
constexpr std::size_t kMaxName = 256;

class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) { }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    int get() const { return m_fd; }
    bool isOpen() const { return m_fd >= 0; }

private:
    int m_fd;
};

bool isPrivate(const struct stat &status)
{
    return S_ISREG(status.st_mode) && status.st_uid == ::geteuid() && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0
        && status.st_nlink == 1;
}

bool writeAll(int fd, ByteView content)
{
    std::size_t written = 0;
    while (written < content.size()) {
        const ssize_t count = ::write(fd, content.data() + written, content.size() - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        written += static_cast<std::size_t>(count);
    }
    return ::fsync(fd) == 0;
}

void syncFolderOf(const QString &path)
{
    const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
    const Descriptor descriptor(::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.isOpen())
        ::fsync(descriptor.get());
}

} // namespace

Expected<Bytes, FileFault> readPrivateFile(const QString &path, std::size_t maxSize)
{
    const QByteArray name = QFile::encodeName(path);
    const Descriptor file(::open(name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen()) {
        if (errno == ENOENT)
            return Unexpected(FileFault::Absent);
        return Unexpected(errno == ELOOP ? FileFault::Exposed : FileFault::Broken);
    }
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        return Unexpected(FileFault::Broken);
    if (!isPrivate(status))
        return Unexpected(FileFault::Exposed);
    if (static_cast<std::uint64_t>(status.st_size) > maxSize)
        return Unexpected(FileFault::Broken);
    Bytes content(static_cast<std::size_t>(status.st_size));
    std::size_t done = 0;
    while (done < content.size()) {
        const ssize_t count = ::read(file.get(), content.data() + done, content.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return Unexpected(FileFault::Broken);
        done += static_cast<std::size_t>(count);
    }
    return content;
}

Expected<void, FileFault> writePrivateFile(const QString &path, ByteView content)
{
    struct stat status = {};
    const QByteArray name = QFile::encodeName(path);
    if (::lstat(name.constData(), &status) == 0 && !isPrivate(status))
        return Unexpected(FileFault::Exposed);
    const QByteArray temporary
        = name + ".new-" + QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    {
        const Descriptor file(::open(temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (!file.isOpen())
            return Unexpected(FileFault::Broken);
        if (!writeAll(file.get(), content)) {
            ::unlink(temporary.constData());
            return Unexpected(FileFault::Broken);
        }
    }
    if (::rename(temporary.constData(), name.constData()) != 0) {
        ::unlink(temporary.constData());
        return Unexpected(FileFault::Broken);
    }
    syncFolderOf(path);
    return {};
}

Bytes secretsToBytes(const Secrets &secrets)
{
    ByteWriter writer;
    writer.bytes(viewOf(kMagic)).u16(static_cast<std::uint16_t>(secrets.size()));
    for (const auto &[name, secret] : secrets) {
        writer.u16(static_cast<std::uint16_t>(name.size())).bytes(viewOf(name));
        writer.u16(static_cast<std::uint16_t>(secret.size())).bytes(secret);
    }
    return writer.take();
}

std::optional<Secrets> secretsFromBytes(ByteView bytes)
{
    ByteReader reader(bytes);
    const auto magic = reader.take(kMagic.size());
    const auto count = reader.u16();
    if (!magic || textOf(*magic) != kMagic || !count || *count > kMaxSecrets)
        return std::nullopt;
    Secrets secrets;
    for (std::size_t i = 0; i < *count; ++i) {
        const auto nameSize = reader.u16();
        const auto name = reader.take(nameSize.value_or(0));
        const auto secretSize = reader.u16();
        const auto secret = reader.take(secretSize.value_or(0));
        if (!name || !secret || name->size() > kMaxName || secret->size() > kMaxSecret)
            return std::nullopt;
        secrets.emplace_back(std::string(textOf(*name)), copyOf(*secret));
    }
    if (!reader.atEnd())
        return std::nullopt;
    return secrets;
}

void wipe(Bytes &bytes)
{
    sodium_memzero(bytes.data(), bytes.size());
    bytes.clear();
}

void wipe(Secrets &secrets)
{
    for (auto &[name, secret] : secrets)
        wipe(secret);
    secrets.clear();
}

} // namespace ringlift::qt
