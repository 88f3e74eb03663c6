#include "tests/sim/adversaries.h"
#include "tests/sim/scenarios/rig.h"
#include "tests/sim/scenarios/scenariotest.h"

namespace ringlift::sim {

namespace {

/// The number of phone 1 is wanted by somebody else.
Plan planOfTakeover(bool isLocked, bool knowsPin)
{
    Plan plan = ordinaryPlan();
    TakeoverPlan takeover;
    takeover.who = 1;
    takeover.isLocked = isLocked;
    takeover.knowsPin = knowsPin;
    plan.takeover = takeover;
    return plan;
}

/// The call to phone 1 goes through, by phone alone.
bool staysCellular(Rig &rig)
{
    CallPlan plan = ordinaryCall();
    plan.talks = 3s;
    Conversation &conversation = rig.call(plan);
    const bool over = rig.passUntil([&] { return conversation.isOver(); }, 12s);
    rig.pass(2s);
    return over && conversation.wasAnswered() && !conversation.hasMoved() && rig.notes.releases == 0;
}

} // namespace

void ScenarioTest::losesANumberThatIsRegisteredElsewhere_data()
{
    QTest::addColumn<bool>("isLocked");
    QTest::newRow("no PIN") << false;
    QTest::newRow("the right PIN") << true;
}

void ScenarioTest::losesANumberThatIsRegisteredElsewhere()
{
    QFETCH(bool, isLocked);
    Rig rig(planOfTakeover(isLocked, isLocked));
    QVERIFY(rig.setUp());
    rig.takeOver();
    QVERIFY(rig.passUntil([&] { return rig.adversaries().taker()->isRegistered(); }, 5s));
    QVERIFY(staysCellular(rig));
    QVERIFY(rig.phone(1).account() && rig.phone(1).account()->gone);
    QCOMPARE(rig.phone(1).registration(), call::RegistrationState::Failed);
    COMES_TO_REST(rig);
}

void ScenarioTest::keepsANumberThatIsLocked()
{
    Rig rig(planOfTakeover(true, false));
    QVERIFY(rig.setUp());
    rig.takeOver();
    rig.pass(5s);
    QVERIFY(!rig.adversaries().taker()->isRegistered());
    QVERIFY(!rig.phone(1).account()->gone);
    COMES_TO_REST(rig);
}

void ScenarioTest::isFrozenUntilThePinIsShown()
{
    Rig rig(planOfTakeover(true, false));
    QVERIFY(rig.setUp());
    rig.takeOver();
    rig.pass(5s);
    QVERIFY(staysCellular(rig));
    rig.winBack();
    rig.pass(3s);
    QCOMPARE(rig.phone(1).registration(), call::RegistrationState::Registered);
    Conversation &conversation = rig.call(ordinaryCall());
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 10s));
    COMES_TO_REST(rig);
}

} // namespace ringlift::sim
