#pragma once

#include "core/base/result.h"
#include "core/ports/signalling.h"

#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

namespace ringlift::qt {

/// Where the server is, whom to trust, and how long to wait.
struct SignallingConfig
{
    /// wss://HOST:PORT/…
    QUrl url;
    /// PEM certificates to trust in place of the system's roots; empty: the system's.
    QString caFile;
    /// Until TCP is connected, name look-up included (protocol.md K3).
    std::chrono::milliseconds tcpTimeout{800};
    /// Until the WebSocket is connected.
    std::chrono::milliseconds openTimeout{5000};
    /// Between pings; two without an answer end the connection.
    std::chrono::milliseconds pingInterval{20000};
    qint64 maxFrame = qint64{16} * 1024;
    /// More than this waiting to be sent ends the connection.
    qint64 maxQueued = qint64{256} * 1024;
    /// ws:// to a loopback address is accepted, with a channel binding of zeros. Tests only.
    bool allowPlainLoopback = false;
};

/// JSON text over WebSocket and TLS 1.3 (protocol.md 3.4 and 4.1). connected() or failed() follows open(), and failed() once
/// when a connection ends that close() did not end.
class WebSocketSignalling : public ports::Signalling
{
    Q_OBJECT

public:
    explicit WebSocketSignalling(SignallingConfig config, QObject *parent = nullptr);
    ~WebSocketSignalling() override;

    void open() override;
    void close() override;
    void send(const std::string &text) override;

private:
    Result<QSslConfiguration> tls() const;
    bool isPlainAllowed() const;
    void watch();
    void onTcpConnected();
    void onConnected();
    void onError(QAbstractSocket::SocketError error);
    void onDisconnected();
    void onPing();
    void fail(Failure failure, int closeCode);
    void failLater(Failure failure);
    void forget();

    const SignallingConfig m_config;
    QWebSocket *m_socket = nullptr;
    QTimer m_tcpTimer;
    QTimer m_openTimer;
    QTimer m_pingTimer;
    bool m_tcpConnected = false;
    bool m_connected = false;
    bool m_untrusted = false;
    int m_unansweredPings = 0;
};

} // namespace ringlift::qt
