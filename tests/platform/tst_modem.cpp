#include "platform/plmn/at/atport.h"
#include "tests/platform/modemrig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::plmn;
using namespace ringlift::plmn::at;

/// One modem, byte for byte.
class ModemTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersCommands_data();
    void answersCommands();
    void tellsOfAnIncomingCall();
    void repeatsRingUntilTheAnswer();
    void learnsALateCallerId();
    void showsAWithheldNumberAsSuch();
    void dialsAndTellsEveryChange();
    void waitsForTheCalleeWhenToldTo_data();
    void waitsForTheCalleeWhenToldTo();
    void tellsNothingOfTheListInGenericMode();
    void handlesAWaitingCall();
    void tellsTheWholeListEveryTime();
    void holdsRetrievesAndReleases_data();
    void holdsRetrievesAndReleases();
    void asksForThePin();
    void locksAfterThreeWrongPins();
    void worksWithoutASim();
    void losesItsCallsWithItsSim();
    void tellsRegistrationAsAsked();
    void refusesWhatIsDisabled();
    void speaksOnAllPorts();
    void passesTonesBothWays();
};

void ModemTest::answersCommands_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("answer");
    const auto ok = [](const char *reply) { return "\r\n" + QByteArray(reply) + "\r\n\r\nOK\r\n"; };
    QTest::newRow("nothing") << QByteArray("AT") << QByteArray("\r\nOK\r\n");
    QTest::newRow("unknown") << QByteArray("AT+WS46=?") << QByteArray("\r\nERROR\r\n");
    QTest::newRow("settings") << QByteArray("ATV1X4&C1S0=0") << QByteArray("\r\nOK\r\n");
    QTest::newRow("no pin") << QByteArray("AT+CPIN?") << ok("+CPIN: READY");
    QTest::newRow("imsi") << QByteArray("AT+CIMI") << ok("460001234567890");
    QTest::newRow("own number") << QByteArray("AT+CNUM") << ok("+CNUM: \"Own\",\"+8613800138000\",145");
    QTest::newRow("iccid") << QByteArray("AT+CRSM=176,12258,0,0,10") << ok("+CRSM: 144,0,\"986864002143658709F8\"");
    QTest::newRow("mnc length") << QByteArray("AT+CRSM=176,28589,0,0,4") << ok("+CRSM: 144,0,\"00000002\"");
    QTest::newRow("provider") << QByteArray("AT+CRSM=176,28486,0,0,17")
                              << ok("+CRSM: 144,0,\"0152696E676C696674FFFFFFFFFFFFFFFF\"");
    QTest::newRow("own number file") << QByteArray("AT+CRSM=178,28480,1,4,28")
                                     << ok("+CRSM: 144,0,\"4F776EFFFFFFFFFFFFFFFFFFFFFF08"
                                           "91683108108300F0FFFFFFFFFF\"");
    QTest::newRow("file header") << QByteArray("AT+CRSM=192,28480")
                                 << ok("+CRSM: 144,0,\"0000001C6F40040000F0FF0102011C\"");
    QTest::newRow("no such file") << QByteArray("AT+CRSM=176,28478,0,0,0") << ok("+CRSM: 148,4");
    QTest::newRow("past the end") << QByteArray("AT+CRSM=176,12258,0,5,10") << ok("+CRSM: 148,2");
    QTest::newRow("registration") << QByteArray("AT+CREG=2;+CREG?") << ok("+CREG: 2,1,\"00C3\",\"0000A1B0\",7");
    QTest::newRow("operator") << QByteArray("AT+COPS=3,2;+COPS?") << ok("+COPS: 0,2,\"46000\",7");
    QTest::newRow("character sets") << QByteArray("AT+CSCS=?") << ok("+CSCS: (\"GSM\",\"IRA\")");
    QTest::newRow("call list notifications") << QByteArray("AT+CLCC=?") << ok("+CLCC: (0-1)");
    QTest::newRow("nothing to hang up") << QByteArray("ATH") << QByteArray("\r\nOK\r\n");
    QTest::newRow("nothing to answer") << QByteArray("ATA") << QByteArray("\r\nNO CARRIER\r\n");
    QTest::newRow("data call") << QByteArray("ATD*99#") << QByteArray("\r\nNO CARRIER\r\n");
}

