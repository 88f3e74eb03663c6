#include "platform/plmn/plmnserver.h"

#include "platform/plmn/modemjson.h"
#include "platform/plmn/switchjson.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>

namespace ringlift::plmn {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxSocketPath = 100;

qint64 microseconds()
{
    return monotonicNow().time_since_epoch().count();
}

} // namespace

PlmnServer::PlmnServer(const PlmnServerConfig &config, QObject *parent)
    : QObject(parent),
      m_random(config.seed),
      m_switch(config.exchange, m_random),
      m_rejoinGrace(config.rejoinGrace),
      m_maxConnections(config.maxConnections),
      m_epoch(QString::fromStdString(toHex(m_systemRandom.array<8>()))),
      m_firstModems(config.modems),
      m_modems(m_switch, [this](const SwitchInput &input) { return feed(input); })
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_switch.handleTimeout(monotonicNow());
        drain();
    });
    m_modems.setUssdAnswers(config.ussd);
    connect(&m_modems, &at::ModemBank::told, this, [this](const QJsonObject &event) {
        for (auto &[connection, client] : m_clients) {
            if (client.subscribed)
                connection->send(event);
        }
    });
    for (const Subscriber &subscriber : config.subscribers) {
        if (const auto done = feed(Provision{subscriber}); !done)
            qWarning("plmn: a subscriber of the configuration was refused: %s", done.error().message.c_str());
    }
}

PlmnServer::~PlmnServer()
{
    for (const auto &[connection, client] : m_clients)
        connection->disconnect(this);
}

Result<void> PlmnServer::listen(const QString &address)
{
    auto listening = address.startsWith("tcp:"_L1) ? listenTcp(address) : listenUnix(address);
    return listening ? addModems() : listening;
}

Result<void> PlmnServer::listenUnix(const QString &path)
{
    if (path.isEmpty() || QFile::encodeName(path).size() > kMaxSocketPath)
        return failure("the socket's path is empty or longer than 100 bytes");
    QLocalSocket probe;
    probe.connectToServer(path);
    if (probe.state() == QLocalSocket::ConnectedState)
        return failure("another program listens there");
    QLocalServer::removeServer(path);
    m_local = new QLocalServer(this);
    m_local->setSocketOptions(QLocalServer::UserAccessOption);
    m_local->setListenBacklogSize(static_cast<int>(m_maxConnections));
    if (!m_local->listen(path))
        return failure("cannot listen: " + m_local->errorString().toStdString());
    connect(m_local, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *const socket = m_local->nextPendingConnection())
            accept(socket);
    });
    m_address = path;
    return {};
}

Result<void> PlmnServer::listenTcp(const QString &address)
{
    const auto tcp = parseTcpAddress(address);
    if (!tcp)
        return failure("the address is not tcp:HOST:PORT with a loopback address");
    m_tcp = new QTcpServer(this);
    if (!m_tcp->listen(QHostAddress(tcp->host), tcp->port))
        return failure("cannot listen: " + m_tcp->errorString().toStdString());
    connect(m_tcp, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *const socket = m_tcp->nextPendingConnection())
            accept(socket);
    });
    m_address = u"tcp:%1:%2"_s.arg(tcp->host).arg(m_tcp->serverPort());
    return {};
}

void PlmnServer::accept(QIODevice *socket)
{
    if (m_clients.size() >= m_maxConnections) {
        socket->deleteLater();
        return;
    }
    auto *const connection = new PlmnConnection(socket, this);
    m_clients[connection].connection = connection;
    connect(connection, &PlmnConnection::received, this,
        [this, connection](const QJsonObject &message) { handle(connection, message); });
    connect(connection, &PlmnConnection::malformed, this, [connection](const QString &reason) {
        connection->send({{u"re"_s, QJsonValue::Null}, {u"ok"_s, false}, {u"error"_s, reason}});
    });
    connect(connection, &PlmnConnection::voiceReceived, this, [this, connection](LineCallId id, VoiceSpan samples) {
        const auto leg = m_switch.leg(id);
        const auto client = m_clients.find(connection);
        if (leg && client != m_clients.end() && client->second.joined.contains(leg->subscriber)) {
            // Voice has no reply; a frame of a wrong size is not carried.
            static_cast<void>(feed(Voice{id, {samples.begin(), samples.end()}}));
        }
    });
    connect(connection, &PlmnConnection::closed, this, [this, connection] { drop(connection); });
}

void PlmnServer::drop(PlmnConnection *connection)
{
    const auto node = m_clients.extract(connection);
    if (node.empty())
        return;
    connection->deleteLater();
    for (const std::string &msisdn : node.mapped().joined) {
        auto timer = std::make_unique<QTimer>();
        timer->setSingleShot(true);
        connect(timer.get(), &QTimer::timeout, this, [this, msisdn] { leave(msisdn); });
        timer->start(std::chrono::ceil<std::chrono::milliseconds>(m_rejoinGrace));
        m_orphans[msisdn] = std::move(timer);
    }
}

