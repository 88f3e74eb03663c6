#include "core/crypto/framesealer.h"
#include "tests/sim/scenarios/rig.h"
#include "tests/sim/scenarios/scenariotest.h"

Q_DECLARE_METATYPE(ringlift::plmn::CallerIdForm)

namespace ringlift::sim {

namespace {

/// Why a packet is not opened; nothing when it is.
std::optional<crypto::CryptoError> refusalOf(crypto::FrameOpener &opener, ByteView packet)
{
    const auto opened = opener.open(packet);
    return opened.has_value() ? std::nullopt : std::optional(opened.error());
}

} // namespace

void ScenarioTest::movesACallThatIsAnsweredInTheApp()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    Conversation &conversation = rig.call(ordinaryCall());
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 10s));
    QVERIFY(rig.exchange().legs().empty());
    QCOMPARE(rig.callOf(0)->sas, rig.callOf(1)->sas);
    QCOMPARE(rig.callOf(1)->trust, call::TrustLevel::Leg);
    QVERIFY(rig.passUntil([&] { return conversation.isOver(); }, 5s));
    QVERIFY(rig.passUntil([&] { return !rig.callOf(0) && !rig.callOf(1); }, 2s));
    QCOMPARE(rig.notes.releases, 1);
    QCOMPARE(rig.notes.answersByApp, 0);
    COMES_TO_REST(rig);
}

void ScenarioTest::sendsNothingInADayOfIdlenessAndThenMovesACall()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    rig.pass(1min); // until the connections of the registration are closed
    rig.notes = Notes();
    rig.pass(24h);
    QCOMPARE(rig.notes.packets, 0);
    Conversation &conversation = rig.call(ordinaryCall());
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 10s));
    QVERIFY(rig.notes.packets > 0);
    QVERIFY(rig.passUntil([&] { return conversation.isOver(); }, 5s));
    COMES_TO_REST(rig);
}

void ScenarioTest::keepsTheLegOfAFirstContactUntilTheAnswer()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    rig.call(ringingCall());
    rig.pass(6s);
    QCOMPARE(rig.callOf(0)->ip, call::IpState::Alerting);
    QCOMPARE(rig.notes.releases, 0);
    QCOMPARE(rig.exchange().legs().size(), std::size_t(2));
    COMES_TO_REST(rig);
}

void ScenarioTest::releasesTheLegOfAKnownPeerWhileItRings()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    QVERIFY(rig.getAcquainted());
    // The callee's evidence of the first call is his alone (5.3); he dials back.
    CallPlan back = ringingCall();
    back.caller = 1;
    back.callee = 0;
    rig.call(back);
    QVERIFY(rig.passUntil([&] { return rig.hasMoved(0) && rig.hasMoved(1); }, 6s));
    QVERIFY(rig.callOf(0)->ip < call::IpState::Answered);
    QCOMPARE(rig.notes.releases, 1);
    COMES_TO_REST(rig);
}

void ScenarioTest::movesACallHoweverItIsDialled_data()
{
    QTest::addColumn<QString>("dialled");
    QTest::addColumn<bool>("outsideApp");
    QTest::newRow("international, in the phone's dialler") << QString::fromLatin1("+8613800138011") << true;
    QTest::newRow("international, in the app") << QString::fromLatin1("+8613800138011") << false;
    QTest::newRow("leading 00") << QString::fromLatin1("008613800138011") << true;
    QTest::newRow("national") << QString::fromLatin1("013800138011") << true;
}

void ScenarioTest::movesACallHoweverItIsDialled()
{
    QFETCH(QString, dialled);
    QFETCH(bool, outsideApp);
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    CallPlan plan = ordinaryCall();
    plan.dials = dialled.toStdString();
    plan.dialsOutsideApp = outsideApp;
    Conversation &conversation = rig.call(plan);
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 10s));
    COMES_TO_REST(rig);
}

void ScenarioTest::movesACallHoweverItsNumberIsShown_data()
{
    QTest::addColumn<plmn::CallerIdForm>("form");
    QTest::addColumn<int>("lateByMs");
    QTest::newRow("international") << plmn::CallerIdForm::International << 0;
    QTest::newRow("international without a plus") << plmn::CallerIdForm::BareInternational << 0;
    QTest::newRow("national") << plmn::CallerIdForm::National << 0;
    QTest::newRow("after the first ring") << plmn::CallerIdForm::International << 400;
}

void ScenarioTest::movesACallHoweverItsNumberIsShown()
{
    QFETCH(plmn::CallerIdForm, form);
    QFETCH(int, lateByMs);
    Plan plan = ordinaryPlan();
    plan.phones[1].subscriber.callerIdForm = form;
    plan.phones[1].subscriber.callerIdDelay = std::chrono::milliseconds(lateByMs);
    plan.phones[1].settings.allowUnknownCallerId = false;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    Conversation &conversation = rig.call(ordinaryCall());
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 10s));
    COMES_TO_REST(rig);
}

void ScenarioTest::movesBothOfTwoCallersAtOnce()
{
    Rig rig(ordinaryPlan(3));
    QVERIFY(rig.setUp());
    CallPlan second = ordinaryCall();
    second.caller = 2;
    second.reactsAfter = 2500ms;
    Conversation &one = rig.call(ordinaryCall());
    rig.pass(10ms);
    Conversation &other = rig.call(second);
    rig.pass(8s);
    // The second finds the callee's phone ringing, and is busy.
    QVERIFY(one.hasMoved());
    QVERIFY(!other.hasMoved());
    COMES_TO_REST(rig);
}

