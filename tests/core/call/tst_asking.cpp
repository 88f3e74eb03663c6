#include "tests/core/call/phoneworld.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;

namespace {

constexpr CallHandle kFirst{1};

CallSettings asking()
{
    CallSettings settings;
    settings.prompt = Prompt::AskFirst;
    return settings;
}

bool isAsked(const Phone &phone)
{
    return phone.call() && phone.call()->asksToMove;
}

} // namespace

/// Prompts that ask first: nothing moves before the user has said so, and nothing waits for him.
class AskingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCallerMovesWhenHeHasSaidSo_data();
    void theCallerMovesWhenHeHasSaidSo();
    void theCalleeRingsByPhoneUntilHeHasSaidSo();
    void theCalleeAnswersByPhoneWhatIsNotAllowedYet();
    void theCalleeAnsweringOutsideTheAppIsAnAnswerToo();
    void theCallerIsNotWaitedForWhenTheCalleeAnswers();
    void aNoKeepsItCellular_data();
    void aNoKeepsItCellular();
    void bothAreAsked();
    void theQuestionGoesWithTheCall_data();
    void theQuestionGoesWithTheCall();
    void aLostLegIsNotReplacedUnasked();
    void asksOnlyAboutTheNumberThatTheUserNamed();
    void neverAsksAboutANumberThatAlwaysMoves();
    void aChangedMindIsAnAnswer();
    void holdsNoRingForANumberThatOnlyTheMatchTells();
    void neverAsksAboutCallsByHand();
    void ignoresAWordThatNobodyAskedFor();
};

void AskingTest::theCallerMovesWhenHeHasSaidSo_data()
{
    QTest::addColumn<TrustLevel>("trust");
    QTest::newRow("a first contact, at the answer") << TrustLevel::None;
    QTest::newRow("a known phone, at the ring") << TrustLevel::Leg;
}

void AskingTest::theCallerMovesWhenHeHasSaidSo()
{
    QFETCH(const TrustLevel, trust);
    PhoneWorld world;
    if (trust != TrustLevel::None)
        world.know(trust);
    world.feed(world.a, SettingsChanged{asking()});
    QVERIFY(world.reachAlerting());
    QVERIFY(isAsked(world.a));
    QVERIFY(!isAsked(world.b));
    world.run(5s);
    QVERIFY(!world.a.reached("ho_ready"));
    QVERIFY(world.a.hasLeg());
    QCOMPARE(world.a.call()->carrier, Carrier::Cellular);
    world.feed(world.a, UserAllowMove{kFirst});
    QVERIFY(!isAsked(world.a));
    if (trust == TrustLevel::None)
        world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.a.reached("released") && world.b.reached("leg_bound"); }, 5s));
    QVERIFY(world.a.call()->moved);
}

void AskingTest::theCalleeRingsByPhoneUntilHeHasSaidSo()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    world.feed(world.b, SettingsChanged{asking()});
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return isAsked(world.b); }, 10s));
    world.run(6s);
    QVERIFY(world.b.did<LineHoldRing>().empty());
    QVERIFY(world.b.did<ShowIncoming>().empty());
    QVERIFY(!world.a.reached("peer_alerting"));
    QVERIFY(world.a.hasLeg());
    QVERIFY(world.b.hasLeg());
    world.feed(world.b, UserAllowMove{kFirst});
    QVERIFY(world.b.did<LineHoldRing>().back().hold);
    QVERIFY(world.b.call()->wantsAnswer);
    QVERIFY(world.runUntil([&] { return world.b.reached("leg_bound"); }, 5s));
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.a.reached("peer_answered"); }, 2s));
    QCOMPARE(world.b.call()->carrier, Carrier::Internet);
}

void AskingTest::theCalleeAnswersByPhoneWhatIsNotAllowedYet()
{
    PhoneWorld world;
    world.feed(world.b, SettingsChanged{asking()});
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return isAsked(world.b); }, 10s));
    const TimePoint answered = world.now;
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.b.legState() == LegState::Active; }, 1s));
    QVERIFY(world.now - answered < 500ms);
    QVERIFY(!isAsked(world.b));
    QCOMPARE(world.b.call()->stay, StayReason::NotAllowedInTime);
    world.run(3s);
    QCOMPARE(world.a.call()->carrier, Carrier::Cellular);
    QVERIFY(world.a.did<MicrophoneOpen>().empty());
    QVERIFY(world.b.did<MicrophoneOpen>().empty());
    QCOMPARE(world.a.handedOver(), std::size_t{0});
}

