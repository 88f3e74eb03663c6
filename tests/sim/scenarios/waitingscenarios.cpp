#include "tests/sim/scenarios/rig.h"
#include "tests/sim/scenarios/scenariotest.h"

/// Call waiting: one call of a phone has microphone and loudspeaker.
namespace ringlift::sim {

namespace {

/// Phones 0 and 1 talk over the Internet, for long.
bool talkOnTheInternet(Rig &rig)
{
    CallPlan plan = ordinaryCall();
    plan.talks = 60s;
    Conversation &conversation = rig.call(plan);
    return rig.passUntil([&] { return conversation.hasMoved() && rig.phone(1).micCalls().size() == 1; }, 10s);
}

CallPlan callOfTheThird(Reaction reaction)
{
    CallPlan plan = ordinaryCall();
    plan.caller = 2;
    plan.reaction = reaction;
    plan.talks = 3s;
    return plan;
}

} // namespace

void ScenarioTest::holdsAMovedCallWhileASecondIsSpoken()
{
    Rig rig(ordinaryPlan(3));
    QVERIFY(rig.setUp());
    QVERIFY(talkOnTheInternet(rig));
    const call::CallHandle first = rig.phone(1).micCalls().front();
    Conversation &second = rig.call(callOfTheThird(Reaction::AnswersInApp));
    QVERIFY(rig.passUntil([&] { return second.hasMoved() && rig.phone(1).call(first)->held; }, 10s));
    rig.pass(500ms);
    QVERIFY(rig.callOf(0)->heldByPeer);
    QVERIFY(!rig.callOf(2)->heldByPeer);
    QVERIFY(rig.phone(1).micCalls().size() == 1 && rig.phone(1).micCalls().front() != first);
    QVERIFY(rig.passUntil([&] { return second.isOver(); }, 10s));
    rig.pass(500ms);
    QVERIFY(!rig.callOf(0)->heldByPeer);
    QCOMPARE(rig.phone(1).micCalls(), std::vector{first});
    COMES_TO_REST(rig);
}

void ScenarioTest::holdsAMovedCallWhileTheModemCarriesAnother()
{
    Rig rig(ordinaryPlan(3));
    QVERIFY(rig.setUp());
    QVERIFY(talkOnTheInternet(rig));
    Conversation &second = rig.call(callOfTheThird(Reaction::AnswersOutsideApp));
    QVERIFY(rig.passUntil([&] { return rig.callOf(0)->heldByPeer; }, 10s));
    QVERIFY(rig.talksByPhone(1));
    QVERIFY(rig.phone(1).micCalls().empty() && rig.phone(1).heardCalls().empty());
    QVERIFY(rig.passUntil([&] { return second.isOver(); }, 10s));
    rig.pass(500ms);
    QVERIFY(!rig.callOf(0)->heldByPeer);
    QCOMPARE(rig.phone(1).micCalls().size(), std::size_t(1));
    COMES_TO_REST(rig);
}

void ScenarioTest::holdsAMovedCallDuringAnEmergencyCall()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    QVERIFY(talkOnTheInternet(rig));
    rig.phone(1).dialNatively("112");
    rig.pass(1s);
    QVERIFY(rig.callOf(0)->heldByPeer);
    QVERIFY(rig.phone(1).micCalls().empty());
    for (const LineCallId leg : rig.legsOf(1))
        rig.phone(1).endNatively(leg);
    rig.pass(1s);
    QVERIFY(!rig.callOf(0)->heldByPeer);
    COMES_TO_REST(rig);
}

void ScenarioTest::keepsTheSecondCallOnThePhoneWhileTheModemCarriesTheFirst()
{
    Rig rig(ordinaryPlan(3));
    QVERIFY(rig.setUp());
    CallPlan plan = ordinaryCall();
    plan.reaction = Reaction::AnswersOutsideApp;
    plan.talks = 30s;
    rig.call(plan);
    QVERIFY(rig.passUntil([&] { return rig.talksByPhone(0) && rig.talksByPhone(1); }, 10s));
    rig.notes = Notes();
    Conversation &second = rig.call(callOfTheThird(Reaction::AnswersInApp));
    rig.passUntil([&] { return second.isOver(); }, 15s);
    QVERIFY(!second.hasMoved());
    QCOMPARE(rig.notes.answersByApp, 1);
    QCOMPARE(rig.notes.releases, 0);
    COMES_TO_REST(rig);
}

} // namespace ringlift::sim
