#include "tests/sim/scenarios/rig.h"
#include "tests/sim/scenarios/scenariotest.h"

namespace ringlift::sim {

namespace {

/// A call from phone 1 to phone 0, its leg released while it rings.
bool releaseWhileItRings(Rig &rig, CallPlan plan)
{
    if (!rig.setUp() || !rig.getAcquainted())
        return false;
    plan.caller = 1;
    plan.callee = 0;
    rig.call(plan);
    return rig.passUntil([&] { return rig.hasMoved(0) && rig.hasMoved(1); }, 6s);
}

/// A call from phone 0 to phone 1 that has moved and goes on for long.
bool moveForLong(Rig &rig)
{
    CallPlan plan = ordinaryCall();
    plan.talks = 40s;
    if (!rig.setUp())
        return false;
    Conversation &conversation = rig.call(plan);
    return rig.passUntil([&] { return conversation.hasMoved(); }, 10s);
}

bool hasLegs(Rig &rig)
{
    return !rig.exchange().legs().empty();
}

} // namespace

void ScenarioTest::redialsByItselfWhenThePathDiesBeforeTheAnswer()
{
    Rig rig(ordinaryPlan());
    QVERIFY(releaseWhileItRings(rig, ringingCall()));
    QVERIFY(!hasLegs(rig));
    rig.cut(FaultKind::PathCutBothWays);
    QVERIFY(rig.passUntil([&] { return hasLegs(rig); }, 5s));
    QCOMPARE(rig.notes.dials, 1);
    COMES_TO_REST(rig);
}

void ScenarioTest::letsTheRedialOfACallThatNobodyAnsweredRing()
{
    Rig rig(ordinaryPlan());
    QVERIFY(releaseWhileItRings(rig, ringingCall()));
    rig.begin({FaultKind::AppKilled, 0s, 2s, 1, 0});
    QVERIFY(rig.passUntil([&] { return rig.legsOf(0).size() == 1; }, 8s));
    rig.pass(5s);
    QCOMPARE(rig.notes.answersByApp, 0);
    QVERIFY(!rig.talksByPhone(0));
    COMES_TO_REST(rig);
}

void ScenarioTest::offersARedialWhenThePathDiesAfterTheAnswer()
{
    Rig rig(ordinaryPlan());
    QVERIFY(moveForLong(rig));
    rig.cut(FaultKind::PathCutBothWays);
    rig.pass(4s);
    QVERIFY(rig.callOf(0)->reconnecting && rig.callOf(1)->reconnecting);
    QVERIFY(rig.passUntil([&] { return rig.callOf(0) && rig.callOf(0)->offersRedial; }, 4s));
    QCOMPARE(rig.notes.dials, 0);
    QVERIFY(rig.passUntil([&] { return rig.notes.dials == 1; }, 2s)); // the caller taps
    QVERIFY(rig.passUntil([&] { return rig.talksByPhone(0) && rig.talksByPhone(1); }, 3s)); // taken unasked
    QVERIFY(rig.notes.has("continued_by_phone"));
    COMES_TO_REST(rig);
}

void ScenarioTest::redialsByItselfInACallWhenToldTo()
{
    Plan plan = ordinaryPlan();
    plan.phones[0].settings.redialAutomaticallyInCall = true;
    Rig rig(std::move(plan));
    QVERIFY(moveForLong(rig));
    rig.cut(FaultKind::PathCutBothWays);
    QVERIFY(rig.passUntil([&] { return rig.notes.dials == 1; }, 8s));
    COMES_TO_REST(rig);
}

void ScenarioTest::redialsWhenAKilledAppComesBack()
{
    Rig rig(ordinaryPlan());
    QVERIFY(releaseWhileItRings(rig, ringingCall()));
    rig.begin({FaultKind::AppKilled, 0s, 2s, 1, 0});
    QVERIFY(!hasLegs(rig));
    QVERIFY(rig.passUntil([&] { return hasLegs(rig); }, 4s));
    COMES_TO_REST(rig);
}

void ScenarioTest::neverRedialsWhatAPersonEnded()
{
    Rig rig(ordinaryPlan());
    QVERIFY(moveForLong(rig));
    const call::CallHandle handle = rig.callOf(1)->handle;
    rig.phone(1).feed(call::UserHangUp{handle});
    rig.pass(10s);
    QCOMPARE(rig.notes.dials, 0);
    QVERIFY(rig.phone(0).calls().empty());
    COMES_TO_REST(rig);
}

void ScenarioTest::redialsWhenTheLegWasNotThePeers()
{
    Plan plan = ordinaryPlan();
    plan.phones[0].subscriber.callWaiting = false;
    plan.exchange.pagingDelay = 3s;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    QVERIFY(rig.getAcquainted());
    // Somebody from outside shows phone 1's number and is first; phone 1's own dial is still being paged.
    rig.spoof({0s, 0, 1, 20s});
    rig.pass(2s);
    CallPlan dial = ringingCall();
    dial.caller = 1;
    dial.callee = 0;
    rig.call(dial);
    QVERIFY(rig.passUntil([&] { return rig.notes.releases == 1; }, 3s));
    QVERIFY(rig.passUntil([&] { return rig.notes.dials == 1; }, 4s));
    QVERIFY(!rig.notes.has("leg_bound"));
    COMES_TO_REST(rig);
}

void ScenarioTest::answersByPhoneWhenTheHandOverDoesNotCome()
{
    Plan plan = ordinaryPlan();
    plan.phones[0].canEndCalls = false;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    CallPlan call = ordinaryCall();
    call.talks = 10s;
    Conversation &conversation = rig.call(call);
    QVERIFY(rig.passUntil([&] { return conversation.wasAnswered(); }, 6s));
    QVERIFY(rig.passUntil([&] { return rig.talksByPhone(0) && rig.talksByPhone(1); }, 4s));
    QCOMPARE(rig.notes.releases, 0);
    QCOMPARE(rig.callOf(1)->carrier, call::Carrier::Cellular);
    COMES_TO_REST(rig);
}

void ScenarioTest::answersByPhoneWhenTheLineIgnoresTheHangUp()
{
    Plan plan = ordinaryPlan();
    plan.phones[0].ignoresHangUps = true;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    CallPlan call = ordinaryCall();
    call.talks = 10s;
    Conversation &conversation = rig.call(call);
    QVERIFY(rig.passUntil([&] { return rig.notes.releases == 1; }, 6s));
    QVERIFY(rig.passUntil([&] { return rig.talksByPhone(0) && rig.talksByPhone(1); }, 3500ms));
    QVERIFY(!conversation.hasMoved());
    QVERIFY(!rig.callOf(0)->moved);
    QVERIFY(!rig.phone(0).journal());
    COMES_TO_REST(rig);
}

void ScenarioTest::offersARedialAfterRingingInVain()
{
    Rig rig(ordinaryPlan());
    CallPlan plan = ringingCall();
    plan.redials = false;
    QVERIFY(releaseWhileItRings(rig, plan));
    rig.pass(40s);
    QVERIFY(!rig.callOf(1)->offersRedial);
    QVERIFY(rig.passUntil([&] { return rig.callOf(1) && rig.callOf(1)->offersRedial; }, 7s));
    QVERIFY(rig.passUntil([&] { return rig.phone(0).calls().empty(); }, 2s));
    COMES_TO_REST(rig);
}

void ScenarioTest::offersNothingRightAfterARedial()
{
    Rig rig(ordinaryPlan());
    QVERIFY(releaseWhileItRings(rig, ringingCall()));
    const int offers = rig.notes.offers;
    rig.begin({FaultKind::PathCutBothWays, 0s, 5s, 0, 1});
    QVERIFY(rig.passUntil([&] { return hasLegs(rig); }, 5s));
    rig.pass(3s);
    QCOMPARE(rig.notes.offers, offers);
    COMES_TO_REST(rig);
}

} // namespace ringlift::sim
