#pragma once

#include "core/protocol/messages.h"
#include "server/connectionid.h"
#include "server/gatelimits.h"
#include "server/liveness.h"

#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>

#include <memory>

namespace ringlift::server {

/// One accepted socket, from the TCP accept through TLS and the upgrade to its end.
class Connection : public QObject
{
    Q_OBJECT

public:
    /// What tells it from every other one before it is a WebSocket.
    using Ends = std::tuple<QString, quint16, quint16>;

    /// Takes the descriptor. tls: null serves plain text.
    Connection(ConnectionId id, qintptr descriptor, const GateLimits &limits, const QSslConfiguration *tls,
               const protocol::Key32 &channelBinding, QObject *parent);
    ~Connection() override;

    ConnectionId id() const { return m_id; }
    const protocol::Key32 &channelBinding() const { return m_channelBinding; }
    QString source() const { return m_source; }
    Ends ends() const { return m_ends; }
    static Ends endsOf(const QWebSocket &socket);
    bool isOpen() const { return m_webSocket != nullptr && !m_closing; }

    /// Starts TLS; ready() follows.
    void start();
    /// For QWebSocketServer::handleConnection(), after ready().
    QTcpSocket *socket() const { return m_socket; }
    /// The upgrade is done. Takes the socket over.
    void upgraded(QWebSocket *socket);

    void send(const std::string &text);
    /// Says why, and ends when the client has taken what is queued for it.
    void close(int code);
    void abort();

Q_SIGNALS:
    void ready();
    void received(const std::string &text);
    /// Once, and last.
    void ended();

private:
    void watchSocket();
    std::size_t waiting() const;
    void onReadyRead();
    void onProgress();
    void onTimeout();
    void arm();
    void finish();

    const ConnectionId m_id;
    const GateLimits m_limits;
    const protocol::Key32 m_channelBinding;
    QString m_source;
    Ends m_ends;
    QPointer<QTcpSocket> m_socket;
    /// The same; null when it serves plain text.
    QPointer<QSslSocket> m_encrypted;
    std::unique_ptr<QWebSocket> m_webSocket;
    std::optional<Liveness> m_liveness;
    QTimer m_timer;
    std::optional<TimePoint> m_armed;
    bool m_closing = false;
    bool m_finished = false;
};

} // namespace ringlift::server
