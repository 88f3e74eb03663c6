#pragma once

#include "core/call/callguard.h"
#include "core/call/candidatecodec.h"
#include "core/call/controlchannel.h"
#include "core/call/pathquality.h"
#include "core/call/timerset.h"
#include "core/crypto/framesealer.h"
#include "core/crypto/handshake.h"
#include "core/crypto/sealedsignalling.h"
#include "core/ice/pathagent.h"

#include <memory>

namespace ringlift::call {

struct MediaSessionConfig
{
    /// A probe goes out this long after the last packet that carried sound or a probe: 50 a second while there is no sound.
    Duration probeEvery = std::chrono::milliseconds(20);
    /// The first probes come faster, so that the path is proven soon after the keys.
    int quickProbes = 12;
    Duration quickProbeEvery = std::chrono::milliseconds(5);
    /// Sound is late now and then; probes fill in only after this.
    Duration soundPatience = std::chrono::milliseconds(60);
    Duration reportEvery = std::chrono::milliseconds(250);
    Duration pingEvery = std::chrono::seconds(1);
    /// Until the path is good, candidates are told again: at the start and after each restart (protocol.md 3.6).
    Duration candidatesEvery = std::chrono::seconds(2);
    int candidatesTimes = 4;
    ControlChannelConfig control;
    PathQualityConfig quality;
};

/// Who talks to whom, each from its own knowledge (protocol.md 3.6).
struct SessionSetup
{
    CallId callId;
    protocol::Role role = protocol::Role::Caller;
    protocol::Msisdn caller;
    protocol::Msisdn callee;
    crypto::IdentityCard peer;
    crypto::EphemeralKey ephemeral;
    protocol::Key32 commit{};
    Bytes ownCaps;
    /// The callee knows them from the match; the caller learns them with message 1.
    Bytes peerCaps;
};

// Outputs
struct SessionMessage { protocol::Message message; };
struct SessionDatagram { ice::TransportAddress to; Bytes bytes; };
struct SessionKeyed { std::string sas; };
/// No keys, and never again in this call.
struct SessionFailed { crypto::CryptoError error = crypto::CryptoError::Auth; };
/// This would have broken an invariant, and was not done.
struct SessionBreach { Invariant invariant = Invariant::I8; };
/// PATH_OK for the first time.
struct SessionProven { };
struct SessionControl { ControlMessage message; };
struct SessionAudio { std::uint32_t timestamp = 0; TimePoint arrived; Bytes body; };
/// Nobody confirmed it in time.
struct SessionUnconfirmed { ControlMessage message; };
using SessionOutput = std::variant<SessionMessage, SessionDatagram, SessionKeyed, SessionFailed, SessionBreach, SessionProven,
    SessionControl, SessionAudio, SessionUnconfirmed>;

/// From the match on: key agreement, sealed candidates, the path, and every packet of one call. Sans-IO. Nothing but
/// authentic packets changes its state once it has keys.
class MediaSession
{
public:
    /// identity must outlive the session.
    MediaSession(MediaSessionConfig config, SessionSetup setup, const crypto::DeviceIdentity &identity,
        std::unique_ptr<ice::PathAgent> agent);
    ~MediaSession();

    /// The callee writes message 1.
    void start();
    /// False: out of turn, ignored (the one-shot rule of 3.6).
    bool noise1(TimePoint now, const protocol::CallNoise1 &message);
    bool noise2(TimePoint now, const protocol::CallNoise2 &message);
    void sealed(TimePoint now, const protocol::CallSealed &message);

    void socketOpened(TimePoint now, const std::vector<ice::TransportAddress> &addresses);
    /// True: an authentic packet.
    bool datagram(TimePoint now, const ice::TransportAddress &from, ByteView bytes);
    void sound(TimePoint now, std::uint32_t timestamp, ByteView body);
    /// Looks for another path.
    void restart(TimePoint now);

    /// Ids are given by the channel; 0 in message means a new one.
    void send(TimePoint now, ControlMessage message);
    void stopSending(std::uint8_t controlType) { m_control.stop(controlType); }
    /// All that was sent has been confirmed.
    bool isQuiet() const { return m_control.idle(); }
    /// Sends no more sound, probes and reports: only what is left to be confirmed.
    void wind() { m_winding = true; }

    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const;
    std::optional<SessionOutput> poll();

    bool isKeyed() const { return m_sealer.has_value(); }
    bool isProven() const { return m_proven; }
    bool pathOk(TimePoint now) const { return isKeyed() && m_quality.isOk(now); }
    /// With the hysteresis of 5.1: good once, and not silent since.
    bool pathAlive(TimePoint now) { return isKeyed() && m_quality.isAlive(now); }
    PathEvidence pathEvidence(TimePoint now) const { return m_quality.evidence(now); }
    std::optional<TimePoint> lastReceived() const { return m_quality.lastReceived(); }
    std::optional<Duration> roundTrip() const { return m_control.roundTrip(); }
    std::optional<double> peerLossPercent(TimePoint now) const { return m_quality.peerLossPercent(now); }
    const crypto::IdentityCard &peer() const { return m_setup.peer; }
    /// Packets that were not authentic or not well-formed.
    std::uint64_t dropped() const { return m_dropped; }

private:
    enum class Timer { Probe, Report, Ping, Candidates, Count };

    crypto::PrologueFields prologue() const;
    bool agreeOnSuite();
    void keyed(TimePoint now, crypto::CallKeys keys);
    void fail(crypto::CryptoError error);
    void drainAgent();
    void drainControl(TimePoint now);
    void sendCandidates();
    void opened(TimePoint now, const ice::TransportAddress &from, const crypto::OpenedPacket &packet, std::size_t size);
    void control(TimePoint now, ByteView plaintext);
    void checkPath(TimePoint now);
    void probe(TimePoint now);
    void report(TimePoint now);
    void due(TimePoint now, Timer timer);
    bool isSound(std::optional<Invariant> broken);
    void packet(crypto::PacketKind kind, std::uint32_t timestamp, ByteView plaintext);
    std::uint32_t timestampAt(TimePoint now) const;

    const MediaSessionConfig m_config;
    SessionSetup m_setup;
    const crypto::DeviceIdentity &m_identity;
    std::unique_ptr<ice::PathAgent> m_agent;
    std::optional<crypto::CalleeHandshake> m_calleeHandshake;
    bool m_handshakeOver = false;
    std::optional<crypto::FrameSealer> m_sealer;
    std::unique_ptr<crypto::FrameOpener> m_opener;
    std::optional<crypto::SignalSealer> m_signalSealer;
    std::optional<crypto::SignalOpener> m_signalOpener;
    ControlChannel m_control;
    PathQuality m_quality;
    TimerSet<Timer> m_timers;
    std::vector<ice::Candidate> m_ownCandidates;
    int m_candidatesSent = 0;
    int m_probesSent = 0;
    bool m_toldEnough = false;
    bool m_proven = false;
    bool m_winding = false;
    std::uint64_t m_dropped = 0;
    std::optional<std::uint64_t> m_lastCounter;
    // The timeline of what we send: where sound stood, and when.
    std::uint32_t m_timelineAt = 0;
    TimePoint m_timelineSince;
    std::deque<SessionOutput> m_outputs;
};

} // namespace ringlift::call
