#include "platform/plmn/at/atport.h"
#include "platform/plmn/at/smscodec.h"
#include "tests/platform/modemrig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::plmn;
using namespace ringlift::plmn::at;

namespace {

Bytes deliver(std::string_view text)
{
    return SmsCodec::encode(SmsDeliver{"Bank", 0, SmsTime{}, SmsCodec::split(text, 1).at(0)});
}

/// As +CMGR and +CMGL give it.
QByteArray pduOf(const Bytes &tpdu)
{
    return QByteArray::number(qsizetype(tpdu.size())) + "\r\n00" + QByteArray::fromStdString(toHex(tpdu)).toUpper();
}

} // namespace

/// Messages, codes and faults of one modem, byte for byte.
class ModemMessagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storesAMessageAndTellsWhere();
    void handsAMessageOverAtOnceWhenAsked();
    void keepsWhatItsMemoryHasNoRoomFor();
    void deletesAsAsked();
    void sendsAMessage();
    void sendsNothingThatIsNoMessage_data();
    void sendsNothingThatIsNoMessage();
    void asksTheNetworkByCode();
    void tellsWhatTheNetworkAsks();
    void dialsACode();
    void callsForHelpWithoutASim();
    void answersNonsenseWhenToldTo();
    void saysNothingWhereToldNotTo();
    void answersWhatItIsTold();
};

void ModemMessagesTest::storesAMessageAndTellsWhere()
{
    ModemRig rig;
    rig.prepare({"AT+CNMI=2,1,2,1,0"});
    rig.feed(MessageArrived{deliver("one")});
    QCOMPARE(rig.take(), "\r\n+CMTI: \"SM\",1\r\n");
    rig.feed(MessageArrived{deliver("two")});
    QCOMPARE(rig.take(), "");
    rig.pass(std::chrono::milliseconds(300));
    QCOMPARE(rig.take(), "\r\n+CMTI: \"SM\",2\r\n");
    QCOMPARE(rig.type("AT+CMGR=1\r"), "\r\n+CMGR: 0,," + pduOf(deliver("one")) + "\r\n\r\nOK\r\n");
    QCOMPARE(rig.type("AT+CMGR=1\r"), "\r\n+CMGR: 1,," + pduOf(deliver("one")) + "\r\n\r\nOK\r\n");
    QCOMPARE(rig.type("AT+CMGL=0\r"), "\r\n+CMGL: 2,0,," + pduOf(deliver("two")) + "\r\n\r\nOK\r\n");
    QCOMPARE(rig.type("AT+CMGR=7\r"), "\r\n+CMS ERROR: 321\r\n");
    QCOMPARE(rig.type("AT+CPMS?\r"), "\r\n+CPMS: \"SM\",2,50,\"SM\",2,50,\"SM\",2,50\r\n\r\nOK\r\n");
    QCOMPARE(rig.type("AT+CPMS=\"SM\",\"SM\",\"SM\"\r"), "\r\n+CPMS: 2,50,2,50,2,50\r\n\r\nOK\r\n");
    QCOMPARE(rig.type("AT+CPMS=\"ME\"\r"), "\r\n+CMS ERROR: 302\r\n");
}

void ModemMessagesTest::handsAMessageOverAtOnceWhenAsked()
{
    ModemRig rig;
    rig.prepare({"AT+CNMI=2,2"});
    rig.feed(MessageArrived{deliver("one")});
    QCOMPARE(rig.take(), "\r\n+CMT: ," + pduOf(deliver("one")) + "\r\n");
    QCOMPARE(rig.type("AT+CNMA;+CMGL=4\r"), "\r\nOK\r\n");
    rig.feed(PortClosed{0});
    rig.pass(std::chrono::seconds(1));
    rig.feed(MessageArrived{deliver("two")});
    rig.feed(PortOpened{0});
    rig.prepare({});
    QCOMPARE(rig.type("AT+CMGL=4\r"), "\r\n+CMGL: 1,0,," + pduOf(deliver("two")) + "\r\n\r\nOK\r\n");
}

void ModemMessagesTest::keepsWhatItsMemoryHasNoRoomFor()
{
    ModemRig rig;
    rig.prepare({"AT+CNMI=2,1"});
    for (int i = 0; i < 51; ++i)
        rig.feed(MessageArrived{deliver("x")});
    rig.pass(std::chrono::seconds(20));
    QVERIFY(rig.take().endsWith("\r\n+CMTI: \"SM\",50\r\n"));
    QCOMPARE(rig.type("AT+CMGD=3\r"), "\r\nOK\r\n");
    rig.pass(AtPort::kQuiet);
    QCOMPARE(rig.take(), "\r\n+CMTI: \"SM\",3\r\n");
}

