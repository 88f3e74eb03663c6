#include "core/engine/hookhealth.h"

#include "core/engine/callnames.h"

#include <algorithm>

namespace ringlift::engine {

using namespace call;

namespace {

HookCheck checkOf(HookAspect aspect, HookState state, std::string_view reason = {})
{
    HookCheck check;
    check.aspect = aspect;
    check.state = state;
    check.reason = reason;
    return check;
}

HookCheck checkLine(const HookFacts &facts)
{
    using enum ports::LineAbsence;
    const ports::LineAbsence absence = facts.line.absence;
    const HookState state = absence == None      ? HookState::Ok
                            : absence == Pending ? HookState::Unknown
                                                 : HookState::Problem;
    HookCheck check = checkOf(HookAspect::Line, state, absence == None ? std::string_view() : nameOf(absence));
    check.service = facts.line.service;
    return check;
}

HookCheck checkEndCalls(const HookFacts &facts)
{
    return facts.canEndCalls ? checkOf(HookAspect::EndCalls, HookState::Ok)
                             : checkOf(HookAspect::EndCalls, HookState::Warning, "cannot_end_calls");
}

HookCheck checkSim(const HookFacts &facts)
{
    const auto isPresent = [](const SimInfo &sim) { return sim.present; };
    if (std::none_of(facts.sims.begin(), facts.sims.end(), isPresent))
        return checkOf(HookAspect::Sim, HookState::Problem, "no_sim");
    const auto *const registered = facts.account ? std::get_if<protocol::Imsi>(&facts.account->sim) : nullptr;
    if (registered == nullptr)
        return checkOf(HookAspect::Sim, HookState::Ok);
    const auto isAnother = [&](const SimInfo &sim) {
        return !sim.present || (!sim.imsi.reveal().empty() && sim.imsi.reveal() != registered->digits());
    };
    return std::all_of(facts.sims.begin(), facts.sims.end(), isAnother)
               ? checkOf(HookAspect::Sim, HookState::Problem, "another_sim")
               : checkOf(HookAspect::Sim, HookState::Ok);
}

HookCheck checkRegistration(const HookFacts &facts)
{
    if (!facts.account)
        return checkOf(HookAspect::Registration, HookState::Problem, "not_registered");
    HookCheck check = facts.account->gone ? checkOf(HookAspect::Registration, HookState::Problem, "replaced_elsewhere")
                                          : checkOf(HookAspect::Registration, HookState::Ok);
    if (facts.account->registeredUnix > 0)
        check.atUnix = facts.account->registeredUnix;
    return check;
}

HookCheck checkAccount(const HookFacts &facts)
{
    if (facts.standing.quarantined)
        return checkOf(HookAspect::Account, HookState::Problem, "quarantined");
    if (facts.standing.proofDue)
        return checkOf(HookAspect::Account, HookState::Problem, "proof_due");
    const bool hasAnswer = facts.login && facts.login->outcome == LoginOutcome::LoggedIn;
    return hasAnswer ? checkOf(HookAspect::Account, HookState::Ok)
                     : checkOf(HookAspect::Account, HookState::Unknown, "not_told");
}

HookCheck checkWishes(const HookFacts &facts)
{
    if (!facts.settings.moveCalls)
        return checkOf(HookAspect::Wishes, HookState::Problem, nameOf(StayReason::SwitchedOff));
    const ContactRules rules;
    const PolicyFacts policy{facts.account, facts.settings, facts.sims, rules, facts.network};
    const auto stay = wishToStay(std::nullopt, policy);
    return stay ? checkOf(HookAspect::Wishes, HookState::Problem, nameOf(*stay))
                : checkOf(HookAspect::Wishes, HookState::Ok);
}

HookCheck checkData(const HookFacts &facts)
{
    const NetworkKind kind = facts.network.kind;
    const HookState state = kind == NetworkKind::None      ? HookState::Problem
                            : kind == NetworkKind::Unknown ? HookState::Unknown
                                                           : HookState::Ok;
    return checkOf(HookAspect::Data, state, nameOf(kind));
}

HookCheck checkServer(const HookFacts &facts)
{
    if (!facts.login)
        return checkOf(HookAspect::Server, HookState::Unknown, "not_tried");
    const bool isFine = facts.login->outcome == LoginOutcome::LoggedIn;
    HookCheck check =
        checkOf(HookAspect::Server, isFine ? HookState::Ok : HookState::Problem, nameOf(facts.login->outcome));
    check.atUnix = facts.login->atUnix;
    check.took = facts.login->took;
    return check;
}

HookCheck checkDecision(const HookFacts &facts)
{
    if (!facts.decision)
        return checkOf(HookAspect::Decision, HookState::Unknown, "no_call_yet");
    const auto &[stay, atUnix, took] = *facts.decision;
    const bool serverFailed = stay == StayReason::ServerUnreachable || stay == StayReason::ServerUntrusted ||
                              stay == StayReason::ServerRefused;
    const bool isFine = !serverFailed && took <= kDecisionFence;
    HookCheck check = checkOf(HookAspect::Decision, isFine ? HookState::Ok : HookState::Warning,
                              stay == StayReason::None ? "matched" : nameOf(stay));
    check.atUnix = atUnix;
    check.took = took;
    return check;
}

HookVerdict verdictOn(const std::vector<HookCheck> &checks)
{
    HookVerdict verdict = HookVerdict::Yes;
    for (const HookCheck &check : checks) {
        if (check.state == HookState::Problem)
            return HookVerdict::No;
        if (check.state == HookState::Warning || (check.state == HookState::Unknown && mattersUnknown(check.aspect)))
            verdict = HookVerdict::Perhaps;
    }
    return verdict;
}

} // namespace

// A connection of unknown kind may be a good one, of which the server tells; and a phone that has had no call yet may
// be fine.
bool mattersUnknown(HookAspect aspect)
{
    return aspect != HookAspect::Data && aspect != HookAspect::Decision;
}

HookHealth checkHook(const HookFacts &facts)
{
    HookHealth health;
    if (!facts.manualLine)
        health.checks = {checkLine(facts), checkEndCalls(facts), checkSim(facts)};
    for (const auto check : {checkRegistration, checkAccount, checkWishes, checkData, checkServer})
        health.checks.push_back(check(facts));
    if (!facts.manualLine)
        health.checks.push_back(checkDecision(facts));
    health.verdict = verdictOn(health.checks);
    health.ring = facts.ring;
    return health;
}

} // namespace ringlift::engine
