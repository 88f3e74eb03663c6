#include "app/secretplace.h"

namespace ringlift::app {

using ports::SecretFailure;

SecretPlace::SecretPlace(
    ports::AppStore &markers, const QString &passphraseFile, const qt::PassphraseCost &cost, QObject *parent)
    : SecretStore(parent), m_keychain(markers), m_file(passphraseFile, cost)
{
}

void SecretPlace::usePassphrase(const QString &passphrase)
{
    m_file.setPassphrase(passphrase);
    m_hasPassphrase = true;
}

void SecretPlace::forgetPassphrase()
{
    m_file.setPassphrase({});
    m_hasPassphrase = false;
}

ports::SecretStore &SecretPlace::current()
{
    if (m_hasPassphrase)
        return m_file;
    return m_keychain;
}

void SecretPlace::read(const QString &key, ReadDone done)
{
    if (!isLocked())
        return current().read(key, std::move(done));
    QMetaObject::invokeMethod(
        this, [done = std::move(done)] { done(std::nullopt, SecretFailure::Locked); }, Qt::QueuedConnection);
}

void SecretPlace::write(const QString &key, const Bytes &secret, WriteDone done)
{
    if (!isLocked())
        return current().write(key, secret, std::move(done));
    QMetaObject::invokeMethod(this, [done = std::move(done)] { done(SecretFailure::Locked); }, Qt::QueuedConnection);
}

void SecretPlace::remove(const QString &key, WriteDone done)
{
    if (!isLocked())
        return current().remove(key, std::move(done));
    QMetaObject::invokeMethod(this, [done = std::move(done)] { done(SecretFailure::Locked); }, Qt::QueuedConnection);
}

} // namespace ringlift::app
