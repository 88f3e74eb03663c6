#include "tests/sim/wishes.h"

#include <algorithm>

namespace ringlift::sim {

using namespace std::chrono_literals;

namespace {

/// Draws a plan piece by piece. Virtual time is cheap, media packets are not: calls are short.
class PlanDraw
{
public:
    explicit PlanDraw(std::uint64_t seed) : m_draw(seed ^ 0x52696e676c696674U) { m_plan.seed = seed; }

    Plan quiet();
    Plan stormy();

private:
    int drawPhoneCount();
    void drawPhones();
    PhoneTraits drawPhone(int index);
    void drawLine(PhoneTraits &traits);
    void drawDiversions(PhoneTraits &traits);
    void drawWeather(double worstLoss);
    void drawCalls();
    CallPlan drawCall(Duration at);
    std::string drawDialled(int callee);
    void drawCallerIdForm(plmn::Subscriber &subscriber);
    void drawOtherSims();
    void drawDesktops(bool quiet);
    void drawTakeover();
    void drawHandOvers();
    PhoneTraits &traitsOf(int phone) { return m_plan.phones[static_cast<std::size_t>(phone)]; }
    void drawFaults();
    FaultPlan drawFault();
    void drawAdversaries();
    void narrowLimiter();
    int somebody() { return m_draw.below(static_cast<int>(m_plan.phones.size())); }
    int somebodyBut(int other);
    bool mayMove(const CallPlan &call) const;

