#include "tests/platform/modemmanagerrig.h"
#include "tests/platform/plmnrig.h"

#include <QJsonDocument>

using namespace ringlift;
using namespace ringlift::plmn;
using namespace Qt::StringLiterals;
using Rig = tests::ModemManagerRig;

namespace {

const QString kCarl = u"+4915550123456"_s;
constexpr int kLocked = 2;
constexpr int kFailed = -1;
constexpr int kSearching = 7;
constexpr uint kRoaming = 5;

QString numberOf(int modem)
{
    return u"+86138001380%1"_s.arg(modem, 2, 10, QChar(u'0'));
}

/// Subscribers with the numbers +8613800138001 and so on, whose modems have the names 1 and so on and ports in the
/// folder.
QByteArray configuration(const QString &folder)
{
    QJsonArray subscribers;
    QJsonArray modems;
    for (int i = 1; i <= 20; ++i) {
        const QString msisdn = numberOf(i);
        subscribers.append(QJsonObject{{u"msisdn"_s, msisdn},
                                       {u"imsi"_s, u"4600012345678%1"_s.arg(i, 2, 10, QChar(u'0'))},
                                       {u"home_region"_s, u"CN"_s}});
        modems.append(QJsonObject{{u"name"_s, QString::number(i)},
                                  {u"msisdn"_s, msisdn},
                                  {u"mode"_s, i > 2 && i < 5 ? u"generic"_s : u"simtech"_s},
                                  {u"ports"_s, QJsonArray{u"%1/%2"_s.arg(folder).arg(i)}}});
    }
    return QJsonDocument(QJsonObject{{u"switch"_s, QJsonObject{{u"paging_delay_ms"_s, 50}, {u"paging_jitter_ms"_s, 0}}},
                                     {u"ussd"_s, QJsonObject{{u"*101#"_s, u"5.00 left"_s}}},
                                     {u"subscribers"_s, subscribers},
                                     {u"modems"_s, modems}})
        .toJson();
}

} // namespace

/// The modems of the virtual network, driven by the real ModemManager.
class ModemManagerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void carriesACallFromModemToModem_data();
    void carriesACallFromModemToModem();
    void tellsALateCallerId();
    void keepsAWithheldNumber();
    void holdsACallForAWaitingOne();
    void passesTones();
    void asksForThePin();
    void callsForHelpWithoutASim();
    void showsWhatTheSimHas();
    void losesCoverageAndRoams();
    void changesItsSim();
    void carriesMessages();
    void receivesLongMessagesFromNames();
    void answersCodes();
    void survivesNonsense();
    void twentyModemsCallAtOnce();

private:
    QString plug(int modem, const QString &plugin = u"simtech"_s)
    {
        return m_rig->plug(QString::number(modem), plugin, {m_folder.filePath(QString::number(modem))});
    }
    bool tell(const char *command, const QJsonObject &arguments) { return m_control->command(command, arguments); }
    bool provision(int modem, const QString &key, const QJsonValue &value)
    {
        return tell("provision", {{u"msisdn"_s, numberOf(modem)}, {key, value}});
    }
    QString simOf(const QString &modem)
    {
        return m_rig->property(modem, ".Modem", "Sim").value<QDBusObjectPath>().path();
    }
    bool callHas(const QString &call, const char *name, const QVariant &value)
    {
        return m_rig->has(call, ".Call", name, value);
    }
    void hangUp(const QString &call) { m_rig->call(call, Rig::interface(".Call"), "Hangup"); }
    QString messageOn(const QString &modem);

    QTemporaryDir m_folder;
    std::unique_ptr<PlmnServer> m_server;
    std::unique_ptr<Controller> m_control;
    std::unique_ptr<Rig> m_rig;
    QString m_anna;
    QString m_bo;
};

