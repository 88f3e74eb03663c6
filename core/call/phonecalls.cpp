#include "core/call/phoneprivate.h"

#include <algorithm>
#include <cstdlib>

namespace ringlift::call {

namespace {

/// Wall clocks that show less have not been set.
constexpr std::int64_t kClockIsSet = 1'600'000'000;
constexpr std::int64_t kClockSlack = 5;

/// Whether both ends of these dialled each other.
bool cross(const CallMachine &out, const CallMachine &in)
{
    return out.info().direction == CallDirection::Outgoing && in.info().direction == CallDirection::Incoming && out.peer()
        && out.peer() == in.peer();
}

} // namespace

PhoneMachine::Private::Private(PhoneConfig config, const crypto::DeviceIdentity &identity, PhoneMemory memory,
                               RandomSource &random)
    : phone(std::move(config), identity, std::move(memory), random),
      registration(RegistrationConfig{.platform = phone.config.platform}, identity),
      m_journal(std::move(memory.journal)),
      m_formerEmergency(memory.lastEmergencyUnix),
      m_keptEmergency(memory.lastEmergencyUnix)
{
    if (m_formerEmergency)
        phone.emergency.expectFormerCall();
    if (phone.account)
        phone.push(registrationOf(phone.account));
}

CallMachine *PhoneMachine::Private::find(CallHandle handle)
{
    const auto found = calls.find(handle);
    return found == calls.end() ? nullptr : found->second.get();
}

CallMachine *PhoneMachine::Private::ofLine(LineCallId line)
{
    const auto found = std::find_if(calls.begin(), calls.end(),
        [line](const auto &entry) { return entry.second->hasLine() && entry.second->lineId() == line; });
    return found == calls.end() ? nullptr : found->second.get();
}

template<typename Source>
CallMachine *PhoneMachine::Private::addCall(TimePoint now, const Source &source)
{
    if (calls.size() >= phone.config.maxCalls) {
        phone.push(Fault{"too_many_calls"});
        return nullptr;
    }
    const CallHandle handle{++m_lastHandle};
    auto &call = calls[handle];
    call = std::make_unique<CallMachine>(phone, handle, source);
    call->begin(now);
    return call.get();
}

// EM1: such a call is none of ours; that it happens is all that is kept, for EM3.
bool PhoneMachine::Private::noteEmergency(TimePoint now, const LineCall &line)
{
    if (m_emergencyCalls.contains(line.id)) {
        if (line.state == LegState::Ended) {
            m_emergencyCalls.erase(line.id);
            phone.emergency.emergencyCallEnded(now);
            keepEmergency(now);
        }
        return true;
    }
    if (line.state == LegState::Ended || ofLine(line.id) != nullptr || !isEmergency(line, phone.sims))
        return false;
    m_emergencyCalls.insert(line.id);
    phone.emergency.emergencyCallStarted(now);
    keepEmergency(now);
    for (auto &[handle, call] : calls)
        call->emergencyStarted(now);
    return true;
}

// EM3 after a kill. Where the clock was not set then, or has gone back since, the hour begins anew.
void PhoneMachine::Private::restoreEmergency(TimePoint now)
{
    const auto former = std::exchange(m_formerEmergency, std::nullopt);
    if (!former)
        return;
    const std::int64_t wall = phone.unixNow(now);
    const bool isSound = *former >= kClockIsSet && *former <= wall;
    const auto most = std::chrono::duration_cast<std::chrono::seconds>(numbers::EmergencyGuard::kCallbackWindow);
    phone.emergency.formerCallEnded(isSound ? now - std::min(std::chrono::seconds(wall - *former), most) : now);
}

// The store follows the call while it lasts, and a clock that jumps.
void PhoneMachine::Private::keepEmergency(TimePoint now)
{
    if (!phone.knowsWallTime() || m_formerEmergency)
        return;
    std::optional<std::int64_t> moment;
    if (const auto lastUp = phone.emergency.lastUp(now))
        moment = phone.unixNow(now) - std::chrono::duration_cast<std::chrono::seconds>(now - *lastUp).count();
    const bool isKept = moment.has_value() == m_keptEmergency.has_value()
        && (!moment || std::abs(*moment - *m_keptEmergency) <= kClockSlack);
    if (isKept)
        return;
    m_keptEmergency = moment;
    phone.push(StoreEmergency{moment});
}

void PhoneMachine::Private::on(TimePoint now, const LineEvent &input)
{
    const LineCall &line = input.call;
    if (noteEmergency(now, line))
        return;
    if (line.state == LegState::Ended)
        findReleasedLeg(line.id);
    if (CallMachine *const call = ofLine(line.id))
        call->lineChanged(now, line);
    else if (line.state != LegState::Ended)
        addLeg(now, line);
}

void PhoneMachine::Private::addLeg(TimePoint now, const LineCall &line)
{
    CallMachine *lost = nullptr;
    for (auto &[handle, call] : calls) {
        if (!call->isPlacedAgainBy(line))
            continue;
        call->placedAgain(now);
        lost = call.get();
    }
    CallMachine *const added = addCall(now, line);
    if (lost != nullptr && added != nullptr)
        lost->goOnAs(*added);
}

void PhoneMachine::Private::on(TimePoint now, const DialRefused &)
{
    for (auto &[handle, call] : calls)
        call->dialRefused(now);
}

// Of two rings with one caller-ID, the one that vanishes in the window is the peer's (5.3, T04).
void PhoneMachine::Private::findReleasedLeg(LineCallId line)
{
    CallMachine *const vanished = ofLine(line);
    if (vanished == nullptr || vanished->isMatched())
        return;
    for (auto &[handle, call] : calls) {
        if (call->expectsLegOf(*vanished))
            return call->swapLine(*vanished);
    }
}

// Rule 8: the peer places the call again by cellular, maybe before we have noticed that the path is gone.
void PhoneMachine::Private::acceptContinuations(TimePoint now)
{
    for (auto &[lostHandle, lost] : calls) {
        if (!lost->awaitsRedial() || phone.emergency.inEmergencyMode(now) || isBusyBeside(lostHandle))
            continue;
        for (auto &[handle, ring] : calls) {
            const bool rings = ring->hasLine() && ring->info().leg == LegState::Ringing
                && ring->begunAt() >= lost->silentSince();
            const auto cli = rings ? readCallerId(ring->line(), phone.facts(now)) : Unexpected(StayReason::NoMatch);
            if (!cli || std::find(cli->begin(), cli->end(), *lost->peer()) == cli->end())
                continue;
            phone.push(Milestone{lostHandle, "continued_by_phone"});
            phone.push(LineAnswer{ring->lineId()});
            lost->continuedByPhone(now);
            lost->goOnAs(*ring);
            break;
        }
    }
}

void PhoneMachine::Private::on(TimePoint now, const HangUpLapsed &input)
{
    if (CallMachine *const call = ofLine(input.line))
        call->releaseLapsed(now);
}

void PhoneMachine::Private::on(TimePoint now, const LinePrepared &input)
{
    const auto callee = mayOffer(input.call, phone.facts(now));
    if (callee && !phone.redials.contains(now, *callee))
        phone.link.warmUp(now);
}

void PhoneMachine::Private::on(TimePoint now, const LineLost &input)
{
    if (!input.away)
        return;
    for (auto &[handle, call] : calls)
        call->lineLost(now);
}

void PhoneMachine::Private::on(TimePoint now, const SimsChanged &input)
{
    phone.sims = input.sims;
    applyWishes(now);
    resumeJournal(now);
}

void PhoneMachine::Private::on(TimePoint now, const NetworkDescribed &input)
{
    phone.network = input.network;
    applyWishes(now);
}

void PhoneMachine::Private::applyWishes(TimePoint now)
{
    for (auto &[handle, call] : calls)
        call->wishesChanged(now);
}

void PhoneMachine::Private::resumeJournal(TimePoint now)
{
    if (!m_journal || !phone.knowsWallTime())
        return;
    const bool ready = std::any_of(phone.sims.begin(), phone.sims.end(),
        [this](const SimInfo &sim) { return sim.slot == m_journal->sim && sim.present; });
    const std::int64_t age = phone.unixNow(now) - m_journal->lastAliveUnix;
    const auto most = std::chrono::duration_cast<std::chrono::seconds>(phone.config.times.journalLife);
    const bool isStale = age < 0 || age > most.count();
    if (!ready && !isStale)
        return;
    const ReleasedCall released = *std::exchange(m_journal, std::nullopt);
    if (isStale)
        phone.push(StoreJournal{std::nullopt});
    else
        addCall(now, released);
}

void PhoneMachine::Private::resolveGlare(TimePoint now)
{
    for (auto &[handleA, out] : calls) {
        for (auto &[handleB, in] : calls) {
            if (!cross(*out, *in))
                continue;
            if (out->isMatched() && in->isMatched() && !(out->isOnItsWay() && in->isOnItsWay())) {
                // Rule 11: the call whose caller sorts first is kept, unless a leg is being given up already, or has been.
                const bool ownFirst = phone.account && phone.account->msisdn < *out->peer();
                const bool keepsOut = out->isOnItsWay() || (ownFirst && !in->isOnItsWay());
                (keepsOut ? in : out)->yieldToGlare(now);
            }
            if (in->isReleasedByPeer())
                out->endGlaringLeg(now, *in);
        }
    }
}

// One call has microphone and loudspeaker: one that the modem carries, else that which its user turned to last.
void PhoneMachine::Private::chooseForeground(TimePoint now)
{
    phone.lineSpeakers.clear();
    CallMachine *front = nullptr;
    for (auto &[handle, call] : calls) {
        if (call->speaksByPhone())
            phone.lineSpeakers.insert(handle);
        else if (call->speaksByInternet() && (front == nullptr || front->turnedToAt() <= call->turnedToAt()))
            front = call.get();
    }
    if (!phone.lineSpeakers.empty() || !m_emergencyCalls.empty())
        front = nullptr;
    m_foreground = front != nullptr ? std::optional(front->info().handle) : std::nullopt;
    for (auto &[handle, call] : calls) {
        if (call.get() != front)
            call->leaveForeground(now);
    }
    if (front != nullptr)
        front->enterForeground(now);
}

bool PhoneMachine::Private::isBusyBeside(CallHandle call) const
{
    const bool speaksElsewhere = m_foreground && *m_foreground != call;
    return speaksElsewhere || phone.lineSpeaksBeside(call) || !m_emergencyCalls.empty();
}

void PhoneMachine::Private::publish()
{
    for (auto &[handle, call] : calls) {
        call->refreshTrust();
        CallInfo &published = m_published[handle];
        if (!call->isRecordTaken() && !(published == call->info())) {
            published = call->info();
            phone.push(CallChanged{published});
        }
        if (auto record = call->takeRecord())
            phone.push(CallFinished{handle, std::move(*record), call->isContinued()});
    }
}

void PhoneMachine::Private::reap()
{
    std::erase_if(calls, [this](const auto &entry) {
        const bool isOver = entry.second->isOver();
        if (isOver)
            m_published.erase(entry.first);
        return isOver;
    });
}

void PhoneMachine::Private::settle(TimePoint now)
{
    drainLink(now);
    drainRegistration(now);
    giveWay(now);
    resolveGlare(now);
    chooseForeground(now);
    acceptContinuations(now);
    const bool kept = std::any_of(calls.begin(), calls.end(), [](const auto &call) { return call.second->keepsLink(); });
    phone.link.setKept(now, kept || (m_online && phone.isRegistered()));
    drainLink(now);
    publish();
    reap();
}

// For phoneserver.cpp.
template CallMachine *PhoneMachine::Private::addCall(TimePoint, const protocol::CallRequest &);

} // namespace ringlift::call
