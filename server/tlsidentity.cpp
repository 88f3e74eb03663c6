#include "server/tlsidentity.h"

#include "server/openssl.h"
#include "server/privatefile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

#include <algorithm>
#include <cstdio>
#include <openssl/pem.h>
#include <sodium.h>

namespace ringlift::server {

namespace {

Result<QSslKey> readKey(const std::string &path)
{
    PrivateFileRule rule;
    // A group may read it: ssl-cert in Debian. root may own it.
    rule.forbidden = 0137;
    rule.orRoot = true;
    auto pem = readPrivateFile(path, rule);
    if (!pem)
        return Unexpected(pem.error());
    if (!pem->has_value())
        return failure("the certificate's key " + path + " is missing");
    std::string &text = **pem;
    const auto bytes = QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()));
    QSslKey key(bytes, QSsl::Ec);
    if (key.isNull())
        key = QSslKey(bytes, QSsl::Rsa);
    sodium_memzero(text.data(), text.size());
    if (key.isNull())
        return failure(path + " holds no ECDSA or RSA key in PEM form");
    return key;
}

Result<QList<QSslCertificate>> readChain(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return failure("cannot read the certificate " + path + ": " + file.errorString().toStdString());
    constexpr qint64 kMost = 1'048'576;
    QList<QSslCertificate> chain = QSslCertificate::fromData(file.read(kMost), QSsl::Pem);
    if (chain.isEmpty() || chain.first().isNull())
        return failure(path + " holds no certificate in PEM form");
    return chain;
}

/// Does the certificate speak of this key?
bool fits(const QSslCertificate &leaf, const std::string &keyFile)
{
    const openssl::File file(std::fopen(keyFile.c_str(), "re"));
    const openssl::Key key(file ? PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr) : nullptr);
    const QByteArray der = leaf.toDer();
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    const openssl::Certificate certificate(d2i_X509(nullptr, &bytes, der.size()));
    return key && certificate && X509_check_private_key(certificate.get(), key.get()) == 1;
}

Result<void> checkDates(const QSslCertificate &leaf, const std::string &chainFile, const QDateTime &now)
{
    if (now >= leaf.effectiveDate() && now < leaf.expiryDate())
        return {};
    return failure("the certificate " + chainFile + " is valid from " +
                   leaf.effectiveDate().toString(Qt::ISODate).toStdString() + " to " +
                   leaf.expiryDate().toString(Qt::ISODate).toStdString() + " only");
}

protocol::Key32 bindingOf(const QSslCertificate &leaf)
{
    protocol::Key32 binding{};
    const QByteArray digest = leaf.digest(QCryptographicHash::Sha256);
    std::copy_n(digest.cbegin(), std::min<qsizetype>(digest.size(), 32), binding.begin());
    return binding;
}

} // namespace

Result<protocol::Key32> leafBinding(const std::string &chainFile, const QDateTime &now)
{
    const auto chain = readChain(chainFile);
    if (!chain)
        return Unexpected(chain.error());
    if (const auto fine = checkDates(chain->first(), chainFile, now); !fine)
        return Unexpected(fine.error());
    return bindingOf(chain->first());
}

Result<TlsIdentity> TlsIdentity::load(const std::string &chainFile, const std::string &keyFile, const QDateTime &now)
{
    const auto chain = readChain(chainFile);
    if (!chain)
        return Unexpected(chain.error());
    const auto key = readKey(keyFile);
    if (!key)
        return Unexpected(key.error());
    const QSslCertificate &leaf = chain->first();
    if (!fits(leaf, keyFile))
        return failure("the key " + keyFile + " does not belong to the certificate " + chainFile);
    if (const auto fine = checkDates(leaf, chainFile, now); !fine)
        return Unexpected(fine.error());
    TlsIdentity identity;
    identity.configuration.setLocalCertificateChain(*chain);
    identity.configuration.setPrivateKey(*key);
    identity.configuration.setProtocol(QSsl::TlsV1_3OrLater);
    identity.configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    identity.expires = leaf.expiryDate();
    identity.channelBinding = bindingOf(leaf);
    return identity;
}

} // namespace ringlift::server
