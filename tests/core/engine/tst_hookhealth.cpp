#include "core/engine/hookhealth.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace ringlift;
using namespace ringlift::engine;
using call::StayReason;

namespace {

constexpr const char *kImsi = "460001234567890";

SimInfo simWithImsi(const char *imsi)
{
    SimInfo sim;
    sim.present = true;
    sim.imsi = Redacted<std::string>(imsi);
    return sim;
}

/// Of a phone that would catch a call.
HookFacts healthy()
{
    HookFacts facts;
    facts.line.service = "ModemManager";
    facts.sims = {simWithImsi(kImsi)};
    facts.account = call::Account{{},
                                  {},
                                  protocol::Msisdn::fromE164("+8613800138000").value(),
                                  protocol::Imsi::fromDigits(kImsi).value(),
                                  protocol::AccountKind::Sim};
    facts.account->registeredUnix = 1700000000;
    facts.network = {NetworkKind::Wifi, false, false};
    facts.login = LoginTry{LoginOutcome::LoggedIn, 1700000100, std::chrono::milliseconds(120)};
    facts.decision = RingDecision{StayReason::None, 1700000200, std::chrono::milliseconds(400)};
    return facts;
}

using Change = std::function<void(HookFacts &facts)>;

Change loginWas(LoginOutcome outcome)
{
    return [outcome](HookFacts &facts) { facts.login->outcome = outcome; };
}

Change lineIs(ports::LineAbsence absence)
{
    return [absence](HookFacts &facts) { facts.line.absence = absence; };
}

Change decisionWas(StayReason stay, std::chrono::milliseconds took)
{
    return [stay, took](HookFacts &facts) {
        facts.decision->stay = stay;
        facts.decision->took = took;
    };
}

void addRow(const char *name, const Change &change, const char *state, const char *reason, const char *verdict)
{
    QTest::newRow(name) << change << QByteArray(state) << QByteArray(reason) << QByteArray(verdict);
}

QByteArray text(std::string_view name)
{
    return QByteArray(name.data(), qsizetype(name.size()));
}

} // namespace

Q_DECLARE_METATYPE(Change)

class TestHookHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsNothingWrongWithAHealthyPhone()
    {
        const HookHealth health = checkHook(healthy());
        QCOMPARE(text(nameOf(health.verdict)), "yes");
        QCOMPARE(health.checks.size(), std::size_t{9});
        for (std::size_t i = 0; i < health.checks.size(); ++i) {
            QCOMPARE(std::size_t(health.checks[i].aspect), i);
            QCOMPARE(text(nameOf(health.checks[i].state)), "ok");
        }
        QCOMPARE(health.checks[0].service, std::string("ModemManager"));
        QCOMPARE(health.checks[3].atUnix, std::optional<std::int64_t>(1700000000));
        QCOMPARE(health.checks[7].took, std::optional<Duration>(std::chrono::milliseconds(120)));
        QCOMPARE(health.checks[8].took, std::optional<Duration>(std::chrono::milliseconds(400)));
        QCOMPARE(health.checks[8].reason, std::string("matched"));
    }

    void tellsWhatIsWrong_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QByteArray>("state");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<QByteArray>("verdict");
        addRow("line", lineIs(ports::LineAbsence::NotRunning), "problem", "not_running", "no");
        addRow("line", lineIs(ports::LineAbsence::NoModem), "problem", "no_modem", "no");
        addRow("line", lineIs(ports::LineAbsence::NoNetwork), "problem", "no_network", "no");
        addRow("line", lineIs(ports::LineAbsence::Pending), "unknown", "pending", "perhaps");
        addRow(
            "end_calls", [](auto &facts) { facts.canEndCalls = false; }, "warning", "cannot_end_calls", "perhaps");
        addRow(
            "sim", [](auto &facts) { facts.sims.clear(); }, "problem", "no_sim", "no");
        addRow(
            "sim", [](auto &facts) { facts.sims.front().present = false; }, "problem", "no_sim", "no");
        addRow(
            "sim", [](auto &facts) { facts.sims = {simWithImsi("460009999999999")}; }, "problem", "another_sim", "no");
        addRow(
            "sim",
            [](auto &facts) {
                facts.sims = {simWithImsi("460009999999999"), simWithImsi(kImsi)};
            },
            "ok", "", "yes");
        addRow(
            "sim", [](auto &facts) { facts.sims = {simWithImsi("")}; }, "ok", "", "yes"); // the platform hides it
        addRow(
            "registration", [](auto &facts) { facts.account.reset(); }, "problem", "not_registered", "no");
        addRow(
            "registration", [](auto &facts) { facts.account->gone = true; }, "problem", "replaced_elsewhere", "no");
        addRow(
            "account", [](auto &facts) { facts.standing.proofDue = true; }, "problem", "proof_due", "no");
        addRow(
            "account", [](auto &facts) { facts.standing.quarantined = true; }, "problem", "quarantined", "no");
        addRow(
            "account", [](auto &facts) { facts.login.reset(); }, "unknown", "not_told", "perhaps");
        addRow(
            "wishes", [](auto &facts) { facts.settings.moveCalls = false; }, "problem", "switched_off", "no");
        addRow(
            "data", [](auto &facts) { facts.network.kind = NetworkKind::None; }, "problem", "none", "no");
        addRow(
            "data", [](auto &facts) { facts.network = {}; }, "unknown", "unknown", "yes");
        addRow(
            "server", [](auto &facts) { facts.login.reset(); }, "unknown", "not_tried", "perhaps");
        addRow("server", loginWas(LoginOutcome::Unreachable), "problem", "unreachable", "no");
        addRow("server", loginWas(LoginOutcome::Untrusted), "problem", "untrusted", "no");
        addRow("server", loginWas(LoginOutcome::NoLogin), "problem", "no_login", "no");
        addRow(
            "decision", [](auto &facts) { facts.decision.reset(); }, "unknown", "no_call_yet", "yes");
        addRow("decision", decisionWas(StayReason::NoMatch, std::chrono::milliseconds(4000)), "ok", "no_match", "yes");
        addRow("decision", decisionWas(StayReason::None, std::chrono::milliseconds(4001)), "warning", "matched",
               "perhaps");
        addRow("decision", decisionWas(StayReason::ServerUnreachable, std::chrono::milliseconds(850)), "warning",
               "server_unreachable", "perhaps");
    }
    void tellsWhatIsWrong()
    {
        QFETCH(Change, change);
        QFETCH(QByteArray, state);
        QFETCH(QByteArray, reason);
        QFETCH(QByteArray, verdict);
        HookFacts facts = healthy();
        change(facts);
        const HookHealth health = checkHook(facts);
        const auto check = std::find_if(health.checks.begin(), health.checks.end(), [](const HookCheck &one) {
            return text(nameOf(one.aspect)) == QTest::currentDataTag();
        });
        QVERIFY(check != health.checks.end());
        QCOMPARE(text(nameOf(check->state)), state);
        QCOMPARE(text(check->reason), reason);
        QCOMPARE(text(nameOf(health.verdict)), verdict);
    }

    void knowsTheUsersWishes()
    {
        HookFacts facts = healthy();
        facts.network = {NetworkKind::Cellular, true, true};
        QCOMPARE(text(nameOf(checkHook(facts).verdict)), "yes");
        facts.settings.moveOver = call::MoveOver::WifiOnly;
        QCOMPARE(checkHook(facts).checks[5].reason, std::string("wifi_only"));
        facts.settings.moveOver = call::MoveOver::AnyConnection;
        facts.settings.moveWhenRoaming = false;
        QCOMPARE(checkHook(facts).checks[5].reason, std::string("roaming"));
        QCOMPARE(text(nameOf(checkHook(facts).verdict)), "no");
    }

    void tellsOfTheRingBesideTheVerdict()
    {
        HookFacts facts = healthy();
        facts.ring = {ports::RingHoldState::Off, "feedbackd is not installed"};
        const HookHealth health = checkHook(facts);
        QCOMPARE(text(nameOf(health.verdict)), "yes");
        QVERIFY(health.ring == facts.ring);
        QCOMPARE(text(nameOf(health.ring.state)), "off");
    }

    void saysNothingOfThePhoneNetworkWithoutASim()
    {
        HookFacts facts = healthy();
        facts.manualLine = true;
        facts.sims.clear();
        facts.decision.reset();
        const HookHealth health = checkHook(facts);
        QCOMPARE(text(nameOf(health.verdict)), "yes");
        QCOMPARE(health.checks.size(), std::size_t{5});
        QCOMPARE(text(nameOf(health.checks.front().aspect)), "registration");
        QCOMPARE(text(nameOf(health.checks.back().aspect)), "server");
    }
};

QTEST_GUILESS_MAIN(TestHookHealth)
#include "tst_hookhealth.moc"
