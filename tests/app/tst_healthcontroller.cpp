#include "app/healthcontroller.h"

#include "app/display.h"
#include "app/healthsentences.h"
#include "core/engine/callnames.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using namespace ringlift::engine;
using app::HealthController;
using app::HealthSentences;

namespace {

constexpr std::int64_t kMoment = 1700000000;

HookFacts goodFacts()
{
    HookFacts facts;
    SimInfo sim;
    sim.present = true;
    facts.sims = {sim};
    facts.account = call::Account{
        {}, {}, *protocol::Msisdn::fromE164("+8613800138000"), *protocol::Imsi::fromDigits("460001234567890")};
    facts.account->registeredUnix = kMoment;
    facts.network.kind = NetworkKind::Wifi;
    facts.login = LoginTry{LoginOutcome::LoggedIn, kMoment, std::chrono::milliseconds(214)};
    facts.decision = RingDecision{call::StayReason::None, kMoment, std::chrono::milliseconds(463)};
    return facts;
}

void tell(HealthController &health, const HookFacts &facts, ProbeOutcome probe = ProbeOutcome::None)
{
    health.onHealthTold(checkHook(facts), probe);
}

QVariantMap checkNamed(const HealthController &health, HookAspect aspect)
{
    for (const QVariant &check : health.checks()) {
        if (check.toMap().value(QStringLiteral("name")) == HealthSentences::nameOf(aspect))
            return check.toMap();
    }
    return {};
}

/// Every check that checkHook() can make, by a phone that has this one flaw.
struct Flaw {
    const char *name;
    void (*spoil)(HookFacts &facts);
    HookAspect aspect;
    HealthController::Remedy remedy = HealthController::NoRemedy;
};

const Flaw kFlaws[] = {
    {"no telephony service", [](HookFacts &f) { f.line.absence = ports::LineAbsence::NotRunning; }, HookAspect::Line},
    {"calls cannot be ended", [](HookFacts &f) { f.canEndCalls = false; }, HookAspect::EndCalls},
    {"no SIM", [](HookFacts &f) { f.sims.clear(); }, HookAspect::Sim},
    {"another SIM", [](HookFacts &f) { f.sims.front().imsi = Redacted<std::string>("262011234567890"); },
     HookAspect::Sim},
    {"not registered", [](HookFacts &f) { f.account.reset(); }, HookAspect::Registration, HealthController::Register},
    {"replaced", [](HookFacts &f) { f.account->gone = true; }, HookAspect::Registration, HealthController::Register},
    {"proof due", [](HookFacts &f) { f.standing.proofDue = true; }, HookAspect::Account, HealthController::ProveNumber},
    {"quarantined", [](HookFacts &f) { f.standing.quarantined = true; }, HookAspect::Account},
    {"switched off", [](HookFacts &f) { f.settings.moveCalls = false; }, HookAspect::Wishes,
     HealthController::OpenSettings},
    {"Wi-Fi only",
     [](HookFacts &f) {
         f.settings.moveOver = call::MoveOver::WifiOnly;
         f.network.kind = NetworkKind::Cellular;
     },
     HookAspect::Wishes, HealthController::OpenSettings},
    {"free data only",
     [](HookFacts &f) {
         f.settings.moveOver = call::MoveOver::FreeDataOnly;
         f.network.metered = true;
     },
     HookAspect::Wishes, HealthController::OpenSettings},
    {"roaming",
     [](HookFacts &f) {
         f.settings.moveWhenRoaming = false;
         f.network = {NetworkKind::Cellular, {}, true};
     },
     HookAspect::Wishes, HealthController::OpenSettings},
    {"no connection", [](HookFacts &f) { f.network.kind = NetworkKind::None; }, HookAspect::Data},
    {"no server", [](HookFacts &f) { f.login->outcome = LoginOutcome::Unreachable; }, HookAspect::Server},
    {"late decision", [](HookFacts &f) { f.decision->took = std::chrono::seconds(5); }, HookAspect::Decision},
};

} // namespace

