#pragma once

#include "server/options.h"
#include "server/tlsidentity.h"

namespace ringlift::server {

/// Where the server's certificate comes from: the operator's files, or its own authority, which it keeps fresh.
class Certificates
{
public:
    struct Config {
        /// Folder of the own authority.
        std::string folder;
        /// The operator's own; empty: the own authority's.
        std::string certificate;
        std::string certificateKey;
        std::vector<std::string> names;
        Duration lifetime{};
        Duration renewal{};
    };

    explicit Certificates(Config config) : m_config(std::move(config)) { }

    /// Reads the certificate that is to be used from now on; one of the own authority is made first where there is
    /// none, or it is about to expire, or it is for other names.
    Result<TlsIdentity> load(const QDateTime &now) const;
    bool areOwn() const { return m_config.certificate.empty(); }
    /// What clients need to trust the server; empty with the operator's own certificate.
    std::string authorityFile() const { return areOwn() ? m_config.folder + "/ca.pem" : std::string(); }

private:
    Result<TlsIdentity> loadOwn(const QDateTime &now) const;
    bool isFresh(const TlsIdentity &identity, const QDateTime &now) const;

    Config m_config;
};

} // namespace ringlift::server
