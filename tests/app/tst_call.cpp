#include "app/call.h"
#include "tests/app/callinfos.h"

#include <QTest>

using namespace ringlift;
using namespace std::chrono_literals;
using test::ringingAbroad;
using test::ringingHere;
using test::talkingOnInternet;

namespace {

app::Call callOf(const call::CallInfo &info, TimePoint now = TimePoint())
{
    return {info, now};
}

call::CallInfo with(call::CallInfo info, void (*change)(call::CallInfo &))
{
    change(info);
    return info;
}

} // namespace

class TestCall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatTheCallDoes_data();
    void saysWhatTheCallDoes();
    void saysWhichNetworkCarriesIt();
    void explainsWhyItStaysBeforeAnythingElse();
    void explainsHowFarTheMoveIsWhileItMayMove();
    void makesAsMuchOfAMoveAsItsUserWants_data();
    void makesAsMuchOfAMoveAsItsUserWants();
    void asksBesideTheRingOfThePhone();
    void staysOnThePhoneOnlyWhileItMayStillMove();
    void offersNoChoiceOfNetworkToACallWithoutLeg();
    void rings_data();
    void rings();
    void hidesTheDigitsAfterTheCall();
    void judgesTheConnectionInWords_data();
    void judgesTheConnectionInWords();
    void tellsOfAMissingMicrophone();
};

void TestCall::saysWhatTheCallDoes_data()
{
    QTest::addColumn<call::CallInfo>("info");
    QTest::addColumn<QString>("expected");
    QTest::newRow("dialling") << with(ringingAbroad(), [](auto &info) { info.leg = LegState::Dialling; })
                              << QStringLiteral("Calling…");
    QTest::newRow("alerting") << ringingAbroad() << QStringLiteral("Ringing…");
    QTest::newRow("alerting over the Internet") << with(ringingAbroad(), [](auto &info) {
        info.leg = LegState::Dialling;
        info.ip = call::IpState::Alerting;
    }) << QStringLiteral("Ringing…");
    QTest::newRow("dialled by hand") << with(ringingAbroad(), [](auto &info) { info.leg = LegState::None; })
                                     << QStringLiteral("Calling…");
    QTest::newRow("incoming") << ringingHere() << QStringLiteral("Incoming call");
    QTest::newRow("talking") << talkingOnInternet() << QStringLiteral("1:05");
    QTest::newRow("reconnecting") << with(talkingOnInternet(), [](auto &info) { info.reconnecting = true; })
                                  << QStringLiteral("Reconnecting…");
    QTest::newRow("held") << with(ringingAbroad(), [](auto &info) { info.leg = LegState::Held; })
                          << QStringLiteral("On hold");
    QTest::newRow("held for another call") << with(talkingOnInternet(), [](auto &info) { info.held = true; })
                                           << QStringLiteral("On hold");
    QTest::newRow("held by the peer") << with(talkingOnInternet(), [](auto &info) { info.heldByPeer = true; })
                                      << QStringLiteral("Held by the other side");
    QTest::newRow("ended") << with(talkingOnInternet(), [](auto &info) { info.end = call::CallEnd::RemoteHangUp; })
                           << QStringLiteral("The other side hung up.");
}

void TestCall::saysWhatTheCallDoes()
{
    QFETCH(call::CallInfo, info);
    QFETCH(QString, expected);
    QCOMPARE(callOf(info, TimePoint(65s)).status(), expected);
}

void TestCall::saysWhichNetworkCarriesIt()
{
    QCOMPARE(callOf(ringingAbroad()).carrier(), QStringLiteral("Phone network"));
    QCOMPARE(callOf(talkingOnInternet()).carrier(), QStringLiteral("Internet, encrypted"));
    QVERIFY(callOf(talkingOnInternet()).isOnInternet());
    QVERIFY(!callOf(ringingAbroad()).isOnInternet());
}

void TestCall::explainsWhyItStaysBeforeAnythingElse()
{
    const call::CallInfo info = with(ringingAbroad(), [](auto &call) { call.stay = call::StayReason::NoMatch; });
    QVERIFY(callOf(info).explanation().contains(QStringLiteral("did not respond")));
}

void TestCall::explainsHowFarTheMoveIsWhileItMayMove()
{
    QVERIFY(callOf(ringingAbroad()).explanation().contains(QStringLiteral("Looking for the other phone")));
    const call::CallInfo rings = with(ringingHere(), [](auto &call) {
        call.stay = call::StayReason::None;
        call.ip = call::IpState::Alerting;
    });
    QVERIFY(!callOf(rings).explanation().contains(QStringLiteral("The other phone is ringing")));
    QVERIFY(callOf(talkingOnInternet()).explanation().contains(QStringLiteral("moved to the Internet")));
}

void TestCall::makesAsMuchOfAMoveAsItsUserWants_data()
{
    QTest::addColumn<call::Prompt>("prompt");
    QTest::addColumn<bool>("noticed");
    QTest::newRow("off") << call::Prompt::Off << false;
    QTest::newRow("notice") << call::Prompt::Notice << true;
    QTest::newRow("sound") << call::Prompt::Sound << true;
    QTest::newRow("asked before") << call::Prompt::AskFirst << true;
}