class TestHealthController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysNothingBeforeItKnows();
    void saysThatACallWouldBeCaught();
    void saysWhatIsMissingAndWhatToDo_data();
    void saysWhatIsMissingAndWhatToDo();
    void namesTheServerBeforeWhatIsOnlyUncertain();
    void callsADeviceWithoutAPhoneLineADevice();
    void showsTheMeasuredTimes();
    void saysWhetherTheRingWaits();
    void hasASentenceForEveryReason_data();
    void hasASentenceForEveryReason();
    void tellsALateDecisionFromAServerThatFailed();
    void asksAnewWhileItIsWatched();
    void isBusyUntilTheServerWasTried();
    void saysWhyTheServerWasNotTried();
    void makesOneTestCallAtATime();
    void saysWhatCameOfATestCall_data();
    void saysWhatCameOfATestCall();
};

void TestHealthController::saysNothingBeforeItKnows()
{
    const HealthController health;
    QCOMPARE(health.verdict(), HealthController::Asking);
    QVERIFY(health.headline().isEmpty());
    QVERIFY(health.explanation().isEmpty());
    QVERIFY(health.meantime().isEmpty());
    QVERIFY(health.checks().isEmpty());
}

void TestHealthController::saysThatACallWouldBeCaught()
{
    HealthController health;
    tell(health, goodFacts());
    QCOMPARE(health.verdict(), HealthController::Yes);
    QCOMPARE(health.headline(), QStringLiteral("Your phone would catch a call now."));
    QVERIFY(health.explanation().isEmpty());
    QVERIFY(health.advice().isEmpty());
    QCOMPARE(health.remedy(), HealthController::NoRemedy);
    QVERIFY(health.meantime().startsWith(QStringLiteral("Everything is in order")));
    QCOMPARE(health.checks().size(), 9);
    QVERIFY(
        checkNamed(health, HookAspect::Registration).value(QStringLiteral("sentence")).toString().contains(u"2023"));
}

void TestHealthController::saysWhatIsMissingAndWhatToDo_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t index = 0; index < std::size(kFlaws); ++index)
        QTest::newRow(kFlaws[index].name) << int(index);
}

void TestHealthController::saysWhatIsMissingAndWhatToDo()
{
    QFETCH(int, index);
    const Flaw &flaw = kFlaws[index];
    HookFacts facts = goodFacts();
    flaw.spoil(facts);
    HealthController health;
    tell(health, facts);
    const bool isCertain = checkHook(facts).verdict == HookVerdict::No;
    QCOMPARE(health.verdict(), isCertain ? HealthController::No : HealthController::Perhaps);
    QCOMPARE(health.remedy(), flaw.remedy);
    QVERIFY(!health.advice().isEmpty());
    QVERIFY(health.meantime().contains(u"rings as always"));
    const QVariantMap check = checkNamed(health, flaw.aspect);
    QVERIFY(check.value(QStringLiteral("state")).toInt() != HealthController::Fine);
    QVERIFY(!check.value(QStringLiteral("advice")).toString().isEmpty());
}

void TestHealthController::namesTheServerBeforeWhatIsOnlyUncertain()
{
    HookFacts facts = goodFacts();
    facts.login->outcome = LoginOutcome::Unreachable;
    HealthController health;
    tell(health, facts);
    QCOMPARE(health.explanation(), QStringLiteral("The server cannot be reached."));
    facts.login.reset();
    facts.network = {};
    tell(health, facts);
    QCOMPARE(health.verdict(), HealthController::Perhaps);
    QCOMPARE(health.advice(), QStringLiteral("Check it now."));
}

void TestHealthController::callsADeviceWithoutAPhoneLineADevice()
{
    HookFacts facts = goodFacts();
    facts.manualLine = true;
    HealthController health;
    tell(health, facts);
    QCOMPARE(health.headline(), QStringLiteral("Calls would reach this device now."));
    facts.network.kind = NetworkKind::None;
    tell(health, facts);
    QCOMPARE(health.headline(), QStringLiteral("Calls would not reach this device now."));
    QVERIFY(health.meantime().isEmpty());
}

