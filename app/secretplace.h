#pragma once

#include "platform/qt/keychainstore.h"
#include "platform/qt/passphrasefilestore.h"

namespace ringlift::app {

/// Secrets in the keyring; or, where there is none, in a file under the user's passphrase (protocol.md 3.1).
class SecretPlace : public ports::SecretStore
{
    Q_OBJECT

public:
    /// markers outlives it.
    SecretPlace(ports::AppStore &markers, const QString &passphraseFile, const qt::PassphraseCost &cost = {},
        QObject *parent = nullptr);

    /// From now on the file is used, and made when it is missing.
    void usePassphrase(const QString &passphrase);
    /// As if none had been given.
    void forgetPassphrase();
    bool hasPassphraseFile() const { return m_file.exists(); }

    void read(const QString &key, ReadDone done) override;
    void write(const QString &key, const Bytes &secret, WriteDone done) override;
    void remove(const QString &key, WriteDone done) override;

private:
    /// There is such a file, and nobody gave its passphrase yet.
    bool isLocked() const { return !m_hasPassphrase && hasPassphraseFile(); }
    ports::SecretStore &current();

    qt::KeychainStore m_keychain;
    qt::PassphraseFileStore m_file;
    bool m_hasPassphrase = false;
};

} // namespace ringlift::app
