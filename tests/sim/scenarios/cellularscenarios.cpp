#include "tests/sim/scenarios/rig.h"
#include "tests/sim/scenarios/scenariotest.h"

Q_DECLARE_METATYPE(ringlift::sim::Hostility)

namespace ringlift::sim {

namespace {

/// The call went through, by phone alone.
bool staysCellular(Rig &rig, CallPlan plan = ordinaryCall())
{
    plan.talks = 4s;
    Conversation &conversation = rig.call(plan);
    const auto talk = [&] { return rig.talksByPhone(plan.caller) && conversation.wasAnswered(); };
    return rig.passUntil(talk, 12s) && !conversation.hasMoved() && rig.notes.releases == 0;
}

} // namespace

void ScenarioTest::staysCellularWhenVoicemailAnswersFirst()
{
    Plan plan = ordinaryPlan();
    plan.phones[1].subscriber.voicemail.emplace();
    plan.phones[1].subscriber.voicemail->after = 3s;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    QVERIFY(staysCellular(rig, ringingCall()));
    QVERIFY(rig.passUntil([&] { return rig.phone(1).calls().empty(); }, 2s));
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularWhenForwarded()
{
    Plan plan = ordinaryPlan(3);
    plan.phones[1].subscriber.forwarding.unconditional = numberOf(2);
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    rig.call(ringingCall());
    rig.pass(2s);
    for (const auto &[id, leg] : rig.exchange().legs()) {
        if (leg.subscriber == numberOf(2)) {
            rig.phone(2).answerNatively(id);
            break;
        }
    }
    rig.pass(2s);
    QVERIFY(rig.talksByPhone(0) && rig.talksByPhone(2));
    QVERIFY(!rig.notes.has("matched"));
    rig.phone(2).endNatively(rig.exchange().legs().rbegin()->first);
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularWhenAnsweredOutsideTheApp()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    CallPlan plan = ordinaryCall();
    plan.reaction = Reaction::AnswersOutsideApp;
    QVERIFY(staysCellular(rig, plan));
    rig.pass(1s);
    QCOMPARE(rig.callOf(0)->stay, call::StayReason::AnsweredOnCellular);
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularWhenTheUserChoosesSo()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    CallPlan plan = ordinaryCall();
    plan.reaction = Reaction::ChoosesCellular;
    QVERIFY(staysCellular(rig, plan));
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularForAHiddenCaller()
{
    Plan plan = ordinaryPlan();
    plan.phones[0].subscriber.hidesCallerId = true;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    QVERIFY(staysCellular(rig));
    QCOMPARE(rig.notes.offers, 0);
    QCOMPARE(rig.notes.arrivals, 0);
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularForASpoofedCaller()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    rig.spoof({0s, 1, 0, 6s});
    rig.pass(5s);
    QCOMPARE(rig.notes.arrivals, 1);
    QVERIFY(!rig.notes.has("matched"));
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularForAnUnknownCallerWithoutPin()
{
    Plan plan = ordinaryPlan();
    plan.phones[1].subscriber.callerIdForm = plmn::CallerIdForm::NotDelivered;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    QVERIFY(staysCellular(rig));
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularWithASwappedSim()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    SimInfo other = plmn::simInfoOf(ordinaryPhone(7).subscriber);
    rig.phone(1).feed(call::SimsChanged{{other}});
    QVERIFY(staysCellular(rig));
    QCOMPARE(rig.notes.arrivals, 0);
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularWhenThePinHasChanged()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    QVERIFY(rig.getAcquainted());
    rig.begin({FaultKind::PhoneWiped, 0s, 100ms, 1, 0});
    rig.pass(5s);
    QVERIFY(staysCellular(rig));
    QCOMPARE(rig.callOf(0)->stay, call::StayReason::PeerIdentityChanged);
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularWithoutDataAtTheCaller()
{
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    rig.cut(FaultKind::ServerUnreachable, 0);
    QVERIFY(staysCellular(rig));
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularWhenNothingComesBackFromTheServer_data()
{
    QTest::addColumn<int>("idleSeconds");
    QTest::addColumn<int>("ringsWithinMs");
    QTest::newRow("while connecting") << 30 << 900 + 100;
    QTest::newRow("on a connection that was up") << 0 << 4000 + 100;
}

void ScenarioTest::staysCellularWhenNothingComesBackFromTheServer()
{
    QFETCH(int, idleSeconds);
    QFETCH(int, ringsWithinMs);
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    rig.pass(std::chrono::seconds(idleSeconds));
    rig.cut(FaultKind::ServerBlackHole, -1);
    CallPlan plan = ordinaryCall();
    plan.dialsOutsideApp = false;
    rig.call(plan);
    QCOMPARE(rig.exchange().legs().size(), std::size_t(1)); // dialled in the same instant
    const auto ring = [&] { return rig.exchange().legs().rbegin()->first; };
    QVERIFY(rig.passUntil([&] { return rig.phone(1).holdsRing(ring()); }, 1s));
    QVERIFY(rig.passUntil([&] { return !rig.phone(1).holdsRing(ring()); }, std::chrono::milliseconds(ringsWithinMs)));
    QVERIFY(rig.passUntil([&] { return rig.talksByPhone(0); }, 5s));
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularWhenTheServerIsKilled_data()
{
    QTest::addColumn<int>("afterMs");
    for (int afterMs = 0; afterMs <= 1200; afterMs += 50)
        QTest::addRow("%d ms after the dial", afterMs) << afterMs;
}

void ScenarioTest::staysCellularWhenTheServerIsKilled()
{
    QFETCH(int, afterMs);
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    Conversation &conversation = rig.call(ordinaryCall());
    rig.pass(std::chrono::milliseconds(afterMs));
    rig.cut(FaultKind::ServerKilled);
    QVERIFY(rig.passUntil([&] { return conversation.wasAnswered(); }, 8s));
    // Moved, when the keys were agreed before; else by phone. Lost, never.
    QVERIFY(rig.passUntil([&] { return rig.talksByPhone(0) || rig.hasMoved(0); }, 5s));
    COMES_TO_REST(rig);
}

void ScenarioTest::staysCellularWithAHostileServer_data()
{
    QTest::addColumn<Hostility>("hostility");
    QTest::addColumn<bool>("mayMove");
    QTest::newRow("swaps identity cards") << Hostility::SwapsIdentityCards << false;
    QTest::newRow("repeats the match") << Hostility::RepeatsMatched << true;
    QTest::newRow("sends a second match") << Hostility::SendsSecondMatched << true;
    QTest::newRow("invents a match") << Hostility::InventsMatched << false;
    QTest::newRow("tampers with message 1") << Hostility::TampersNoise1 << false;
    QTest::newRow("tampers with message 2") << Hostility::TampersNoise2 << false;
    QTest::newRow("tampers with sealed messages") << Hostility::TampersSealed << false;
    QTest::newRow("replays sealed messages") << Hostility::ReplaysSealed << true;
    QTest::newRow("repeats message 1") << Hostility::RepeatsNoise1 << true;
    QTest::newRow("answers in place of the caller") << Hostility::AnswersInPlaceOfCaller << false;
    QTest::newRow("refuses everything") << Hostility::RefusesEverything << true;
    QTest::newRow("talks garbage") << Hostility::TalksGarbage << true;
    QTest::newRow("swaps capabilities") << Hostility::SwapsCaps << false;
}

void ScenarioTest::staysCellularWithAHostileServer()
{
    QFETCH(Hostility, hostility);
    QFETCH(bool, mayMove);
    Plan plan = ordinaryPlan();
    plan.hostility = hostility;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    CallPlan call = ordinaryCall();
    call.talks = 5s;
    Conversation &conversation = rig.call(call);
    QVERIFY(rig.passUntil([&] { return rig.talksByPhone(0) || rig.hasMoved(0); }, 12s));
    if (!mayMove)
        QVERIFY(!conversation.hasMoved() && rig.notes.releases == 0);
    COMES_TO_REST(rig);
}

void ScenarioTest::tellsTheServerNothingOfWhatIsNoOrdinaryNumber_data()
{
    QTest::addColumn<QString>("dialled");
    QTest::newRow("emergency 112") << QString::fromLatin1("112");
    QTest::newRow("emergency 110") << QString::fromLatin1("110");
    QTest::newRow("short code") << QString::fromLatin1("10086");
    QTest::newRow("own number withheld") << QString::fromLatin1("#31#+8613800138011");
    QTest::newRow("USSD") << QString::fromLatin1("*100#");
}

void ScenarioTest::tellsTheServerNothingOfWhatIsNoOrdinaryNumber()
{
    QFETCH(QString, dialled);
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    CallPlan plan = ringingCall();
    plan.dials = dialled.toStdString();
    plan.dialsOutsideApp = false;
    rig.call(plan);
    rig.pass(3s);
    QCOMPARE(rig.notes.offers, 0);
    QCOMPARE(rig.notes.dials, 1);
    COMES_TO_REST(rig);
}

void ScenarioTest::tellsTheServerNothingAfterAnEmergencyCall_data()
{
    QTest::addColumn<bool>("killed");
    QTest::newRow("app goes on") << false;
    QTest::newRow("app is killed and comes back") << true;
}

void ScenarioTest::tellsTheServerNothingAfterAnEmergencyCall()
{
    QFETCH(bool, killed);
    Rig rig(ordinaryPlan());
    QVERIFY(rig.setUp());
    CallPlan emergency = ringingCall();
    emergency.caller = 1;
    emergency.callee = 0;
    emergency.dials = "120";
    rig.call(emergency);
    rig.pass(3s);
    rig.conversations().front()->finish();
    rig.pass(2s);
    if (killed) {
        rig.phone(1).kill();
        rig.pass(2s);
        rig.phone(1).start();
    }
    QVERIFY(staysCellular(rig));
    QCOMPARE(rig.notes.arrivals, 0);
    COMES_TO_REST(rig);
}

void ScenarioTest::matchesNobodyWithAFormerOwner()
{
    Plan plan = ordinaryPlan();
    plan.staleOwner = true;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    Conversation &conversation = rig.call(ordinaryCall());
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 10s));
    COMES_TO_REST(rig);
}

void ScenarioTest::matchesNobodyWithASprayer()
{
    Plan plan = ordinaryPlan();
    plan.sprayers = 2;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    rig.pass(4s);
    Conversation &conversation = rig.call(ordinaryCall());
    QVERIFY(rig.passUntil([&] { return conversation.hasMoved(); }, 10s));
    COMES_TO_REST(rig);
}

void ScenarioTest::matchesNobodyWithARingOfLongAgo()
{
    Plan plan = ordinaryPlan();
    plan.phones[1].subscriber.callWaiting = false;
    Rig rig(std::move(plan));
    QVERIFY(rig.setUp());
    rig.spoof({0s, 1, 0, 20s}); // it shows the number of phone 0, who dials twelve seconds later
    rig.pass(12s);
    QCOMPARE(rig.notes.arrivals, 1);
    rig.call(ringingCall());
    rig.pass(2s);
    QVERIFY(!rig.notes.has("matched"));
    COMES_TO_REST(rig);
}

} // namespace ringlift::sim
