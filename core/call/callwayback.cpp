#include "core/call/callmachine.h"

/// From the last packet or the peer's farewell back to the phone network: protocol.md 5.2 rule 8.
namespace ringlift::call {

namespace {

/// The person at the other end ended the call: nothing is to be placed again.
std::optional<CallEnd> endByPerson(ByeReason reason)
{
    switch (reason) {
    case ByeReason::User:
        return CallEnd::RemoteHangUp;
    case ByeReason::Declined:
        return CallEnd::Declined;
    case ByeReason::NoAnswer:
        return CallEnd::NoAnswer;
    case ByeReason::Busy:
        return CallEnd::Busy;
    default:
        return std::nullopt;
    }
}

} // namespace

void CallMachine::peerSaidBye(TimePoint now, ByeReason reason)
{
    m_endByPeer = endByPerson(reason);
    if (m_endByPeer)
        clearJournal(); // also in the middle of a release
    if (m_info.moved || m_info.manual)
        return byeAfterMove(now, reason);
    // The leg ends on its own in a moment; ringing until then would startle.
    const bool keepsQuiet = m_ringHeld && reason == ByeReason::User;
    if (keepsQuiet)
        m_ringHeld = false;
    const bool phoneSpeaks = reason == ByeReason::AnsweredCellular;
    // What the user has answered goes on by phone, as in rule 10.
    if (m_userAnswered && !m_endByPeer && !phoneSpeaks && legPresent() && !isHandingOver())
        return acceptOwnLeg(now);
    const StayReason stays = phoneSpeaks ? StayReason::AnsweredOnCellular : StayReason::PeerDeclinedMove;
    closeIp(now, m_endByPeer ? StayReason::None : stays);
    if (keepsQuiet) {
        m_ringHeld = true;
        m_timers.arm(Timer::Decision, now + times().legTrailsBye);
    }
    if (!isOutgoing() && m_endByPeer)
        m_endByPeer = m_info.answeredAt ? CallEnd::RemoteHangUp : CallEnd::NoAnswer;
}

void CallMachine::byeAfterMove(TimePoint now, ByeReason reason)
{
    const bool releasedByPeer = !isOutgoing() && !m_releasedByUs;
    if (releasedByPeer && reason == ByeReason::AnsweredCellular)
        m_endByPeer = CallEnd::RemoteHangUp; // the caller speaks with somebody else, such as voicemail
    if (m_endByPeer) {
        const bool missed = !isOutgoing() && !m_info.answeredAt;
        const CallEnd end = missed ? CallEnd::NoAnswer : *m_endByPeer;
        closeIp(now, StayReason::None);
        return finish(now, end);
    }
    const bool atOnce = reason == ByeReason::LegMismatch || reason == ByeReason::AnsweredCellular;
    if (m_releasedByUs && atOnce) {
        closeIp(now, StayReason::None);
        return placeAgain(now);
    }
    pathLost(now);
}

void CallMachine::watchSilence(TimePoint now)
{
    if (!ipAlive())
        return;
    const TimePoint last = m_session->lastReceived().value_or(now);
    if (now - last < times().silence) {
        m_timers.arm(Timer::Silence, last + times().silence);
        return;
    }
    m_info.reconnecting = true;
    m_silentSince = last;
    m_session->restart(now);
    m_timers.arm(Timer::Lost, now + (m_info.answeredAt ? times().lostAnswered : times().lostUnanswered));
}

void CallMachine::pathLost(TimePoint now)
{
    m_silentSince = m_session->lastReceived().value_or(now);
    const bool wasHeld = m_info.held; // a dial would break into the call that its user is in
    closeIp(now, StayReason::None, ByeReason::MediaLost);
    if (m_releasedByUs) {
        const bool automatic = !m_info.answeredAt || (m_phone.settings.redialAutomaticallyInCall && !wasHeld);
        automatic ? placeAgain(now) : offerRedial(now);
    } else if (m_legWatch.isBound()) {
        m_info.reconnecting = true;
        m_timers.arm(Timer::AwaitRedial, m_silentSince + times().awaitRedial);
    } else {
        finish(now, CallEnd::MediaLost);
    }
}

void CallMachine::placeAgain(TimePoint now)
{
    // EM5: nothing is placed by itself beside an emergency call.
    if (m_phone.emergency.inEmergencyMode(now) && !m_info.offersRedial)
        return offerRedial(now);
    if (m_peer)
        m_phone.redials.note(now + times().noOffer, *m_peer);
    milestone("redial");
    m_phone.push(LineDial{m_line.number.reveal(), m_line.sim});
    m_info.offersRedial = false;
    m_info.reconnecting = true;
    m_timers.cancel(Timer::RedialOffer);
    m_timers.arm(Timer::Redial, now + times().redialPatience);
}

bool CallMachine::isPlacedAgainBy(const LineCall &line) const
{
    const bool waits = m_info.offersRedial || m_timers.isArmed(Timer::Redial);
    return waits && line.direction == CallDirection::Outgoing && line.number == m_line.number;
}

void CallMachine::placedAgain(TimePoint now)
{
    finish(now, CallEnd::MediaLost);
}

void CallMachine::goOnAs(CallMachine &next)
{
    next.m_former = m_record;
    m_continued = true;
}

void CallMachine::dialRefused(TimePoint now)
{
    if (m_timers.isArmed(Timer::Redial))
        offerRedial(now);
    settle(now);
}

// An app that was killed comes back.
void CallMachine::resume(TimePoint now)
{
    const bool automatic = !m_peerAnswered || m_phone.settings.redialAutomaticallyInCall;
    automatic ? placeAgain(now) : offerRedial(now);
}

void CallMachine::redial(TimePoint now)
{
    if (m_info.offersRedial)
        placeAgain(now);
    settle(now);
}

bool CallMachine::awaitsRedial() const
{
    const bool silent = m_info.moved && m_info.reconnecting && !m_releasedByUs;
    // I4: what nobody has answered rings.
    return (m_timers.isArmed(Timer::AwaitRedial) || silent) && !isOutgoing() && m_info.answeredAt && m_peer
        && m_phone.pins.level(*m_peer) >= TrustLevel::Leg;
}

void CallMachine::continuedByPhone(TimePoint now)
{
    m_timers.cancel(Timer::AwaitRedial);
    finish(now, CallEnd::MediaLost);
}

// The journal says that the call is alive, for an app that is killed and comes back.
void CallMachine::heard(TimePoint now)
{
    m_phone.push(StoreJournal{ReleasedCall{*m_peer, m_line.sim, m_phone.unixNow(now), m_peerAnswered}});
    m_timers.arm(Timer::Journal, now + times().journalEvery);
    m_journalKept = true;
}

void CallMachine::clearJournal()
{
    if (std::exchange(m_journalKept, false))
        m_phone.push(StoreJournal{std::nullopt});
}

void CallMachine::offerRedial(TimePoint now)
{
    m_info.offersRedial = true;
    m_info.reconnecting = false;
    m_timers.cancel(Timer::Redial);
    m_timers.arm(Timer::RedialOffer, now + times().redialOffer);
}

} // namespace ringlift::call
