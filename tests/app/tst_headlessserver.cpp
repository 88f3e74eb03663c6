#include "app/headlessserver.h"
#include "tests/platform/plmnrig.h"

#include <QJsonDocument>
#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;
using plmn::kAnna;
using plmn::kBo;
using tests::waitUntil;

namespace {

/// A headless phone of its own, without a server in reach.
class Phone
{
public:
    Phone(const QString &network, const char *msisdn, const char *imsi)
    {
        app::PlmnLine line;
        line.address = network;
        line.sims = {{msisdn, imsi, "CN", true}};
        m_options.line.plmn = line;
        start();
    }
    Phone() { start(); }
    ~Phone()
    {
        if (m_exit < 0)
            quit();
        m_server.reset();
    }

    bool quit()
    {
        m_server->quit();
        return waitUntil([this] { return m_exit >= 0; });
    }
    QJsonObject say(const QByteArray &line)
    {
        const std::size_t before = m_replies.size();
        m_server->onLine(line);
        return m_replies.size() > before ? m_replies.back() : QJsonObject{};
    }
    /// A command without fields but for one.
    QJsonObject command(const QString &name, const QString &field = {}, const QJsonValue &value = {})
    {
        QJsonObject object{{u"id"_s, ++m_lastId}, {u"cmd"_s, name}};
        if (!field.isEmpty())
            object.insert(field, value);
        return say(QJsonDocument(object).toJson(QJsonDocument::Compact));
    }
    /// Waits for an event that has all of these fields.
    QJsonObject event(const QJsonObject &fields)
    {
        std::size_t next = m_seen;
        QJsonObject found;
        waitUntil([&] {
            for (; next < m_events.size(); ++next) {
                if (!contains(m_events[next], fields))
                    continue;
                found = m_events[next];
                m_seen = next + 1;
                return true;
            }
            return false;
        });
        return found;
    }
    bool isReady() { return !event({{u"event"_s, u"ready"_s}}).isEmpty(); }
    const std::vector<QJsonObject> &events() const { return m_events; }
    int exitStatus() const { return m_exit; }

private:
    static bool contains(const QJsonObject &event, const QJsonObject &fields)
    {
        for (auto field = fields.constBegin(); field != fields.constEnd(); ++field) {
            if (event.value(field.key()) != field.value())
                return false;
        }
        return true;
    }
    void start()
    {
        m_options.server = QUrl(u"wss://127.0.0.1:1/"_s);
        m_options.dataFolder = m_folder.filePath(u"data"_s);
        m_options.insecureKeyFile = m_folder.filePath(u"key"_s);
        m_options.audio = app::AudioKind::None;
        m_options.loopbackAddresses = true;
        m_options.network = NetworkInfo{NetworkKind::Wifi, {}, {}};
        auto composition = app::Composition::make(m_options);
        if (!composition)
            qFatal("%s", qPrintable(composition.error().error));
        m_composition = std::move(*composition);
        m_server = std::make_unique<app::HeadlessServer>(m_options, *m_composition, [this](const QByteArray &line) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            (object.contains("event"_L1) ? m_events : m_replies).push_back(object);
        });
        QObject::connect(m_server.get(), &app::HeadlessServer::finished, m_server.get(), [this](int status) { m_exit = status; });
        m_server->start();
    }

    QTemporaryDir m_folder;
    app::AppOptions m_options;
    std::unique_ptr<app::Composition> m_composition;
    std::unique_ptr<app::HeadlessServer> m_server;
    std::vector<QJsonObject> m_events;
    std::vector<QJsonObject> m_replies;
    std::size_t m_seen = 0;
    int m_lastId = 0;
    int m_exit = -1;
};

QJsonObject named(const QString &name, const QString &field = {}, const QJsonValue &value = {})
{
    QJsonObject wanted{{u"event"_s, name}};
    if (!field.isEmpty())
        wanted.insert(field, value);
    return wanted;
}

} // namespace

class TestHeadlessServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadyOnceThePhoneNetworkIsThere()
    {
        const plmn::PlmnRig network;
        Phone anna(network.address(), kAnna, "460001234567890");
        QVERIFY(anna.isReady());
        const QJsonObject status = anna.command(u"status"_s)["status"_L1].toObject();
        QVERIFY(status["ready"_L1].toBool());
        QCOMPARE(status["line"_L1]["state"_L1].toString(), u"up"_s);
        QCOMPARE(status["line"_L1]["sims"_L1][0]["number"_L1].toString(), QString::fromLatin1(kAnna));
        QCOMPARE(status["registration"_L1]["state"_L1].toString(), u"none"_s);
        QVERIFY(!status["server"_L1]["online"_L1].toBool());
        QVERIFY(status["calls"_L1].toArray().isEmpty());
    }

    void refusesCommandsBeforeItIsReady()
    {
        plmn::PlmnRig network;
        network.stop();
        Phone anna(network.address(), kAnna, "460001234567890");
        QCOMPARE(anna.command(u"dial"_s, u"number"_s, QString::fromLatin1(kBo))["code"_L1].toString(), u"not_ready"_s);
        QVERIFY(anna.command(u"status"_s)["ok"_L1].toBool());
        network.start();
        QVERIFY(anna.isReady());
        QVERIFY(anna.command(u"history"_s)["ok"_L1].toBool());
    }

    void carriesACallOnThePhoneNetwork()
    {
        const plmn::PlmnRig network;
        Phone anna(network.address(), kAnna, "460001234567890");
        Phone bo(network.address(), kBo, "460001234567891");
        QVERIFY(anna.isReady() && bo.isReady());
        QVERIFY(anna.command(u"dial"_s, u"number"_s, QString::fromLatin1(kBo))["ok"_L1].toBool());
        QVERIFY(!anna.event(named(u"leg"_s, u"state"_s, u"dialling"_s)).isEmpty());
        QVERIFY(!bo.event(named(u"leg"_s, u"state"_s, u"ringing"_s)).isEmpty());
        QVERIFY(bo.command(u"answer"_s)["ok"_L1].toBool());
        for (Phone *const phone : {&anna, &bo}) {
            const QJsonObject audio = phone->event({{u"event"_s, u"audio"_s}, {u"leg"_s, u"cellular"_s}, {u"playing"_s, true}});
            QCOMPARE(audio["call"_L1].toString(), u"c1"_s);
        }
        QCOMPARE(anna.command(u"status"_s)["status"_L1]["calls"_L1][0]["why"_L1].toString(), u"not_registered"_s);
        QVERIFY(anna.command(u"hangup"_s, u"call"_s, u"c1"_s)["ok"_L1].toBool());
        const QJsonObject end = bo.event(named(u"end"_s));
        QCOMPARE(end["end"_L1].toString(), u"remote_hang_up"_s);
        QVERIFY(end["answered"_L1].toBool());
        QVERIFY(!anna.event(named(u"end"_s)).isEmpty());
        QVERIFY(anna.command(u"status"_s)["status"_L1]["calls"_L1].toArray().isEmpty());
        const QJsonArray history = bo.command(u"history"_s, u"limit"_s, 1)["history"_L1].toArray();
        QCOMPARE(history.size(), 1);
        QCOMPARE(history[0]["peer"_L1].toString(), QString::fromLatin1(kAnna));
        QCOMPARE(history[0]["why"_L1].toString(), u"not_registered"_s);
    }

    void stampsEverythingWithRisingTime()
    {
        Phone manual;
        QVERIFY(manual.isReady());
        const qint64 replied = manual.command(u"status"_s)["t_us"_L1].toInteger();
        QVERIFY(replied > 0 && replied <= monotonicNow().time_since_epoch().count());
        for (const QJsonObject &event : manual.events())
            QVERIFY(event["t_us"_L1].toInteger() > 0 && event["t_us"_L1].toInteger() <= replied);
    }

    void refusesWhatMeansNoCallAndChangesNothing()
    {
        Phone manual;
        QVERIFY(manual.isReady());
        QCOMPARE(manual.command(u"hangup"_s)["code"_L1].toString(), u"no_call"_s);
        QCOMPARE(manual.command(u"hangup"_s, u"call"_s, u"c7"_s)["code"_L1].toString(), u"no_such_call"_s);
        QCOMPARE(manual.command(u"play"_s)["code"_L1].toString(), u"not_possible"_s);
        for (const QJsonValue &pin : {QJsonValue(u"2580"_s), QJsonValue()})
            QCOMPARE(manual.command(u"lock"_s, u"pin"_s, pin)["code"_L1].toString(), u"not_registered"_s);
        const QJsonObject unknown = manual.say("{\"id\":77,\"cmd\":\"fly\"}");
        QCOMPARE(unknown["re"_L1].toInteger(), qint64{77});
        QVERIFY(!unknown["ok"_L1].toBool());
        QVERIFY(manual.say("rubbish")["re"_L1].isNull());
        QVERIFY(manual.command(u"status"_s)["status"_L1]["calls"_L1].toArray().isEmpty());
    }

    void changesTheSettingsThatAreGiven()
    {
        Phone manual;
        QVERIFY(manual.isReady());
        const QJsonObject before = manual.command(u"settings"_s)["settings"_L1].toObject();
        QVERIFY(before["move_calls"_L1].toBool());
        QJsonObject after = manual.command(u"settings"_s, u"move_calls"_s, false)["settings"_L1].toObject();
        QVERIFY(!after["move_calls"_L1].toBool());
        QCOMPARE(manual.event(named(u"settings"_s, u"settings"_s, after))["settings"_L1].toObject(), after);
        after["move_calls"_L1] = true;
        QCOMPARE(after, before);
    }

    void keepsTheWishesOfItsUser()
    {
        Phone manual;
        QVERIFY(manual.isReady());
        const auto settings = manual.command(u"settings"_s, u"prompt"_s, u"ask"_s)["settings"_L1].toObject();
        QCOMPARE(settings["prompt"_L1].toString(), u"ask"_s);
        QCOMPARE(settings["move_over"_L1].toString(), u"any"_s);
        const QByteArray never("{\"id\":5,\"cmd\":\"contact_rule\",\"number\":\"+8613900139000\",\"rule\":\"never\"}");
        QVERIFY(manual.say(never)["ok"_L1].toBool());
        QCOMPARE(manual.event(named(u"contact_rule"_s))["rule"_L1].toString(), u"never"_s);
        const QJsonValue rules = manual.command(u"status"_s)["status"_L1]["contact_rules"_L1];
        QCOMPARE(rules[0]["peer"_L1].toString(), u"+8613900139000"_s);
        QVERIFY(manual.say(QByteArray(never).replace("\"never\"", "null"))["ok"_L1].toBool());
        QVERIFY(!manual.event(named(u"contact_rule"_s, u"rule"_s, QJsonValue())).isEmpty());
        QVERIFY(manual.command(u"status"_s)["status"_L1]["contact_rules"_L1].toArray().isEmpty());
    }

    void isToldWhatItsConnectionIs()
    {
        Phone manual;
        QVERIFY(manual.isReady());
        QCOMPARE(manual.command(u"status"_s)["status"_L1]["network"_L1]["kind"_L1].toString(), u"wifi"_s);
        QVERIFY(manual.command(u"network"_s, u"kind"_s, u"cellular"_s)["ok"_L1].toBool());
        const QJsonObject told = manual.event(named(u"network"_s, u"kind"_s, u"cellular"_s));
        QVERIFY(told["metered"_L1].isNull());
        QCOMPARE(manual.command(u"status"_s)["status"_L1]["network"_L1]["kind"_L1].toString(), u"cellular"_s);
    }

    void tellsWhetherACallWouldBeCaught()
    {
        Phone phone;
        QVERIFY(phone.isReady());
        QVERIFY(phone.command(u"health"_s, u"probe"_s, true)["ok"_L1].toBool());
        const QJsonObject health = phone.event(named(u"health"_s));
        QCOMPARE(health["verdict"_L1].toString(), u"no"_s);
        QCOMPARE(health["probe"_L1].toString(), u"not_registered"_s);
        const QJsonValue first = health["checks"_L1][0];
        QCOMPARE(first["name"_L1].toString(), u"registration"_s);
        QCOMPARE(first["state"_L1].toString(), u"problem"_s);
        QCOMPARE(first["reason"_L1].toString(), u"not_registered"_s);
        QCOMPARE(phone.command(u"health"_s, u"probe"_s, 1)["code"_L1].toString(), u"bad_value"_s);
    }

    void stopsWhenItIsTold()
    {
        Phone manual;
        QVERIFY(manual.isReady());
        QVERIFY(manual.command(u"quit"_s)["ok"_L1].toBool());
        QVERIFY(!manual.event(named(u"stopped"_s)).isEmpty());
        QCOMPARE(manual.exitStatus(), 0);
        QCOMPARE(manual.command(u"clear_history"_s)["code"_L1].toString(), u"not_ready"_s);
    }
};

QTEST_GUILESS_MAIN(TestHeadlessServer)
#include "tst_headlessserver.moc"