    Draw m_draw;
    Plan m_plan;
};

int PlanDraw::drawPhoneCount()
{
    const int dice = m_draw.below(20);
    return dice < 11 ? 2 : dice < 16 ? 3 : dice < 19 ? 4 : 5 + m_draw.below(4);
}

int PlanDraw::somebodyBut(int other)
{
    const int drawn = m_draw.below(static_cast<int>(m_plan.phones.size()) - 1);
    return drawn < other ? drawn : drawn + 1;
}

void PlanDraw::drawCallerIdForm(plmn::Subscriber &subscriber)
{
    const int form = m_draw.below(20);
    if (form < 2)
        subscriber.callerIdForm = plmn::CallerIdForm::BareInternational;
    else if (form < 5)
        subscriber.callerIdForm = plmn::CallerIdForm::National;
    else if (form == 5)
        subscriber.callerIdForm = plmn::CallerIdForm::NotDelivered;
}

void PlanDraw::drawLine(PhoneTraits &traits)
{
    plmn::Subscriber &subscriber = traits.subscriber;
    drawCallerIdForm(subscriber);
    if (m_draw.chance(0.1))
        subscriber.callerIdDelay = m_draw.between(50ms, 900ms);
    subscriber.hidesCallerId = m_draw.chance(0.05);
    subscriber.callWaiting = !m_draw.chance(0.2);
    subscriber.imsiHidden = m_draw.chance(0.1);
    traits.lineDelay = m_draw.between(0ms, 60ms);
    traits.endNotice = m_draw.between(0ms, 300ms);
    traits.canEndCalls = !m_draw.chance(0.05);
    traits.ignoresHangUps = m_draw.chance(0.03);
    if (m_draw.chance(0.03))
        traits.showsRingAfter.reset();
    else
        traits.showsRingAfter = m_draw.between(5ms, 300ms);
}

PhoneTraits PlanDraw::drawPhone(int index)
{
    PhoneTraits traits = ordinaryPhone(index);
    drawLine(traits);
    traits.hasApp = !m_draw.chance(0.05);
    traits.settings.moveCalls = !m_draw.chance(0.03);
    traits.settings.redialAutomaticallyInCall = m_draw.chance(0.5);
    traits.settings.allowUnknownCallerId = !m_draw.chance(0.3);
    traits.signal.latency = m_draw.between(5ms, 150ms);
    if (m_draw.chance(0.3))
        traits.signal.stallShare = 0.1;
    return traits;
}

void PlanDraw::drawDiversions(PhoneTraits &traits)
{
    plmn::Subscriber &subscriber = traits.subscriber;
    if (m_draw.chance(0.1)) {
        subscriber.voicemail.emplace();
        subscriber.voicemail->after = m_draw.between(1s, 8s);
        subscriber.voicemail->hangUpAfter = 4s;
    }
    if (m_plan.phones.size() < 3 || !m_draw.chance(0.1))
        return;
    const std::string target = numberOf(m_draw.below(static_cast<int>(m_plan.phones.size())));
    if (target == subscriber.msisdn)
        return;
    plmn::Forwarding &forwarding = subscriber.forwarding;
    forwarding.noReplyAfter = m_draw.between(1s, 6s);
    switch (m_draw.below(3)) {
    case 0: forwarding.unconditional = target; break;
    case 1: forwarding.busy = target; break;
    default: forwarding.noReply = target; break;
    }
}

void PlanDraw::drawPhones()
{
    const int count = drawPhoneCount();
    for (int i = 0; i < count; ++i)
        m_plan.phones.push_back(drawPhone(i));
    for (PhoneTraits &traits : m_plan.phones)
        drawDiversions(traits);
}

void PlanDraw::drawWeather(double worstLoss)
{
    m_plan.weather.latency = m_draw.between(5ms, 150ms);
    m_plan.weather.jitter = m_draw.between(0ms, 40ms);
    m_plan.weather.loss = m_draw.chance(0.5) ? 0 : m_draw.between(0.0, worstLoss);
    m_plan.weather.duplicates = m_draw.chance(0.3) ? 0.02 : 0;
    m_plan.weather.reordered = m_draw.chance(0.3) ? 0.05 : 0;
}

std::string PlanDraw::drawDialled(int callee)
{
    const std::string number = numberOf(callee);
    switch (m_draw.below(24)) {
    case 0: return "0" + number.substr(3); // national, without the country code
    case 1: return "00" + number.substr(1);
    case 2: return m_draw.oneOf<std::string>({"112", "110", "119"});
    case 3: return "10086";
    case 4: return "#31#" + number;
    default: return {};
    }
}

CallPlan PlanDraw::drawCall(Duration at)
{
    CallPlan call;
    call.caller = somebody();
    call.callee = somebodyBut(call.caller);
    call.at = at;
    call.dialsOutsideApp = m_draw.chance(0.6);
    call.dials = drawDialled(call.callee);
    const int reaction = m_draw.below(20);
    if (reaction < 11)
        call.reaction = Reaction::AnswersInApp;
    else
        call.reaction = m_draw.oneOf({Reaction::AnswersOutsideApp, Reaction::AnswersOutsideApp, Reaction::DeclinesInApp,
            Reaction::DeclinesOutsideApp, Reaction::Ignores, Reaction::ChoosesCellular});
    call.reactsAfter = m_draw.between(200ms, 5s);
    call.talks = m_draw.between(500ms, 3500ms);
    call.calleeHangsUp = m_draw.chance(0.4);
    call.hangsUpOutsideApp = m_draw.chance(0.15);
    if (m_draw.chance(0.3))
        call.givesUpAfter = m_draw.between(500ms, 8s);
    else if (call.reaction == Reaction::Ignores)
        call.givesUpAfter = m_draw.between(6s, 12s);
    if (m_draw.chance(0.2))
        call.mutesAfter = m_draw.between(100ms, 1s);
    call.redials = m_draw.chance(0.8);
    return call;
}

void PlanDraw::drawCalls()
{
    const int count = 1 + m_draw.below(3);
    for (int i = 0; i < count; ++i) {
        m_plan.calls.push_back(drawCall(m_draw.between(0s, 9s)));
        if (!m_draw.chance(0.12))
            continue;
        CallPlan back = drawCall(m_plan.calls.back().at + m_draw.between(0ms, 1500ms)); // glare, or nearly
        back.caller = m_plan.calls.back().callee;
        back.callee = m_plan.calls.back().caller;
        back.dials.clear();
        m_plan.calls.push_back(back);
    }
}

// Drawn last: plans without such a phone stay what they were.
void PlanDraw::drawOtherSims()
{
    for (std::size_t i = 0; i < m_plan.phones.size(); ++i) {
        if (!m_draw.chance(0.12))
            continue;
        addOtherSim(m_plan.phones[i], static_cast<int>(i), m_draw.chance(0.5));
        drawCallerIdForm(*m_plan.phones[i].otherSim);
    }
    for (CallPlan &call : m_plan.calls) {
        const auto uses = [this](int phone) { return traitsOf(phone).otherSim && m_draw.chance(0.3); };
        call.fromOtherSim = uses(call.caller);
        call.toOtherSim = uses(call.callee);
        if (call.toOtherSim)
            call.dials.clear();
        call.mustMove = call.mustMove && !call.fromOtherSim && !call.toOtherSim;
    }
}

// Both ends of the first call, or its caller alone.
void PlanDraw::drawDesktops(bool quiet)
{
    if (m_plan.staleOwner || !m_draw.chance(0.12))
        return;
    const CallPlan &first = m_plan.calls.front();
    traitsOf(first.caller).byHand = true;
    traitsOf(first.callee).byHand = !m_draw.chance(0.2);
    for (PhoneTraits &traits : m_plan.phones) {
        traits.hasApp = traits.hasApp || traits.byHand;
        traits.settings.contactsOnlyManual = !quiet && m_draw.chance(0.3);
        if (traits.byHand)
            traits.otherSim.reset();
    }
    for (CallPlan &call : m_plan.calls) {
        const bool fromDesktop = traitsOf(call.caller).byHand;
        const bool toDesktop = traitsOf(call.callee).byHand;
        if (!fromDesktop && !toDesktop)
            continue;
        call.dials.clear();
        call.mustMove = quiet && fromDesktop && toDesktop;
        call.talks += 4s; // the answer is but the beginning
    }
}

void PlanDraw::drawTakeover()
{
    const CallPlan &first = m_plan.calls.front();
    const int who = m_draw.chance(0.5) ? first.callee : first.caller;
    const bool isWiped =
        std::ranges::find(m_plan.faults, FaultKind::PhoneWiped, &FaultPlan::kind) != m_plan.faults.end();
    if (m_plan.staleOwner || isWiped || !traitsOf(who).hasApp || traitsOf(who).byHand || !m_draw.chance(0.08))
        return;
    TakeoverPlan takeover;
    takeover.at = m_draw.between(0s, 10s);
    takeover.who = who;
    takeover.isLocked = m_draw.chance(0.75);
    takeover.knowsPin = m_draw.chance(0.3);
    if (takeover.isLocked && !takeover.knowsPin && m_draw.chance(0.6))
        takeover.winsBackAfter = m_draw.between(0s, 6s);
    m_plan.takeover = takeover;
    m_plan.limits.sessionsOfNumberHour = m_plan.limits.sessionsOfNumberDay; // two registrations and a second try
    m_plan.length = std::max<Duration>(m_plan.length, m_plan.lastFaultEnds() + 2s);
}

/// Last, so that the plans of all seeds stay what they were but for this.
void PlanDraw::drawHandOvers()
{
    for (PhoneTraits &traits : m_plan.phones) {
        if (m_draw.chance(0.3))
            traits.handOver = m_draw.oneOf({call::HandOver::AtRing, call::HandOver::AtAnswer});
    }
}

FaultPlan PlanDraw::drawFault()
{
    FaultPlan fault;
    fault.kind = static_cast<FaultKind>(m_draw.below(static_cast<int>(FaultKind::PhoneWiped) + 1));
    fault.at = m_draw.between(0s, 12s);
    fault.until = fault.at + (m_draw.chance(0.5) ? m_draw.between(50ms, 2s) : m_draw.between(1s, 8s));
    fault.who = somebody();
    fault.other = somebodyBut(fault.who);
    const bool ofServer = fault.kind == FaultKind::ServerUnreachable || fault.kind == FaultKind::ServerBlackHole
        || fault.kind == FaultKind::ServerUntrusted;
    if (ofServer && m_draw.chance(0.5))
        fault.who = -1;
    return fault;
}

void PlanDraw::drawFaults()
{
    const int count = m_draw.oneOf({0, 1, 1, 1, 2, 3});
    for (int i = 0; i < count; ++i)
        m_plan.faults.push_back(drawFault());
    if (m_draw.chance(0.25))
        m_plan.mischief = 0.02;
}

void PlanDraw::drawAdversaries()
{
    if (m_draw.chance(0.1)) {
        SpoofPlan spoof;
        spoof.at = m_plan.calls.front().at + m_draw.between(0ms, 1500ms);
        spoof.callee = m_plan.calls.front().callee;
        spoof.shows = m_draw.chance(0.8) ? m_plan.calls.front().caller : -1;
        m_plan.spoofs.push_back(spoof);
    }
    if (m_draw.chance(0.08))
        m_plan.sprayers = 1 + m_draw.below(2);
    m_plan.staleOwner = m_plan.phones.front().hasApp && m_draw.chance(0.04);
    if (m_draw.chance(0.15))
        m_plan.hostility = static_cast<Hostility>(1 + m_draw.below(static_cast<int>(Hostility::SwapsCaps)));
}

void PlanDraw::narrowLimiter()
{
    if (m_plan.sprayers < 2 || m_plan.takeover) // who takes a number over needs room
        return;
    const auto apps = std::ranges::count_if(m_plan.phones, &PhoneTraits::hasApp);
    m_plan.limits.limiterKeys = static_cast<std::size_t>(apps) + 1; // the first sprayer takes the last room
}

bool PlanDraw::mayMove(const CallPlan &call) const
{
    const auto &caller = m_plan.phones[static_cast<std::size_t>(call.caller)];
    const auto &callee = m_plan.phones[static_cast<std::size_t>(call.callee)];
    return caller.canEndCalls && !caller.ignoresHangUps && callee.subscriber.callerIdForm != plmn::CallerIdForm::NotDelivered;
}

Plan PlanDraw::quiet()
{
    drawPhones();
    for (PhoneTraits &traits : m_plan.phones) {
        traits.hasApp = true;
        traits.settings.moveCalls = true;
        traits.signal.stallShare = 0;
        traits.subscriber.hidesCallerId = false;
        traits.subscriber.callerIdDelay = std::min<Duration>(traits.subscriber.callerIdDelay, 400ms);
        traits.subscriber.voicemail.reset();
        traits.subscriber.forwarding = {};
        traits.showsRingAfter = traits.showsRingAfter.value_or(100ms);
    }
    drawWeather(0.03);
    const int count = 1 + m_draw.below(2);
    for (int i = 0; i < count; ++i) {
        CallPlan call = drawCall(i * 14s);
        if (m_draw.chance(0.5) && i > 0) {
            call.caller = m_plan.calls.back().caller; // the pin is leg-bound now
            call.callee = m_plan.calls.back().callee;
        }
        call.dials.clear();
        call.reaction = Reaction::AnswersInApp;
        call.givesUpAfter.reset();
        call.reactsAfter = m_draw.between(2500ms, 5s); // the ring may sound before the decision
        call.talks = m_draw.between(1500ms, 3s);
        call.mustMove = mayMove(call);
        m_plan.calls.push_back(call);
    }
    m_plan.length = count * 14s;
    drawOtherSims();
    drawDesktops(true);
    drawHandOvers();
    drawWishes(m_plan, m_draw);
    return m_plan;
}

Plan PlanDraw::stormy()
{
    drawPhones();
    drawWeather(0.3);
    drawCalls();
    drawFaults();
    drawAdversaries();
    m_plan.length = std::max<Duration>(18s, m_plan.lastFaultEnds() + 2s);
    if (m_draw.chance(0.15)) { // long enough to see the call settle after the last fault
        m_plan.length = m_plan.lastFaultEnds() + 21s;
        m_plan.calls.front().talks = 40s;
        m_plan.calls.front().givesUpAfter.reset();
    }
    drawOtherSims();
    drawDesktops(false);
    drawTakeover();
    drawHandOvers();
    narrowLimiter();
    drawWishes(m_plan, m_draw);
    return m_plan;
}

} // namespace

Plan drawPlan(std::uint64_t seed)
{
    PlanDraw draw(seed);
    return seed % 5 == 0 ? draw.quiet() : draw.stormy();
}

} // namespace ringlift::sim