void ModemTest::answersCommands()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, answer);
    ModemRig rig;
    rig.prepare({});
    QCOMPARE(rig.type(line + "\r\n"), answer);
}

void ModemTest::tellsOfAnIncomingCall()
{
    ModemRig rig;
    rig.tellIncoming(1, LegState::Ringing);
    QCOMPARE(rig.take(), "\r\nRING\r\n");
    rig.tellEnd(1, CallDirection::Incoming, LegEnd::RemoteHangUp);
    rig.prepare({"AT+CLIP=1", "AT+CRC=1", "AT+CLCC=1"});
    rig.tellIncoming(2, LegState::Ringing);
    QCOMPARE(rig.take(), "\r\n+CLCC: 1,1,4,0,0,\"+8613900139000\",145\r\n\r\n+CRING: VOICE\r\n"
                         "\r\n+CLIP: \"+8613900139000\",145,,,,0\r\n");
    QCOMPARE(rig.type("AT+CLCC\r"), "\r\n+CLCC: 1,1,4,0,0,\"+8613900139000\",145\r\n\r\nOK\r\n");
    QCOMPARE(rig.type("ATA\r"), "\r\nOK\r\n");
    const auto asked = rig.takeAsked();
    QVERIFY(asked.size() == 1 && std::get<Answer>(asked[0]).leg == LineCallId{2});
    rig.tellIncoming(2, LegState::Active);
    QVERIFY(rig.take().isEmpty());
    rig.pass(AtPort::kQuiet);
    QCOMPARE(rig.take(), "\r\n+CLCC: 1,1,0,0,0,\"+8613900139000\",145\r\n\r\nVOICE CALL: BEGIN\r\n");
    rig.pass(std::chrono::seconds(12));
    rig.tellEnd(2, CallDirection::Incoming, LegEnd::RemoteHangUp);
    QCOMPARE(rig.take(), "\r\n+CLCC: 1,1,6,0,0,\"+8613900139000\",145\r\n\r\nVOICE CALL: END: 000012\r\n"
                         "\r\nNO CARRIER\r\n");
    QCOMPARE(rig.type("AT+CLCC\r"), "\r\nOK\r\n");
}

void ModemTest::repeatsRingUntilTheAnswer()
{
    ModemRig rig;
    rig.tellIncoming(1, LegState::Ringing);
    rig.pass(std::chrono::seconds(9));
    QCOMPARE(rig.take(), "\r\nRING\r\n\r\nRING\r\n\r\nRING\r\n");
    rig.tellIncoming(1, LegState::Active);
    rig.take();
    rig.pass(std::chrono::seconds(9));
    QVERIFY(rig.take().isEmpty());
}

void ModemTest::learnsALateCallerId()
{
    ModemRig rig;
    rig.prepare({"AT+CLIP=1", "AT+CLCC=1"});
    rig.tellIncoming(1, LegState::Ringing, "late");
    QCOMPARE(rig.take(), "\r\n+CLCC: 1,1,4,0,0\r\n\r\nRING\r\n");
    rig.tellIncoming(1, LegState::Ringing);
    QCOMPARE(rig.take(), "\r\n+CLCC: 1,1,4,0,0,\"+8613900139000\",145\r\n\r\n+CLIP: \"+8613900139000\",145,,,,0\r\n");
}

void ModemTest::showsAWithheldNumberAsSuch()
{
    ModemRig rig;
    rig.prepare({"AT+CLIP=1"});
    rig.tellIncoming(1, LegState::Ringing, "");
    QCOMPARE(rig.take(), "\r\nRING\r\n\r\n+CLIP: \"\",128,,,,1\r\n");
}