void PlmnServer::leave(const std::string &msisdn)
{
    if (const auto orphan = m_orphans.extract(msisdn); !orphan.empty())
        orphan.mapped().release()->deleteLater();
    // Withdrawn in the meantime: nothing is left to detach.
    static_cast<void>(feed(Detach{msisdn}));
}

void PlmnServer::handle(PlmnConnection *connection, const QJsonObject &message)
{
    const auto client = m_clients.find(connection);
    if (client == m_clients.end())
        return;
    const Reply reply = run(client->second, message);
    QJsonObject answer = reply ? *reply : QJsonObject{{u"error"_s, QString::fromStdString(reply.error().message)}};
    answer.insert(u"ok"_s, reply.has_value());
    const QJsonValue id = message.value(u"id"_s);
    answer.insert(u"re"_s, id.isDouble() ? id : QJsonValue(QJsonValue::Null));
    connection->send(answer);
}

PlmnServer::Reply PlmnServer::run(Client &client, const QJsonObject &message)
{
    const Command *found = nullptr;
    QJsonValue arguments;
    for (const Command &command : commands()) {
        const auto field = message.constFind(QLatin1StringView(command.name));
        if (field == message.constEnd())
            continue;
        if (found != nullptr)
            return failure("more than one command in one line");
        found = &command;
        arguments = *field;
    }
    const qsizetype expected = message.contains(u"id"_s) ? 2 : 1;
    if (found == nullptr || message.size() != expected || !arguments.isObject())
        return failure("a line is {\"id\": n, \"COMMAND\": {…}} with a known command");
    if (found->who == Command::For::Controllers && !client.controls)
        return failure("send {\"control\": {}} first");
    if (found->who == Command::For::Phones && client.joined.empty() && !client.controls)
        return failure("send {\"join\": {…}} first");
    return (this->*found->handler)(client, arguments.toObject());
}

Result<void> PlmnServer::feed(const SwitchInput &input)
{
    m_refusal.reset();
    m_switch.handle(monotonicNow(), input);
    drain();
    if (m_refusal)
        return Unexpected(*m_refusal);
    const bool concernsModems = std::holds_alternative<Provision>(input) || std::holds_alternative<Withdraw>(input) ||
                                std::holds_alternative<SetCoverage>(input) || std::holds_alternative<SetNetwork>(input);
    if (concernsModems)
        m_modems.refresh();
    return {};
}

void PlmnServer::drain()
{
    while (const auto output = m_switch.poll()) {
        if (const auto *changed = std::get_if<LegChanged>(&*output)) {
            tell(*changed);
        } else if (const auto *voice = std::get_if<VoiceHeard>(&*output)) {
            if (Client *const client = clientOf(voice->subscriber); client != nullptr)
                client->connection->sendVoice(voice->leg, voice->samples);
            else
                m_modems.tell(*voice);
        } else if (const auto *digits = std::get_if<DigitsHeard>(&*output)) {
            const QJsonObject event{{u"event"_s, u"digits"_s}, {u"leg"_s, qint64(digits->leg)},
                {u"digits"_s, QString::fromStdString(digits->digits)}, {u"t_us"_s, microseconds()}};
            for (auto &[connection, client] : m_clients) {
                if (client.subscribed || client.joined.contains(digits->subscriber))
                    connection->send(event);
            }
            m_modems.tell(*digits);
        } else if (const auto *refused = std::get_if<Refused>(&*output)) {
            m_refusal = Error{refused->reason};
        }
    }
    arm();
}

void PlmnServer::tell(const LegChanged &changed)
{
    QJsonObject event = toJson(changed.leg);
    event.insert(u"event"_s, u"leg"_s);
    event.insert(u"new"_s, changed.isNew);
    event.insert(u"t_us"_s, microseconds());
    const bool ofPhone = changed.leg.party == Party::Phone;
    for (auto &[connection, client] : m_clients) {
        if (client.subscribed || (ofPhone && client.joined.contains(changed.leg.subscriber)))
            connection->send(event);
    }
    m_modems.tell(changed);
}

void PlmnServer::arm()
{
    const auto next = m_switch.nextTimeout();
    if (!next)
        return m_timer.stop();
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*next - monotonicNow());
    m_timer.start(std::max(wait, std::chrono::milliseconds(0)));
}

PlmnServer::Client *PlmnServer::clientOf(const std::string &msisdn)
{
    for (auto &[connection, client] : m_clients) {
        if (client.joined.contains(msisdn))
            return &client;
    }
    return nullptr;
}

void PlmnServer::tellSim(const std::string &msisdn)
{
    const auto subscriber = m_switch.subscriber(msisdn);
    Client *const client = clientOf(msisdn);
    if (subscriber && client != nullptr)
        client->connection->send({{u"event"_s, u"sim"_s}, {u"sim"_s, toJson(simInfoOf(*subscriber))}});
}

} // namespace ringlift::plmn
