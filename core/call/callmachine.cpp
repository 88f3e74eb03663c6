#include "core/call/callmachine.h"

#include <algorithm>

namespace ringlift::call {

using namespace std::chrono_literals;

namespace {

constexpr Duration kLinger = 2s;         // for the last words to be confirmed, protocol.md 3.7
constexpr Duration kHangUpPatience = 3s; // for the line to confirm what the user asked for
constexpr Duration kRedialOffer = 60s;

LegWatchConfig watchConfig(const PhoneConfig &config)
{
    LegWatchConfig watch;
    watch.noticeBound = config.hangUpNoticeBound;
    return watch;
}

} // namespace

CallMachine::CallMachine(PhoneContext &phone, CallHandle handle, const LineCall &line)
    : m_phone(phone), m_line(line), m_hasLine(true), m_legWatch(watchConfig(phone.config))
{
    m_info.handle = handle;
    m_info.direction = line.direction;
    m_info.peer = line.number;
    m_info.leg = line.state;
    m_info.manual = line.state == LegState::None;
    updateCarrier();
}

CallMachine::CallMachine(PhoneContext &phone, CallHandle handle, const protocol::CallRequest &request)
    : m_phone(phone), m_callId(request.callId), m_peer(request.caller), m_legWatch(watchConfig(phone.config))
{
    m_info.handle = handle;
    m_info.direction = CallDirection::Incoming;
    m_info.peer = Redacted(request.caller.e164());
    m_info.manual = true;
    m_cli = {request.caller};
    updateCarrier();
}

CallMachine::CallMachine(PhoneContext &phone, CallHandle handle, const ReleasedCall &released)
    : m_phone(phone), m_peer(released.peer), m_legWatch(watchConfig(phone.config))
{
    m_info.handle = handle;
    m_info.peer = Redacted(released.peer.e164());
    m_info.ip = IpState::Ended;
    m_info.moved = true;
    m_line.sim = released.sim;
    m_line.number = m_info.peer;
    m_releasedByUs = true;
    m_journalKept = true;
    updateCarrier();
}

void CallMachine::begin(TimePoint now)
{
    m_startedUnix = m_phone.unixNow(now);
    m_begunAt = now;
    if (m_info.leg == LegState::Active)
        m_info.answeredAt = now;
    const bool isRestored = !m_hasLine && !m_callId;
    if (isRestored)
        offerRedial(now);
    else if (isOutgoing())
        offer(now);
    else
        arrive(now);
    settle(now);
}

bool CallMachine::legPresent() const
{
    return m_hasLine && m_info.leg != LegState::None && m_info.leg != LegState::Ended;
}

void CallMachine::lineChanged(TimePoint now, const LineCall &line)
{
    const LegState before = m_info.leg;
    m_line = line;
    m_info.leg = line.state;
    if (!m_peer)
        m_info.peer = line.number;
    if (line.state == LegState::Ended && before != LegState::Ended)
        legEnded(now);
    else if (line.state == LegState::Active && before != LegState::Active)
        legActive(now);
    else if (m_timers.isArmed(Timer::CallerId))
        arrive(now);
    settle(now);
}

void CallMachine::lineLost(TimePoint now)
{
    if (!legPresent())
        return;
    m_spokeWhenLost = speaksByPhone();
    m_info.leg = LegState::Unknown;
    settle(now);
}

void CallMachine::simsChanged(TimePoint now)
{
    settle(now);
}

void CallMachine::emergencyStarted(TimePoint now)
{
    // I5: no hand-over from now on; a call that has no other leg goes on.
    if (legPresent() && !m_info.moved && !isHandingOver())
        closeIp(now, StayReason::EmergencyMode, ByeReason::AnsweredCellular);
    settle(now);
}

bool CallMachine::isHandingOver() const
{
    return m_legWatch.isArmed() || m_releaser.state() == Releaser::State::Releasing;
}

bool CallMachine::expectsLegOf(const CallMachine &other) const
{
    return &other != this && m_legWatch.isArmed() && m_peer
        && std::find(other.m_cli.begin(), other.m_cli.end(), *m_peer) != other.m_cli.end();
}

void CallMachine::swapLine(CallMachine &other)
{
    std::swap(m_line, other.m_line);
    std::swap(m_info.leg, other.m_info.leg);
    std::swap(m_ringHeld, other.m_ringHeld);
}

void CallMachine::legActive(TimePoint now)
{
    if (!m_info.answeredAt)
        m_info.answeredAt = now;
    m_legWatch.legChanged(LegState::Active);
    if (!m_matchUsed) {
        leaveServer(now);
        closeIp(now, StayReason::NoMatch);
    }
}

void CallMachine::legEnded(TimePoint now)
{
    m_timers.cancel(Timer::HangUp);
    if (m_userHungUp)
        return finish(now, CallEnd::LocalHangUp);
    if (m_info.manual)
        return finish(now, endOf(m_line.end));
    // The callee's own hang-up is never the peer's release, whatever was agreed.
    const bool rejectedHere = !isOutgoing() && m_line.end == LegEnd::LocalHangUp;
    if (isHandingOver() && !rejectedHere) {
        // settle() takes the hand-over's end from here.
        m_legWatch.legChanged(LegState::Ended);
        return;
    }
    if (m_line.end == LegEnd::LocalHangUp)
        return ownLegEnded(now);
    // A person who hangs up while the path is dead has ended the call; a network that is lost may come back.
    const bool isOpen = m_session != nullptr && m_session->isProven() && ipAlive();
    if (isOpen && (m_session->pathAlive(now) || m_line.end == LegEnd::NetworkLost))
        return carryAlone(now);
    finish(now, endOf(m_line.end));
}

// Ended at this end, and not by the user in the app.
void CallMachine::ownLegEnded(TimePoint now)
{
    if (m_legHangUpSent) {
        // The hang-up of a hand-over that had failed came through late (I3).
        if (ipAlive())
            return carryAlone(now);
        // What a person has ended meanwhile is never placed again (rule 8).
        return m_endByPeer ? finish(now, *m_endByPeer) : placeAgain(now);
    }
    const bool answered = m_info.answeredAt.has_value();
    const bool declined = !isOutgoing() && !answered;
    closeIp(now, StayReason::None, declined ? ByeReason::Declined : ByeReason::User);
    finish(now, declined ? CallEnd::Declined : CallEnd::LocalHangUp);
}

void CallMachine::carryAlone(TimePoint now)
{
    m_info.moved = true;
    m_releaser.cancel();
    m_timers.cancel(Timer::Acceptance);
    milestone("carried_by_internet");
    if (m_info.ip < IpState::Answered)
        m_timers.armOnce(Timer::Unanswered, now + 45s); // rule 9
    watchSilence(now);
}

CallEnd CallMachine::endOf(LegEnd end) const
{
    if (m_endByPeer)
        return *m_endByPeer;
    switch (end) {
    case LegEnd::LocalHangUp:
        return CallEnd::LocalHangUp;
    case LegEnd::Busy:
        return CallEnd::Busy;
    case LegEnd::Rejected:
        return CallEnd::Declined;
    case LegEnd::NoAnswer:
        return CallEnd::NoAnswer;
    case LegEnd::Unreachable:
    case LegEnd::NetworkLost:
        return CallEnd::Failed;
    case LegEnd::NotEnded:
    case LegEnd::RemoteHangUp:
        break;
    }
    const bool missed = !isOutgoing() && !m_info.answeredAt;
    return missed ? CallEnd::NoAnswer : CallEnd::RemoteHangUp;
}

void CallMachine::leaveServer(TimePoint now)
{
    if (!m_waitsForMatch)
        return;
    m_waitsForMatch = false;
    if (m_arriveId)
        m_phone.link.send(now, protocol::CallCancel{*m_arriveId});
    else if (m_callId && isOutgoing())
        m_phone.link.send(now, protocol::CallCancel{*m_callId});
}

void CallMachine::closeIp(TimePoint now, StayReason reason, std::optional<ByeReason> bye)
{
    leaveServer(now);
    stay(reason);
    holdRing(false);
    m_releaser.cancel();
    const bool wasOpen = ipAlive();
    const bool hadKeys = wasOpen && m_session->isKeyed();
    if (wasOpen && !hadKeys)
        abort(now, "ENDED");
    if (m_audioRuns)
        m_phone.push(AudioStop{m_info.handle});
    m_audioRuns = false;
    m_microphoneOpen = false;
    m_info.held = false;
    m_info.wantsAnswer = false;
    m_info.reconnecting = false;
    for (const Timer timer : {Timer::CallerId, Timer::Decision, Timer::Fence, Timer::SetUp, Timer::Silence, Timer::Lost,
             Timer::Unanswered, Timer::Acceptance, Timer::Journal})
        m_timers.cancel(timer);
    if (m_info.ip != IpState::Idle)
        setIp(IpState::Ended);
    if (!wasOpen)
        return;
    m_closing = true;
    if (bye && hadKeys)
        m_session->send(now, Bye{0, *bye});
    m_session->wind();
    m_timers.arm(Timer::Linger, hadKeys ? now + kLinger : now);
}

void CallMachine::closeSession()
{
    if (m_session == nullptr)
        return;
    m_session.reset();
    m_timers.cancel(Timer::Linger);
    m_phone.push(SocketClose{m_info.handle});
}

void CallMachine::finish(TimePoint now, CallEnd end)
{
    if (m_finished)
        return;
    m_finished = true;
    const bool carried = m_info.moved;
    const TimePoint since = m_info.answeredAt.value_or(now);
    closeIp(now, StayReason::None);
    m_info.end = end;
    m_info.offersRedial = false;
    clearJournal();
    if (m_info.manual && m_hasLine && m_info.leg == LegState::None)
        m_phone.push(LineHangUp{m_line.id, HangUpCause::User});
    CallRecord record{.direction = m_info.direction,
                      .peer = m_info.peer,
                      .startedUnix = m_startedUnix,
                      .talked = now - since,
                      .answered = m_info.answeredAt.has_value(),
                      .moved = carried,
                      .stay = m_info.stay,
                      .end = end,
                      .trust = m_info.trust,
                      .sim = m_info.manual ? std::nullopt : std::optional(m_line.sim)};
    m_record = std::move(record);
    updateCarrier();
}

std::optional<CallRecord> CallMachine::takeRecord()
{
    return legPresent() ? std::nullopt : std::exchange(m_record, std::nullopt);
}

bool CallMachine::isOver() const
{
    return m_finished && m_session == nullptr && !legPresent();
}

void CallMachine::milestone(std::string_view name)
{
    m_phone.push(Milestone{m_info.handle, name});
}

void CallMachine::setIp(IpState state)
{
    if (state > m_info.ip)
        m_info.ip = state;
}

void CallMachine::updateCarrier()
{
    const bool ipSpeaks = ipAlive() && m_info.ip == IpState::Answered && m_info.leg != LegState::Active;
    if (m_info.moved ? ipAlive() : ipSpeaks)
        m_info.carrier = Carrier::Internet;
    else
        m_info.carrier = legPresent() ? Carrier::Cellular : Carrier::None;
    m_info.path = m_session != nullptr && m_session->isProven() ? "direct" : "";
    refreshTrust();
}

void CallMachine::refreshTrust()
{
    m_info.trust = m_peer ? m_phone.pins.level(*m_peer) : TrustLevel::None;
}

// Whatever happened: what follows from it.
void CallMachine::settle(TimePoint now)
{
    drainSession(now);
    driveReleaser(now);
    driveLegWatch(now);
    const bool answeredThere = m_info.leg == LegState::Active || m_info.leg == LegState::Held;
    if (answeredThere && ipAlive() && !m_info.moved && !isHandingOver())
        closeIp(now, StayReason::AnsweredOnCellular, ByeReason::AnsweredCellular);
    drainSession(now);
    if (m_closing && m_session != nullptr && m_session->isQuiet())
        m_timers.arm(Timer::Linger, now);
    if (!m_finished && isIdle())
        finish(now, m_info.manual ? m_endByPeer.value_or(CallEnd::Failed) : endOf(m_line.end));
    updateCarrier();
}

// Neither leg is up, and nothing is under way that could bring one.
bool CallMachine::isIdle() const
{
    const bool awaits = m_waitsForMatch || m_info.wantsAnswer || m_info.offersRedial
        || m_timers.isArmed(Timer::AwaitRedial) || m_timers.isArmed(Timer::HangUp);
    return !legPresent() && !ipAlive() && !awaits;
}

void CallMachine::drainSession(TimePoint now)
{
    while (m_session != nullptr) {
        const auto output = m_session->poll();
        if (!output)
            return;
        onSession(now, *output);
    }
}

void CallMachine::hangUp(TimePoint now)
{
    m_userHungUp = true;
    closeIp(now, StayReason::None, ByeReason::User);
    if (m_hasLine && m_info.leg != LegState::Ended) {
        m_phone.push(LineHangUp{m_line.id, HangUpCause::User});
        m_timers.arm(Timer::HangUp, now + kHangUpPatience);
    } else {
        finish(now, CallEnd::LocalHangUp);
    }
    settle(now);
}

void CallMachine::decline(TimePoint now)
{
    if (isOutgoing() || m_info.answeredAt)
        return hangUp(now);
    m_endByPeer = CallEnd::Declined;
    if (m_info.manual && m_callId && !m_matchUsed)
        m_phone.link.send(now, protocol::CallDecline{*m_callId});
    closeIp(now, StayReason::None, ByeReason::Declined);
    if (legPresent())
        m_phone.push(LineHangUp{m_line.id, HangUpCause::User});
    else
        finish(now, CallEnd::Declined);
    settle(now);
}

void CallMachine::due(TimePoint now, Timer timer)
{
    switch (timer) {
    case Timer::CallerId:
        return callerIdStaysUnknown(now);
    case Timer::Decision:
    case Timer::Fence:
        if (!ipAtLeast(IpState::Proven))
            holdRing(false);
        return;
    case Timer::SetUp:
        return closeIp(now, StayReason::NoPath, ByeReason::Error);
    case Timer::Silence:
        return watchSilence(now);
    case Timer::Lost:
        return pathLost(now);
    case Timer::Unanswered:
        closeIp(now, StayReason::None, ByeReason::NoAnswer);
        return isOutgoing() && m_releasedByUs ? offerRedial(now) : finish(now, CallEnd::NoAnswer);
    case Timer::Acceptance:
        return acceptOwnLeg(now);
    case Timer::Linger:
        return closeSession();
    case Timer::Journal:
        return heard(now);
    case Timer::RedialOffer:
    case Timer::AwaitRedial:
        return finish(now, CallEnd::MediaLost);
    case Timer::HangUp:
        return finish(now, CallEnd::LocalHangUp);
    case Timer::Count:
        return;
    }
}

void CallMachine::handleTimeout(TimePoint now)
{
    if (m_session != nullptr)
        m_session->handleTimeout(now);
    m_releaser.handleTimeout(now);
    m_legWatch.handleTimeout(now);
    while (const auto timer = m_timers.takeDue(now))
        due(now, *timer);
    settle(now);
}

std::optional<TimePoint> CallMachine::nextTimeout() const
{
    auto next = earlier(m_timers.next(), m_releaser.nextTimeout());
    next = earlier(next, m_legWatch.nextTimeout());
    return m_session != nullptr ? earlier(next, m_session->nextTimeout()) : next;
}

PathFigures CallMachine::pathFigures(TimePoint now) const
{
    if (!ipAlive())
        return {};
    return {m_session->roundTrip(), m_session->peerLossPercent(now)};
}

void CallMachine::offerRedial(TimePoint now)
{
    m_info.offersRedial = true;
    m_timers.arm(Timer::RedialOffer, now + kRedialOffer);
}

} // namespace ringlift::call
