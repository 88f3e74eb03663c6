#pragma once

#include "core/base/result.h"
#include "core/protocol/messages.h"

#include <QDateTime>
#include <QSslConfiguration>

#include <string>

namespace ringlift::server {

/// What the server shows of itself in TLS.
struct TlsIdentity {
    QSslConfiguration configuration;
    /// SHA-256 of the leaf certificate (protocol.md 3.4).
    protocol::Key32 channelBinding{};
    QDateTime expires;

    /// Reads a certificate chain, leaf first, and its key, both PEM. Fails unless they fit together, Qt can use the key
    /// and the leaf is valid at this time.
    static Result<TlsIdentity> load(const std::string &chainFile, const std::string &keyFile, const QDateTime &now);
};

/// What a connection is bound to whose TLS ends elsewhere, with the leaf of this PEM file. Fails unless it is valid at
/// this time.
Result<protocol::Key32> leafBinding(const std::string &chainFile, const QDateTime &now);

} // namespace ringlift::server
