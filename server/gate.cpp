#include "server/gate.h"

#include "server/listener.h"
#include "server/log.h"
#include "server/sourceaddress.h"

#include <QHostAddress>
#include <QTimer>
#include <QWebSocketCorsAuthenticator>

#include <sys/socket.h>
#include <unistd.h>

namespace ringlift::server {

namespace {

/// Qt keeps the next accept waiting this long after the system refused one.
constexpr std::chrono::milliseconds kAcceptPause{250};

/// The peer's address before the descriptor is worth an object.
std::optional<SourceAddress> sourceOf(int descriptor)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    auto *const address = reinterpret_cast<sockaddr *>(&storage);
    if (::getpeername(descriptor, address, &size) != 0)
        return std::nullopt;
    return SourceAddress::parse(QHostAddress(address).toString().toStdString());
}

bool isOptional(const Endpoint &endpoint, const Listener &listener)
{
    return endpoint.host == "::1" && listener.serverError() == QAbstractSocket::SocketAddressNotAvailableError;
}

} // namespace

Gate::Gate(const Config &config, QObject *parent)
    : QObject(parent),
      m_config(config),
      m_upgrader(QString(), QWebSocketServer::NonSecureMode),
      m_admission(config.limits)
{
    m_upgrader.setMaxPendingConnections(static_cast<int>(config.sockets));
    connect(&m_upgrader, &QWebSocketServer::newConnection, this, &Gate::onUpgraded);
    // Browsers state an origin, apps do not.
    connect(&m_upgrader, &QWebSocketServer::originAuthenticationRequired, this,
            [](QWebSocketCorsAuthenticator *request) { request->setAllowed(request->origin().isEmpty()); });
}

Gate::~Gate()
{
    // Whoever listens may be half gone too.
    blockSignals(true);
    abortAll();
}

Result<std::vector<Endpoint>> Gate::listen(const std::vector<Endpoint> &endpoints)
{
    // A free port of the first address may be taken on the next one.
    constexpr int kTries = 20;
    auto result = tryToListen(endpoints);
    for (int i = 1; i < kTries && !result && endpoints.front().port == 0; ++i)
        result = tryToListen(endpoints);
    return result;
}

Result<std::vector<Endpoint>> Gate::tryToListen(const std::vector<Endpoint> &endpoints)
{
    m_listeners.clear();
    std::vector<Endpoint> bound;
    std::uint16_t free = 0;
    for (Endpoint endpoint : endpoints) {
        if (endpoint.port == 0)
            endpoint.port = free;
        auto listener = std::make_unique<Listener>();
        if (const auto open = listener->open(endpoint); !open) {
            if (isOptional(endpoint, *listener))
                continue;
            m_listeners.clear();
            return Unexpected(open.error());
        }
        connect(listener.get(), &Listener::accepted, this, &Gate::onAccepted);
        connect(listener.get(), &Listener::acceptError, this, [this] {
            log("accept.failed");
            QTimer::singleShot(kAcceptPause, this, &Gate::pauseOrResume);
        });
        endpoint.port = free = listener->serverPort();
        bound.push_back(endpoint);
        m_listeners.push_back(std::move(listener));
    }
    if (bound.empty())
        return failure("there is no address to listen on");
    return bound;
}

void Gate::onAccepted(qintptr descriptor)
{
    const auto source = sourceOf(static_cast<int>(descriptor));
    const ConnectionId id{m_lastId + 1};
    // Qt goes on accepting what was waiting when it was paused.
    if (!source || m_stopping || m_connections.size() >= m_config.sockets) {
        ::close(static_cast<int>(descriptor));
        return;
    }
    const Admission::Verdict verdict = m_admission.admit(id, source->host);
    if (!verdict.admitted) {
        ::close(static_cast<int>(descriptor));
        return;
    }
    if (verdict.evicted)
        m_connections.at(*verdict.evicted)->abort();
    ++m_lastId;
    const QSslConfiguration *const tls = m_config.plain ? nullptr : &m_identity->configuration;
    const protocol::Key32 own = m_config.plain ? protocol::Key32{} : m_identity->channelBinding;
    const protocol::Key32 binding = m_proxyBinding.value_or(own);
    auto *const connection = new Connection(id, descriptor, m_config.limits, tls, binding, this);
    m_connections.emplace(id, connection);
    m_upgrading.emplace(connection->ends(), connection);
    connect(connection, &Connection::ready, this,
            [this, connection] { m_upgrader.handleConnection(connection->socket()); });
    connect(connection, &Connection::received, this, [this, id](const std::string &text) {
        m_admission.spoke(id);
        Q_EMIT received(TextReceived{id, text});
    });
    connect(connection, &Connection::ended, this, [this, connection] { onEnded(connection); });
    connection->start();
    pauseOrResume();
}

void Gate::onUpgraded()
{
    while (QWebSocket *const socket = m_upgrader.nextPendingConnection()) {
        const auto found = m_upgrading.find(Connection::endsOf(*socket));
        if (found == m_upgrading.end()) {
            delete socket;
            continue;
        }
        Connection *const connection = found->second;
        m_upgrading.erase(found);
        // The upgrader would delete the socket under its QWebSocket.
        disconnect(connection->socket(), nullptr, &m_upgrader, nullptr);
        connection->upgraded(socket);
        Q_EMIT opened(
            ConnectionOpened{connection->id(), connection->source().toStdString(), connection->channelBinding()});
    }
}

void Gate::onEnded(Connection *connection)
{
    const ConnectionId id = connection->id();
    m_upgrading.erase(connection->ends());
    m_connections.erase(id);
    m_admission.left(id);
    connection->deleteLater();
    Q_EMIT closed(ConnectionClosed{id});
    pauseOrResume();
    if (m_stopping && m_connections.empty())
        Q_EMIT drained();
}

void Gate::pauseOrResume()
{
    m_paused = m_connections.size() + 1 >= m_config.sockets;
    for (const auto &listener : m_listeners) {
        if (m_paused)
            listener->pauseAccepting();
        else
            listener->resumeAccepting();
    }
}

void Gate::send(ConnectionId id, const std::string &text)
{
    if (const auto found = m_connections.find(id); found != m_connections.end())
        found->second->send(text);
}

void Gate::close(ConnectionId id, int code)
{
    if (const auto found = m_connections.find(id); found != m_connections.end())
        found->second->close(code);
}

void Gate::stop(int code)
{
    m_stopping = true;
    m_listeners.clear();
    // Ending one changes the map.
    const std::map<ConnectionId, Connection *> all = m_connections;
    for (const auto &[id, connection] : all)
        connection->close(code);
    if (all.empty())
        Q_EMIT drained();
}

void Gate::abortAll()
{
    while (!m_connections.empty())
        m_connections.begin()->second->abort();
}

} // namespace ringlift::server
