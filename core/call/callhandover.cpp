#include "core/call/callmachine.h"

/// The hand-over from the cellular leg, at the caller and at the callee: protocol.md 5.2.
namespace ringlift::call {

namespace {

constexpr std::uint8_t kHoReadyType = 0x12;

} // namespace

// A moved call could not be spoken beside one that the modem carries.
bool CallMachine::mayMoveNow(TimePoint now) const
{
    return !m_info.asksToMove && m_session->pathOk(now) && !m_phone.lineSpeaksBeside(m_info.handle);
}

std::optional<AbortReason> CallMachine::veto(TimePoint now) const
{
    if (m_phone.emergency.inEmergencyMode(now))
        return AbortReason::Emergency;
    if (m_wishesCellular)
        return AbortReason::UserChoseCellular;
    return std::nullopt;
}

void CallMachine::driveReleaser(TimePoint now)
{
    if (!isOutgoing() || m_info.manual || !ipAtLeast(IpState::Proven))
        return;
    m_releaser.update(now, {.pathOk = mayMoveNow(now),
                            .leg = m_info.leg,
                            .mayRelease = m_phone.config.canEndCalls && !veto(now),
                            .alerting = m_info.ip >= IpState::Alerting,
                            .answered = m_peerAnswered,
                            .trust = m_phone.pins.level(*m_peer),
                            .handOver = m_phone.pins.handOver(*m_peer)});
    while (const auto output = m_releaser.poll()) {
        if (const auto *ask = std::get_if<AskPeer>(&*output)) {
            if (!isSound(now, brokenByConsent(consentFacts(now))))
                return;
            m_askedId = ask->id;
            m_session->stopSending(kHoReadyType);
            m_session->send(now, HoReady{ask->id});
            milestone("ho_ready");
        } else if (const auto *withdraw = std::get_if<WithdrawAsk>(&*output)) {
            m_askedId = 0;
            m_session->send(now, HoAbort{withdraw->id, AbortReason::NoPath});
        } else if (std::holds_alternative<EndOwnLeg>(*output)) {
            endOwnLeg(now);
        } else if (const auto *outcome = std::get_if<TellOutcome>(&*output)) {
            m_session->send(now, HoCommit{outcome->id, outcome->released});
            if (!outcome->released)
                clearJournal();
            outcome->released ? released(now) : closeIp(now, StayReason::LineLost);
        }
        if (!ipAlive())
            return;
    }
}

void CallMachine::endOwnLeg(TimePoint now)
{
    if (!isSound(now, brokenByRelease(releaseFacts(now))))
        return;
    heard(now); // the app may be killed before the line has answered
    m_legHangUpSent = true;
    milestone("releasing");
    m_phone.push(LineHangUp{m_line.id, HangUpCause::HandOver, now + times().releaseHolds});
}

void CallMachine::releaseLapsed(TimePoint now)
{
    m_legHangUpSent = false;
    clearJournal();
    m_releaser.lapsed(now);
    settle(now);
}

void CallMachine::released(TimePoint now)
{
    m_releasedByUs = true;
    m_info.moved = true;
    m_info.stay = StayReason::None;
    milestone("released");
    if (!m_peerAnswered)
        m_timers.armOnce(Timer::Unanswered, now + times().unanswered);
    watchSilence(now);
}

void CallMachine::driveLegWatch(TimePoint now)
{
    while (const auto output = m_legWatch.poll()) {
        if (!ipAlive())
            continue;
        if (const auto *allow = std::get_if<AllowRelease>(&*output)) {
            if (!isSound(now, brokenByConsent(consentFacts(now))))
                continue;
            m_session->send(now, HoAck{allow->id});
            milestone("ho_ack");
        } else if (const auto *refuse = std::get_if<RefuseRelease>(&*output)) {
            m_session->send(now, HoAbort{refuse->id, refuse->reason});
        } else if (const auto *bound = std::get_if<LegBound>(&*output)) {
            legBound(now, bound->wasActive);
        } else if (std::holds_alternative<LegMismatch>(*output)) {
            legMismatch(now);
        } else if (std::holds_alternative<ReleaseFailed>(*output)) {
            if (m_userAnswered)
                acceptOwnLeg(now);
            else
                closeIp(now, StayReason::PeerDeclinedMove);
        }
    }
}

void CallMachine::legMismatch(TimePoint now)
{
    closeIp(now, StayReason::LegMismatch, ByeReason::LegMismatch);
    ringsAnew();
}

// The answer in the app is void: the leg waits for one of its own.
void CallMachine::ringsAnew()
{
    if (speaksByPhone() || m_info.leg == LegState::Held)
        return;
    m_userAnswered = false;
    m_info.answeredAt.reset();
}

// Rule 10.
void CallMachine::acceptOwnLeg(TimePoint now, StayReason reason)
{
    if (m_info.moved || !legPresent() || !ipAlive() || m_legWatch.isCommitted())
        return;
    if (!isSound(now, brokenByAnswering(m_userAnswered)))
        return;
    milestone("answered_by_phone");
    m_phone.push(LineAnswer{m_line.id});
    closeIp(now, reason, ByeReason::AnsweredCellular);
}

void CallMachine::legBound(TimePoint now, bool wasActive)
{
    m_info.moved = true;
    m_info.stay = StayReason::None;
    m_ringHeld = false; // there is nothing left to ring
    m_timers.cancel(Timer::Acceptance);
    m_phone.storePin(*m_peer, m_phone.pins.legBound(*m_peer, m_phone.unixNow(now)));
    milestone("leg_bound");
    if (wasActive && !m_userAnswered)
        answer(now);
    watchSilence(now);
}

void CallMachine::stayCellular(TimePoint now)
{
    m_wishesCellular = true;
    if (!m_info.moved && legPresent() && !isHandingOver())
        keepCellular(now, StayReason::UserChoseCellular);
    settle(now);
}

void CallMachine::keepCellular(TimePoint now, StayReason reason)
{
    if (ipAtLeast(IpState::Keyed))
        m_session->send(now, HoAbort{0, AbortReason::UserChoseCellular});
    if (m_userAnswered)
        m_phone.push(LineAnswer{m_line.id});
    closeIp(now, reason);
}

void CallMachine::yieldToGlare(TimePoint now)
{
    if (ipAtLeast(IpState::Keyed))
        m_session->send(now, HoAbort{0, AbortReason::Glare});
    closeIp(now, StayReason::Glare);
    settle(now);
}

void CallMachine::endGlaringLeg(TimePoint now, const CallMachine &kept)
{
    const bool stillRings = m_info.leg == LegState::Dialling || m_info.leg == LegState::Alerting;
    if (m_glareEnded || !isOutgoing() || m_info.stay != StayReason::Glare || !stillRings)
        return;
    if (m_phone.emergency.inEmergencyMode(now)) // I5
        return;
    const auto broken = brokenByGlareRelease(glareFacts(now, kept));
    m_glareEnded = true;
    if (!isSound(now, broken))
        return;
    m_phone.push(LineHangUp{m_line.id, HangUpCause::HandOver});
}

} // namespace ringlift::call