void ModemTest::dialsAndTellsEveryChange()
{
    ModemRig rig;
    rig.prepare({"AT+CLCC=1", "AT+CMEE=1"});
    rig.hesitate();
    QCOMPARE(rig.type("ATD13900139000I;\r"), "");
    const auto asked = rig.takeAsked();
    QVERIFY(asked.size() == 1 && std::get<Dial>(asked[0]).number == "#31#13900139000");
    rig.tellOutgoing(1, LegState::Dialling);
    rig.feed(Outcome{true});
    QCOMPARE(rig.take(), "\r\nOK\r\n");
    rig.pass(AtPort::kQuiet);
    QCOMPARE(rig.take(), "\r\n+CLCC: 1,0,2,0,0,\"+8613900139000\",145\r\n");
    rig.tellOutgoing(1, LegState::Alerting);
    QCOMPARE(rig.take(), "\r\n+CLCC: 1,0,3,0,0,\"+8613900139000\",145\r\n");
    rig.tellEnd(1, CallDirection::Outgoing, LegEnd::Rejected);
    QCOMPARE(rig.take(), "\r\n+CLCC: 1,0,6,0,0,\"+8613900139000\",145\r\n\r\nBUSY\r\n");
    QCOMPARE(rig.type("ATD1;\r"), "");
    rig.feed(Outcome{false});
    QCOMPARE(rig.take(), "\r\nNO CARRIER\r\n");
}

void ModemTest::waitsForTheCalleeWhenToldTo_data()
{
    QTest::addColumn<int>("end");
    QTest::addColumn<QByteArray>("result");
    QTest::newRow("alerted") << static_cast<int>(LegEnd::NotEnded) << QByteArray("\r\nOK\r\n");
    QTest::newRow("busy") << static_cast<int>(LegEnd::Busy) << QByteArray("\r\nBUSY\r\n");
    QTest::newRow("no answer") << static_cast<int>(LegEnd::NoAnswer) << QByteArray("\r\nNO ANSWER\r\n");
    QTest::newRow("unreachable") << static_cast<int>(LegEnd::Unreachable) << QByteArray("\r\nNO CARRIER\r\n");
}

void ModemTest::waitsForTheCalleeWhenToldTo()
{
    QFETCH(int, end);
    QFETCH(QByteArray, result);
    ModemConfig config = ModemRig::plainConfig(ModemMode::Generic);
    config.dialResult = DialResult::Progress;
    ModemRig rig(config);
    rig.prepare({});
    rig.hesitate();
    rig.type("ATD13900139000;\r");
    rig.tellOutgoing(1, LegState::Dialling);
    rig.feed(Outcome{true});
    rig.pass(std::chrono::seconds(1));
    QVERIFY(rig.take().isEmpty());
    if (static_cast<LegEnd>(end) == LegEnd::NotEnded)
        rig.tellOutgoing(1, LegState::Alerting);
    else
        rig.tellEnd(1, CallDirection::Outgoing, static_cast<LegEnd>(end));
    QCOMPARE(rig.take(), result);
    rig.pass(std::chrono::seconds(1));
    QVERIFY(rig.take().isEmpty());
}

void ModemTest::tellsNothingOfTheListInGenericMode()
{
    ModemRig rig(ModemRig::plainConfig(ModemMode::Generic));
    rig.prepare({});
    QCOMPARE(rig.type("AT+CLCC=1\r"), "\r\nERROR\r\n");
    QCOMPARE(rig.type("AT+CLCC=?\r"), "\r\nOK\r\n");
    rig.pass(AtPort::kQuiet);
    rig.tellIncoming(1, LegState::Ringing);
    rig.tellIncoming(1, LegState::Active);
    rig.tellEnd(1, CallDirection::Incoming, LegEnd::RemoteHangUp);
    QCOMPARE(rig.take(), "\r\nRING\r\n\r\nNO CARRIER\r\n");
}