void ModemMessagesTest::deletesAsAsked()
{
    ModemRig rig;
    rig.prepare({});
    rig.feed(MessageArrived{deliver("one")});
    rig.feed(MessageArrived{deliver("two")});
    rig.pass(std::chrono::seconds(1));
    rig.type("AT+CMGR=1\r");
    QCOMPARE(rig.type("AT+CMGD=1,1;+CMGL=4\r"), "\r\n+CMGL: 2,0,," + pduOf(deliver("two")) + "\r\n\r\nOK\r\n");
    QCOMPARE(rig.type("AT+CMGD=1,4;+CMGL=4\r"), "\r\nOK\r\n");
    QCOMPARE(rig.type("AT+CMGD=x\r"), "\r\n+CMS ERROR: 321\r\n");
}

void ModemMessagesTest::sendsAMessage()
{
    ModemRig rig;
    rig.prepare({});
    const Bytes tpdu = SmsCodec::encode(SmsSubmit{ModemRig::kBo, 0, SmsCodec::split("Hello", 1).at(0)});
    const QByteArray pdu = "00" + QByteArray::fromStdString(toHex(tpdu));
    const QByteArray command = "AT+CMGS=" + QByteArray::number(qsizetype(tpdu.size())) + '\r';
    QCOMPARE(rig.type(command), "\r\n> ");
    QCOMPARE(rig.type(pdu + '\x1a'), "\r\n+CMGS: 1\r\n\r\nOK\r\n");
    const auto requests = rig.takeRequests();
    QVERIFY(std::get<SubmitMessage>(requests.back()).tpdu == tpdu);
    rig.refuse(true);
    rig.type(command);
    QCOMPARE(rig.type(pdu + '\x1a'), "\r\n+CMS ERROR: 1\r\n");
    rig.type(command);
    QCOMPARE(rig.type(pdu + '\x1b'), "\r\nOK\r\n");
    rig.feed(ServingChanged{Serving{false, false, "46000", "Ringlift"}});
    rig.type(command);
    QCOMPARE(rig.type(pdu + '\x1a'), "\r\n+CMS ERROR: 331\r\n");
}

void ModemMessagesTest::sendsNothingThatIsNoMessage_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("pdu");
    QTest::newRow("no length") << QByteArray("AT+CMGS=\"+4915550123456\"") << QByteArray();
    QTest::newRow("of no length") << QByteArray("AT+CMGS=0") << QByteArray();
    QTest::newRow("no hexadecimal digits") << QByteArray("AT+CMGS=3") << QByteArray("hello\x1a");
    QTest::newRow("another length") << QByteArray("AT+CMGS=3") << QByteArray("0001000B\x1a");
    QTest::newRow("a service centre past the end") << QByteArray("AT+CMGS=3") << QByteArray("FF010203\x1a");
    QTest::newRow("no submit") << QByteArray("AT+CMGS=3") << QByteArray("00040BC8\x1a");
    QTest::newRow("endless") << QByteArray("AT+CMGS=3") << QByteArray(2000, '0');
}

void ModemMessagesTest::sendsNothingThatIsNoMessage()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, pdu);
    ModemRig rig;
    rig.prepare({});
    rig.takeRequests();
    QByteArray answer = rig.type(line + '\r');
    if (!pdu.isEmpty())
        answer = rig.type(pdu);
    QCOMPARE(answer, "\r\n+CMS ERROR: 304\r\n");
    QVERIFY(rig.takeRequests().empty());
    QCOMPARE(rig.type("AT\r"), "\r\nOK\r\n");
}

