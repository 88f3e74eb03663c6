#include "platform/qt/websocketsignalling.h"

#include "core/base/log.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QSslCertificate>
#include <QSslSocket>

#include <algorithm>

namespace ringlift::qt {

namespace {

constexpr int kNoCloseCode = 0;
constexpr int kMaxUnansweredPings = 2;

ByteArray<32> bindingOf(const QSslCertificate &leaf)
{
    const QByteArray digest = leaf.digest(QCryptographicHash::Sha256);
    ByteArray<32> binding{};
    std::copy_n(digest.constBegin(), std::min<qsizetype>(digest.size(), 32), binding.begin());
    return binding;
}

/// QWebSocket::errorOccurred came with Qt 6.5.
template<typename Slot>
void connectError(QWebSocket *socket, QObject *context, Slot slot)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(socket, &QWebSocket::errorOccurred, context, slot);
#else
    QObject::connect(socket, QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error), context, slot);
#endif
}

} // namespace

WebSocketSignalling::WebSocketSignalling(SignallingConfig config, QObject *parent)
    : Signalling(parent), m_config(std::move(config))
{
    for (QTimer *const timer : {&m_tcpTimer, &m_openTimer}) {
        timer->setSingleShot(true);
        timer->setTimerType(Qt::PreciseTimer);
        connect(timer, &QTimer::timeout, this, [this] { fail(Failure::Unreachable, kNoCloseCode); });
    }
    connect(&m_pingTimer, &QTimer::timeout, this, &WebSocketSignalling::onPing);
}

WebSocketSignalling::~WebSocketSignalling()
{
    forget();
}

Result<QSslConfiguration> WebSocketSignalling::tls() const
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_3OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (m_config.caFile.isEmpty())
        return tls;
    const QList<QSslCertificate> authorities = QSslCertificate::fromPath(m_config.caFile, QSsl::Pem);
    if (authorities.isEmpty())
        return failure("the CA file holds no certificate");
    tls.setCaCertificates(authorities);
    return tls;
}

bool WebSocketSignalling::isPlainAllowed() const
{
    const QString host = m_config.url.host();
    return m_config.allowPlainLoopback && (host == QLatin1StringView("localhost") || QHostAddress(host).isLoopback());
}

void WebSocketSignalling::open()
{
    forget();
    const bool secure = m_config.url.scheme() == QLatin1StringView("wss");
    if (!m_config.url.isValid() || !(secure || (m_config.url.scheme() == QLatin1StringView("ws") && isPlainAllowed())))
        return failLater(Failure::Untrusted);
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingFrameSize(static_cast<quint64>(m_config.maxFrame));
    m_socket->setMaxAllowedIncomingMessageSize(static_cast<quint64>(m_config.maxFrame));
    if (secure) {
        const auto configuration = tls();
        if (!configuration) {
            qCWarning(lcSignalling, "%s", configuration.error().message.c_str());
            return failLater(Failure::Untrusted);
        }
        m_socket->setSslConfiguration(*configuration);
    }
    watch();
    m_tcpTimer.start(m_config.tcpTimeout);
    m_openTimer.start(m_config.openTimeout);
    m_socket->open(m_config.url);
    // QWebSocket makes its socket in open() and tells nothing of it (toolkit.md section 6).
    if (auto *const tcp = m_socket->findChild<QAbstractSocket *>(); tcp != nullptr)
        connect(tcp, &QAbstractSocket::connected, this, &WebSocketSignalling::onTcpConnected);
}

void WebSocketSignalling::watch()
{
    connect(m_socket, &QWebSocket::connected, this, &WebSocketSignalling::onConnected);
    connect(m_socket, &QWebSocket::disconnected, this, &WebSocketSignalling::onDisconnected);
    connectError(m_socket, this, [this](QAbstractSocket::SocketError error) { onError(error); });
    connect(m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_untrusted = true;
        for (const QSslError &error : errors)
            qCWarning(lcSignalling) << "the server's certificate was refused:" << error.error();
    });
    connect(m_socket, &QWebSocket::textMessageReceived, this,
        [this](const QString &text) { Q_EMIT received(text.toStdString()); });
    connect(m_socket, &QWebSocket::binaryMessageReceived, this,
        [this] { fail(Failure::Closed, QWebSocketProtocol::CloseCodeDatatypeNotSupported); });
    connect(m_socket, &QWebSocket::pong, this, [this] { m_unansweredPings = 0; });
}

