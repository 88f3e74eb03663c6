#include "server/certificates.h"

#include "server/certificateauthority.h"
#include "server/privatefile.h"

#include <QHostAddress>
#include <QSslCertificate>

#include <set>

namespace ringlift::server {

namespace {

/// One spelling for each name and address.
QString normalised(const QString &name)
{
    QHostAddress address;
    return address.setAddress(name) ? address.toString() : name.toLower();
}

std::set<QString> namesOf(const QSslCertificate &certificate)
{
    std::set<QString> names;
    const auto all = certificate.subjectAlternativeNames();
    for (const QString &name : all)
        names.insert(normalised(name));
    return names;
}

std::set<QString> namesOf(const std::vector<std::string> &all)
{
    std::set<QString> names;
    for (const std::string &name : all)
        names.insert(normalised(QString::fromStdString(name)));
    return names;
}

} // namespace

Result<TlsIdentity> Certificates::load(const QDateTime &now) const
{
    if (!areOwn())
        return TlsIdentity::load(m_config.certificate, m_config.certificateKey, now);
    return loadOwn(now);
}

Result<TlsIdentity> Certificates::loadOwn(const QDateTime &now) const
{
    if (const auto made = ensurePrivateFolder(m_config.folder); !made)
        return Unexpected(made.error());
    const std::int64_t unixNow = now.toSecsSinceEpoch();
    const auto authority = CertificateAuthority::open(m_config.folder, unixNow);
    if (!authority)
        return Unexpected(authority.error());
    const std::string chain = m_config.folder + "/server.pem";
    const std::string key = m_config.folder + "/server.key";
    // A damaged or missing one is replaced like an old one.
    if (auto found = TlsIdentity::load(chain, key, now); found && isFresh(*found, now) && authority->hasIssued(chain))
        return found;
    if (const auto issued = authority->issue(m_config.names, unixNow, m_config.lifetime, chain, key); !issued)
        return Unexpected(issued.error());
    return TlsIdentity::load(chain, key, now);
}

bool Certificates::isFresh(const TlsIdentity &identity, const QDateTime &now) const
{
    const auto left = std::chrono::seconds(now.secsTo(identity.expires));
    return left >= m_config.renewal && namesOf(identity.configuration.localCertificate()) == namesOf(m_config.names);
}

} // namespace ringlift::server
