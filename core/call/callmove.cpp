#include "core/call/callmachine.h"

/// From the keys to the answer over a proven path: protocol.md 5.2.
namespace ringlift::call {

void CallMachine::onSession(TimePoint now, const SessionOutput &output)
{
    if (const auto *datagram = std::get_if<SessionDatagram>(&output)) {
        m_phone.push(DatagramSend{m_info.handle, datagram->to, datagram->bytes});
        return;
    }
    if (m_closing)
        return;
    if (const auto *breach = std::get_if<SessionBreach>(&output))
        return breached(now, breach->invariant);
    const bool cameOverIt = std::holds_alternative<SessionProven>(output) ||
                            std::holds_alternative<SessionControl>(output) ||
                            std::holds_alternative<SessionAudio>(output);
    if (cameOverIt && !isSound(now, brokenByEffect(m_session->isKeyed())))
        return;
    if (const auto *signal = std::get_if<SessionMessage>(&output)) {
        m_phone.link.send(now, signal->message);
    } else if (const auto *keys = std::get_if<SessionKeyed>(&output)) {
        keyed(keys->sas);
    } else if (const auto *failed = std::get_if<SessionFailed>(&output)) {
        m_keysFailed = true;
        abort(now, crypto::nameOf(failed->error));
        closeIp(now, StayReason::KeyAgreementFailed);
    } else if (std::holds_alternative<SessionProven>(output)) {
        proven(now);
    } else if (const auto *body = std::get_if<SessionControl>(&output)) {
        control(now, body->message);
    } else if (const auto *audio = std::get_if<SessionAudio>(&output)) {
        // Nobody is heard before somebody here or there has answered.
        if (m_audioRuns && m_info.ip == IpState::Answered)
            m_phone.push(AudioBody{m_info.handle, audio->timestamp, audio->arrived, audio->body});
    } else if (const auto *unconfirmed = std::get_if<SessionUnconfirmed>(&output)) {
        tellAgain(now, unconfirmed->message);
    }
}

// What holds still after the path was dead for longer than it is repeated; the rest has lost its meaning.
void CallMachine::tellAgain(TimePoint now, const ControlMessage &message)
{
    if (std::holds_alternative<MuteHold>(message))
        tellMuteHold(now);
    else if (std::holds_alternative<Answered>(message) && m_info.ip == IpState::Answered)
        m_session->send(now, Answered{});
    else if (std::holds_alternative<Alerting>(message) && m_info.ip == IpState::Alerting)
        m_session->send(now, Alerting{});
}

void CallMachine::keyed(const std::string &sas)
{
    m_info.sas = sas;
    setIp(IpState::Keyed);
    milestone("keys");
}

void CallMachine::proven(TimePoint now)
{
    setIp(IpState::Proven);
    milestone("path_proven");
    m_timers.cancel(Timer::SetUp);
    if (!m_info.test && !m_phone.config.pinsNobody)
        m_phone.storePin(*m_peer, m_phone.pins.seen(*m_peer, m_session->peer(), m_phone.unixNow(now)));
    if (!isSound(now, brokenByUpgrade(keyFacts())))
        return;
    m_audioRuns = true;
    m_phone.push(AudioStart{m_info.handle});
    if (m_info.muted)
        m_phone.push(AudioMute{m_info.handle, true});
    if (m_info.manual) // there is nothing else that could carry it
        watchSilence(now);
    m_info.asksToMove = asksFirst();
    if (m_info.asksToMove)
        milestone("asks_to_move");
    else if (!isOutgoing())
        ring(now);
}

bool CallMachine::asksFirst() const
{
    const auto asksAbout = [this](const std::optional<protocol::Msisdn> &peer) {
        return promptFor(peer, m_phone.settings, m_phone.rules) == Prompt::AskFirst;
    };
    if (m_info.manual)
        return false;
    return m_peer || m_cli.empty() ? asksAbout(m_peer) : std::ranges::any_of(m_cli, asksAbout);
}

void CallMachine::allowMove(TimePoint now)
{
    if (!std::exchange(m_info.asksToMove, false))
        return;
    milestone("move_allowed");
    if (!isOutgoing())
        ring(now);
    settle(now);
}

void CallMachine::ring(TimePoint now)
{
    m_info.wantsAnswer = !m_userAnswered;
    if (!m_info.wantsAnswer)
        return answer(now);
    if (m_hasLine && !isSound(now, brokenByMuting(m_phone.emergency.inEmergencyMode(now))))
        return;
    holdRing(true); // our own ring takes its place
    m_phone.push(ShowIncoming{m_info.handle});
}

void CallMachine::ringShown(TimePoint now)
{
    const bool rings = !isOutgoing() && ipAtLeast(IpState::Proven) && !m_info.asksToMove;
    if (!rings || m_info.ip >= IpState::Alerting)
        return;
    m_session->send(now, Alerting{});
    setIp(IpState::Alerting);
    milestone("alerting");
    settle(now);
}

void CallMachine::answer(TimePoint now)
{
    if (isOutgoing() || m_info.ip == IpState::Answered)
        return;
    const bool asked = m_info.wantsAnswer;
    m_info.wantsAnswer = false;
    if (m_info.manual && !m_matchUsed) {
        if (asked && !m_waitsForMatch) {
            m_userAnswered = true;
            sendArrival(now, m_cli);
        }
        return settle(now);
    }
    if (!ipAtLeast(IpState::Proven)) {
        if (m_info.leg == LegState::Ringing)
            m_phone.push(LineAnswer{m_line.id});
        return settle(now);
    }
    m_userAnswered = true;
    if (m_info.asksToMove) {
        acceptOwnLeg(now, StayReason::NotAllowedInTime);
        return settle(now);
    }
    // The modem holds the call that speaks when it takes this one; an app cannot.
    if (legPresent() && !m_info.moved && !isHandingOver() && m_phone.lineSpeaksBeside(m_info.handle)) {
        acceptOwnLeg(now);
        return settle(now);
    }
    m_info.answeredAt = now;
    m_timers.cancel(Timer::Unanswered);
    m_session->send(now, Answered{});
    m_answerSent = true;
    setIp(IpState::Answered);
    milestone("answered");
    if (legPresent() && !m_info.moved) {
        m_timers.arm(Timer::Acceptance, m_session->pathAlive(now) ? now + times().commitPatience : now);
    }
    settle(now);
}

void CallMachine::control(TimePoint now, const ControlMessage &message)
{
    if (const auto *bye = std::get_if<Bye>(&message))
        return peerSaidBye(now, bye->reason);
    if (const auto *mute = std::get_if<MuteHold>(&message)) {
        peerMutesOrHolds(*mute);
    } else if (const auto *dtmf = std::get_if<Dtmf>(&message)) {
        peerPressed(dtmf->digit);
    } else if (const auto *abort = std::get_if<HoAbort>(&message)) {
        peerAborts(now, *abort);
    } else if (isOutgoing()) {
        if (std::holds_alternative<Alerting>(message))
            peerAlerts(now);
        else if (std::holds_alternative<Answered>(message))
            peerAnswered(now);
        else if (const auto *ack = std::get_if<HoAck>(&message)) {
            driveReleaser(now);
            m_ackedId = ack->id;
            m_releaser.acked(now, ack->id);
        }
    } else if (const auto *ready = std::get_if<HoReady>(&message)) {
        m_legWatch.asked(now, ready->id, {mayMoveNow(now), m_info.leg, veto(now)});
    } else if (const auto *commit = std::get_if<HoCommit>(&message)) {
        m_legWatch.committed(commit->id, commit->released);
    }
}

void CallMachine::peerAlerts(TimePoint now)
{
    if (m_info.ip >= IpState::Alerting)
        return;
    setIp(IpState::Alerting);
    milestone("peer_alerting");
    if (m_info.moved)
        m_timers.armOnce(Timer::Unanswered, now + times().unanswered);
}

void CallMachine::peerAnswered(TimePoint now)
{
    if (m_peerAnswered)
        return;
    // Their leg is answered at once then: nobody waits for the word.
    if (m_info.asksToMove)
        return keepCellular(now, StayReason::NotAllowedInTime);
    m_peerAnswered = true;
    m_info.answeredAt = now;
    m_timers.cancel(Timer::Unanswered);
    setIp(IpState::Answered);
    milestone("peer_answered");
    if (m_journalKept)
        heard(now);
}

void CallMachine::peerAborts(TimePoint now, const HoAbort &message)
{
    switch (message.reason) {
    case AbortReason::Glare:
        return m_info.moved ? byeAfterMove(now, ByeReason::LegMismatch) : closeIp(now, StayReason::Glare);
    case AbortReason::NoPath:
    case AbortReason::LegGone:
        if (isOutgoing())
            m_releaser.aborted(now, message.id);
        else
            m_legWatch.withdrawn(message.id);
        return;
    case AbortReason::Emergency:
    case AbortReason::Pin:
    case AbortReason::UserChoseCellular:
        if (m_info.moved)
            return;
        if (m_userAnswered && legPresent())
            m_phone.push(LineAnswer{m_line.id});
        return closeIp(now, StayReason::PeerDeclinedMove);
    }
}

void CallMachine::answerSas(TimePoint now, bool same)
{
    if (!m_peer || m_info.sas.empty())
        return;
    if (same) {
        m_phone.storePin(*m_peer, m_phone.pins.verified(*m_peer, m_phone.unixNow(now)));
        return settle(now);
    }
    m_phone.pins.drop(*m_peer);
    m_phone.push(StorePin{*m_peer, std::nullopt});
    const bool alone = m_info.moved;
    closeIp(now, StayReason::KeyAgreementFailed, ByeReason::Error);
    if (alone)
        offerRedial(now);
    settle(now);
}

void CallMachine::socketOpened(TimePoint now, const std::vector<ice::TransportAddress> &addresses)
{
    if (ipAlive())
        m_session->socketOpened(now, addresses);
    settle(now);
}

void CallMachine::datagram(TimePoint now, const ice::TransportAddress &from, ByteView bytes)
{
    if (m_session == nullptr)
        return;
    // I9: what is due by the time alone waits for its timer.
    if (!m_session->datagram(now, from, bytes))
        return drainSession(now);
    if (m_info.reconnecting && ipAlive() && m_session->lastReceived() == now) {
        m_info.reconnecting = false;
        m_timers.cancel(Timer::Lost);
        watchSilence(now);
    }
    settle(now);
}

void CallMachine::networkChanged(TimePoint now)
{
    if (!ipAlive())
        return;
    m_phone.push(SocketOpen{m_info.handle});
    m_session->restart(now);
    settle(now);
}

} // namespace ringlift::call
