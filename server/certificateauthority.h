#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ringlift::server {

/// The server's own certificate authority, in a folder: ca.pem, which clients get, and ca.key. ECDSA P-256 throughout.
class CertificateAuthority
{
public:
    /// Makes the two files when neither exists. Fails when one is missing, damaged, not of the other, or out of date.
    static Result<CertificateAuthority> open(const std::string &folder, std::int64_t unixNow);

    std::string certificateFile() const { return m_folder + "/ca.pem"; }
    /// Makes a new key and a certificate for it that is good for these names and addresses.
    Result<void> issue(const std::vector<std::string> &names, std::int64_t unixNow, Duration lifetime,
                       const std::string &chainFile, const std::string &keyFile) const;
    /// Was this certificate issued here?
    bool hasIssued(const std::string &chainFile) const;

private:
    explicit CertificateAuthority(std::string folder) : m_folder(std::move(folder)) { }
    std::string keyFile() const { return m_folder + "/ca.key"; }

    std::string m_folder;
};

} // namespace ringlift::server
