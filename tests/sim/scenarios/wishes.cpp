#include "tests/sim/scenarios/rig.h"
#include "tests/sim/scenarios/scenariotest.h"

namespace ringlift::sim {

namespace {

const NetworkInfo kMobile{NetworkKind::Cellular, true, true};

PhoneTraits &phoneOf(Plan &plan, bool atCaller)
{
    return plan.phones[atCaller ? 0 : 1];
}

void addRows()
{
    QTest::addColumn<bool>("atCaller");
    QTest::newRow("caller") << true;
    QTest::newRow("callee") << false;
}

} // namespace

void ScenarioTest::keepsACallWhereAWishForbidsIt_data()
{
    QTest::addColumn<bool>("atCaller");
    QTest::addColumn<QString>("wish");
    for (const char *const wish : {"wifi", "free", "home", "never"}) {
        QTest::addRow("caller, %s", wish) << true << QString::fromLatin1(wish);
        QTest::addRow("callee, %s", wish) << false << QString::fromLatin1(wish);
    }
}

void ScenarioTest::keepsACallWhereAWishForbidsIt()
{
    QFETCH(bool, atCaller);
    QFETCH(QString, wish);
    Plan plan = ordinaryPlan();
    PhoneTraits &traits = phoneOf(plan, atCaller);
    traits.network = kMobile;
    if (wish == QStringLiteral("wifi"))
        traits.settings.moveOver = call::MoveOver::WifiOnly;
    else if (wish == QStringLiteral("free"))
        traits.settings.moveOver = call::MoveOver::FreeDataOnly;
    else if (wish == QStringLiteral("home"))
        traits.settings.moveWhenRoaming = false;
    else
        traits.rules.emplace(*protocol::Msisdn::fromE164(numberOf(atCaller ? 1 : 0)), call::ContactRule::Never);
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    Conversation &conversation = rig.call(ordinaryCall());
    QVERIFY(rig.passUntil([&] { return conversation.isOver(); }, 12s));
    QVERIFY(conversation.wasAnswered());
    QVERIFY(!conversation.hasMoved());
    QCOMPARE(rig.notes.offers, atCaller ? 0 : 1);
    QCOMPARE(rig.notes.arrivals, atCaller ? 1 : 0);
    COMES_TO_REST(rig);
}

void ScenarioTest::keepsACallWhoseNumberOnlyTheMatchTells()
{
    Plan plan = ordinaryPlan();
    plan.phones[1].subscriber.callerIdForm = plmn::CallerIdForm::NotDelivered;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    CallPlan first = ordinaryCall(); // by which the two come to know each other
    first.caller = 1;
    first.callee = 0;
    Conversation &before = rig.call(first);
    QVERIFY(rig.passUntil([&] { return before.isOver(); }, 12s));
    QVERIFY(before.hasMoved());
    rig.pass(5s);
    rig.phone(1).setRule(*protocol::Msisdn::fromE164(numberOf(0)), call::ContactRule::Never);
    Conversation &conversation = rig.call(ordinaryCall());
    QVERIFY(rig.passUntil([&] { return conversation.isOver(); }, 12s));
    QVERIFY(!conversation.hasMoved());
    QCOMPARE(rig.notes.arrivals, 2);
    COMES_TO_REST(rig);
}

void ScenarioTest::movesACallThatItsUserAllows_data()
{
    addRows();
}

void ScenarioTest::movesACallThatItsUserAllows()
{
    QFETCH(bool, atCaller);
    Plan plan = ordinaryPlan();
    phoneOf(plan, atCaller).settings.prompt = call::Prompt::AskFirst;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    CallPlan call = ordinaryCall();
    call.reactsAfter = 5s;
    call.callerWord = call.calleeWord = Word{1s, true};
    Conversation &conversation = rig.call(call);
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 15s));
    QVERIFY(rig.notes.has("asks_to_move"));
    COMES_TO_REST(rig);
}

void ScenarioTest::keepsACallThatNobodyAllows_data()
{
    QTest::addColumn<bool>("atCaller");
    QTest::addColumn<bool>("says");
    QTest::newRow("the caller says no") << true << true;
    QTest::newRow("the callee says no") << false << true;
    QTest::newRow("the caller says nothing") << true << false;
    QTest::newRow("the callee says nothing") << false << false;
}

void ScenarioTest::keepsACallThatNobodyAllows()
{
    QFETCH(bool, atCaller);
    QFETCH(bool, says);
    Plan plan = ordinaryPlan();
    phoneOf(plan, atCaller).settings.prompt = call::Prompt::AskFirst;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    CallPlan call = ordinaryCall();
    call.reactsAfter = 4s;
    call.talks = 3s;
    call.callerWord = call.calleeWord = Word{says ? std::optional<Duration>(500ms) : std::nullopt, false};
    Conversation &conversation = rig.call(call);
    QVERIFY(rig.passUntil([&] { return conversation.isOver(); }, 20s));
    QVERIFY(conversation.wasAnswered());
    QVERIFY(!conversation.hasMoved());
    QCOMPARE(rig.notes.releases, 0);
    COMES_TO_REST(rig);
}

void ScenarioTest::keepsTheLegOfAKnownPeerUntilItsUserAllows()
{
    Plan plan = ordinaryPlan();
    plan.phones[0].settings.prompt = call::Prompt::AskFirst;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    CallPlan first = ordinaryCall();
    first.reactsAfter = 5s;
    first.callerWord = Word{500ms, true};
    Conversation &one = rig.call(first);
    QVERIFY(rig.passUntil([&] { return one.isOver(); }, 20s));
    QVERIFY(one.hasMoved());
    rig.pass(5s);
    CallPlan again = ringingCall();
    again.caller = 1; // whose phone the other has seen release its leg
    again.callee = 0;
    again.calleeWord = Word{std::nullopt, true};
    rig.call(again);
    rig.pass(8s);
    QCOMPARE(rig.notes.releases, 1);
    COMES_TO_REST(rig);
}

void ScenarioTest::keepsACallWhenTheWifiIsLeftBeforeItMoves()
{
    Plan plan = ordinaryPlan();
    plan.phones[0].settings.moveOver = call::MoveOver::WifiOnly;
    plan.phones[0].network.kind = NetworkKind::Wifi;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    CallPlan call = ordinaryCall();
    call.reactsAfter = 4s;
    Conversation &conversation = rig.call(call);
    QVERIFY(rig.passUntil([&] { return rig.notes.has("peer_alerting"); }, 8s));
    rig.phone(0).setNetwork(kMobile);
    QVERIFY(rig.passUntil([&] { return conversation.isOver(); }, 12s));
    QVERIFY(!conversation.hasMoved());
    QCOMPARE(rig.notes.releases, 0);
    COMES_TO_REST(rig);
}

} // namespace ringlift::sim
