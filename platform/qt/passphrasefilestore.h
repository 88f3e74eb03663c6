#pragma once

#include "core/ports/secretstore.h"
#include "platform/qt/privatefile.h"

#include <QThreadPool>

namespace ringlift::qt {

/// How hard guessing the passphrase is made (libsodium's crypto_pwhash).
struct PassphraseCost
{
    /// crypto_pwhash_OPSLIMIT_MODERATE and crypto_pwhash_MEMLIMIT_MODERATE: about 0.7 s.
    std::uint64_t operations = 3;
    std::uint64_t memory = std::uint64_t{256} * 1024 * 1024;
};

/// Secrets in a file of mode 0600, sealed by a passphrase: Argon2id and XSalsa20-Poly1305 (protocol.md 3.1). Without the
/// right passphrase everything is Locked.
class PassphraseFileStore : public ports::SecretStore
{
    Q_OBJECT

public:
    explicit PassphraseFileStore(QString path, PassphraseCost cost = {}, QObject *parent = nullptr);
    /// Waits for the operation that runs, up to a second or so; its callback is not called.
    ~PassphraseFileStore() override;

    void setPassphrase(const QString &passphrase);
    bool exists() const;

    void read(const QString &key, ReadDone done) override;
    void write(const QString &key, const Bytes &secret, WriteDone done) override;
    void remove(const QString &key, WriteDone done) override;

private:
    /// Runs work(passphrase) away from the event loop, one at a time, and hands its result to done on the event loop.
    template<typename Work, typename Done>
    void run(Work work, Done done);

    const QString m_path;
    const PassphraseCost m_cost;
    Bytes m_passphrase;
    QThreadPool m_worker;
};

/// The sealed file's bytes, and back. The result of opening is empty when the passphrase is wrong or the bytes were changed;
/// a file that is none at all is Broken.
Expected<Bytes, FileFault> sealSecrets(const Secrets &secrets, ByteView passphrase, const PassphraseCost &cost);
Expected<std::optional<Secrets>, FileFault> openSecrets(ByteView file, ByteView passphrase);

} // namespace ringlift::qt
