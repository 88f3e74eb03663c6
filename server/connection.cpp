#include "server/connection.h"

#include <QHostAddress>
#include <QNetworkProxy>

#include <algorithm>

namespace ringlift::server {

namespace {

/// Of the request that asks for the upgrade. Qt would buffer 12 MB of header lines.
constexpr qint64 kMostOfRequest = 32'768;

std::chrono::milliseconds atLeast(Duration duration)
{
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(duration), std::chrono::milliseconds(0));
}

} // namespace

Connection::Connection(ConnectionId id, qintptr descriptor, const GateLimits &limits, const QSslConfiguration *tls,
                       const protocol::Key32 &channelBinding, QObject *parent)
    : QObject(parent), m_id(id), m_limits(limits), m_channelBinding(channelBinding)
{
    if (tls != nullptr) {
        m_encrypted = new QSslSocket(this);
        m_encrypted->setSslConfiguration(*tls);
        m_socket = m_encrypted;
    } else {
        m_socket = new QTcpSocket(this);
    }
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setReadBufferSize(kMostOfRequest);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Connection::onTimeout);
    if (!m_socket->setSocketDescriptor(descriptor))
        return;
    m_source = m_socket->peerAddress().toString();
    m_ends = {m_source, m_socket->peerPort(), m_socket->localPort()};
}

Connection::~Connection()
{
    m_finished = true;
}

Connection::Ends Connection::endsOf(const QWebSocket &socket)
{
    return {socket.peerAddress().toString(), socket.peerPort(), socket.localPort()};
}

void Connection::start()
{
    connect(m_socket, &QTcpSocket::disconnected, this, &Connection::finish);
    connect(m_socket, &QTcpSocket::errorOccurred, this, &Connection::abort);
    m_timer.start(atLeast(m_limits.upgrade));
    if (m_encrypted == nullptr) {
        Q_EMIT ready();
        return;
    }
    connect(m_encrypted, &QSslSocket::encrypted, this, &Connection::ready);
    m_encrypted->startServerEncryption();
}

void Connection::upgraded(QWebSocket *socket)
{
    socket->setParent(nullptr);
    m_webSocket.reset(socket);
    if (QTcpSocket *const below = m_socket; below != nullptr) {
        // From here on QWebSocket reads at once whatever comes.
        below->setReadBufferSize(0);
        below->disconnect(this);
    }
    socket->setMaxAllowedIncomingFrameSize(m_limits.message);
    socket->setMaxAllowedIncomingMessageSize(m_limits.message);
    connect(socket, &QWebSocket::disconnected, this, &Connection::finish);
    connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        if (isOpen())
            Q_EMIT received(text.toStdString());
    });
    connect(socket, &QWebSocket::binaryFrameReceived, this,
            [this] { close(QWebSocketProtocol::CloseCodeProtocolError); });
    watchSocket();
    m_liveness.emplace(m_limits, monotonicNow());
    arm();
}

void Connection::watchSocket()
{
    connect(m_socket, &QTcpSocket::readyRead, this, &Connection::onReadyRead);
    if (const QSslSocket *const encrypted = m_encrypted; encrypted != nullptr)
        connect(encrypted, &QSslSocket::encryptedBytesWritten, this, &Connection::onProgress);
    else
        connect(m_socket, &QTcpSocket::bytesWritten, this, &Connection::onProgress);
}

/// QSslSocket hands what it has encrypted to a socket below, which has a queue of its own.
std::size_t Connection::waiting() const
{
    const QTcpSocket *const socket = m_socket;
    const QSslSocket *const encrypted = m_encrypted;
    qint64 bytes = socket != nullptr ? socket->bytesToWrite() : 0;
    if (encrypted != nullptr)
        bytes += encrypted->encryptedBytesToWrite();
    return static_cast<std::size_t>(bytes);
}

// Qt answers pings by itself, so the queue grows also without send().
void Connection::onReadyRead()
{
    m_liveness->heard(monotonicNow());
    if (m_liveness->isTooMuch(waiting()))
        abort();
}

void Connection::onProgress()
{
    m_liveness->progressed(monotonicNow(), waiting());
    arm();
}

void Connection::onTimeout()
{
    m_armed.reset();
    if (!m_liveness || m_closing)
        return abort();
    switch (m_liveness->handleTimeout(monotonicNow())) {
    case Liveness::Action::Abort:
        return abort();
    case Liveness::Action::Ping:
        m_webSocket->ping();
        m_liveness->queued(monotonicNow());
        break;
    case Liveness::Action::None:
        break;
    }
    arm();
}

/// A timer that fires early is armed again; that costs less than moving it with every byte.
void Connection::arm()
{
    if (m_finished || m_closing)
        return;
    const TimePoint next = m_liveness->nextTimeout();
    if (m_armed && *m_armed <= next)
        return;
    m_armed = next;
    m_timer.start(atLeast(next - monotonicNow()));
}

void Connection::send(const std::string &text)
{
    if (!isOpen())
        return;
    m_webSocket->sendTextMessage(QString::fromStdString(text));
    if (m_liveness->isTooMuch(waiting()))
        return abort();
    m_liveness->queued(monotonicNow());
    arm();
}

void Connection::close(int code)
{
    if (!isOpen())
        return m_webSocket == nullptr ? abort() : void();
    m_closing = true;
    m_timer.start(atLeast(m_limits.outputStall));
    m_webSocket->close(static_cast<QWebSocketProtocol::CloseCode>(code));
}

void Connection::abort()
{
    if (m_socket != nullptr)
        m_socket->abort();
    finish();
}

void Connection::finish()
{
    if (m_finished)
        return;
    m_finished = true;
    m_timer.stop();
    Q_EMIT ended();
}

} // namespace ringlift::server