void ModemMessagesTest::asksTheNetworkByCode()
{
    ModemRig rig;
    rig.prepare({"AT+CUSD=1"});
    rig.takeRequests();
    QCOMPARE(rig.type("AT+CUSD=1,\"2A2331303023\",15\r"), "\r\nOK\r\n");
    QCOMPARE(std::get<UssdDialled>(rig.takeRequests().at(0)).text, "*#100#");
    rig.pass(AtPort::kQuiet);
    rig.feed(UssdTold{UssdTold::Kind::Finished, "+49"});
    QCOMPARE(rig.take(), "\r\n+CUSD: 0,\"2B3439\",15\r\n");
    QCOMPARE(rig.type("AT+CUSD=1,\"*100#\",15\r"), "\r\nOK\r\n");
    rig.pass(AtPort::kQuiet);
    rig.feed(UssdTold{UssdTold::Kind::NotSupported, {}});
    QCOMPARE(rig.take(), "\r\n+CUSD: 4\r\n");
    rig.feed(UssdTold{UssdTold::Kind::Finished, "plain"});
    QCOMPARE(rig.take(), "\r\n+CUSD: 0,\"plain\",15\r\n");
    QCOMPARE(rig.type("AT+CUSD=7\r"), "\r\nERROR\r\n");
}

void ModemMessagesTest::tellsWhatTheNetworkAsks()
{
    ModemRig rig;
    rig.prepare({"AT+CUSD=1"});
    rig.feed(UssdTold{UssdTold::Kind::AnswerWanted, "1=yes"});
    QCOMPARE(rig.take(), "\r\n+CUSD: 1,\"313D796573\",15\r\n");
}

void ModemMessagesTest::dialsACode()
{
    ModemRig rig;
    rig.prepare({});
    rig.takeRequests();
    QCOMPARE(rig.type("ATD*#100#;\r"), "\r\nOK\r\n");
    QCOMPARE(std::get<UssdDialled>(rig.takeRequests().at(0)).text, "*#100#");
    rig.type("ATD#31#13900139000;\r");
    QCOMPARE(std::get<Dial>(std::get<SwitchInput>(rig.takeRequests().at(0))).number, "#31#13900139000");
}

void ModemMessagesTest::callsForHelpWithoutASim()
{
    ModemRig rig(ModemRig::plainConfig(), false);
    rig.prepare({"AT+CMEE=1"});
    QCOMPARE(rig.type("ATD112;\r"), "\r\nOK\r\n");
    const auto asked = rig.takeAsked();
    QVERIFY(asked.size() == 1);
    QCOMPARE(std::get<DialEmergency>(asked[0]).number, "112");
    QCOMPARE(std::get<DialEmergency>(asked[0]).phone, "a");
    rig.refuse(true);
    QCOMPARE(rig.type("ATD13900139000;\r"), "\r\n+CME ERROR: 10\r\n");
}

void ModemMessagesTest::answersNonsenseWhenToldTo()
{
    ModemConfig config = ModemRig::plainConfig();
    config.nonsense = true;
    ModemRig rig(config);
    rig.feed(PortOpened{0});
    rig.prepare({"AT+CLIP=1"});
    const QByteArray imsi = rig.type("AT+CIMI\r");
    QCOMPARE(imsi.size(), QByteArray("\r\n460001234567890\r\n\r\nOK\r\n").size());
    QVERIFY(!imsi.contains("460001234567890") && imsi.endsWith("\r\n\r\nOK\r\n"));
    rig.pass(AtPort::kQuiet);
    rig.tellIncoming(1, LegState::Ringing);
    const QByteArray ring = rig.take();
    QVERIFY(ring.startsWith("\r\nRING\r\n\r\n+CLIP:") && !ring.contains("139001"));
    rig.feed(ConfigChanged{ModemRig::plainConfig()});
    QCOMPARE(rig.type("AT+CIMI\r"), "\r\n460001234567890\r\n\r\nOK\r\n");
}

void ModemMessagesTest::saysNothingWhereToldNotTo()
{
    ModemConfig config = ModemRig::plainConfig();
    config.silent = {"+CIMI"};
    ModemRig rig(config);
    rig.prepare({});
    QCOMPARE(rig.type("AT+CIMI\r"), "");
    QCOMPARE(rig.type("AT\r"), "\r\nOK\r\n");
}

void ModemMessagesTest::answersWhatItIsTold()
{
    ModemConfig config = ModemRig::plainConfig();
    config.answers = {{"+CLCC", "+CLCC: 1,1,9,\"x"}};
    ModemRig rig(config);
    rig.prepare({});
    QCOMPARE(rig.type("AT+CLCC\r"), "\r\n+CLCC: 1,1,9,\"x\r\n\r\nOK\r\n");
    rig.feed(RawTold{"\r\n+CRING: WHAT\r\n"});
    QCOMPARE(rig.take(), "\r\n+CRING: WHAT\r\n");
}

QTEST_APPLESS_MAIN(ModemMessagesTest)
#include "tst_modemmessages.moc"
