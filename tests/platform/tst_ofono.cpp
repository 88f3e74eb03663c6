#include "tests/platform/dbusrig.h"
#include "tests/platform/plmnrig.h"

#include <QJsonDocument>
#include <QProcess>

using namespace ringlift;
using namespace ringlift::plmn;
using namespace Qt::StringLiterals;

namespace {

/// The real oFono.
class OfonoRig : public tests::DbusRig
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

} // namespace

/// The modems of the virtual network, driven by the real oFono.
class OfonoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsTheSim();
    void carriesACallFromModemToModem();
    void carriesMessages();
    void cleanupTestCase();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<PlmnServer> m_server;
    std::unique_ptr<Controller> m_control;
    std::unique_ptr<OfonoRig> m_rig;
};

void OfonoTest::initTestCase()
{
    const auto config = readServerConfig(R"({"switch": {"paging_delay_ms": 50, "paging_jitter_ms": 0},
        "subscribers": [{"msisdn": "+8613800138000", "imsi": "460001234567890", "home_region": "CN"},
                        {"msisdn": "+8613900139000", "imsi": "460009876543210", "home_region": "CN"}],
        "modems": [{"name": "a", "msisdn": "+8613800138000", "ports": ["tcp:127.0.0.1:0"]},
                   {"name": "b", "msisdn": "+8613900139000", "ports": ["tcp:127.0.0.1:0"]}]})");
    QVERIFY(config);
    m_server = std::make_unique<PlmnServer>(*config);
    QVERIFY(m_server->listen(m_folder.filePath(u"control"_s)));
    m_control = std::make_unique<Controller>(m_server->address());
    QVERIFY(m_control->command("control"));

    QFile phonesim(m_folder.filePath(u"phonesim.conf"_s));
    QVERIFY(phonesim.open(QIODevice::WriteOnly));
    const QJsonArray modems = m_control->ask("modems").value(u"modems"_s).toArray();
    for (const QJsonValue modem : modems) {
        const auto address = parseTcpAddress(modem.toObject().value(u"ports"_s).toArray().at(0).toString());
        QVERIFY(address);
        phonesim.write(u"[%1]\nAddress=%2\nPort=%3\n"_s.arg(modem.toObject().value(u"name"_s).toString(), address->host)
                           .arg(address->port)
                           .toUtf8());
    }
    phonesim.close();
    QCOMPARE(QProcess::execute(qEnvironmentVariable("RINGLIFT_OFONO"), {u"start"_s, phonesim.fileName()}), 0);
    m_rig = std::make_unique<OfonoRig>();
    QVERIFY(m_rig->enable(u"/a"_s) && m_rig->enable(u"/b"_s));
}

void OfonoTest::readsTheSim()
{
    QVERIFY(m_rig->until([&] { return m_rig->properties(u"/a"_s, u"SimManager"_s).contains(u"SubscriberNumbers"_s); }));
    const QVariantMap sim = m_rig->properties(u"/a"_s, u"SimManager"_s);
    QCOMPARE(sim.value(u"SubscriberIdentity"_s).toString(), u"460001234567890"_s);
    QCOMPARE(sim.value(u"SubscriberNumbers"_s).toStringList(), QStringList{QLatin1StringView(kAnna)});
    QCOMPARE(sim.value(u"MobileNetworkCode"_s).toString(), u"00"_s);
    QVERIFY(sim.value(u"CardIdentifier"_s).toString().startsWith(u"8986"_s));
}

void OfonoTest::carriesACallFromModemToModem()
{
    const auto dialled =
        m_rig->call(u"/a"_s, OfonoRig::interface(u"VoiceCallManager"_s), "Dial", {QString::fromLatin1(kBo), QString()});
    const QString outgoing = dialled.arguments().value(0).value<QDBusObjectPath>().path();
    QVERIFY2(!outgoing.isEmpty(), qPrintable(dialled.errorMessage()));
    const QString incoming = m_rig->callAdded(u"/b"_s);
    QVERIFY(m_rig->callIs(incoming, u"incoming"_s));
    QVERIFY(m_rig->until(
        [&] { return m_rig->callOf(incoming).value(u"LineIdentification"_s).toString() == QLatin1StringView(kAnna); }));
    QVERIFY(m_rig->callIs(outgoing, u"alerting"_s));
    m_rig->call(incoming, OfonoRig::interface(u"VoiceCall"_s), "Answer");
    QVERIFY(m_rig->callIs(incoming, u"active"_s) && m_rig->callIs(outgoing, u"active"_s));
    m_rig->call(outgoing, OfonoRig::interface(u"VoiceCall"_s), "Hangup");
    QVERIFY(m_rig->wasRemoved(incoming) && m_rig->wasRemoved(outgoing));
}

void OfonoTest::carriesMessages()
{
    const QString text = QString(300, u'y');
    QVERIFY(
        m_control->command("sms", {{u"from"_s, u"Ringlift"_s}, {u"to"_s, QLatin1StringView(kBo)}, {u"text"_s, text}}));
    QVERIFY(m_rig->wasSent(text));
    const auto sent = m_rig->call(u"/a"_s, OfonoRig::interface(u"MessageManager"_s), "SendMessage",
                                  {QString::fromLatin1(kBo), u"您的验证码是 123456"_s});
    QVERIFY2(sent.type() == QDBusMessage::ReplyMessage, qPrintable(sent.errorMessage()));
    QVERIFY(m_rig->wasSent(u"您的验证码是 123456"_s));
}

void OfonoTest::cleanupTestCase()
{
    m_rig.reset();
    QCOMPARE(QProcess::execute(qEnvironmentVariable("RINGLIFT_OFONO"), {u"stop"_s}), 0);
}

QTEST_GUILESS_MAIN(OfonoTest)
#include "tst_ofono.moc"
