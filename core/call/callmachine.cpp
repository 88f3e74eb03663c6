#include "core/call/callmachine.h"

#include <algorithm>

namespace ringlift::call {

namespace {

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

CallMachine::CallMachine(PhoneContext &phone, CallHandle handle, const EchoPeer &echo)
    : m_phone(phone), m_peer(echo.number), m_echoCard(echo.card), m_legWatch(watchConfig(phone.config))
{
    m_info.handle = handle;
    m_info.peer = Redacted(echo.number.e164());
    m_info.manual = true;
    m_info.test = true;
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
    m_peerAnswered = released.answered;
    m_journalKept = true;
    updateCarrier();
}

void CallMachine::begin(TimePoint now)
{
    m_startedUnix = m_phone.unixNow(now);
    m_begunAt = now;
    if (m_info.leg == LegState::Active)
        m_info.answeredAt = now;
    const bool isRestored = !m_hasLine && !m_callId && !m_info.test;
    if (isRestored)
        resume(now);
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
    if (line.state == LegState::Unknown)
        return lineLost(now);
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
    if (!legPresent() || m_info.leg == LegState::Unknown)
        return;
    m_spokeWhenLost = speaksByPhone();
    m_info.leg = LegState::Unknown;
    settle(now);
}

void CallMachine::wishesChanged(TimePoint now)
{
    const bool mayStillMove = legPresent() && !m_info.moved && !isHandingOver() && (m_waitsForMatch || ipAlive());
    if (const auto wish = mayStillMove ? wishToStay(now) : std::nullopt)
        keepCellular(now, *wish);
    else if (!asksFirst())
        allowMove(now);
    settle(now);
}

void CallMachine::emergencyStarted(TimePoint now)
{
    // I5: no hand-over from now on; a call that has no other leg goes on.
    if (legPresent() && !m_info.moved && !isHandingOver()) {
        closeIp(now, StayReason::EmergencyMode, ByeReason::AnsweredCellular);
        if (m_userAnswered)
            ringsAnew();
    }
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

void CallMachine::updatePrompt()
{
    if (!m_info.moved)
        m_info.prompt = promptFor(m_peer, m_phone.settings, m_phone.rules);
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
        closeIp(now, m_info.asksToMove ? StayReason::NotAllowedInTime : StayReason::AnsweredOnCellular,
                ByeReason::AnsweredCellular);
    drainSession(now);
    if (m_closing && m_session != nullptr && m_session->isQuiet())
        m_timers.arm(Timer::Linger, now);
    if (!m_finished && isIdle())
        finish(now, m_info.manual ? m_endByPeer.value_or(CallEnd::Failed) : endOf(m_line.end));
    updateCarrier();
    updatePrompt();
}

// Neither leg is up, and nothing is under way that could bring one.
bool CallMachine::isIdle() const
{
    const bool awaits = m_waitsForMatch || m_info.wantsAnswer || m_info.offersRedial
        || m_timers.isArmed(Timer::Redial) || m_timers.isArmed(Timer::AwaitRedial) || m_timers.isArmed(Timer::HangUp);
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
        clearJournal(); // by a tap only
        return isOutgoing() && m_releasedByUs ? offerRedial(now) : finish(now, CallEnd::NoAnswer);
    case Timer::Acceptance:
        return acceptOwnLeg(now);
    case Timer::Linger:
        return closeSession();
    case Timer::Journal:
        return heard(now);
    case Timer::Redial:
        return offerRedial(now);
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

} // namespace ringlift::call