void ScenarioTest::keepsOneOfTwoCrossingDials()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    CallPlan back = ringingCall(); // nobody takes the ring of a call that he makes himself
    back.caller = 1;
    back.callee = 0;
    Conversation &one = rig.call(ordinaryCall());
    rig.pass(50ms);
    rig.call(back);
    QVERIFY(rig.passUntil([&] { return one.hasMoved(); }, 10s));
    QVERIFY(rig.passUntil([&] { return rig.exchange().legs().empty(); }, 2s));
    QCOMPARE(rig.notes.releases, 2);
    COMES_TO_REST(rig);
}

// Rule 11: while both dials still ring, only one of them is on its way to the Internet, and both phones mean the same one.
void ScenarioTest::liftsOneOfTwoCrossingDialsOnly()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    CallPlan forth = ringingCall();
    CallPlan back = ringingCall();
    back.caller = 1;
    back.callee = 0;
    rig.call(forth);
    rig.pass(50ms);
    rig.call(back);
    QVERIFY(rig.passUntil([&] { return rig.notes.has("peer_alerting"); }, 10s));
    rig.pass(1s);
    std::vector<CallDirection> lifted;
    for (const int index : {0, 1}) {
        for (const auto &[handle, info] : rig.phone(index).calls()) {
            if (info.ip >= call::IpState::Matched && info.ip < call::IpState::Ended)
                lifted.push_back(info.direction);
        }
    }
    QCOMPARE(lifted.size(), std::size_t(2));
    QVERIFY(lifted[0] != lifted[1]);
    COMES_TO_REST(rig);
}

void ScenarioTest::movesACallAlthoughTheServerClockIsWrong()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    Conversation &conversation = rig.call(ordinaryCall());
    rig.pass(300ms);
    rig.server().skewClock(std::chrono::hours(-10));
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 10s));
    COMES_TO_REST(rig);
}

void ScenarioTest::movesACallWhileTheCalleeRoams()
{
    Plan plan = ordinaryPlan();
    plan.phones[1].subscriber.servingRegion = "DE";
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    Conversation &conversation = rig.call(ordinaryCall());
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 10s));
    COMES_TO_REST(rig);
}

void ScenarioTest::survivesABlackoutOfTwoAndAHalfSeconds()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    CallPlan plan = ordinaryCall();
    plan.talks = 12s;
    Conversation &conversation = rig.call(plan);
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 10s));
    rig.begin({FaultKind::PathCutBothWays, 0s, 2500ms, 0, 1});
    rig.pass(6s);
    QVERIFY(rig.hasMoved(0) && rig.hasMoved(1));
    QVERIFY(!rig.callOf(0)->reconnecting && !rig.callOf(0)->offersRedial);
    QCOMPARE(rig.notes.dials, 0);
    COMES_TO_REST(rig);
}

void ScenarioTest::carriesACallWhoseLegTheNetworkLoses()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    Conversation &conversation = rig.call(ordinaryCall());
    QVERIFY(rig.passUntil([&] { return rig.callOf(0) && rig.callOf(0)->ip == call::IpState::Alerting; }, 5s));
    rig.cut(FaultKind::CallDropped);
    rig.pass(1s);
    QVERIFY(rig.hasMoved(0) && rig.hasMoved(1));
    QVERIFY(rig.passUntil([&] { return conversation.isOver(); }, 10s));
    QCOMPARE(rig.notes.releases, 0);
    COMES_TO_REST(rig);
}

void ScenarioTest::staysMovedWhileAnotherPhoneCalls()
{
    Rig rig(ordinaryPlan(3));
    QVERIFY(rig.setUp());
    CallPlan plan = ordinaryCall();
    plan.talks = 10s;
    Conversation &conversation = rig.call(plan);
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 10s));
    CallPlan third = ringingCall();
    third.caller = 2;
    third.givesUpAfter = 4s;
    rig.call(third);
    rig.pass(6s);
    QVERIFY(rig.hasMoved(0));
    QCOMPARE(rig.callOf(0)->ip, call::IpState::Answered);
    COMES_TO_REST(rig);
}

void ScenarioTest::endsBothLegsWhenTheCallerGivesUp()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    CallPlan plan = ringingCall();
    plan.givesUpAfter = 4s;
    rig.call(plan);
    rig.pass(5s);
    QVERIFY(rig.exchange().legs().empty());
    QVERIFY(rig.phone(0).calls().empty() && rig.phone(1).calls().empty());
    QCOMPARE(rig.notes.dials, 0);
    COMES_TO_REST(rig);
}

void ScenarioTest::opensEveryPacketOfTheWindowOnce()
{
    constexpr std::uint64_t kWindow = 1024;
    const crypto::SecretKey key(std::array<std::uint8_t, 32>{1});
    crypto::FrameSealer sealer(key);
    crypto::FrameOpener opener(key);
    std::vector<Bytes> packets;
    for (std::uint64_t i = 0; i <= kWindow; ++i) {
        ByteArray<64> packet{};
        QVERIFY(sealer.seal(crypto::PacketKind::Probe, 0, 0, ByteArray<8>{}, packet).has_value());
        packets.push_back(copyOf(ByteView(packet).first(36)));
    }
    QVERIFY(opener.open(packets.back()).has_value());
    QVERIFY(refusalOf(opener, packets.front()) == crypto::CryptoError::Old);
    for (std::uint64_t i = 1; i < kWindow; ++i) {
        QVERIFY(opener.open(packets[i]).has_value());
        QVERIFY(refusalOf(opener, packets[i]) == crypto::CryptoError::Replay);
    }
}

} // namespace ringlift::sim