void ModemTest::handlesAWaitingCall()
{
    ModemRig rig;
    rig.prepare({"AT+CCWA=1", "AT+CLIP=1"});
    rig.tellIncoming(1, LegState::Ringing);
    rig.tellIncoming(1, LegState::Active);
    rig.take();
    rig.tell(2, CallDirection::Incoming, LegState::Ringing, "+4915550123456", LegEnd::NotEnded, true);
    QCOMPARE(rig.take(), "\r\n+CCWA: \"+4915550123456\",145,1\r\n");
    QCOMPARE(rig.type("AT+CLCC\r"), "\r\n+CLCC: 1,1,0,0,0,\"+8613900139000\",145\r\n"
                                    "\r\n+CLCC: 2,1,5,0,0,\"+4915550123456\",145\r\n\r\nOK\r\n");
    rig.pass(AtPort::kQuiet);
    rig.tellEnd(1, CallDirection::Incoming, LegEnd::LocalHangUp);
    QCOMPARE(rig.take(), "\r\nVOICE CALL: END: 000000\r\n\r\nRING\r\n\r\n+CLIP: \"+4915550123456\",145,,,,0\r\n");
}

void ModemTest::tellsTheWholeListEveryTime()
{
    ModemRig rig;
    rig.prepare({"AT+CLCC=1"});
    rig.tellIncoming(1, LegState::Active);
    rig.take();
    rig.tell(2, CallDirection::Incoming, LegState::Ringing, "", LegEnd::NotEnded, true);
    QCOMPARE(rig.take(), "\r\n+CLCC: 1,1,0,0,0,\"+8613900139000\",145\r\n+CLCC: 2,1,5,0,0,\"\",128\r\n");
    rig.tellEnd(1, CallDirection::Incoming, LegEnd::LocalHangUp);
    QVERIFY(rig.take().startsWith("\r\n+CLCC: 2,1,5,0,0,\"\",128\r\n+CLCC: 1,1,6,0,0,\"+8613900139000\",145\r\n"));
}

void ModemTest::holdsRetrievesAndReleases_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<int>("second");
    QTest::addColumn<QByteArray>("asked");
    const int ringing = static_cast<int>(LegState::Ringing);
    const int held = static_cast<int>(LegState::Held);
    const int ended = static_cast<int>(LegState::Ended);
    QTest::newRow("reject the waiting call") << QByteArray("+CHLD=0") << ringing << QByteArray("hangup 2");
    QTest::newRow("release the held call") << QByteArray("+CHLD=0") << held << QByteArray("hangup 2");
    QTest::newRow("end and accept") << QByteArray("+CHLD=1") << ringing << QByteArray("hangup 1,answer 2");
    QTest::newRow("end and retrieve") << QByteArray("+CHLD=1") << held << QByteArray("hangup 1");
    QTest::newRow("hold and accept") << QByteArray("+CHLD=2") << ringing << QByteArray("answer 2");
    QTest::newRow("swap") << QByteArray("+CHLD=2") << held << QByteArray("retrieve 2");
    QTest::newRow("hold") << QByteArray("+CHLD=2") << ended << QByteArray("hold 1");
    QTest::newRow("end one") << QByteArray("+CHLD=12") << held << QByteArray("hangup 2");
    QTest::newRow("all but one on hold") << QByteArray("+CHLD=22") << held << QByteArray("retrieve 2");
    QTest::newRow("end the active") << QByteArray("+CHUP") << held << QByteArray("hangup 1");
    QTest::newRow("end all") << QByteArray("H") << held << QByteArray("hangup 1,hangup 2");
}

