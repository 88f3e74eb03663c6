#include "core/call/callmachine.h"

/// How a leg and a call end.
namespace ringlift::call {

namespace {

/// One conversation: a call that lost its Internet path, and the one by phone that went on in its place.
CallRecord joined(const CallRecord &lost, const CallRecord &last)
{
    CallRecord whole = last;
    whole.startedUnix = lost.startedUnix;
    whole.talked += lost.talked;
    whole.answered = lost.answered || last.answered;
    whole.moved = lost.moved;
    whole.stay = lost.stay;
    if (!last.answered)
        whole.end = lost.end;
    return whole;
}

} // namespace

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
    if (m_info.asksToMove) // nobody has allowed that it goes on without the leg
        closeIp(now, StayReason::LegEndedEarly, ByeReason::User);
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
        m_timers.armOnce(Timer::Unanswered, now + times().unanswered); // rule 9
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
    m_info.asksToMove = false;
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
    m_timers.arm(Timer::Linger, hadKeys ? now + times().linger : now);
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
    m_timers.cancel(Timer::Redial);
    clearJournal();
    if (m_info.manual && m_hasLine && m_info.leg == LegState::None)
        m_phone.push(LineHangUp{m_line.id, HangUpCause::User});
    CallRecord record{.direction = m_info.direction,
                      .peer = m_info.peer,
                      .startedUnix = m_startedUnix,
                      .talked = now - since,
                      .answered = m_info.answeredAt.has_value() || m_peerAnswered,
                      .moved = carried,
                      .stay = m_info.stay,
                      .end = end,
                      .trust = m_info.trust,
                      .sim = m_info.manual ? std::nullopt : std::optional(m_line.sim)};
    m_record = m_former ? joined(*m_former, record) : std::move(record);
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

void CallMachine::hangUp(TimePoint now)
{
    m_userHungUp = true;
    closeIp(now, StayReason::None, ByeReason::User);
    clearJournal(); // before the line has told that the leg is gone
    if (m_hasLine && m_info.leg != LegState::Ended) {
        m_phone.push(LineHangUp{m_line.id, HangUpCause::User});
        m_timers.arm(Timer::HangUp, now + times().hangUpPatience);
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

} // namespace ringlift::call
