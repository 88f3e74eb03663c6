#include "tests/sim/scenarios/rig.h"
#include "tests/sim/scenarios/scenariotest.h"

namespace ringlift::sim {

namespace {

/// Both phones have two SIMs; the registered ones are in slot 1 where swapped.
Plan planOfTwoSims(bool swapped, bool imsiHidden)
{
    Plan plan = ordinaryPlan();
    for (std::size_t i = 0; i < plan.phones.size(); ++i) {
        plan.phones[i].subscriber.imsiHidden = imsiHidden;
        addOtherSim(plan.phones[i], static_cast<int>(i), swapped);
    }
    return plan;
}

void addColumns()
{
    QTest::addColumn<bool>("swapped");
    QTest::addColumn<bool>("imsiHidden");
    for (const bool hidden : {false, true}) {
        QTest::addRow("slot 0, IMSI %s", hidden ? "hidden" : "known") << false << hidden;
        QTest::addRow("slot 1, IMSI %s", hidden ? "hidden" : "known") << true << hidden;
    }
}

} // namespace

void ScenarioTest::movesACallOfEitherSlot_data()
{
    addColumns();
}

void ScenarioTest::movesACallOfEitherSlot()
{
    QFETCH(bool, swapped);
    QFETCH(bool, imsiHidden);
    Rig rig(planOfTwoSims(swapped, imsiHidden));
    QVERIFY(rig.setUp());
    CallPlan plan = ordinaryCall();
    plan.dialsOutsideApp = false;
    Conversation &conversation = rig.call(plan);
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 10s));
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularWithTheOtherSim_data()
{
    addColumns();
}

void ScenarioTest::staysCellularWithTheOtherSim()
{
    QFETCH(bool, swapped);
    QFETCH(bool, imsiHidden);
    Rig rig(planOfTwoSims(swapped, imsiHidden));
    QVERIFY(rig.setUp());
    CallPlan plan = ordinaryCall();
    plan.dialsOutsideApp = false;
    plan.fromOtherSim = true;
    Conversation &from = rig.call(plan);
    QVERIFY(rig.passUntil([&] { return from.isOver(); }, 10s));
    QVERIFY(from.wasAnswered() && !from.hasMoved());
    QCOMPARE(rig.notes.offers, 0);
    rig.pass(2s);
    plan.fromOtherSim = false;
    plan.toOtherSim = true;
    rig.notes = Notes();
    Conversation &to = rig.call(plan);
    QVERIFY(rig.passUntil([&] { return to.isOver(); }, 10s));
    QVERIFY(to.wasAnswered() && !to.hasMoved());
    QCOMPARE(rig.notes.arrivals, 0);
    QCOMPARE(rig.notes.releases, 0);
    COMES_TO_REST(rig);
}

} // namespace ringlift::sim
