#include "platform/qt/keyfilestore.h"

#include <algorithm>

namespace ringlift::qt {

using ports::SecretFailure;

namespace {

constexpr std::size_t kMaxFile = std::size_t{64} * 1024;

Expected<Secrets, FileFault> readSecrets(const QString &path)
{
    auto content = readPrivateFile(path, kMaxFile);
    if (!content)
        return Unexpected(content.error());
    auto secrets = secretsFromBytes(*content);
    wipe(*content);
    if (!secrets)
        return Unexpected(FileFault::Broken);
    return std::move(*secrets);
}

std::optional<SecretFailure> change(const QString &path, const std::string &key, const std::optional<Bytes> &secret)
{
    auto secrets = readSecrets(path);
    if (!secrets && secrets.error() != FileFault::Absent)
        return failureOf(secrets.error());
    Secrets next = changed(secrets ? std::move(*secrets) : Secrets{}, key, secret);
    Bytes content = secretsToBytes(next);
    const auto written = writePrivateFile(path, content);
    wipe(content);
    wipe(next);
    return written ? std::nullopt : std::optional(failureOf(written.error()));
}

} // namespace

SecretFailure failureOf(FileFault fault)
{
    switch (fault) {
    case FileFault::Absent: return SecretFailure::NotFound;
    case FileFault::Exposed: return SecretFailure::Denied;
    case FileFault::Broken: break;
    }
    return SecretFailure::Broken;
}

Secrets changed(Secrets secrets, const std::string &key, const std::optional<Bytes> &secret)
{
    const auto known = std::find_if(secrets.begin(), secrets.end(), [&](const auto &entry) { return entry.first == key; });
    if (known != secrets.end()) {
        wipe(known->second);
        secrets.erase(known);
    }
    if (secret)
        secrets.emplace_back(key, *secret);
    return secrets;
}

std::optional<Bytes> found(const Secrets &secrets, const std::string &key)
{
    const auto entry = std::find_if(secrets.begin(), secrets.end(), [&](const auto &known) { return known.first == key; });
    return entry == secrets.end() ? std::nullopt : std::optional(entry->second);
}

void KeyFileStore::read(const QString &key, ReadDone done)
{
    QMetaObject::invokeMethod(
        this,
        [this, name = key.toStdString(), done = std::move(done)] {
            auto secrets = readSecrets(m_path);
            if (!secrets)
                return done(std::nullopt, failureOf(secrets.error()));
            auto secret = found(*secrets, name);
            wipe(*secrets);
            done(secret, secret ? std::nullopt : std::optional(SecretFailure::NotFound));
        },
        Qt::QueuedConnection);
}

void KeyFileStore::write(const QString &key, const Bytes &secret, WriteDone done)
{
    QMetaObject::invokeMethod(
        this, [this, name = key.toStdString(), secret, done = std::move(done)] { done(change(m_path, name, secret)); },
        Qt::QueuedConnection);
}

void KeyFileStore::remove(const QString &key, WriteDone done)
{
    QMetaObject::invokeMethod(
        this, [this, name = key.toStdString(), done = std::move(done)] { done(change(m_path, name, std::nullopt)); },
        Qt::QueuedConnection);
}

} // namespace ringlift::qt