void ModemManagerTest::initTestCase()
{
    const auto config = readServerConfig(configuration(m_folder.path()));
    QVERIFY(config);
    m_server = std::make_unique<PlmnServer>(*config);
    QVERIFY(m_server->listen(m_folder.filePath(u"control"_s)));
    m_control = std::make_unique<Controller>(m_server->address());
    QVERIFY(tell("control", {}));
    m_rig = std::make_unique<Rig>();
    m_anna = plug(1);
    m_bo = plug(2);
    QVERIFY(m_rig->enable(m_anna) && m_rig->enable(m_bo));
}

void ModemManagerTest::cleanup()
{
    const QJsonArray legs = m_control->ask("legs").value(u"legs"_s).toArray();
    for (const QJsonValue leg : legs)
        tell("drop", {{u"leg"_s, leg.toObject().value(u"leg"_s)}});
    m_rig->forgetCalls();
}

void ModemManagerTest::carriesACallFromModemToModem_data()
{
    QTest::addColumn<bool>("polls");
    QTest::newRow("with call list notifications") << false;
    QTest::newRow("with polling") << true;
}

void ModemManagerTest::carriesACallFromModemToModem()
{
    QFETCH(bool, polls);
    const QString caller = polls ? plug(3, u"generic"_s) : m_anna;
    const QString callee = polls ? plug(4, u"generic"_s) : m_bo;
    QVERIFY(!polls || (m_rig->enable(caller) && m_rig->enable(callee)));
    const QString outgoing = m_rig->callFrom(caller, numberOf(polls ? 4 : 2));
    QCOMPARE(m_rig->takeCall(caller), outgoing);
    const QString incoming = m_rig->takeCall(callee);
    QVERIFY(callHas(incoming, "State", Rig::kRingingIn));
    QVERIFY(callHas(incoming, "Number", numberOf(polls ? 3 : 1)));
    QVERIFY(callHas(outgoing, "State", Rig::kRingingOut));
    m_rig->call(incoming, Rig::interface(".Call"), "Accept");
    QVERIFY(callHas(incoming, "State", Rig::kActive));
    QVERIFY(callHas(outgoing, "State", Rig::kActive));
    hangUp(outgoing);
    QVERIFY(callHas(incoming, "State", Rig::kTerminated));
    QVERIFY(callHas(outgoing, "State", Rig::kTerminated));
}

void ModemManagerTest::tellsALateCallerId()
{
    QVERIFY(provision(2, u"caller_id_delay_ms"_s, 400));
    QVERIFY(tell("outside_call", {{u"callee"_s, numberOf(2)}, {u"shown"_s, kCarl}}));
    const QString call = m_rig->takeCall(m_bo);
    QCOMPARE(m_rig->property(call, ".Call", "Number").toString(), QString());
    QVERIFY(callHas(call, "Number", kCarl));
    hangUp(call);
    QVERIFY(callHas(call, "State", Rig::kTerminated));
    QVERIFY(provision(2, u"caller_id_delay_ms"_s, 0));
}

void ModemManagerTest::keepsAWithheldNumber()
{
    QVERIFY(tell("outside_call", {{u"callee"_s, numberOf(2)}, {u"shown"_s, kCarl}, {u"withheld"_s, true}}));
    const QString call = m_rig->takeCall(m_bo);
    QVERIFY(callHas(call, "State", Rig::kRingingIn));
    hangUp(call);
    QVERIFY(callHas(call, "State", Rig::kTerminated));
    QCOMPARE(m_rig->property(call, ".Call", "Number").toString(), QString());
}

void ModemManagerTest::holdsACallForAWaitingOne()
{
    const QString outgoing = m_rig->callFrom(m_anna, numberOf(2));
    const QString first = m_rig->takeCall(m_bo);
    m_rig->call(first, Rig::interface(".Call"), "Accept");
    QVERIFY(callHas(outgoing, "State", Rig::kActive));
    QVERIFY(tell("outside_call", {{u"callee"_s, numberOf(2)}, {u"shown"_s, kCarl}}));
    const QString second = m_rig->takeCall(m_bo);
    QVERIFY(callHas(second, "State", Rig::kWaiting));
    QVERIFY(callHas(second, "Number", kCarl));
    m_rig->call(m_bo, Rig::interface(".Modem.Voice"), "HoldAndAccept");
    QVERIFY(callHas(second, "State", Rig::kActive));
    QVERIFY(callHas(first, "State", Rig::kHeld));
    hangUp(second);
    QVERIFY(callHas(second, "State", Rig::kTerminated));
    QVERIFY(callHas(first, "State", Rig::kActive));
    hangUp(first);
    QVERIFY(callHas(outgoing, "State", Rig::kTerminated));
}

