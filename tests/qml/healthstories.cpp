#include "tests/qml/healthstories.h"

namespace ringlift::test {

using namespace call;
using namespace Qt::StringLiterals;
using engine::HookFacts;
using engine::LoginOutcome;
using engine::ProbeOutcome;

namespace {

constexpr std::int64_t kMoment = 1700000000;

/// A registered phone on the phone network and on Wi-Fi, that has had a call.
HookFacts goodFacts()
{
    HookFacts facts;
    SimInfo sim;
    sim.present = true;
    sim.imsi = Redacted<std::string>("460001234567890");
    facts.sims = {sim};
    facts.account = Account{{},
                            {},
                            *protocol::Msisdn::fromE164("+8613800138000"),
                            *protocol::Imsi::fromDigits("460001234567890"),
                            protocol::AccountKind::Sim};
    facts.account->registeredUnix = kMoment;
    facts.network = {NetworkKind::Wifi, false, std::nullopt};
    facts.login = engine::LoginTry{LoginOutcome::LoggedIn, kMoment, std::chrono::milliseconds(214)};
    facts.decision = engine::RingDecision{StayReason::None, kMoment, std::chrono::milliseconds(463)};
    facts.ring.state = ports::RingHoldState::Ready;
    return facts;
}

void tell(app::Phone &phone, const HookFacts &facts, ProbeOutcome probe = ProbeOutcome::None)
{
    makeReady(phone);
    phone.health()->onHealthTold(engine::checkHook(facts), probe);
}

void tellUncertain(app::Phone &phone)
{
    HookFacts facts = goodFacts();
    facts.login.reset();
    facts.decision.reset();
    facts.network = {};
    tell(phone, facts);
}

void tellTrying(app::Phone &phone)
{
    tellUncertain(phone);
    phone.health()->checkNow();
}

void tellNoServer(app::Phone &phone)
{
    HookFacts facts = goodFacts();
    facts.login = engine::LoginTry{LoginOutcome::Unreachable, kMoment, std::chrono::milliseconds(802)};
    facts.decision = engine::RingDecision{StayReason::ServerUnreachable, kMoment, std::chrono::milliseconds(811)};
    tell(phone, facts, ProbeOutcome::Done);
}

void tellBeforeRegistration(app::Phone &phone)
{
    HookFacts facts = goodFacts();
    facts.account.reset();
    facts.login.reset();
    facts.decision.reset();
    tell(phone, facts, ProbeOutcome::NotRegistered);
}

void tellProofDue(app::Phone &phone)
{
    HookFacts facts = goodFacts();
    facts.standing.proofDue = true;
    tell(phone, facts);
}

/// Almost everything is missing, and a call goes on.
void tellNothingThere(app::Phone &phone)
{
    HookFacts facts = goodFacts();
    facts.line = {ports::LineAbsence::NotRunning, {}};
    facts.canEndCalls = false;
    facts.sims.clear();
    facts.ring.state = ports::RingHoldState::Off;
    facts.settings.moveOver = MoveOver::WifiOnly;
    facts.network = {NetworkKind::Cellular, true, false};
    tell(phone, facts, ProbeOutcome::CallUp);
}

void tellDesktop(app::Phone &phone)
{
    HookFacts facts = goodFacts();
    facts.manualLine = true;
    facts.ring = {};
    facts.network = {NetworkKind::Wired, false, std::nullopt};
    tell(phone, facts);
}

void tellTesting(app::Phone &phone)
{
    tell(phone, goodFacts());
    phone.health()->makeTestCall();
}

void tellTested(app::Phone &phone)
{
    tellTesting(phone);
    phone.health()->onTestCallTold(
        {engine::TestOutcome::Passed, std::chrono::milliseconds(618), std::chrono::milliseconds(187)});
}

void tellTestFailed(app::Phone &phone)
{
    tellTesting(phone);
    phone.health()->onTestCallTold({engine::TestOutcome::NoPath, {}, {}});
}

void tellSwitchedOff(app::Phone &phone)
{
    HookFacts facts = goodFacts();
    facts.settings.moveCalls = false;
    tell(phone, facts);
}

} // namespace

QList<Story> healthStories()
{
    constexpr int kPage = 3;
    const QString scene = u"health"_s;
    return {
        {"healthy", scene, kPage, [](app::Phone &phone) { tell(phone, goodFacts()); }},
        {"healthmeasured", scene, kPage, [](app::Phone &phone) { tell(phone, goodFacts()); }, u"check-6"_s},
        {"healthuncertain", scene, kPage, tellUncertain},
        {"healthtrying", scene, kPage, tellTrying},
        {"healthnoserver", scene, kPage, tellNoServer},
        {"healthunregistered", scene, kPage, tellBeforeRegistration},
        {"healthproofdue", scene, kPage, tellProofDue},
        {"healthnothing", scene, kPage, tellNothingThere},
        {"healthadvice", scene, kPage, tellNothingThere, u"check-1"_s},
        {"healthdesktop", scene, kPage, tellDesktop},
        {"healthtesting", scene, kPage, tellTesting},
        {"healthtested", scene, kPage, tellTested},
        {"healthtestfailed", scene, kPage, tellTestFailed},
        {"healthswitchedoff", scene, kPage, tellSwitchedOff},
    };
}

} // namespace ringlift::test
