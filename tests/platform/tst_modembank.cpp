#include "tests/platform/plmnrig.h"

#include <QJsonDocument>
#include <QLocalSocket>
#include <QTcpSocket>

using namespace ringlift;
using namespace ringlift::plmn;
using namespace Qt::StringLiterals;

namespace {

const QString kAnnaNumber = u"+8613800138000"_s;
const QString kBoNumber = u"+8613900139000"_s;

/// A host at a modem's port: sends lines and waits for what comes.
class Host
{
public:
    explicit Host(const QString &address)
    {
        if (const auto tcp = parseTcpAddress(address); tcp) {
            auto socket = std::make_unique<QTcpSocket>();
            socket->connectToHost(tcp->host, tcp->port);
            m_socket = std::move(socket);
        } else {
            auto socket = std::make_unique<QLocalSocket>();
            if (address.startsWith("abstract:"_L1))
                socket->setSocketOptions(QLocalSocket::AbstractNamespaceOption);
            socket->connectToServer(address);
            m_socket = std::move(socket);
        }
        QObject::connect(m_socket.get(), &QIODevice::readChannelFinished, m_socket.get(), [this] { m_closed = true; });
    }
    void write(const QByteArray &bytes) { m_socket->write(bytes); }
    bool hears(const QByteArray &text)
    {
        return tests::waitUntil([&] {
            m_heard += m_socket->readAll();
            return m_heard.contains(text);
        });
    }
    bool says(const QByteArray &line, const QByteArray &answer = "\r\nOK\r\n")
    {
        m_heard.clear();
        write(line + '\r');
        return hears(answer);
    }
    bool isClosed()
    {
        return tests::waitUntil([&] { return m_closed; });
    }
    QIODevice &socket() { return *m_socket; }
    const QByteArray &heard() const { return m_heard; }

private:
    bool m_closed = false;
    std::unique_ptr<QIODevice> m_socket;
    QByteArray m_heard;
};

} // namespace

/// Modems on sockets, and what scripts may do to them.
class ModemBankTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void servesPortsOfAllKinds_data();
    void servesPortsOfAllKinds();
    void givesAPortToTheNewestHost();
    void callsFromModemToPhone();
    void carriesVoiceBetweenPcmSockets();
    void removesModems();
    void endsCallsForHelpWithTheirModem();
    void keepsASimInOnePhone();
    void takesTheSimOut();
    void refusesBadModems_data();
    void refusesBadModems();
    void readsModemsFromItsConfiguration();
    void tellsWhoWatchesOfMessagesAndCodes();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    bool tell(const char *command, const QJsonObject &arguments) { return m_control->command(command, arguments); }
    bool addModem(const QString &name, const QString &msisdn, const QString &pcm = {})
    {
        return tell("add_modem",
                    {{u"name"_s, name}, {u"msisdn"_s, msisdn}, {u"ports"_s, QJsonArray{path(name)}}, {u"pcm"_s, pcm}});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PlmnRig> m_network;
    std::unique_ptr<Controller> m_control;
};

void ModemBankTest::init()
{
    m_control.reset();
    m_network = std::make_unique<PlmnRig>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_control = std::make_unique<Controller>(m_network->address());
    QVERIFY(tell("control", {}));
    QVERIFY(tell("provision",
                 {{u"msisdn"_s, kAnnaNumber}, {u"imsi"_s, u"460001234567890"_s}, {u"home_region"_s, u"CN"_s}}));
    QVERIFY(
        tell("provision", {{u"msisdn"_s, kBoNumber}, {u"imsi"_s, u"460009876543210"_s}, {u"home_region"_s, u"CN"_s}}));
}

void ModemBankTest::servesPortsOfAllKinds_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("path") << u"PATH"_s;
    QTest::newRow("abstract name") << u"abstract:ringlift-test-%1"_s.arg(QCoreApplication::applicationPid());
    QTest::newRow("TCP") << u"tcp:127.0.0.1:0"_s;
}

void ModemBankTest::servesPortsOfAllKinds()
{
    QFETCH(QString, address);
    if (address == u"PATH"_s)
        address = path(u"port"_s);
    const QJsonObject reply =
        m_control->ask("add_modem", {{u"msisdn"_s, kAnnaNumber}, {u"ports"_s, QJsonArray{address}}});
    QVERIFY(reply.value(u"ok"_s).toBool());
    const QJsonArray ports = reply.value(u"modem"_s).toObject().value(u"ports"_s).toArray();
    Host host(ports.at(0).toString());
    QVERIFY(host.says("AT+CIMI", "\r\n460001234567890\r\n\r\nOK\r\n"));
    const QJsonArray modems = m_control->ask("modems").value(u"modems"_s).toArray();
    QVERIFY(modems.at(0).toObject().value(u"connected"_s).toBool());
}

void ModemBankTest::givesAPortToTheNewestHost()
{
    QVERIFY(addModem(u"a"_s, kAnnaNumber));
    Host first(path(u"a"_s));
    QVERIFY(first.says("AT"));
    Host second(path(u"a"_s));
    QVERIFY(second.says("AT"));
    QVERIFY(first.isClosed());
}