void ModemManagerTest::passesTones()
{
    const QString outgoing = m_rig->callFrom(m_anna, numberOf(2));
    const QString incoming = m_rig->takeCall(m_bo);
    m_rig->call(incoming, Rig::interface(".Call"), "Accept");
    QVERIFY(callHas(outgoing, "State", Rig::kActive));
    m_rig->call(outgoing, Rig::interface(".Call"), "SendDtmf", {u"5"_s});
    QVERIFY(m_rig->until([&] {
        return std::any_of(m_rig->told().begin(), m_rig->told().end(), [&](const QDBusMessage &message) {
            return message.member() == "DtmfReceived"_L1 && message.path() == incoming &&
                   message.arguments().value(0).toString() == u"5"_s;
        });
    }));
}

void ModemManagerTest::asksForThePin()
{
    QVERIFY(provision(5, u"pin"_s, u"1234"_s));
    QVERIFY(tell("insert_sim", {{u"modem"_s, u"5"_s}}));
    QVERIFY(tell("insert_sim", {{u"modem"_s, u"5"_s}, {u"msisdn"_s, numberOf(5)}}));
    const QString modem = plug(5);
    QVERIFY(m_rig->has(modem, ".Modem", "State", kLocked));
    const QString sim = simOf(modem);
    QCOMPARE(m_rig->property(sim, ".Sim", "Imsi").toString(), QString());
    const QDBusMessage wrong = m_rig->call(sim, Rig::interface(".Sim"), "SendPin", {u"9999"_s});
    QVERIFY2(wrong.errorName().endsWith(u".IncorrectPassword"_s), qPrintable(wrong.errorName()));
    const QDBusMessage right = m_rig->call(sim, Rig::interface(".Sim"), "SendPin", {u"1234"_s});
    QCOMPARE(right.type(), QDBusMessage::ReplyMessage);
    QVERIFY(m_rig->until([&] { return m_rig->property(modem, ".Modem", "State").toInt() >= 3; }));
    QVERIFY(m_rig->enable(modem));
    QCOMPARE(m_rig->property(simOf(modem), ".Sim", "Imsi").toString(), u"460001234567805"_s);
}

void ModemManagerTest::callsForHelpWithoutASim()
{
    QVERIFY(tell("insert_sim", {{u"modem"_s, u"6"_s}}));
    const QString modem = plug(6);
    QVERIFY(m_rig->has(modem, ".Modem", "State", kFailed));
    const QString call = m_rig->callFrom(modem, u"112"_s);
    QJsonArray legs;
    QVERIFY(tests::waitUntil([&] {
        legs = m_control->ask("legs").value(u"legs"_s).toArray();
        return legs.size() == 2 && legs.at(1).toObject().value(u"state"_s).toString() == u"active"_s;
    }));
    QCOMPARE(legs.at(1).toObject().value(u"party"_s).toString(), u"emergency_centre"_s);
    hangUp(call);
    QVERIFY(callHas(call, "State", Rig::kTerminated));
    const QString other = m_rig->callFrom(modem, numberOf(1));
    QVERIFY(callHas(other, "State", Rig::kTerminated));
}

