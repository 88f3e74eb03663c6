#pragma once

#include "server/certificates.h"
#include "server/gate.h"
#include "tests/platform/waiting.h"

#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

#include <algorithm>

namespace ringlift::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A gate on a free loopback port, and what came through it.
class GateRig
{
public:
    explicit GateRig(const server::GateLimits &limits = {}, std::size_t sockets = 1000, bool plain = false)
        : gate({limits, sockets, plain})
    {
        if (!plain)
            gate.setIdentity(*makeIdentity());
        QObject::connect(&gate, &server::Gate::opened, &gate,
                         [this](const server::ConnectionOpened &one) { opened.push_back(one); });
        QObject::connect(&gate, &server::Gate::received, &gate,
                         [this](const server::TextReceived &one) { received.push_back(one); });
        QObject::connect(&gate, &server::Gate::closed, &gate,
                         [this](const server::ConnectionClosed &one) { closed.push_back(one.id); });
        port = gate.listen({{"127.0.0.1", 0}})->front().port;
    }

    /// Another leaf of the same authority each time.
    Result<server::TlsIdentity> makeIdentity()
    {
        return server::Certificates({m_folder.path().toStdString() + "/tls", {}, {}, {"127.0.0.1"}, 48h, 24h * 365})
            .load(QDateTime::currentDateTimeUtc());
    }
    QSslConfiguration trust() const
    {
        QSslConfiguration tls;
        tls.setProtocol(QSsl::TlsV1_3OrLater);
        tls.setCaCertificates(QSslCertificate::fromPath(m_folder.filePath(u"tls/ca.pem"_s), QSsl::Pem));
        return tls;
    }
    QUrl url(const QString &scheme = u"wss"_s) const { return QUrl(u"%1://127.0.0.1:%2/"_s.arg(scheme).arg(port)); }

    bool opens(std::size_t count)
    {
        return waitUntil([&] { return opened.size() >= count; });
    }
    bool closes(std::size_t count)
    {
        return waitUntil([&] { return closed.size() >= count; });
    }
    bool hasClosed(server::ConnectionId id) const
    {
        return std::find(closed.begin(), closed.end(), id) != closed.end();
    }

private:
    QTemporaryDir m_folder;

public:
    std::uint16_t port = 0;
    std::vector<server::ConnectionOpened> opened;
    std::vector<server::TextReceived> received;
    std::vector<server::ConnectionId> closed;
    server::Gate gate;
};

/// A WebSocket client that behaves.
class GoodClient
{
public:
    explicit GoodClient(const GateRig &rig, const QUrl &url = {})
        : GoodClient(rig.trust(), url.isEmpty() ? rig.url() : url)
    {
    }
    GoodClient(const QSslConfiguration &tls, const QUrl &url)
    {
        socket.setSslConfiguration(tls);
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                         [this](const QString &text) { texts.append(text); });
        QObject::connect(&socket, &QWebSocket::connected, &socket, [this] { connected = true; });
        QObject::connect(&socket, &QWebSocket::disconnected, &socket, [this] { ended = true; });
        socket.open(url);
    }
    bool connects()
    {
        return waitUntil([this] { return connected || ended; }) && connected;
    }
    bool ends()
    {
        return waitUntil([this] { return ended; });
    }

    QWebSocket socket;
    QStringList texts;
    bool connected = false;
    bool ended = false;
};

inline QByteArray upgradeRequest(const QByteArray &more = {})
{
    return "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
           more + "\r\n";
}

/// A client that sends bytes of its choice inside TLS, and may stop reading.
class RawClient
{
public:
    explicit RawClient(const GateRig &rig)
    {
        socket.setSslConfiguration(rig.trust());
        socket.connectToHostEncrypted(u"127.0.0.1"_s, rig.port);
    }
    bool encrypts()
    {
        return waitUntil([this] { return socket.isEncrypted() || hasEnded(); }) && socket.isEncrypted();
    }
    /// Upgraded, and reading no more.
    bool upgradesAndStopsReading()
    {
        if (!encrypts())
            return false;
        socket.write(upgradeRequest());
        if (!answers("101"))
            return false;
        socket.setReadBufferSize(1);
        return true;
    }
    /// The HTTP status line.
    bool answers(const QByteArray &status)
    {
        return waitUntil([this] { return socket.bytesAvailable() > 0 || hasEnded(); }) &&
               socket.readAll().startsWith("HTTP/1.1 " + status);
    }
    bool hasEnded() const { return socket.state() == QAbstractSocket::UnconnectedState; }
    bool ends()
    {
        return waitUntil([this] { return hasEnded(); });
    }

    QSslSocket socket;
};

} // namespace ringlift::tests