void ModemBankTest::callsFromModemToPhone()
{
    QVERIFY(addModem(u"a"_s, kAnnaNumber));
    TestPhone bo(m_network->address(), kBo, "460009876543210");
    QVERIFY(bo.join());
    Host host(path(u"a"_s));
    QVERIFY(host.says("ATE0") && host.says("AT+CLCC=1"));
    QVERIFY(host.says("ATD13900139000;"));
    QVERIFY(bo.reaches(LegState::Ringing));
    QCOMPARE(bo.last().number.reveal(), kAnna);
    bo.line.answer(bo.last().id);
    QVERIFY(host.hears("+CLCC: 1,0,0,0,0"));
    bo.line.hangUp(bo.last().id);
    QVERIFY(host.hears("NO CARRIER"));
}

void ModemBankTest::carriesVoiceBetweenPcmSockets()
{
    QVERIFY(addModem(u"a"_s, kAnnaNumber, path(u"a.pcm"_s)) && addModem(u"b"_s, kBoNumber, path(u"b.pcm"_s)));
    Host anna(path(u"a"_s));
    Host bo(path(u"b"_s));
    QVERIFY(anna.says("AT+CLCC=1") && bo.says("AT"));
    Host speaker(path(u"a.pcm"_s));
    Host listener(path(u"b.pcm"_s));
    QVERIFY(anna.says("ATD13900139000;") && bo.hears("RING") && bo.says("ATA"));
    QVERIFY(anna.hears("+CLCC: 1,0,0,0,0"));
    QByteArray voice;
    for (int i = 0; i < 2 * 960; ++i)
        voice.append(char(i % 100)).append(char(1));
    speaker.write(voice);
    QVERIFY(listener.hears(voice));
    QCOMPARE(listener.heard().size(), voice.size());
    QVERIFY(bo.says("AT+CHUP") && anna.hears("NO CARRIER"));
    speaker.write(voice);
    QVERIFY(anna.says("AT"));
    listener.socket().readAll();
}

void ModemBankTest::removesModems()
{
    QVERIFY(addModem(u"a"_s, kAnnaNumber) && addModem(u"b"_s, kBoNumber));
    Host anna(path(u"a"_s));
    Host bo(path(u"b"_s));
    QVERIFY(anna.says("ATD13900139000;") && bo.hears("RING") && bo.says("ATA"));
    QVERIFY(tell("remove_modem", {{u"modem"_s, u"a"_s}}));
    QVERIFY(bo.hears("NO CARRIER") && anna.isClosed());
    QVERIFY(!tell("remove_modem", {{u"modem"_s, u"a"_s}}));
    QVERIFY(addModem(u"a"_s, kAnnaNumber));
    Host again(path(u"a"_s));
    QVERIFY(again.says("AT+CREG?", "+CREG: 0,1"));
}

void ModemBankTest::endsCallsForHelpWithTheirModem()
{
    QVERIFY(addModem(u"a"_s, {}));
    Host host(path(u"a"_s));
    QVERIFY(host.says("ATD10086;", "ERROR") && host.says("ATD112;"));
    QCOMPARE(m_control->ask("legs").value(u"legs"_s).toArray().at(0).toObject().value(u"ref"_s).toString(), u"a"_s);
    QVERIFY(tell("remove_modem", {{u"modem"_s, u"a"_s}}));
    QVERIFY(tests::waitUntil([&] { return m_control->ask("legs").value(u"legs"_s).toArray().isEmpty(); }));
}

void ModemBankTest::keepsASimInOnePhone()
{
    QVERIFY(addModem(u"a"_s, kAnnaNumber));
    QVERIFY(!addModem(u"b"_s, kAnnaNumber));
    QVERIFY(!tell("join", {{u"msisdn"_s, kAnnaNumber}}));
    TestPhone bo(m_network->address(), kBo, "460009876543210");
    QVERIFY(bo.join());
    QVERIFY(!tell("insert_sim", {{u"modem"_s, u"a"_s}, {u"msisdn"_s, kBoNumber}}));
    QVERIFY(!tell("insert_sim", {{u"modem"_s, u"a"_s}, {u"msisdn"_s, u"+4915550123456"_s}}));
    Host host(path(u"a"_s));
    QVERIFY(host.says("AT+CIMI", "460001234567890"));
}

void ModemBankTest::takesTheSimOut()
{
    QVERIFY(addModem(u"a"_s, kAnnaNumber));
    Host host(path(u"a"_s));
    QVERIFY(host.says("AT+CREG=1"));
    QVERIFY(tell("insert_sim", {{u"modem"_s, u"a"_s}}));
    QVERIFY(host.hears("+CPIN: NOT READY") && host.hears("+CREG: 0"));
    QVERIFY(tell("insert_sim", {{u"modem"_s, u"a"_s}, {u"msisdn"_s, kBoNumber}}));
    QVERIFY(host.hears("+CREG: 1") && host.says("AT+CIMI", "460009876543210"));
    QVERIFY(tell("withdraw", {{u"msisdn"_s, kBoNumber}}));
    QVERIFY(host.hears("+CPIN: NOT READY"));
}