void ModemManagerTest::showsWhatTheSimHas()
{
    QCOMPARE(m_rig->property(m_anna, ".Modem", "OwnNumbers").toStringList(), QStringList{numberOf(1)});
    const QString sim = simOf(m_anna);
    QCOMPARE(m_rig->property(sim, ".Sim", "Imsi").toString(), u"460001234567801"_s);
    QCOMPARE(m_rig->property(sim, ".Sim", "OperatorIdentifier").toString(), u"46000"_s);
    QCOMPARE(m_rig->property(sim, ".Sim", "OperatorName").toString(), u"Ringlift"_s);
    QVERIFY(m_rig->property(sim, ".Sim", "SimIdentifier").toString().startsWith(u"8986"_s));
    QVERIFY(provision(7, u"own_number_on_sim"_s, false));
    QVERIFY(provision(7, u"emergency_numbers"_s, QJsonArray{u"110"_s, u"12345"_s}));
    const QString bare = plug(7);
    QVERIFY(m_rig->enable(bare));
    QVERIFY(m_rig->property(bare, ".Modem", "OwnNumbers").toStringList().isEmpty());
    const QStringList numbers = m_rig->property(simOf(bare), ".Sim", "EmergencyNumbers").toStringList();
    QVERIFY2(numbers.contains(u"110"_s) && numbers.contains(u"12345"_s), qPrintable(numbers.join(u' ')));
}

void ModemManagerTest::losesCoverageAndRoams()
{
    QVERIFY(tell("coverage", {{u"msisdn"_s, numberOf(1)}, {u"covered"_s, false}}));
    QVERIFY(m_rig->has(m_anna, ".Modem", "State", kSearching));
    QVERIFY(tell("coverage", {{u"msisdn"_s, numberOf(1)}, {u"covered"_s, true}}));
    QVERIFY(m_rig->has(m_anna, ".Modem", "State", Rig::kRegistered));
    QVERIFY(provision(1, u"serving_region"_s, u"DE"_s));
    QVERIFY(m_rig->has(m_anna, ".Modem.Modem3gpp", "RegistrationState", kRoaming));
    QVERIFY(m_rig->has(m_anna, ".Modem.Modem3gpp", "OperatorCode", u"26201"_s));
    QVERIFY(provision(1, u"serving_region"_s, u"CN"_s));
    QVERIFY(m_rig->has(m_anna, ".Modem.Modem3gpp", "RegistrationState", 1U));
}

void ModemManagerTest::changesItsSim()
{
    QCOMPARE(m_rig->property(simOf(plug(8)), ".Sim", "Imsi").toString(), u"460001234567808"_s);
    QVERIFY(tell("insert_sim", {{u"modem"_s, u"9"_s}}));
    QVERIFY(!tell("insert_sim", {{u"modem"_s, u"8"_s}, {u"msisdn"_s, numberOf(1)}}));
    QVERIFY(tell("insert_sim", {{u"modem"_s, u"8"_s}, {u"msisdn"_s, numberOf(9)}}));
    const QString modem = plug(8);
    QCOMPARE(m_rig->property(simOf(modem), ".Sim", "Imsi").toString(), u"460001234567809"_s);
    QCOMPARE(m_rig->property(modem, ".Modem", "OwnNumbers").toStringList(), QStringList{numberOf(9)});
}

/// The text of the message that the modem has received last, once it is whole.
QString ModemManagerTest::messageOn(const QString &modem)
{
    constexpr int kReceived = 3;
    QString text;
    m_rig->until([&] {
        const auto list = m_rig->call(modem, Rig::interface(".Modem.Messaging"), "List");
        const auto paths = qdbus_cast<QList<QDBusObjectPath>>(list.arguments().value(0));
        for (const QDBusObjectPath &path : paths) {
            if (m_rig->property(path.path(), ".Sms", "State").toInt() != kReceived)
                continue;
            text = m_rig->property(path.path(), ".Sms", "Number").toString() + u": "_s +
                   m_rig->property(path.path(), ".Sms", "Text").toString();
            m_rig->call(modem, Rig::interface(".Modem.Messaging"), "Delete", {QVariant::fromValue(path)});
            return true;
        }
        return false;
    });
    return text;
}

