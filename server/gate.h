#pragma once

#include "server/admission.h"
#include "server/connection.h"
#include "server/options.h"
#include "server/servercore.h"
#include "server/tlsidentity.h"

#include <QObject>
#include <QWebSocketServer>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace ringlift::server {

class Listener;

/// The sockets of the server: accepts, encrypts, upgrades and bounds them (protocol.md 4.1).
class Gate : public QObject
{
    Q_OBJECT

public:
    struct Config {
        GateLimits limits;
        /// Open sockets in all, logged in or not.
        std::size_t sockets = 0;
        /// Serve ws:// instead of wss://.
        bool plain = false;
    };

    explicit Gate(const Config &config, QObject *parent = nullptr);
    ~Gate() override;

    /// For connections from now on.
    void setIdentity(TlsIdentity identity) { m_identity = std::move(identity); }
    /// For connections from now on: TLS ends at a proxy, which shows this certificate.
    void setProxyBinding(const protocol::Key32 &binding) { m_proxyBinding = binding; }
    /// Port 0: any that is free, the same for all of them. Without IPv6 in the system, ::1 may be missing in the
    /// result.
    Result<std::vector<Endpoint>> listen(const std::vector<Endpoint> &endpoints);

    void send(ConnectionId id, const std::string &text);
    void close(ConnectionId id, int code);
    /// The connection has logged in.
    void loggedIn(ConnectionId id) { m_admission.left(id); }
    /// Accepts nobody any more, and asks everybody to leave; drained() follows.
    void stop(int code);
    /// Ends what is left.
    void abortAll();

    std::size_t size() const { return m_connections.size(); }

Q_SIGNALS:
    void opened(const ringlift::server::ConnectionOpened &connection);
    void received(const ringlift::server::TextReceived &text);
    void closed(const ringlift::server::ConnectionClosed &connection);
    /// After stop(): the last connection has ended.
    void drained();

private:
    Result<std::vector<Endpoint>> tryToListen(const std::vector<Endpoint> &endpoints);
    void onAccepted(qintptr descriptor);
    void onUpgraded();
    void onEnded(Connection *connection);
    void pauseOrResume();

    const Config m_config;
    std::optional<TlsIdentity> m_identity;
    std::optional<protocol::Key32> m_proxyBinding;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    /// Only upgrades what it is handed; it never listens.
    QWebSocketServer m_upgrader;
    Admission m_admission;
    std::map<ConnectionId, Connection *> m_connections;
    std::map<Connection::Ends, Connection *> m_upgrading;
    std::uint64_t m_lastId = 0;
    bool m_paused = false;
    bool m_stopping = false;
};

} // namespace ringlift::server
