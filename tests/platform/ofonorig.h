#pragma once

#include "tests/platform/dbusrig.h"
#include "tests/platform/plmnrig.h"

#include <QJsonDocument>
#include <QProcess>

namespace ringlift::tests {

using namespace Qt::StringLiterals;

/// The real oFono.
class OfonoRig : public DbusRig
{
public:
    OfonoRig() : DbusRig("org.ofono")
    {
        for (const QString &of : {u"Modem"_s, u"VoiceCall"_s, u"NetworkRegistration"_s, u"SimManager"_s})
            listen(interface(of), "PropertyChanged");
        listen(interface(u"VoiceCallManager"_s), "CallAdded");
        listen(interface(u"VoiceCallManager"_s), "CallRemoved");
        listen(interface(u"MessageManager"_s), "IncomingMessage");
    }
    static QString interface(const QString &name) { return u"org.ofono."_s + name; }

    QVariantMap properties(const QString &path, const QString &of)
    {
        return qdbus_cast<QVariantMap>(call(path, interface(of), "GetProperties").arguments().value(0));
    }
    bool set(const QString &path, const QString &of, const char *name, const QVariant &value)
    {
        const QVariantList arguments{QLatin1StringView(name), QVariant::fromValue(QDBusVariant(value))};
        return call(path, interface(of), "SetProperty", arguments).type() == QDBusMessage::ReplyMessage;
    }
    bool offers(const QString &modem, const QString &name)
    {
        return until([&] {
            return properties(modem, u"Modem"_s).value(u"Interfaces"_s).toStringList().contains(interface(name));
        });
    }
    /// Switched on and registered.
    bool enable(const QString &modem)
    {
        return set(modem, u"Modem"_s, "Powered", true) && offers(modem, u"SimManager"_s) &&
               until([&] { return properties(modem, u"SimManager"_s).contains(u"SubscriberIdentity"_s); }) &&
               set(modem, u"Modem"_s, "Online", true) && offers(modem, u"NetworkRegistration"_s) && until([&] {
                   return properties(modem, u"NetworkRegistration"_s).value(u"Status"_s) == u"registered"_s;
               }) &&
               offers(modem, u"MessageManager"_s);
    }
    QVariantMap callOf(const QString &path) { return properties(path, u"VoiceCall"_s); }
    bool callIs(const QString &path, const QString &state)
    {
        return until([&] { return callOf(path).value(u"State"_s) == state; });
    }
    /// The first call that was added on the modem.
    QString callAdded(const QString &modem)
    {
        QString path;
        until([&] {
            for (const QDBusMessage &message : told()) {
                if (message.member() == "CallAdded"_L1 && message.path() == modem)
                    path = message.arguments().value(0).value<QDBusObjectPath>().path();
            }
            return !path.isEmpty();
        });
        return path;
    }
    bool wasRemoved(const QString &call)
    {
        return until([&] {
            return std::any_of(told().begin(), told().end(), [&](const QDBusMessage &message) {
                return message.member() == "CallRemoved"_L1 &&
                       message.arguments().value(0).value<QDBusObjectPath>().path() == call;
            });
        });
    }
    bool wasSent(const QString &text)
    {
        return until([&] {
            return std::any_of(told().begin(), told().end(), [&](const QDBusMessage &message) {
                return message.member() == "IncomingMessage"_L1 && message.arguments().value(0).toString() == text;
            });
        });
    }
};

/// A virtual network with Anna's modem at /a and Bo's at /b of the real oFono that with-ofono makes possible.
class OfonoNetwork
{
public:
    /// Both modems are switched on and registered then.
    bool start()
    {
        const auto config = plmn::readServerConfig(R"({"switch": {"paging_delay_ms": 50, "paging_jitter_ms": 0},
            "subscribers": [{"msisdn": "+8613800138000", "imsi": "460001234567890", "home_region": "CN"},
                            {"msisdn": "+8613900139000", "imsi": "460009876543210", "home_region": "CN"}],
            "modems": [{"name": "a", "msisdn": "+8613800138000", "ports": ["tcp:127.0.0.1:0"]},
                       {"name": "b", "msisdn": "+8613900139000", "ports": ["tcp:127.0.0.1:0"]}]})");
        if (!config)
            return false;
        m_server = std::make_unique<plmn::PlmnServer>(*config);
        if (!m_server->listen(m_folder.filePath(u"control"_s)))
            return false;
        control = std::make_unique<plmn::Controller>(m_server->address());
        if (!control->command("control") || !startDaemon())
            return false;
        rig = std::make_unique<OfonoRig>();
        return rig->enable(u"/a"_s) && rig->enable(u"/b"_s);
    }
    ~OfonoNetwork()
    {
        if (m_daemonRuns)
            QProcess::execute(qEnvironmentVariable("RINGLIFT_OFONO"), {u"stop"_s});
    }

    std::unique_ptr<plmn::Controller> control;
    std::unique_ptr<OfonoRig> rig;

private:
    bool startDaemon()
    {
        QFile phonesim(m_folder.filePath(u"phonesim.conf"_s));
        if (!phonesim.open(QIODevice::WriteOnly))
            return false;
        const QJsonArray modems = control->ask("modems").value(u"modems"_s).toArray();
        for (const QJsonValue modem : modems) {
            const auto address = plmn::parseTcpAddress(modem.toObject().value(u"ports"_s).toArray().at(0).toString());
            if (!address)
                return false;
            phonesim.write(
                u"[%1]\nAddress=%2\nPort=%3\n"_s.arg(modem.toObject().value(u"name"_s).toString(), address->host)
                    .arg(address->port)
                    .toUtf8());
        }
        phonesim.close();
        m_daemonRuns =
            QProcess::execute(qEnvironmentVariable("RINGLIFT_OFONO"), {u"start"_s, phonesim.fileName()}) == 0;
        return m_daemonRuns;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<plmn::PlmnServer> m_server;
    bool m_daemonRuns = false;
};

} // namespace ringlift::tests
