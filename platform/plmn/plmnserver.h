#pragma once

#include "core/base/result.h"
#include "platform/plmn/at/modembank.h"
#include "platform/plmn/plmnconnection.h"
#include "platform/plmn/switch.h"

#include <QTimer>

#include <map>
#include <set>

class QLocalServer;
class QTcpServer;

namespace ringlift::plmn {

struct PlmnServerConfig
{
    SwitchConfig exchange;
    std::vector<Subscriber> subscribers;
    std::vector<at::ModemSetup> modems;
    /// Answers to USSD codes.
    std::map<std::string, std::string> ussd;
    /// A phone whose program vanished keeps its calls this long, as a modem would.
    Duration rejoinGrace = std::chrono::seconds(10);
    std::size_t maxConnections = 256;
    std::uint64_t seed = 1;
};

/// {"switch": {…}, "subscribers": [{…}], "modems": [{…}], "rejoin_grace_ms": n, "max_connections": n}; README.md.
Result<PlmnServerConfig> readServerConfig(const QByteArray &json);

/// The switch on a socket: phones join, scripts control. README.md describes every message.
class PlmnServer : public QObject
{
    Q_OBJECT

public:
    explicit PlmnServer(const PlmnServerConfig &config, QObject *parent = nullptr);
    ~PlmnServer() override;

    /// A Unix socket's path, of mode 0600, or "tcp:HOST:PORT" on loopback; port 0 takes a free one. The modems are
    /// there from then on.
    Result<void> listen(const QString &address);
    /// As given to listen(), with the real port.
    QString address() const { return m_address; }

private:
    /// What one connection is and may do.
    struct Client
    {
        PlmnConnection *connection = nullptr;
        bool controls = false;
        bool subscribed = false;
        std::set<std::string> joined;
    };
    using Reply = Result<QJsonObject>;
    using Handler = Reply (PlmnServer::*)(Client &client, const QJsonObject &arguments);
    struct Command
    {
        const char *name;
        Handler handler;
        enum class For { Anybody, Phones, Controllers } who;
    };
    static const std::vector<Command> &commands();

    Result<void> addModems();
    Result<void> listenUnix(const QString &path);
    Result<void> listenTcp(const QString &address);
    void accept(QIODevice *socket);
    void drop(PlmnConnection *connection);
    void handle(PlmnConnection *connection, const QJsonObject &message);
    Reply run(Client &client, const QJsonObject &message);

    // The switch
    Result<void> feed(const SwitchInput &input);
    void drain();
    void tell(const LegChanged &changed);
    void arm();
    Client *clientOf(const std::string &msisdn);
    void leave(const std::string &msisdn);
    void tellSim(const std::string &msisdn);

    // Commands of phones
    Reply join(Client &client, const QJsonObject &arguments);
    Reply leave(Client &client, const QJsonObject &arguments);
    Reply dial(Client &client, const QJsonObject &arguments);
    // Commands of both, on the legs that are theirs
    Reply answer(Client &client, const QJsonObject &arguments);
    Reply hangUp(Client &client, const QJsonObject &arguments);
    Reply hold(Client &client, const QJsonObject &arguments);
    Reply digits(Client &client, const QJsonObject &arguments);
    // Commands of controllers
    Reply control(Client &client, const QJsonObject &arguments);
    Reply provision(Client &client, const QJsonObject &arguments);
    Reply withdraw(Client &client, const QJsonObject &arguments);
    Reply configure(Client &client, const QJsonObject &arguments);
    Reply outsideCall(Client &client, const QJsonObject &arguments);
    Reply coverage(Client &client, const QJsonObject &arguments);
    Reply network(Client &client, const QJsonObject &arguments);
    Reply dropCall(Client &client, const QJsonObject &arguments);
    Reply away(Client &client, const QJsonObject &arguments);
    Reply kick(Client &client, const QJsonObject &arguments);
    Reply legs(Client &client, const QJsonObject &arguments);
    Reply subscribers(Client &client, const QJsonObject &arguments);
    Reply subscribe(Client &client, const QJsonObject &arguments);

    // Commands of controllers, on modems (plmnmodems.cpp)
    Reply addModem(Client &client, const QJsonObject &arguments);
    Reply removeModem(Client &client, const QJsonObject &arguments);
    Reply setModem(Client &client, const QJsonObject &arguments);
    Reply insertSim(Client &client, const QJsonObject &arguments);
    Reply sendMessage(Client &client, const QJsonObject &arguments);
    Reply say(Client &client, const QJsonObject &arguments);
    Reply sendUssd(Client &client, const QJsonObject &arguments);
    Reply modems(Client &client, const QJsonObject &arguments);

    Reply adopt(Client &client, const std::string &msisdn);
    Reply done(const Result<void> &result) const;
    Result<LineCallId> legFor(const Client &client, const QJsonObject &arguments, bool &held, std::string &digits);
    Result<LineCallId> legFor(const Client &client, const QJsonObject &arguments);

    SystemRandom m_systemRandom;
    SeededRandom m_random;
    Switch m_switch;
    const Duration m_rejoinGrace;
    const std::size_t m_maxConnections;
    /// Tells phones that rejoin whether this is still the switch they knew.
    const QString m_epoch;
    QString m_address;
    QLocalServer *m_local = nullptr;
    QTcpServer *m_tcp = nullptr;
    QTimer m_timer;
    std::map<PlmnConnection *, Client> m_clients;
    std::map<std::string, std::unique_ptr<QTimer>> m_orphans;
    std::optional<Error> m_refusal;
    std::vector<at::ModemSetup> m_firstModems;
    at::ModemBank m_modems;
};

} // namespace ringlift::plmn