void AskingTest::theCalleeAnsweringOutsideTheAppIsAnAnswerToo()
{
    PhoneWorld world;
    world.feed(world.b, SettingsChanged{asking()});
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return isAsked(world.b); }, 10s));
    world.setLeg(world.b, world.lastLeg(world.b), LegState::Active);
    world.run(1s);
    QVERIFY(!isAsked(world.b));
    QCOMPARE(world.b.call()->stay, StayReason::NotAllowedInTime);
    QCOMPARE(world.b.call()->carrier, Carrier::Cellular);
}

void AskingTest::theCallerIsNotWaitedForWhenTheCalleeAnswers()
{
    PhoneWorld world;
    world.feed(world.a, SettingsChanged{asking()});
    QVERIFY(world.reachAlerting());
    const TimePoint answered = world.now;
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.a.legState() == LegState::Active; }, 3s));
    QVERIFY2(world.now - answered < 1s, "the caller's silence delays the conversation");
    QVERIFY(!isAsked(world.a));
    QCOMPARE(world.a.call()->stay, StayReason::NotAllowedInTime);
    QCOMPARE(world.b.call()->stay, StayReason::PeerDeclinedMove);
    QVERIFY(world.a.did<MicrophoneOpen>().empty());
    world.run(5s);
    QCOMPARE(world.a.legState(), LegState::Active);
    QCOMPARE(world.b.legState(), LegState::Active);
}

void AskingTest::aNoKeepsItCellular_data()
{
    QTest::addColumn<bool>("atCaller");
    QTest::newRow("of the caller") << true;
    QTest::newRow("of the callee") << false;
}

void AskingTest::aNoKeepsItCellular()
{
    QFETCH(const bool, atCaller);
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    Phone &phone = atCaller ? world.a : world.b;
    world.feed(phone, SettingsChanged{asking()});
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return isAsked(phone); }, 10s));
    world.feed(phone, UserStayCellular{kFirst});
    QVERIFY(!isAsked(phone));
    QCOMPARE(phone.call()->stay, StayReason::UserChoseCellular);
    world.run(3s);
    world.feed(phone, UserAllowMove{kFirst}); // too late
    world.run(3s);
    QVERIFY(world.a.hasLeg());
    QVERIFY(world.b.hasLeg());
    QCOMPARE((atCaller ? world.b : world.a).call()->stay, StayReason::PeerDeclinedMove);
    QVERIFY(world.b.did<LineHoldRing>().empty() || !world.b.did<LineHoldRing>().back().hold);
}

void AskingTest::bothAreAsked()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    world.feed(world.a, SettingsChanged{asking()});
    world.feed(world.b, SettingsChanged{asking()});
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return isAsked(world.a) && isAsked(world.b); }, 10s));
    world.feed(world.a, UserAllowMove{kFirst});
    world.run(3s);
    QVERIFY(world.a.hasLeg());
    QVERIFY(!world.a.reached("ho_ready"));
    world.feed(world.b, UserAllowMove{kFirst});
    QVERIFY(world.runUntil([&] { return world.a.reached("released") && world.b.reached("leg_bound"); }, 5s));
}

void AskingTest::theQuestionGoesWithTheCall_data()
{
    QTest::addColumn<bool>("atCaller");
    QTest::addColumn<bool>("callerEnds");
    QTest::newRow("asked the caller, who hangs up") << true << true;
    QTest::newRow("asked the callee, the caller hangs up") << false << true;
    QTest::newRow("asked the callee, who declines") << false << false;
    QTest::newRow("asked the caller, the callee declines") << true << false;
}

