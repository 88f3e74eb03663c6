#include "tests/sim/scenarios/rig.h"
#include "tests/sim/scenarios/scenariotest.h"

Q_DECLARE_METATYPE(ringlift::sim::Reaction)

namespace ringlift::sim {

namespace {

/// Two desktops that take calls from strangers, and a phone.
Plan planOfDesktops()
{
    Plan plan = ordinaryPlan(3);
    for (PhoneTraits &traits : plan.phones)
        traits.settings.contactsOnlyManual = false;
    plan.phones[0].byHand = true;
    plan.phones[1].byHand = true;
    return plan;
}

CallPlan callByHand()
{
    CallPlan plan = ordinaryCall();
    plan.talks = 5s;
    return plan;
}

} // namespace

void ScenarioTest::callsByHand()
{
    Rig rig(planOfDesktops());
    QVERIFY(rig.setUp());
    Conversation &conversation = rig.call(callByHand());
    rig.pass(1s);
    QVERIFY(rig.callOf(1)->wantsAnswer);
    QVERIFY(!rig.notes.has("matched")); // nothing before the callee's word
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 5s));
    QCOMPARE(rig.callOf(0)->sas, rig.callOf(1)->sas);
    QCOMPARE(rig.notes.releases, 0);
    QVERIFY(rig.exchange().legs().empty());
    QVERIFY(rig.passUntil([&] { return rig.phone(0).calls().empty() && rig.phone(1).calls().empty(); }, 10s));
    COMES_TO_REST(rig);
}

void ScenarioTest::callsNobodyByHandWhoDoesNotAccept_data()
{
    QTest::addColumn<int>("callee");
    QTest::addColumn<Reaction>("reaction");
    QTest::newRow("declines") << 1 << Reaction::DeclinesInApp;
    QTest::newRow("ignores") << 1 << Reaction::Ignores;
    QTest::newRow("is a phone that is not connected") << 2 << Reaction::AnswersInApp;
}

void ScenarioTest::callsNobodyByHandWhoDoesNotAccept()
{
    QFETCH(int, callee);
    QFETCH(Reaction, reaction);
    Rig rig(planOfDesktops());
    QVERIFY(rig.setUp());
    rig.pass(30s); // the phone is offline by now
    CallPlan plan = callByHand();
    plan.callee = callee;
    plan.reaction = reaction;
    Conversation &conversation = rig.call(plan);
    rig.pass(70s);
    QVERIFY(!rig.notes.has("matched") && !conversation.hasMoved());
    QVERIFY(rig.phone(0).calls().empty() && rig.phone(callee).calls().empty());
    COMES_TO_REST(rig);
}

void ScenarioTest::showsNoStrangerWhoCallsByHand()
{
    Plan desktops = planOfDesktops();
    desktops.phones[1].settings.contactsOnlyManual = true;
    Rig rig(std::move(desktops));
    QVERIFY(rig.setUp());
    rig.call(callByHand());
    rig.pass(3s);
    QVERIFY(rig.phone(1).calls().empty());
    CallPlan back = callByHand();
    std::swap(back.caller, back.callee);
    Conversation &known = rig.call(back);
    QVERIFY(rig.passUntil([&] { return known.hasMoved(); }, 8s));
    QVERIFY(rig.passUntil([&] { return known.isOver(); }, 8s));
    rig.pass(3s);
    Conversation &again = rig.call(callByHand());
    QVERIFY(rig.passUntil([&] { return again.hasMoved(); }, 8s));
    COMES_TO_REST(rig);
}

void ScenarioTest::endsACallByHandWhosePathDies()
{
    Rig rig(planOfDesktops());
    QVERIFY(rig.setUp());
    CallPlan plan = callByHand();
    plan.talks = 60s;
    Conversation &conversation = rig.call(plan);
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 8s));
    rig.pass(1s);
    rig.cut(FaultKind::PathCutBothWays);
    rig.pass(15s);
    QVERIFY(rig.phone(0).calls().empty() && rig.phone(1).calls().empty());
    COMES_TO_REST(rig);
}

} // namespace ringlift::sim