void ModemManagerTest::carriesMessages()
{
    for (const QString &text : {u"Hello"_s, u"您的验证码是 123456"_s, QString(200, u'x')}) {
        const QVariantMap properties{{u"number"_s, numberOf(2)}, {u"text"_s, text}};
        const auto created = m_rig->call(m_anna, Rig::interface(".Modem.Messaging"), "Create", {properties});
        const QString message = created.arguments().value(0).value<QDBusObjectPath>().path();
        const auto sent = m_rig->call(message, Rig::interface(".Sms"), "Send");
        QVERIFY2(sent.type() == QDBusMessage::ReplyMessage, qPrintable(sent.errorMessage()));
        QCOMPARE(messageOn(m_bo), numberOf(1) + u": "_s + text);
    }
}

void ModemManagerTest::receivesLongMessagesFromNames()
{
    for (const QString &text : {u"Your code is 123456"_s, QString(300, u'y'), QString(150, QChar(0x4f60))}) {
        QVERIFY(tell("sms", {{u"from"_s, u"Ringlift"_s}, {u"to"_s, numberOf(2)}, {u"text"_s, text}}));
        QCOMPARE(messageOn(m_bo), u"Ringlift: "_s + text);
    }
}

void ModemManagerTest::answersCodes()
{
    const auto ask = [this](const QString &code) {
        return m_rig->call(m_anna, Rig::interface(".Modem.Modem3gpp.Ussd"), "Initiate", {code})
            .arguments()
            .value(0)
            .toString();
    };
    QCOMPARE(ask(u"*#100#"_s), numberOf(1));
    QCOMPARE(ask(u"*101#"_s), u"5.00 left"_s);
}

void ModemManagerTest::survivesNonsense()
{
    QVERIFY(tell("set_modem", {{u"modem"_s, u"2"_s}, {u"nonsense"_s, true}}));
    QVERIFY(tell("say", {{u"modem"_s, u"2"_s}, {u"text"_s, u"\r\n+CLCC: 9,9,9\r\n\r\n+CRING\r\n\r\n+CMTI: x\r\n"_s}}));
    QVERIFY(tell("outside_call", {{u"callee"_s, numberOf(2)}, {u"shown"_s, kCarl}}));
    const QString call = m_rig->takeCall(m_bo);
    QVERIFY(!call.isEmpty());
    QVERIFY(tell("set_modem", {{u"modem"_s, u"2"_s}, {u"nonsense"_s, false}}));
    m_rig->call(m_bo, Rig::interface(".Modem.Voice"), "HangupAll");
    QVERIFY(callHas(call, "State", Rig::kTerminated));
}

void ModemManagerTest::twentyModemsCallAtOnce()
{
    QVERIFY(provision(5, u"pin"_s, QString()));
    QVERIFY(tell("insert_sim", {{u"modem"_s, u"6"_s}, {u"msisdn"_s, numberOf(6)}}));
    QVERIFY(tell("insert_sim", {{u"modem"_s, u"8"_s}, {u"msisdn"_s, numberOf(8)}}));
    QVERIFY(tell("insert_sim", {{u"modem"_s, u"9"_s}, {u"msisdn"_s, numberOf(9)}}));
    QStringList modems;
    for (int i = 1; i <= 20; ++i)
        modems << plug(i, i > 2 && i < 5 ? u"generic"_s : u"simtech"_s);
    for (const QString &modem : modems)
        QVERIFY2(m_rig->enable(modem), qPrintable(modem));
    QStringList outgoing;
    for (int i = 1; i <= 10; ++i)
        outgoing << m_rig->callFrom(modems.at(i - 1), numberOf(i + 10));
    for (int i = 11; i <= 20; ++i) {
        const QString incoming = m_rig->takeCall(modems.at(i - 1));
        QVERIFY(callHas(incoming, "Number", numberOf(i - 10)));
        m_rig->call(incoming, Rig::interface(".Call"), "Accept");
    }
    for (const QString &call : outgoing)
        QVERIFY(callHas(call, "State", Rig::kActive));
    QCOMPARE(m_control->ask("legs").value(u"legs"_s).toArray().size(), 20);
    for (const QString &call : outgoing)
        hangUp(call);
    for (const QString &call : outgoing)
        QVERIFY(callHas(call, "State", Rig::kTerminated));
}

QTEST_GUILESS_MAIN(ModemManagerTest)
#include "tst_modemmanager.moc"