void TestHealthController::showsTheMeasuredTimes()
{
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(kMoment);
    HealthController health([moment] { return moment.addSecs(60); });
    tell(health, goodFacts());
    const QVariantMap decision = checkNamed(health, HookAspect::Decision);
    QCOMPARE(decision.value(QStringLiteral("time")).toString(), QStringLiteral("0.46 s"));
    QCOMPARE(decision.value(QStringLiteral("moment")).toString(), app::displayMoment(moment, moment.addSecs(60)));
    QCOMPARE(checkNamed(health, HookAspect::Server).value(QStringLiteral("time")).toString(), QStringLiteral("0.21 s"));
    QVERIFY(checkNamed(health, HookAspect::Sim).value(QStringLiteral("time")).toString().isEmpty());
}

void TestHealthController::saysWhetherTheRingWaits()
{
    HookFacts facts = goodFacts();
    HealthController health;
    const auto last = [&](ports::RingHoldState state) {
        facts.ring.state = state;
        tell(health, facts);
        return health.checks().constLast().toMap();
    };
    const QVariantMap waits = last(ports::RingHoldState::Ready);
    QCOMPARE(health.checks().size(), 10);
    QCOMPARE(waits.value(QStringLiteral("state")).toInt(), int(HealthController::Fine));
    QVERIFY(waits.value(QStringLiteral("sentence")).toString().startsWith(QStringLiteral("It waits")));
    for (const auto state : {ports::RingHoldState::Off, ports::RingHoldState::Pending}) {
        QCOMPARE(last(state).value(QStringLiteral("state")).toInt(), int(HealthController::Note));
        QVERIFY(last(state).value(QStringLiteral("sentence")) != waits.value(QStringLiteral("sentence")));
    }
    QCOMPARE(health.verdict(), HealthController::Yes);
}

void TestHealthController::hasASentenceForEveryReason_data()
{
    QTest::addColumn<HookAspect>("aspect");
    QTest::addColumn<QByteArray>("reason");
    const auto add = [](HookAspect aspect, std::string_view reason) {
        QTest::addRow("%s, %s", nameOf(aspect).data(), reason.empty() ? "fine" : reason.data())
            << aspect << QByteArray::fromStdString(std::string(reason));
    };
    for (const auto aspect : {HookAspect::Line, HookAspect::EndCalls, HookAspect::Sim, HookAspect::Registration,
                              HookAspect::Account, HookAspect::Wishes})
        add(aspect, {});
    using enum ports::LineAbsence;
    for (const auto absence : {Pending, NoBus, NotRunning, NoAnswer, NoModem, NoNetwork})
        add(HookAspect::Line, nameOf(absence));
    using enum LoginOutcome;
    for (const auto outcome : {LoggedIn, Unreachable, Untrusted, Refused, Closed, NoLogin})
        add(HookAspect::Server, nameOf(outcome));
    for (const auto kind :
         {NetworkKind::Unknown, NetworkKind::None, NetworkKind::Wifi, NetworkKind::Wired, NetworkKind::Cellular})
        add(HookAspect::Data, nameOf(kind));
    using call::StayReason;
    for (const auto stay :
         {StayReason::SwitchedOff, StayReason::WifiOnly, StayReason::FreeDataOnly, StayReason::Roaming})
        add(HookAspect::Wishes, nameOf(stay));
    for (const auto stay : {StayReason::NoMatch, StayReason::CallerIdWithheld, StayReason::AnsweredOnCellular})
        add(HookAspect::Decision, nameOf(stay));
    add(HookAspect::EndCalls, "cannot_end_calls");
    add(HookAspect::Sim, "no_sim");
    add(HookAspect::Sim, "another_sim");
    add(HookAspect::Registration, "not_registered");
    add(HookAspect::Registration, "replaced_elsewhere");
    add(HookAspect::Account, "quarantined");
    add(HookAspect::Account, "proof_due");
    add(HookAspect::Account, "not_told");
    add(HookAspect::Server, "not_tried");
    add(HookAspect::Decision, "no_call_yet");
    add(HookAspect::Decision, "matched");
}

void TestHealthController::hasASentenceForEveryReason()
{
    QFETCH(HookAspect, aspect);
    QFETCH(QByteArray, reason);
    HookCheck check;
    check.aspect = aspect;
    check.state = HookState::Ok;
    check.reason = reason.toStdString();
    QVERIFY(!HealthSentences::of(check).isEmpty());
    QVERIFY(!HealthSentences::nameOf(aspect).isEmpty());
}