void ModemBankTest::refusesBadModems_data()
{
    QTest::addColumn<QByteArray>("modem");
    QTest::newRow("no ports") << QByteArray(R"({"msisdn": "+8613800138000"})");
    QTest::newRow("no name") << QByteArray(R"({"ports": []})");
    QTest::newRow("unknown SIM") << QByteArray(R"({"msisdn": "+4915550123456", "ports": []})");
    QTest::newRow("far host") << QByteArray(R"({"name": "a", "ports": ["tcp:192.0.2.1:5000"]})");
    QTest::newRow("no address") << QByteArray(R"({"name": "a", "ports": [""]})");
    QTest::newRow("unknown mode") << QByteArray(R"({"name": "a", "ports": [], "mode": "quantum"})");
    QTest::newRow("ring without pause") << QByteArray(R"({"name": "a", "ports": [], "ring_interval_ms": 1})");
    QTest::newRow("answer that is no text") << QByteArray(R"({"name": "a", "ports": [], "answers": {"+CIMI": 7}})");
    QTest::newRow("unknown option") << QByteArray(R"({"name": "a", "ports": [], "color": "red"})");
}

void ModemBankTest::refusesBadModems()
{
    QFETCH(QByteArray, modem);
    QVERIFY(!tell("add_modem", QJsonDocument::fromJson(modem).object()));
    QCOMPARE(m_control->ask("modems").value(u"modems"_s).toArray().size(), 0);
}

void ModemBankTest::readsModemsFromItsConfiguration()
{
    const QByteArray text = R"({"subscribers": [{"msisdn": "+8613800138000", "imsi": "460001234567890"}],
        "ussd": {"*101#": "5.00 left"},
        "modems": [{"msisdn": "+8613800138000", "ports": ["PORT"], "mode": "generic", "disabled": ["+CREG"]}]})";
    const auto config = readServerConfig(QByteArray(text).replace("PORT", path(u"port"_s).toUtf8()));
    QVERIFY(config);
    PlmnServer server(*config);
    QVERIFY(server.listen(path(u"control"_s)));
    Host host(path(u"port"_s));
    QVERIFY(host.says("AT+CREG?", "ERROR") && host.says("AT+CLCC=1", "ERROR"));
    QVERIFY(host.says("AT+CUSD=1,\"*101#\"") && host.hears("+CUSD: 0,\"5.00 left\",15"));
    const auto noText = readServerConfig(R"({"ussd": {"*101#": 7}})");
    const auto noList = readServerConfig(R"({"modems": {}})");
    QVERIFY(!noText && !noList);
    PlmnServerConfig unknown;
    unknown.modems.emplace_back().config.name = "a";
    unknown.modems.back().msisdn = "+8613800138000";
    PlmnServer refused(unknown);
    QVERIFY(!refused.listen(path(u"other"_s)));
}

void ModemBankTest::tellsWhoWatchesOfMessagesAndCodes()
{
    QVERIFY(addModem(u"a"_s, kAnnaNumber) && addModem(u"b"_s, kBoNumber));
    QVERIFY(tell("subscribe", {}));
    Host anna(path(u"a"_s));
    Host bo(path(u"b"_s));
    QVERIFY(bo.says("AT+CNMI=2,1"));
    QVERIFY(anna.says("AT+CMGS=23", "> "));
    anna.write("0001000D91683109109300F000000AE8329BFD4697D9EC37\x1a");
    QVERIFY(anna.hears("+CMGS: 1"));
    QVERIFY(bo.hears("+CMTI: \"SM\",1"));
    QVERIFY(tests::waitUntil([&] { return !m_control->events().empty(); }));
    const QJsonObject sms = m_control->events().back();
    QCOMPARE(sms.value(u"text"_s).toString(), u"hellohello"_s);
    QCOMPARE(sms.value(u"to"_s).toString(), kBoNumber);
    QVERIFY(!tell("sms", {{u"from"_s, u"Bank"_s}, {u"to"_s, u"+4915550123456"_s}, {u"text"_s, u"x"_s}}));
    QVERIFY(anna.says("AT+CUSD=1,\"*555#\"") && anna.hears("+CUSD: 4"));
    QCOMPARE(m_control->events().back().value(u"text"_s).toString(), u"*555#"_s);
    QVERIFY(tell("ussd", {{u"modem"_s, u"a"_s}, {u"text"_s, u"1=yes"_s}, {u"wants_answer"_s, true}}));
    QVERIFY(anna.hears("+CUSD: 1,\"1=yes\",15"));
    QVERIFY(tell("say", {{u"modem"_s, u"a"_s}, {u"text"_s, u"\r\n+X: y\r\n"_s}}));
    QVERIFY(anna.hears("+X: y"));
}

QTEST_GUILESS_MAIN(ModemBankTest)
#include "tst_modembank.moc"
