#include "core/call/callpolicy.h"

#include <algorithm>

namespace ringlift::call {

using numbers::DialKind;

namespace {

const SimInfo *simIn(int slot, const std::vector<SimInfo> &sims)
{
    const auto found = std::find_if(sims.begin(), sims.end(), [slot](const SimInfo &sim) { return sim.slot == slot; });
    return found == sims.end() ? nullptr : &*found;
}

DialKind kindOf(const LineCall &call, const std::vector<SimInfo> &sims)
{
    const SimInfo *const sim = simIn(call.sim, sims);
    return numbers::classifyDialled(call.number.reveal(), regionsOf(call.sim, sims),
        sim != nullptr ? sim->emergencyNumbers : std::vector<std::string>());
}

/// The account speaks for the SIM that carries the call.
bool isRegisteredFor(const LineCall &call, const PolicyFacts &facts)
{
    if (!facts.account)
        return false;
    const bool manual = facts.account->kind == protocol::AccountKind::Manual;
    if (call.state == LegState::None || manual)
        return call.state == LegState::None && manual;
    const SimInfo *const sim = simIn(call.sim, facts.sims);
    if (sim == nullptr || !sim->present)
        return false;
    const auto *const imsi = std::get_if<protocol::Imsi>(&facts.account->sim);
    if (imsi != nullptr)
        return sim->imsi.reveal() == imsi->digits();
    return sim->imsi.reveal().empty() && sim == simWith(facts.account->msisdn, facts.sims);
}

std::optional<StayReason> generalReason(const LineCall &call, const PolicyFacts &facts)
{
    if (facts.emergencyMode)
        return StayReason::EmergencyMode;
    if (facts.account && facts.account->gone)
        return StayReason::RegisteredElsewhere;
    if (!isRegisteredFor(call, facts))
        return StayReason::NotRegistered;
    if (!facts.settings.moveCalls)
        return StayReason::SwitchedOff;
    return std::nullopt;
}

std::optional<ContactRule> ruleFor(const std::optional<protocol::Msisdn> &peer, const ContactRules &rules)
{
    const auto rule = peer ? rules.find(*peer) : rules.end();
    return rule == rules.end() ? std::nullopt : std::optional(rule->second);
}

bool isRoaming(const PolicyFacts &facts)
{
    if (facts.network.kind == NetworkKind::Wifi || facts.network.kind == NetworkKind::Wired)
        return false;
    // Of two SIMs nobody knows here which one has the data.
    const bool byAnySim =
        std::ranges::any_of(facts.sims, [](const SimInfo &sim) { return sim.present && sim.roaming.value_or(false); });
    return facts.network.roaming.value_or(byAnySim);
}

std::optional<StayReason> reasonOfConnection(const PolicyFacts &facts)
{
    const bool isMobile = facts.network.kind == NetworkKind::Cellular;
    switch (facts.settings.moveOver) {
    case MoveOver::AnyConnection:
        break;
    case MoveOver::WifiOnly:
        return isMobile ? std::optional(StayReason::WifiOnly) : std::nullopt;
    case MoveOver::FreeDataOnly:
        // Mobile data of which nothing is known is rarely free.
        return facts.network.metered.value_or(isMobile) ? std::optional(StayReason::FreeDataOnly) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<StayReason> reasonOfNumber(DialKind kind)
{
    switch (kind) {
    case DialKind::Ordinary:
        return std::nullopt;
    case DialKind::Emergency:
        return StayReason::Emergency;
    case DialKind::Short:
        return StayReason::ShortNumber;
    case DialKind::Mmi:
        return StayReason::MmiCode;
    case DialKind::PostDial:
        return StayReason::PostDialDigits;
    case DialKind::Invalid:
        break;
    }
    return StayReason::InvalidNumber;
}

} // namespace

numbers::Regions regionsOf(int slot, const std::vector<SimInfo> &sims)
{
    const SimInfo *const sim = simIn(slot, sims);
    return sim != nullptr ? numbers::Regions{sim->homeRegion, sim->servingRegion} : numbers::Regions{};
}

const SimInfo *simWith(const protocol::Msisdn &number, const std::vector<SimInfo> &sims)
{
    const SimInfo *first = nullptr;
    for (const SimInfo &sim : sims) {
        if (sim.present && sim.ownNumber.reveal() == number.e164())
            return &sim;
        if (sim.present && first == nullptr)
            first = &sim;
    }
    return first;
}

std::optional<protocol::SimProof> simProofOf(const SimInfo &sim, const std::optional<Account> &account, RandomSource &random)
{
    if (!sim.present)
        return std::nullopt;
    if (!sim.imsi.reveal().empty()) {
        const auto imsi = protocol::Imsi::fromDigits(sim.imsi.reveal());
        return imsi ? std::optional<protocol::SimProof>(*imsi) : std::nullopt;
    }
    if (account && std::holds_alternative<SimHandle>(account->sim))
        return account->sim;
    return random.id<SimHandle>();
}

bool isEmergency(const LineCall &call, const std::vector<SimInfo> &sims)
{
    return call.emergency || (call.direction == CallDirection::Outgoing && kindOf(call, sims) == DialKind::Emergency);
}

Expected<protocol::Msisdn, StayReason> mayOffer(const LineCall &call, const PolicyFacts &facts)
{
    // EM1: before anything else.
    if (isEmergency(call, facts.sims))
        return Unexpected(StayReason::Emergency);
    if (const auto reason = reasonOfNumber(kindOf(call, facts.sims)))
        return Unexpected(*reason);
    if (const auto reason = generalReason(call, facts))
        return Unexpected(*reason);
    if (call.ownNumberWithheld)
        return Unexpected(StayReason::OwnNumberWithheld);
    const auto callee = numbers::normaliseDialled(call.number.reveal(), regionsOf(call.sim, facts.sims));
    if (!callee || *callee == facts.account->msisdn)
        return Unexpected(StayReason::InvalidNumber);
    const bool hasLeg = call.state != LegState::None;
    if (const auto wish = hasLeg ? wishToStay(*callee, facts) : std::nullopt)
        return Unexpected(*wish);
    return *callee;
}

Expected<std::vector<protocol::Msisdn>, StayReason> readCallerId(const LineCall &call, const PolicyFacts &facts)
{
    if (call.emergency)
        return Unexpected(StayReason::Emergency);
    if (const auto reason = generalReason(call, facts))
        return Unexpected(*reason);
    if (call.callerId == CallerIdPresence::Withheld)
        return Unexpected(StayReason::CallerIdWithheld);
    if (call.callerId == CallerIdPresence::Unknown) {
        if (!facts.settings.allowUnknownCallerId)
            return Unexpected(StayReason::CallerIdUnusable);
        return std::vector<protocol::Msisdn>();
    }
    auto readings = numbers::normaliseCallerId(call.number.reveal(),
        call.international ? numbers::TypeOfNumber::International : numbers::TypeOfNumber::Unknown,
        regionsOf(call.sim, facts.sims));
    std::erase(readings, facts.account->msisdn);
    if (readings.empty())
        return Unexpected(StayReason::CallerIdUnusable);
    return readings;
}

Expected<std::vector<protocol::Msisdn>, StayReason> mayArrive(const LineCall &call, const PolicyFacts &facts)
{
    auto readings = readCallerId(call, facts);
    if (!readings)
        return readings;
    const auto wish = wishToStay(readings->empty() ? std::nullopt : std::optional(readings->front()), facts);
    std::erase_if(*readings, [&facts](const protocol::Msisdn &peer) { return wishToStay(peer, facts).has_value(); });
    if (wish && readings->empty())
        return Unexpected(*wish);
    return readings;
}

bool mayCallerIdLift(StayReason refusal, const LineCall &call, const PolicyFacts &facts)
{
    if (call.callerId != CallerIdPresence::Unknown)
        return false;
    const bool isOfConnection = refusal == StayReason::WifiOnly || refusal == StayReason::FreeDataOnly;
    const auto goesAlways = [](const auto &entry) { return entry.second == ContactRule::Always; };
    return refusal == StayReason::CallerIdUnusable || (isOfConnection && std::ranges::any_of(facts.rules, goesAlways));
}

std::optional<StayReason> wishToStay(const std::optional<protocol::Msisdn> &peer, const PolicyFacts &facts)
{
    const auto rule = ruleFor(peer, facts.rules);
    if (rule == ContactRule::Never)
        return StayReason::ContactNever;
    if (!facts.settings.moveWhenRoaming && isRoaming(facts))
        return StayReason::Roaming;
    return rule == ContactRule::Always ? std::nullopt : reasonOfConnection(facts);
}

Prompt promptFor(const std::optional<protocol::Msisdn> &peer, const CallSettings &settings, const ContactRules &rules)
{
    const auto rule = ruleFor(peer, rules);
    if (rule == ContactRule::Ask)
        return Prompt::AskFirst;
    const bool isSure = rule == ContactRule::Always && settings.prompt == Prompt::AskFirst;
    return isSure ? Prompt::Notice : settings.prompt;
}

} // namespace ringlift::call