void WebSocketSignalling::onTcpConnected()
{
    m_tcpConnected = true;
    m_tcpTimer.stop();
    if (m_socket == nullptr)
        return;
    if (auto *const tcp = m_socket->findChild<QAbstractSocket *>(); tcp != nullptr)
        tcp->setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

void WebSocketSignalling::onConnected()
{
    m_tcpTimer.stop();
    m_openTimer.stop();
    ByteArray<32> binding{};
    if (m_config.url.scheme() == QLatin1StringView("wss")) {
        const QSslCertificate leaf = m_socket->sslConfiguration().peerCertificate();
        if (leaf.isNull())
            return fail(Failure::Untrusted, kNoCloseCode);
        binding = bindingOf(leaf);
    }
    m_connected = true;
    m_pingTimer.start(m_config.pingInterval);
    Q_EMIT connected(binding);
}

void WebSocketSignalling::onError(QAbstractSocket::SocketError error)
{
    if (m_connected)
        return; // disconnected() follows
    if (m_untrusted || error == QAbstractSocket::SslHandshakeFailedError)
        return fail(Failure::Untrusted, kNoCloseCode);
    // Once TCP stands, a refused connection means that the upgrade was answered with another HTTP status.
    const bool refused = m_tcpConnected && error == QAbstractSocket::ConnectionRefusedError;
    fail(refused ? Failure::ServerRefused : Failure::Unreachable, kNoCloseCode);
}

void WebSocketSignalling::onDisconnected()
{
    if (!m_connected)
        return fail(m_untrusted ? Failure::Untrusted : Failure::Unreachable, kNoCloseCode);
    // QWebSocket says 1000 too when the connection just broke.
    const bool broke = m_socket->error() == QAbstractSocket::RemoteHostClosedError
        && m_socket->closeCode() == QWebSocketProtocol::CloseCodeNormal;
    fail(Failure::Closed, broke ? kNoCloseCode : int(m_socket->closeCode()));
}

void WebSocketSignalling::onPing()
{
    if (m_socket == nullptr || !m_connected)
        return;
    if (m_unansweredPings >= kMaxUnansweredPings)
        return fail(Failure::Closed, kNoCloseCode);
    ++m_unansweredPings;
    m_socket->ping();
}

void WebSocketSignalling::send(const std::string &text)
{
    if (m_socket == nullptr || !m_connected)
        return;
    m_socket->sendTextMessage(QString::fromStdString(text));
    if (m_socket->bytesToWrite() > m_config.maxQueued)
        failLater(Failure::Closed);
}

void WebSocketSignalling::close()
{
    if (m_socket == nullptr)
        return;
    QWebSocket *const socket = std::exchange(m_socket, nullptr);
    forget();
    socket->disconnect(this);
    if (socket->state() != QAbstractSocket::ConnectedState) {
        socket->abort();
        socket->deleteLater();
        return;
    }
    // The close handshake goes on without us.
    connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(m_config.openTimeout, socket, [socket] {
        socket->abort();
        socket->deleteLater();
    });
    socket->close(QWebSocketProtocol::CloseCodeNormal);
}

void WebSocketSignalling::failLater(Failure failure)
{
    QMetaObject::invokeMethod(
        this, [this, failure, socket = m_socket] {
            if (socket == m_socket)
                fail(failure, kNoCloseCode);
        },
        Qt::QueuedConnection);
}

void WebSocketSignalling::fail(Failure failure, int closeCode)
{
    forget();
    Q_EMIT failed(failure, closeCode);
}

void WebSocketSignalling::forget()
{
    m_tcpTimer.stop();
    m_openTimer.stop();
    m_pingTimer.stop();
    m_tcpConnected = false;
    m_connected = false;
    m_untrusted = false;
    m_unansweredPings = 0;
    QWebSocket *const socket = std::exchange(m_socket, nullptr);
    if (socket == nullptr)
        return;
    socket->disconnect(this);
    socket->abort();
    socket->deleteLater();
}

} // namespace ringlift::qt
