#include "core/call/callmachine.h"

#include "core/call/capabilities.h"
#include "core/crypto/tags.h"
#include "core/ice/hostagent.h"

#include <algorithm>

namespace ringlift::call {

using protocol::Role;

namespace {

constexpr std::string_view kOtherPin = "ERR_PIN";

StayReason reasonOf(ServerFailure failure)
{
    switch (failure) {
    case ServerFailure::Untrusted:
        return StayReason::ServerUntrusted;
    case ServerFailure::Refused:
        return StayReason::ServerRefused;
    case ServerFailure::Unreachable:
    case ServerFailure::Closed:
        break;
    }
    return StayReason::ServerUnreachable;
}

bool mayStillRing(LegState leg)
{
    return leg == LegState::Dialling || leg == LegState::Alerting || leg == LegState::None;
}

} // namespace

void CallMachine::stay(StayReason reason)
{
    if (m_info.stay == StayReason::None && !m_info.moved)
        m_info.stay = reason;
}

void CallMachine::holdRing(bool hold)
{
    // A phone that asks rings as if there were no Internet.
    const bool waitsForWord = m_info.asksToMove || (asksFirst() && !ipAtLeast(IpState::Proven));
    if (m_ringHeld == hold || !m_hasLine || (hold && waitsForWord))
        return;
    m_ringHeld = hold;
    m_phone.push(LineHoldRing{m_line.id, hold});
    if (!hold)
        milestone("ring_let");
}

void CallMachine::offer(TimePoint now)
{
    const auto callee = m_info.test ? *m_peer : mayOffer(m_line, m_phone.facts(now));
    if (!callee)
        return stay(callee.error());
    m_peer = *callee;
    m_info.peer = Redacted(callee->e164());
    if (m_phone.redials.contains(now, *callee))
        return stay(StayReason::RecentlyRedialled);
    if (!mayStillRing(m_info.leg))
        return stay(StayReason::NoMatch);
    if (!isSound(now, brokenByAsking(askFacts(now, m_callId.has_value()))))
        return;
    m_callId = m_phone.random.id<CallId>();
    m_ephemeral = crypto::EphemeralKey::generate(m_phone.random);
    m_commit = crypto::commitment(*m_callId, m_ephemeral->publicKey);
    setIp(IpState::Connecting);
    m_waitsForMatch = m_phone.link.send(now,
        protocol::CallOffer{*m_callId, m_phone.account->msisdn, *callee, m_commit, encode(Capabilities{}), m_info.manual});
    if (!m_waitsForMatch)
        return closeIp(now, StayReason::ServerUnreachable);
    milestone("offer_sent");
}

void CallMachine::arrive(TimePoint now)
{
    if (!m_hasLine) {
        const bool welcome = !m_phone.settings.contactsOnlyManual || m_phone.pins.isKnown(*m_peer);
        if (!welcome || !m_phone.settings.moveCalls || m_phone.emergency.inEmergencyMode(now)) {
            m_phone.link.send(now, protocol::CallDecline{*m_callId});
            return finish(now, CallEnd::Declined);
        }
        m_info.wantsAnswer = true;
        m_phone.push(ShowIncoming{m_info.handle});
        return;
    }
    const auto cli = mayArrive(m_line, m_phone.facts(now));
    const bool rings = m_info.leg == LegState::Ringing;
    // Where it has to be known, it may still come.
    const bool comesLate = !cli && mayCallerIdLift(cli.error(), m_line, m_phone.facts(now));
    if (!rings || (!cli && !comesLate)) {
        m_timers.cancel(Timer::CallerId);
        holdRing(false);
        return stay(cli ? StayReason::NoMatch : cli.error());
    }
    if (cli && !cli->empty())
        return sendArrival(now, *cli);
    if (m_timers.isArmed(Timer::CallerId))
        return;
    if (!isSound(now, brokenByMuting(m_phone.emergency.inEmergencyMode(now))))
        return;
    m_timers.arm(Timer::CallerId, now + times().callerIdPatience);
    m_timers.arm(Timer::Fence, now + times().decisionFence);
    if (wishToStay(now))
        return;
    m_phone.link.warmUp(now);
    holdRing(true);
}

void CallMachine::callerIdStaysUnknown(TimePoint now)
{
    const auto cli = mayArrive(m_line, m_phone.facts(now));
    if (cli)
        return sendArrival(now, *cli);
    m_timers.cancel(Timer::Fence);
    holdRing(false);
    stay(cli.error());
}

void CallMachine::sendArrival(TimePoint now, std::vector<protocol::Msisdn> cli)
{
    if (!isSound(now, brokenByAsking(askFacts(now, m_arriveId.has_value()))))
        return;
    m_timers.cancel(Timer::CallerId);
    m_timers.armOnce(Timer::Fence, now + times().decisionFence);
    m_cli = std::move(cli);
    m_arriveId = m_phone.random.id<ArriveId>();
    m_ephemeral = crypto::EphemeralKey::generate(m_phone.random);
    setIp(IpState::Connecting);
    protocol::CallArrive message;
    message.arriveId = *m_arriveId;
    message.sim = m_phone.account->sim;
    message.cli = m_cli;
    message.manual = m_info.manual;
    m_waitsForMatch = m_phone.link.send(now, message);
    if (!m_waitsForMatch)
        return closeIp(now, StayReason::ServerUnreachable);
    holdRing(true);
    milestone("arrive_sent");
}

void CallMachine::accepted(TimePoint now)
{
    if (!m_waitsForMatch)
        return;
    setIp(IpState::Offered);
    milestone(isOutgoing() ? "offer_accepted" : "arrive_accepted");
    if (!isOutgoing())
        m_timers.arm(Timer::Decision, now + times().noMatchAfter);
    settle(now);
}

void CallMachine::expired(TimePoint now)
{
    const bool wasAsked = !m_hasLine && m_info.wantsAnswer;
    if (m_waitsForMatch || wasAsked) {
        m_waitsForMatch = false;
        closeIp(now, StayReason::NoMatch);
        if (wasAsked)
            finish(now, CallEnd::NoAnswer);
    }
    settle(now);
}

bool CallMachine::mayMatch(const protocol::CallMatched &message) const
{
    if (isOutgoing())
        return message.role == Role::Caller && m_callId == message.callId;
    const bool complete = message.caller && message.commit && message.caps && message.arriveId == m_arriveId;
    if (message.role != Role::Callee || !complete)
        return false;
    // What we sent decides, not what the server says of it (M5).
    return m_cli.empty() || std::find(m_cli.begin(), m_cli.end(), *message.caller) != m_cli.end();
}

void CallMachine::matched(TimePoint now, const protocol::CallMatched &message)
{
    if (m_matchUsed) {
        m_phone.push(Fault{"second_match"});
        return;
    }
    if (!m_waitsForMatch) {
        m_phone.link.send(now, protocol::CallAbort{message.callId, "GONE"});
        return;
    }
    m_matchUsed = true;
    m_waitsForMatch = false;
    m_timers.cancel(Timer::Decision);
    m_callId = message.callId;
    const auto card = crypto::IdentityCard::parse(message.peerIdcard);
    if (!mayMatch(message) || !card) {
        abort(now, card ? "ERR_STATE" : crypto::nameOf(card.error()));
        closeIp(now, StayReason::KeyAgreementFailed);
        return settle(now);
    }
    if (!isOutgoing())
        m_peer = message.caller;
    if (const auto wish = wishToStay(now)) {
        abort(now, "CELLULAR");
        closeIp(now, *wish);
        return settle(now);
    }
    if (const auto refusal = trustRefusal(message)) {
        const bool hasOtherPin = *refusal == StayReason::PeerIdentityChanged;
        abort(now, hasOtherPin ? kOtherPin : "NO_PIN");
        if (hasOtherPin)
            m_phone.storePin(*m_peer, m_phone.pins.changed(*m_peer, *card));
        closeIp(now, *refusal);
        return settle(now);
    }
    if (asksFirst())
        holdRing(false);
    startSession(now, message, *card);
    settle(now);
}

std::optional<StayReason> CallMachine::trustRefusal(const protocol::CallMatched &message) const
{
    if (m_echoCard && message.peerIdcard != *m_echoCard)
        return StayReason::KeyAgreementFailed;
    const auto card = crypto::IdentityCard::parse(message.peerIdcard);
    if (card && m_phone.pins.check(*m_peer, *card) == PinVerdict::Changed)
        return StayReason::PeerIdentityChanged;
    if (!isOutgoing() && m_cli.empty() && !m_phone.pins.isKnown(*m_peer))
        return StayReason::UnknownCallerWithoutPin;
    return std::nullopt;
}

std::optional<StayReason> CallMachine::wishToStay(TimePoint now) const
{
    if (m_info.manual)
        return std::nullopt;
    const PolicyFacts facts = m_phone.facts(now);
    if (m_peer || m_cli.empty())
        return call::wishToStay(m_peer, facts);
    // Which of the readings it is, only the match will tell.
    const bool mayMove =
        std::ranges::any_of(m_cli, [&facts](const protocol::Msisdn &peer) { return !call::wishToStay(peer, facts); });
    return mayMove ? std::nullopt : call::wishToStay(m_cli.front(), facts);
}

void CallMachine::startSession(TimePoint now, const protocol::CallMatched &message, const crypto::IdentityCard &card)
{
    if (!isSound(now, brokenByMatching(matchFacts(card))))
        return;
    const protocol::Msisdn &own = m_phone.account->msisdn;
    SessionSetup setup{.callId = message.callId, .role = message.role, .caller = isOutgoing() ? own : *m_peer,
        .callee = isOutgoing() ? *m_peer : own, .peer = card, .ephemeral = std::move(*m_ephemeral),
        .commit = isOutgoing() ? m_commit : *message.commit, .ownCaps = encode(Capabilities{}),
        .peerCaps = message.caps.value_or(Bytes())};
    m_ephemeral.reset();
    m_info.peer = Redacted(m_peer->e164());
    m_session = std::make_unique<MediaSession>(MediaSessionConfig{}, std::move(setup), m_phone.identity,
        std::make_unique<ice::HostAgent>());
    setIp(IpState::Matched);
    milestone("matched");
    m_phone.push(SocketOpen{m_info.handle});
    m_timers.arm(Timer::SetUp, now + times().setUpPatience);
    m_session->start();
}

void CallMachine::abort(TimePoint now, std::string_view code)
{
    if (m_callId && m_matchUsed && m_phone.link.isUp() && !std::exchange(m_abortSent, true))
        m_phone.link.send(now, protocol::CallAbort{*m_callId, std::string(code)});
}

void CallMachine::noise1(TimePoint now, const protocol::CallNoise1 &message)
{
    if (!ipAlive() || !m_session->noise1(now, message))
        m_phone.push(Fault{"unexpected_noise1"});
    settle(now);
}

void CallMachine::noise2(TimePoint now, const protocol::CallNoise2 &message)
{
    if (!ipAlive() || !m_session->noise2(now, message))
        m_phone.push(Fault{"unexpected_noise2"});
    settle(now);
}

void CallMachine::sealed(TimePoint now, const protocol::CallSealed &message)
{
    if (ipAlive())
        m_session->sealed(now, message);
    settle(now);
}

// Not authentic: once there are keys, only the peer's own packets count (I9).
void CallMachine::aborted(TimePoint now, const protocol::CallAbort &message)
{
    if (!ipAlive() || m_session->isKeyed())
        return settle(now);
    closeIp(now, message.code == kOtherPin ? StayReason::UnconfirmedByPeer : StayReason::PeerDeclinedMove);
    if (m_info.stay == StayReason::UnconfirmedByPeer && m_phone.account)
        m_info.safetyNumber =
            crypto::safetyNumber(m_phone.identity.card(), m_phone.account->msisdn, m_session->peer(), *m_peer);
    settle(now);
}

void CallMachine::refused(TimePoint now, const protocol::ErrorMessage &message)
{
    const bool ofSetUp = message.re == "call.offer" || message.re == "call.arrive" || message.re == "call.noise1"
        || message.re == "call.noise2";
    const bool open = m_waitsForMatch || (ipAlive() && !m_session->isKeyed());
    if (!ofSetUp || !open)
        return;
    m_waitsForMatch = false;
    closeIp(now, StayReason::ServerRefused);
    settle(now);
}

void CallMachine::linkDown(TimePoint now, ServerFailure failure)
{
    const bool needsIt = m_waitsForMatch || (ipAlive() && !m_session->isKeyed());
    const bool wasAsked = !m_hasLine && m_info.wantsAnswer;
    if (!needsIt && !wasAsked)
        return;
    m_waitsForMatch = false;
    const bool gone = m_phone.account && m_phone.account->gone;
    closeIp(now, gone ? StayReason::RegisteredElsewhere : reasonOf(failure));
    if (wasAsked)
        finish(now, CallEnd::NoAnswer);
    settle(now);
}

bool CallMachine::keepsLink() const
{
    return m_waitsForMatch || (ipAlive() && !m_session->isProven());
}

} // namespace ringlift::call