void TestCall::makesAsMuchOfAMoveAsItsUserWants()
{
    QFETCH(const call::Prompt, prompt);
    QFETCH(const bool, noticed);
    call::CallInfo info = talkingOnInternet();
    info.prompt = prompt;
    QCOMPARE(callOf(info).isMoveNoticed(), noticed);
    QCOMPARE(callOf(info).explanation().isEmpty(), !noticed);
    QVERIFY(callOf(info).isOnInternet());
    info.end = call::CallEnd::RemoteHangUp; // afterwards it is always told
    QVERIFY(!callOf(info).isMoveNoticed());
    QVERIFY(callOf(info).explanation().contains(QStringLiteral("moved to the Internet")));
    QVERIFY(!callOf(ringingAbroad()).isMoveNoticed());
}

void TestCall::asksBesideTheRingOfThePhone()
{
    call::CallInfo info = with(ringingHere(), [](auto &call) {
        call.stay = call::StayReason::None;
        call.ip = call::IpState::Proven;
    });
    QVERIFY(!callOf(info).isWaitingForAnswer());
    info.asksToMove = true;
    QVERIFY(callOf(info).isWaitingForAnswer());
    QVERIFY(callOf(info).asksToMove());
    QVERIFY(!callOf(info).canStayOnPhone()); // the question offers that
    info.end = call::CallEnd::NoAnswer;
    QVERIFY(!callOf(info).asksToMove());
}

void TestCall::staysOnThePhoneOnlyWhileItMayStillMove()
{
    QVERIFY(callOf(ringingAbroad()).canStayOnPhone());
    QVERIFY(!callOf(talkingOnInternet()).canStayOnPhone());
    QVERIFY(!callOf(with(ringingAbroad(), [](auto &info) { info.stay = call::StayReason::NoMatch; })).canStayOnPhone());
    QVERIFY(!callOf(with(ringingAbroad(), [](auto &info) { info.end = call::CallEnd::Busy; })).canStayOnPhone());
}

void TestCall::offersNoChoiceOfNetworkToACallWithoutLeg()
{
    QVERIFY(!callOf(with(ringingAbroad(), [](auto &info) { info.leg = LegState::None; })).canStayOnPhone());
}

void TestCall::rings_data()
{
    QTest::addColumn<call::CallInfo>("info");
    QTest::addColumn<bool>("expected");
    QTest::newRow("until it is decided the phone keeps quiet") << ringingHere() << false;
    QTest::newRow("our own ring") << with(ringingHere(), [](auto &info) { info.wantsAnswer = true; }) << true;
    QTest::newRow("it stays on the phone network")
        << with(ringingHere(), [](auto &info) { info.stay = call::StayReason::NoMatch; }) << true;
    QTest::newRow("answered") << with(ringingHere(), [](auto &info) {
        info.wantsAnswer = true;
        info.answeredAt = TimePoint();
    }) << false;
    QTest::newRow("ended") << with(ringingHere(), [](auto &info) {
        info.wantsAnswer = true;
        info.end = call::CallEnd::NoAnswer;
    }) << false;
    QTest::newRow("outgoing") << with(ringingAbroad(), [](auto &info) { info.wantsAnswer = true; }) << false;
}

void TestCall::rings()
{
    QFETCH(call::CallInfo, info);
    QTEST(callOf(info).isWaitingForAnswer(), "expected");
}

void TestCall::hidesTheDigitsAfterTheCall()
{
    QCOMPARE(callOf(talkingOnInternet()).sas(), QStringLiteral("48 19 07"));
    QCOMPARE(callOf(with(talkingOnInternet(), [](auto &info) { info.end = call::CallEnd::LocalHangUp; })).sas(), QString());
}

void TestCall::judgesTheConnectionInWords_data()
{
    QTest::addColumn<double>("lossPercent");
    QTest::addColumn<double>("roundTripMs");
    QTest::addColumn<QString>("expected");
    QTest::newRow("good") << 0.0 << 40.0 << QStringLiteral("Good connection");
    QTest::newRow("some loss") << 3.0 << 40.0 << QStringLiteral("Fair connection");
    QTest::newRow("far away") << 0.0 << 300.0 << QStringLiteral("Fair connection");
    QTest::newRow("much loss") << 9.0 << 40.0 << QStringLiteral("Poor connection");
}

void TestCall::judgesTheConnectionInWords()
{
    QFETCH(double, lossPercent);
    QFETCH(double, roundTripMs);
    app::Call call = callOf(talkingOnInternet());
    QCOMPARE(call.quality(), QString());
    call.setAudio({.playing = true, .capturing = true, .deviceLost = false, .heard = true});
    call.setFigures({.lossPercent = lossPercent, .jitterMs = 1, .playoutDelayMs = 1, .roundTripMs = roundTripMs, .kbps = 1});
    QTEST(call.quality(), "expected");
}

void TestCall::tellsOfAMissingMicrophone()
{
    app::Call call = callOf(talkingOnInternet());
    QCOMPARE(call.audioNotice(), QString());
    call.setAudio({.playing = false, .capturing = false, .deviceLost = true, .heard = false});
    QVERIFY(call.audioNotice().contains(QStringLiteral("microphone")));
}

QTEST_GUILESS_MAIN(TestCall)
#include "tst_call.moc"