void ModemTest::holdsRetrievesAndReleases()
{
    QFETCH(QByteArray, command);
    QFETCH(int, second);
    QFETCH(QByteArray, asked);
    ModemRig rig;
    rig.prepare({});
    rig.tellOutgoing(1, LegState::Active);
    if (static_cast<LegState>(second) != LegState::Ended)
        rig.tell(2, CallDirection::Incoming, static_cast<LegState>(second), "+4915550123456", LegEnd::NotEnded, true);
    rig.takeAsked();
    rig.take();
    QCOMPARE(rig.type("AT" + command + '\r'), "\r\nOK\r\n");
    QByteArrayList words;
    for (const SwitchInput &input : rig.takeAsked()) {
        if (const auto *hangUp = std::get_if<HangUp>(&input))
            words << "hangup " + QByteArray::number(static_cast<uint>(hangUp->leg));
        else if (const auto *answer = std::get_if<Answer>(&input))
            words << "answer " + QByteArray::number(static_cast<uint>(answer->leg));
        else if (const auto *hold = std::get_if<Hold>(&input))
            words << (hold->held ? "hold " : "retrieve ") + QByteArray::number(static_cast<uint>(hold->leg));
    }
    QCOMPARE(words.join(','), asked);
}

void ModemTest::asksForThePin()
{
    ModemRig rig(ModemRig::plainConfig(), false);
    rig.prepare({"AT+CMEE=1", "AT+CREG=1"});
    Subscriber sim = ModemRig::sim();
    sim.pin = "1234";
    rig.feed(SimInserted{sim});
    QCOMPARE(rig.take(), "\r\n+CPIN: SIM PIN\r\n");
    QVERIFY(rig.takeAsked().empty());
    QCOMPARE(rig.type("AT+CIMI\r"), "\r\n+CME ERROR: 11\r\n");
    QCOMPARE(rig.type("AT+CPIN=\"9999\"\r"), "\r\n+CME ERROR: 16\r\n");
    QCOMPARE(rig.type("AT+CPIN=\"1234\"\r"), "\r\nOK\r\n");
    const auto asked = rig.takeAsked();
    QVERIFY(asked.size() == 1 && std::get<Attach>(asked[0]).msisdn == ModemRig::kAnna);
    rig.pass(AtPort::kQuiet);
    QCOMPARE(rig.take(), "\r\n+CREG: 1\r\n");
    QCOMPARE(rig.type("AT+CPIN?\r"), "\r\n+CPIN: READY\r\n\r\nOK\r\n");
}

void ModemTest::locksAfterThreeWrongPins()
{
    ModemRig rig(ModemRig::plainConfig(), false);
    rig.prepare({"AT+CMEE=1"});
    Subscriber sim = ModemRig::sim();
    sim.pin = "1234";
    rig.feed(SimInserted{sim});
    for (int i = 0; i < 3; ++i)
        rig.type("AT+CPIN=\"9999\"\r");
    QCOMPARE(rig.type("AT+CPIN?\r"), "\r\n+CPIN: SIM PUK\r\n\r\nOK\r\n");
    QCOMPARE(rig.type("AT+CPIN=\"1234\"\r"), "\r\n+CME ERROR: 12\r\n");
    QVERIFY(rig.takeAsked().empty());
}

void ModemTest::worksWithoutASim()
{
    ModemRig rig(ModemRig::plainConfig(), false);
    rig.prepare({"AT+CMEE=1"});
    QCOMPARE(rig.type("AT+CPIN?\r"), "\r\n+CME ERROR: 10\r\n");
    QCOMPARE(rig.type("AT+CIMI\r"), "\r\n+CME ERROR: 10\r\n");
    QCOMPARE(rig.type("AT+CREG?\r"), "\r\n+CREG: 0,0\r\n\r\nOK\r\n");
    rig.refuse(true);
    QCOMPARE(rig.type("ATD13900139000;\r"), "\r\n+CME ERROR: 10\r\n");
}

