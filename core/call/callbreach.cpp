#include "core/call/callmachine.h"

/// What the guard is told of a call, and what follows when it objects: protocol.md 5.4.
namespace ringlift::call {

namespace {

// From the pins themselves: what PinBoard makes of them has been asked before.
bool isOther(const Pins &pins, const protocol::Msisdn &peer, const crypto::IdentityCard &card)
{
    const auto pin = pins.find(peer);
    return pin != pins.end() && pin->second.idHash != card.idHash();
}

} // namespace

AskFacts CallMachine::askFacts(TimePoint now, bool askedBefore) const
{
    return {.emergencyCall = m_line.emergency,
            .emergencyMode = m_phone.emergency.inEmergencyMode(now),
            .askedBefore = askedBefore};
}

MatchFacts CallMachine::matchFacts(const crypto::IdentityCard &card) const
{
    return {.otherPin = isOther(m_phone.pins.pins(), *m_peer, card), .matchedBefore = m_info.ip >= IpState::Matched};
}

KeyFacts CallMachine::keyFacts() const
{
    const Pins &pins = m_phone.pins.pins();
    return {.keyed = m_session->isKeyed(),
            .handshakeFailed = m_keysFailed,
            .otherPin = isOther(pins, *m_peer, m_session->peer())};
}

ConsentFacts CallMachine::consentFacts(TimePoint now) const
{
    return {.keys = keyFacts(), .emergencyMode = m_phone.emergency.inEmergencyMode(now)};
}

ReleaseFacts CallMachine::releaseFacts(TimePoint now) const
{
    return {.direction = m_info.direction,
            .keys = keyFacts(),
            .path = m_session->pathEvidence(now),
            .emergencyMode = m_phone.emergency.inEmergencyMode(now),
            .asked = m_askedId,
            .acked = m_ackedId,
            .endedBefore = m_legHangUpSent};
}

GlareFacts CallMachine::glareFacts(TimePoint now, const CallMachine &kept) const
{
    const bool released = kept.m_info.moved && kept.m_legWatch.isCommitted() && !kept.m_info.sas.empty();
    return {.direction = m_info.direction,
            .emergencyMode = m_phone.emergency.inEmergencyMode(now),
            .keptIsReleased = released && kept.m_peer == m_peer && !kept.isOutgoing(),
            .endedBefore = m_glareEnded};
}

MicrophoneFacts CallMachine::microphoneFacts() const
{
    return {.direction = m_info.direction,
            .answeredHere = m_userAnswered,
            .answerSent = m_answerSent,
            .answeredThere = m_peerAnswered};
}

bool CallMachine::isSound(TimePoint now, std::optional<Invariant> broken)
{
    if (broken)
        breached(now, *broken);
    return !broken;
}

// The Internet leg goes; the cellular one stays, or is placed again where it is gone (I3).
void CallMachine::breached(TimePoint now, Invariant invariant)
{
    m_phone.push(Fault{nameOf(invariant)});
    if (m_info.moved && ipAlive())
        return pathLost(now);
    closeIp(now, StayReason::InternalFault, ByeReason::Error);
    if (m_userAnswered && m_info.leg == LegState::Ringing)
        m_phone.push(LineAnswer{m_line.id});
}

} // namespace ringlift::call