void TestHealthController::tellsALateDecisionFromAServerThatFailed()
{
    HookFacts facts = goodFacts();
    facts.decision->took = std::chrono::seconds(5);
    HealthController health;
    tell(health, facts);
    QVERIFY(health.explanation().startsWith(QStringLiteral("The last call rang before it was decided")));
    facts.decision = RingDecision{call::StayReason::ServerUnreachable, kMoment, std::chrono::milliseconds(800)};
    tell(health, facts);
    QVERIFY(health.explanation().endsWith(QStringLiteral("the server could not be asked.")));
}

void TestHealthController::asksAnewWhileItIsWatched()
{
    HealthController health;
    const QSignalSpy asked(&health, &HealthController::askRequested);
    health.onFactsChanged();
    QCOMPARE(asked.size(), 0);
    health.setWatched(true);
    health.onFactsChanged();
    QCOMPARE(asked.size(), 2);
    QCOMPARE(asked.constLast().at(0).toBool(), false);
    health.setWatched(false);
    health.onFactsChanged();
    QCOMPARE(asked.size(), 2);
}

void TestHealthController::isBusyUntilTheServerWasTried()
{
    HealthController health;
    const QSignalSpy asked(&health, &HealthController::askRequested);
    health.checkNow();
    health.checkNow();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.constFirst().at(0).toBool(), true);
    tell(health, goodFacts()); // something else asked
    QVERIFY(health.isBusy());
    tell(health, goodFacts(), ProbeOutcome::Done);
    QVERIFY(!health.isBusy());
    QVERIFY(health.notice().isEmpty());
}

void TestHealthController::saysWhyTheServerWasNotTried()
{
    HealthController health;
    health.checkNow();
    tell(health, goodFacts(), ProbeOutcome::CallUp);
    QVERIFY(!health.isBusy());
    QVERIFY(health.notice().contains(u"a call is going on"));
    tell(health, goodFacts());
    QVERIFY(health.notice().contains(u"a call is going on"));
    tell(health, goodFacts(), ProbeOutcome::NotRegistered);
    QVERIFY(health.notice().contains(u"not registered"));
    health.setWatched(true);
    QVERIFY(health.notice().isEmpty());
}

void TestHealthController::makesOneTestCallAtATime()
{
    HealthController health;
    const QSignalSpy requested(&health, &HealthController::testCallRequested);
    const QSignalSpy asked(&health, &HealthController::askRequested);
    health.makeTestCall();
    health.makeTestCall();
    health.checkNow();
    QVERIFY(health.isTesting());
    QCOMPARE(requested.size(), 1);
    QCOMPARE(asked.size(), 0);
    health.onTestCallTold({TestOutcome::Passed, std::chrono::milliseconds(618), std::chrono::milliseconds(187)});
    QVERIFY(!health.isTesting() && health.hasPassedTest());
    QVERIFY(health.testResult().contains(u"after 0.62 s, and sound came back after 0.19 s"));
    health.makeTestCall();
    QVERIFY(health.testResult().isEmpty());
}

void TestHealthController::saysWhatCameOfATestCall_data()
{
    QTest::addColumn<TestOutcome>("outcome");
    using enum TestOutcome;
    for (const auto outcome : {Passed, Silent, NotRegistered, CallUp, EmergencyMode, ServerUnreachable, ServerRefused,
                               NoEchoPeer, NotTaken, NotTrusted, NoPath, Interrupted})
        QTest::newRow(nameOf(outcome).data()) << outcome;
}

void TestHealthController::saysWhatCameOfATestCall()
{
    QFETCH(TestOutcome, outcome);
    HealthController health;
    health.makeTestCall();
    health.onTestCallTold({outcome, {}, {}});
    QVERIFY(!health.testResult().isEmpty());
    QCOMPARE(health.hasPassedTest(), outcome == TestOutcome::Passed);
    tell(health, goodFacts());
    const bool disappoints = outcome == TestOutcome::NoPath || outcome == TestOutcome::Silent;
    QCOMPARE(health.verdict(), disappoints ? HealthController::Perhaps : HealthController::Yes);
    QCOMPARE(health.explanation(), disappoints ? health.testResult() : QString());
    QVERIFY(!health.headline().isEmpty() && !health.meantime().isEmpty());
}

QTEST_MAIN(TestHealthController)
#include "tst_healthcontroller.moc"