void ModemTest::losesItsCallsWithItsSim()
{
    ModemRig rig;
    rig.prepare({"AT+CREG=1"});
    rig.tellOutgoing(1, LegState::Active);
    rig.take();
    rig.feed(SimRemoved{});
    QCOMPARE(rig.take(), "\r\nVOICE CALL: END: 000000\r\n\r\nNO CARRIER\r\n\r\n+CPIN: NOT READY\r\n\r\n+CREG: 0\r\n");
    const auto asked = rig.takeAsked();
    QVERIFY(asked.size() == 1 && std::get<Detach>(asked[0]).msisdn == ModemRig::kAnna);
    rig.feed(SimInserted{ModemRig::sim()});
    QCOMPARE(rig.take(), "\r\n+CPIN: READY\r\n\r\n+CREG: 1\r\n");
}

void ModemTest::tellsRegistrationAsAsked()
{
    ModemRig rig;
    rig.prepare({"AT+CREG=2", "AT+CEREG=1"});
    rig.feed(ServingChanged{Serving{false, false, "46000", "Ringlift"}});
    QCOMPARE(rig.take(), "\r\n+CREG: 2\r\n\r\n+CEREG: 2\r\n");
    rig.feed(ServingChanged{Serving{true, true, "26201", "Ringlift DE"}});
    QCOMPARE(rig.take(), "\r\n+CREG: 5,\"00C3\",\"0000A1B0\",7\r\n\r\n+CEREG: 5\r\n");
    QCOMPARE(rig.type("AT+COPS=3,2;+COPS?\r"), "\r\n+COPS: 0,2,\"26201\",7\r\n\r\nOK\r\n");
    QCOMPARE(rig.type("AT+CFUN=4\r"), "\r\nOK\r\n");
    QVERIFY(std::holds_alternative<Detach>(rig.takeAsked().at(0)));
    rig.pass(AtPort::kQuiet);
    QCOMPARE(rig.take(), "\r\n+CREG: 0\r\n\r\n+CEREG: 0\r\n");
}

void ModemTest::refusesWhatIsDisabled()
{
    ModemConfig config = ModemRig::plainConfig();
    config.disabled = {"+CLCC", "H"};
    ModemRig rig(config);
    rig.prepare({});
    QCOMPARE(rig.type("AT+CLCC\r"), "\r\nERROR\r\n");
    QCOMPARE(rig.type("ATH\r"), "\r\nERROR\r\n");
    rig.feed(ConfigChanged{ModemRig::plainConfig()});
    QCOMPARE(rig.type("AT+CLCC\r"), "\r\nOK\r\n");
}

void ModemTest::speaksOnAllPorts()
{
    ModemRig rig;
    rig.feed(PortOpened{1});
    rig.prepare({});
    QCOMPARE(rig.type("AT\r", 1), "AT\r\r\nOK\r\n");
    rig.pass(AtPort::kQuiet);
    rig.tellIncoming(1, LegState::Ringing);
    QCOMPARE(rig.take(0), "\r\nRING\r\n");
    QCOMPARE(rig.take(1), "\r\nRING\r\n");
    rig.feed(PortClosed{1});
    rig.tellEnd(1, CallDirection::Incoming, LegEnd::RemoteHangUp);
    QCOMPARE(rig.take(0), "\r\nNO CARRIER\r\n");
    QVERIFY(rig.take(1).isEmpty());
}

void ModemTest::passesTonesBothWays()
{
    ModemRig rig;
    rig.prepare({});
    rig.tellOutgoing(1, LegState::Active);
    rig.takeAsked();
    rig.take();
    QCOMPARE(rig.type("AT+VTS=5;+VTS=\"#\"\r"), "\r\nOK\r\n");
    const auto asked = rig.takeAsked();
    QVERIFY(asked.size() == 2 && std::get<SendDigits>(asked[0]).digits == "5");
    QCOMPARE(std::get<SendDigits>(asked[1]).digits, "#");
    rig.pass(AtPort::kQuiet);
    rig.feed(DigitsTold{LineCallId{1}, "1*"});
    QCOMPARE(rig.take(), "\r\n+RXDTMF: 1\r\n\r\n+RXDTMF: *\r\n");
}

QTEST_APPLESS_MAIN(ModemTest)
#include "tst_modem.moc"
