#include "core/call/mediasession.h"

#include "core/call/capabilities.h"

namespace ringlift::call {

using crypto::CryptoError;
using crypto::PacketKind;
using protocol::Role;

namespace {

constexpr std::size_t kProbeSize = 60;
constexpr std::uint8_t kFirstMediaByte = 0x80; // RFC 7983: 0x80 to 0x84 are ours
constexpr std::uint8_t kLastMediaByte = 0x84;
constexpr std::int64_t kSampleRate = 48'000;
constexpr std::uint16_t kSuite = 1;

bool keepsCommit(const SessionSetup &setup, ByteView message2)
{
    const auto ephemeral = toArray<32>(message2.first(32));
    return ephemeral && crypto::commitment(setup.callId, *ephemeral) == setup.commit;
}

/// As written into a sealed packet.
std::uint64_t counterOf(ByteView packet)
{
    std::uint64_t counter = 0;
    for (const std::uint8_t byte : packet.subspan(2, 6))
        counter = counter << 8U | byte;
    return counter;
}

bool isMedia(ByteView datagram)
{
    return !datagram.empty() && datagram[0] >= kFirstMediaByte && datagram[0] <= kLastMediaByte;
}

} // namespace

MediaSession::MediaSession(MediaSessionConfig config, SessionSetup setup, const crypto::DeviceIdentity &identity,
    std::unique_ptr<ice::PathAgent> agent)
    : m_config(config), m_setup(std::move(setup)), m_identity(identity), m_agent(std::move(agent)),
      m_control(config.control), m_quality(config.quality)
{
}

MediaSession::~MediaSession() = default;

crypto::PrologueFields MediaSession::prologue() const
{
    const bool isCaller = m_setup.role == Role::Caller;
    const protocol::Key32 own = m_identity.card().idHash();
    const protocol::Key32 peer = m_setup.peer.idHash();
    return {.suite = kSuite, .callId = m_setup.callId, .caller = m_setup.caller, .callee = m_setup.callee,
        .callerIdHash = isCaller ? own : peer, .calleeIdHash = isCaller ? peer : own, .commit = m_setup.commit,
        .callerCaps = isCaller ? m_setup.ownCaps : m_setup.peerCaps,
        .calleeCaps = isCaller ? m_setup.peerCaps : m_setup.ownCaps};
}

bool MediaSession::agreeOnSuite()
{
    const auto peer = decodeCapabilities(m_setup.peerCaps);
    const auto own = decodeCapabilities(m_setup.ownCaps);
    if (!peer || !own) {
        fail(CryptoError::Format);
        return false;
    }
    const std::uint16_t suite = commonSuite(*own, *peer);
    if (suite != kSuite)
        fail(suite == 0 ? CryptoError::Version : CryptoError::Downgrade);
    return suite == kSuite;
}

void MediaSession::start()
{
    if (m_setup.role != Role::Callee || m_calleeHandshake || m_handshakeOver || !agreeOnSuite())
        return;
    m_calleeHandshake.emplace(m_identity.xSecret(), m_identity.card().xPublic, m_setup.peer.xPublic,
        std::move(m_setup.ephemeral), prologue());
    const auto message = m_calleeHandshake->writeMessage1();
    if (!message)
        return fail(message.error());
    m_outputs.push_back(SessionMessage{protocol::CallNoise1{m_setup.callId, *message, m_setup.ownCaps}});
}

bool MediaSession::noise1(TimePoint now, const protocol::CallNoise1 &message)
{
    if (m_setup.role != Role::Caller || m_handshakeOver)
        return false;
    m_handshakeOver = true;
    m_setup.peerCaps = message.caps;
    if (!agreeOnSuite())
        return true;
    crypto::CallerHandshake handshake(m_identity.xSecret(), m_identity.card().xPublic, m_setup.peer.xPublic,
        std::move(m_setup.ephemeral), prologue());
    auto answer = handshake.answer(message.m1);
    if (!answer) {
        fail(answer.error());
        return true;
    }
    m_outputs.push_back(SessionMessage{protocol::CallNoise2{m_setup.callId, answer->message2}});
    keyed(now, std::move(answer->keys));
    return true;
}

bool MediaSession::noise2(TimePoint now, const protocol::CallNoise2 &message)
{
    if (!m_calleeHandshake || m_handshakeOver)
        return false;
    m_handshakeOver = true;
    auto keys = m_calleeHandshake->readMessage2(message.m2);
    m_calleeHandshake.reset();
    if (!keys)
        fail(keys.error());
    else if (isSound(brokenByKeys(keepsCommit(m_setup, message.m2))))
        keyed(now, std::move(*keys));
    return true;
}

void MediaSession::fail(CryptoError error)
{
    m_handshakeOver = true;
    m_calleeHandshake.reset();
    m_outputs.push_back(SessionFailed{error});
}

void MediaSession::keyed(TimePoint now, crypto::CallKeys keys)
{
    m_sealer.emplace(keys.send.mediaChain0);
    m_opener = std::make_unique<crypto::FrameOpener>(keys.receive.mediaChain0);
    m_signalSealer.emplace(keys.send.signalKey, m_setup.callId);
    m_signalOpener.emplace(keys.receive.signalKey, m_setup.callId);
    m_timelineSince = now;
    m_timers.arm(Timer::Probe, now);
    m_timers.arm(Timer::Report, now + m_config.reportEvery);
    m_timers.arm(Timer::Ping, now);
    m_timers.arm(Timer::Candidates, now + m_config.candidatesEvery);
    m_outputs.push_back(SessionKeyed{std::move(keys.sas)});
    sendCandidates();
}

void MediaSession::sealed(TimePoint now, const protocol::CallSealed &message)
{
    const auto plaintext = m_signalOpener ? m_signalOpener->open(message.n, message.box)
                                          : Expected<Bytes, CryptoError>(Unexpected(CryptoError::State));
    const auto candidates = plaintext ? decodeCandidates(*plaintext) : std::nullopt;
    if (!candidates) {
        ++m_dropped;
        return;
    }
    m_agent->handle(now, ice::RemoteCandidates{*candidates});
    drainAgent();
}

void MediaSession::socketOpened(TimePoint now, const std::vector<ice::TransportAddress> &addresses)
{
    std::vector<ice::Candidate> candidates;
    candidates.reserve(addresses.size());
    for (const ice::TransportAddress &address : addresses)
        candidates.push_back({address, ice::CandidateType::Host, 0});
    m_agent->handle(now, ice::LocalCandidates{candidates});
    drainAgent();
}

void MediaSession::drainAgent()
{
    while (const auto output = m_agent->poll()) {
        if (const auto *send = std::get_if<ice::SendCandidates>(&*output)) {
            m_ownCandidates = send->candidates;
            m_candidatesSent = 0;
            sendCandidates();
        } else if (const auto *datagram = std::get_if<ice::SendDatagram>(&*output)) {
            m_outputs.push_back(SessionDatagram{datagram->to, datagram->bytes});
        }
        // PathSelected shows in destinations(); that there is no path is for the call's own deadlines to say.
    }
}

void MediaSession::sendCandidates()
{
    if (!m_signalSealer || m_ownCandidates.empty())
        return;
    ++m_candidatesSent;
    crypto::SealedBox box = m_signalSealer->seal(encodeCandidates(m_ownCandidates));
    m_outputs.push_back(SessionMessage{protocol::CallSealed{m_setup.callId, box.n, std::move(box.box)}});
}

void MediaSession::restart(TimePoint now)
{
    m_agent->handle(now, ice::Restart{});
    drainAgent();
    if (m_sealer)
        m_timers.arm(Timer::Candidates, now + m_config.candidatesEvery);
}

bool MediaSession::datagram(TimePoint now, const ice::TransportAddress &from, ByteView bytes)
{
    if (!isMedia(bytes)) {
        m_agent->handle(now, ice::Datagram{from, bytes});
        drainAgent();
        return false;
    }
    if (!m_opener) {
        ++m_dropped;
        return false;
    }
    const auto packet = m_opener->open(bytes);
    if (packet)
        opened(now, from, *packet, bytes.size());
    else
        ++m_dropped;
    return packet.has_value();
}

void MediaSession::opened(TimePoint now, const ice::TransportAddress &from, const crypto::OpenedPacket &packet,
    std::size_t size)
{
    m_agent->handle(now, ice::AuthenticFrom{from});
    drainAgent();
    m_quality.received(now, packet.counter, packet.timestamp, size);
    if (packet.kind == PacketKind::Control)
        control(now, packet.plaintext);
    else if (packet.kind == PacketKind::Audio && packet.stream == 0)
        m_outputs.push_back(SessionAudio{packet.timestamp, now, copyOf(packet.plaintext)});
    checkPath(now);
}

void MediaSession::control(TimePoint now, ByteView plaintext)
{
    const auto message = decodeControl(plaintext);
    if (!message)
        return;
    const auto meaning = m_control.received(now, *message);
    drainControl(now);
    if (!meaning)
        return;
    if (const auto *report = std::get_if<Report>(&*meaning))
        m_quality.reported(now, *report);
    else if (!std::holds_alternative<Quality>(*meaning))
        m_outputs.push_back(SessionControl{*meaning});
}

void MediaSession::checkPath(TimePoint now)
{
    if (m_proven)
        return;
    if (!m_toldEnough && m_quality.report(now, Duration::zero()).received1s >= m_config.quality.atLeast) {
        // The peer waits for this word: it comes now, not with the next regular report.
        m_toldEnough = true;
        report(now);
    }
    if (!m_quality.isAlive(now))
        return;
    m_proven = true;
    m_timers.cancel(Timer::Candidates);
    m_outputs.push_back(SessionProven{});
}

void MediaSession::sound(TimePoint now, std::uint32_t timestamp, ByteView body)
{
    if (!m_sealer || m_winding)
        return;
    m_timelineAt = timestamp;
    m_timelineSince = now;
    m_timers.arm(Timer::Probe, now + m_config.soundPatience);
    packet(PacketKind::Audio, timestamp, body);
}

void MediaSession::send(TimePoint now, ControlMessage message)
{
    std::visit(
        [this](auto &body) {
            if constexpr (requires { body.id; }) {
                if (body.id == 0)
                    body.id = m_control.nextId();
            }
        },
        message);
    if (!m_sealer || !m_control.send(now, message))
        ++m_dropped;
    drainControl(now);
}

void MediaSession::drainControl(TimePoint now)
{
    while (const auto bytes = m_control.poll())
        packet(PacketKind::Control, timestampAt(now), *bytes);
    while (const auto message = m_control.takeGivenUp())
        m_outputs.push_back(SessionUnconfirmed{*message});
}

bool MediaSession::isSound(std::optional<Invariant> broken)
{
    if (broken)
        m_outputs.push_back(SessionBreach{*broken});
    return !broken;
}

void MediaSession::packet(PacketKind kind, std::uint32_t timestamp, ByteView plaintext)
{
    const std::vector<ice::TransportAddress> destinations = m_agent->destinations();
    if (destinations.empty() || !m_sealer)
        return;
    Bytes bytes(plaintext.size() + crypto::kMinPacketSize);
    if (!m_sealer->seal(kind, 0, timestamp, plaintext, bytes)) {
        ++m_dropped;
        return;
    }
    const std::uint64_t counter = counterOf(bytes);
    if (!isSound(brokenByPacket(m_lastCounter, counter)))
        return;
    m_lastCounter = counter;
    for (const ice::TransportAddress &to : destinations)
        m_outputs.push_back(SessionDatagram{to, bytes});
}

std::uint32_t MediaSession::timestampAt(TimePoint now) const
{
    const auto samples = (now - m_timelineSince).count() * kSampleRate / 1'000'000;
    return m_timelineAt + static_cast<std::uint32_t>(samples);
}

void MediaSession::probe(TimePoint now)
{
    const bool isReachable = !m_agent->destinations().empty();
    packet(PacketKind::Probe, timestampAt(now), ByteArray<kProbeSize>{});
    const bool isQuick = m_probesSent < m_config.quickProbes;
    if (isReachable)
        ++m_probesSent;
    m_timers.arm(Timer::Probe, now + (isQuick ? m_config.quickProbeEvery : m_config.probeEvery));
}

void MediaSession::report(TimePoint now)
{
    m_control.send(now, m_quality.report(now, m_control.roundTrip().value_or(Duration::zero())));
    m_control.send(now, m_quality.quality(now));
    m_timers.arm(Timer::Report, now + m_config.reportEvery);
    drainControl(now);
}

void MediaSession::due(TimePoint now, Timer timer)
{
    switch (timer) {
    case Timer::Probe:
        probe(now);
        break;
    case Timer::Report:
        report(now);
        break;
    case Timer::Ping:
        m_control.ping(now);
        m_timers.arm(Timer::Ping, now + m_config.pingEvery);
        break;
    case Timer::Candidates:
        if (m_quality.isOk(now) || m_candidatesSent >= m_config.candidatesTimes)
            break;
        sendCandidates();
        m_timers.arm(Timer::Candidates, now + m_config.candidatesEvery);
        break;
    case Timer::Count:
        break;
    }
    drainControl(now);
}

void MediaSession::handleTimeout(TimePoint now)
{
    if (m_winding)
        m_timers.cancelAll();
    while (const auto timer = m_timers.takeDue(now))
        due(now, *timer);
    m_control.handleTimeout(now);
    drainControl(now);
    m_agent->handleTimeout(now);
    drainAgent();
}

std::optional<TimePoint> MediaSession::nextTimeout() const
{
    const auto own = earlier(m_winding ? std::nullopt : m_timers.next(), m_control.nextTimeout());
    return earlier(own, m_agent->nextTimeout());
}

std::optional<SessionOutput> MediaSession::poll()
{
    if (m_outputs.empty())
        return std::nullopt;
    std::optional<SessionOutput> output = std::move(m_outputs.front());
    m_outputs.pop_front();
    return output;
}

} // namespace ringlift::call