void AskingTest::theQuestionGoesWithTheCall()
{
    QFETCH(const bool, atCaller);
    QFETCH(const bool, callerEnds);
    PhoneWorld world;
    Phone &phone = atCaller ? world.a : world.b;
    world.feed(phone, SettingsChanged{asking()});
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return isAsked(phone); }, 10s));
    if (callerEnds)
        world.feed(world.a, UserHangUp{kFirst});
    else
        world.feed(world.b, UserDecline{kFirst});
    world.run(4s);
    QVERIFY(!isAsked(phone));
    for (const Phone *const side : {&world.a, &world.b}) {
        QVERIFY(!side->hasLeg());
        QVERIFY(side->record());
        QVERIFY(!side->record()->moved);
    }
}

void AskingTest::aLostLegIsNotReplacedUnasked()
{
    PhoneWorld world;
    world.feed(world.b, SettingsChanged{asking()});
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return isAsked(world.b); }, 10s));
    world.setLeg(world.b, world.lastLeg(world.b), LegState::Ended, LegEnd::NetworkLost);
    QVERIFY(!isAsked(world.b));
    QVERIFY(!world.b.call()->moved);
    QCOMPARE(world.b.call()->stay, StayReason::LegEndedEarly);
    world.run(3s);
    QVERIFY(world.b.record());
}

void AskingTest::asksOnlyAboutTheNumberThatTheUserNamed()
{
    PhoneWorld world;
    world.feed(world.a, ContactRuleChanged{world.b.msisdn(), ContactRule::Ask});
    QVERIFY(world.reachAlerting());
    QVERIFY(isAsked(world.a));
    QCOMPARE(world.a.call()->prompt, Prompt::AskFirst);
    QCOMPARE(world.b.call()->prompt, Prompt::Notice);
}

void AskingTest::neverAsksAboutANumberThatAlwaysMoves()
{
    PhoneWorld world;
    world.feed(world.a, SettingsChanged{asking()});
    world.feed(world.a, ContactRuleChanged{world.b.msisdn(), ContactRule::Always});
    QVERIFY(world.reachMoved());
    QVERIFY(!world.a.reached("asks_to_move"));
}

void AskingTest::aChangedMindIsAnAnswer()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    world.feed(world.a, SettingsChanged{asking()});
    QVERIFY(world.reachAlerting());
    QVERIFY(isAsked(world.a));
    world.feed(world.a, ContactRuleChanged{world.b.msisdn(), ContactRule::Always});
    QVERIFY(!isAsked(world.a));
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }, 5s));
}

void AskingTest::holdsNoRingForANumberThatOnlyTheMatchTells()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    world.feed(world.b, ContactRuleChanged{world.a.msisdn(), ContactRule::Ask});
    world.ringsAs = [](LineCall call) {
        call.number = {};
        call.callerId = CallerIdPresence::Unknown;
        return call;
    };
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return world.b.reached("matched"); }, 10s));
    QVERIFY(!world.b.did<LineHoldRing>().back().hold);
    QVERIFY(world.runUntil([&] { return isAsked(world.b); }, 10s));
    QVERIFY(!world.b.did<LineHoldRing>().back().hold);
}

void AskingTest::neverAsksAboutCallsByHand()
{
    PhoneWorld world;
    Phone &desktop = world.addManualPhone("+8613800138005");
    Phone &other = world.addManualPhone("+8613800138006");
    for (Phone *const phone : {&desktop, &other}) {
        CallSettings settings = asking();
        settings.contactsOnlyManual = false;
        world.feed(*phone, SettingsChanged{settings});
    }
    world.run(2s);
    world.feed(desktop, UserDial{other.number, 0});
    QVERIFY(world.runUntil([&] { return other.call() && other.call()->wantsAnswer; }, 10s));
    world.feed(other, UserAnswer{kFirst});
    QVERIFY(world.runUntil([&] { return desktop.reached("peer_answered"); }, 10s));
    QVERIFY(!desktop.reached("asks_to_move"));
    QVERIFY(!other.reached("asks_to_move"));
}

void AskingTest::ignoresAWordThatNobodyAskedFor()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.feed(world.a, UserAllowMove{kFirst});
    world.feed(world.a, UserAllowMove{CallHandle{99}});
    QVERIFY(!world.a.reached("move_allowed"));
    QVERIFY(world.b.call()->wantsAnswer);
}

QTEST_APPLESS_MAIN(AskingTest)
#include "tst_asking.moc"
