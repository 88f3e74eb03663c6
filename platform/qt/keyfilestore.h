#pragma once

#include "core/ports/secretstore.h"
#include "platform/qt/privatefile.h"

namespace ringlift::qt {

/// Secrets in a plain file of mode 0600: for machines without a keyring, at the user's express wish
/// (--insecure-key-file, protocol.md 3.1).
class KeyFileStore : public ports::SecretStore
{
    Q_OBJECT

public:
    explicit KeyFileStore(QString path, QObject *parent = nullptr) : SecretStore(parent), m_path(std::move(path)) { }

    void read(const QString &key, ReadDone done) override;
    void write(const QString &key, const Bytes &secret, WriteDone done) override;
    void remove(const QString &key, WriteDone done) override;

private:
    const QString m_path;
};

/// What the fault of a file means for a secret in it.
ports::SecretFailure failureOf(FileFault fault);

/// The secrets after one was set, or removed when secret is absent.
Secrets changed(Secrets secrets, const std::string &key, const std::optional<Bytes> &secret);
std::optional<Bytes> found(const Secrets &secrets, const std::string &key);

} // namespace ringlift::qt
