#pragma once

#include "core/base/networkinfo.h"
#include "core/base/random.h"
#include "core/call/callinfo.h"
#include "core/call/calltimes.h"
#include "core/crypto/identity.h"
#include "core/ice/candidate.h"

#include <memory>
#include <variant>
#include <vector>

/// A whole phone as one sans-IO machine: login, registration, every call, the hand-over, the policies. Its owner feeds it
/// inputs, drains its outputs and arms its one timer; see core/engine/callengine.h for the real owner, tests/sim for the other.
namespace ringlift::call {

// ---- Inputs: the line and the SIMs
struct LineEvent { LineCall call; };              // every announcement and change of a call
/// A call that may be dialled in a moment, or never.
struct LinePrepared { LineCall call; };
struct LineLost { bool away = true; };
/// The line does not place what it was last asked for.
struct DialRefused {};
struct SimsChanged { std::vector<SimInfo> sims; };

// ---- Inputs: the server connection
struct ServerConnected { protocol::Key32 channelBinding{}; };
struct ServerText { std::string text; };
enum class ServerFailure { Unreachable, Untrusted, Closed, Refused };
struct ServerFailed { ServerFailure failure = ServerFailure::Closed; int closeCode = 0; };

// ---- Inputs: media of one call
struct SocketOpened { CallHandle call{}; std::vector<ice::TransportAddress> addresses; };
struct DatagramReceived { CallHandle call{}; ice::TransportAddress from; ByteView bytes; };
/// One encoded audio body (layout and Opus packet, protocol.md 3.7) from the media thread.
struct AudioEncoded { CallHandle call{}; std::uint32_t timestamp = 0; ByteView body; };
struct NetworkChanged { };
/// What the Internet connection is like; before the first, nothing is known of it.
struct NetworkDescribed {
    NetworkInfo network;
};

// ---- Inputs: the user
struct UserRegister { std::string number; protocol::AccountKind kind = protocol::AccountKind::Sim; };
struct UserVerify { std::string code; };
struct UserUnlock { protocol::Key32 pinProof{}; };
struct UserDeleteAccount { };
/// Protects the number with a PIN, or with none any more (protocol.md 3.3); LockAnswered follows.
struct UserSetLock {
    std::optional<protocol::Key32> pinProof;
};
struct UserDial { std::string number; int sim = 0; };
struct UserAnswer { CallHandle call{}; };
struct UserDecline { CallHandle call{}; };
struct HangUpLapsed { LineCallId line{}; };
struct UserHangUp { CallHandle call{}; };
struct UserMute { CallHandle call{}; bool muted = false; };
struct UserDigits { CallHandle call{}; std::string digits; };
struct UserStayCellular { CallHandle call{}; };
/// The call that asks to move may.
struct UserAllowMove {
    CallHandle call{};
};
struct UserRedial { CallHandle call{}; };
struct UserSas { CallHandle call{}; bool same = false; };
/// The new identity of a peer is the right one. comparedNumber: the safety number that both people found to be the
/// same; empty when they compared none. Another one than PhoneMachine::pinChange() tells confirms nothing.
struct UserConfirmPin {
    protocol::Msisdn peer;
    std::string comparedNumber = {};
};
/// When calls to this contact move; without a pin of it nothing changes.
struct UserSetHandOver {
    protocol::Msisdn peer;
    HandOver handOver = HandOver::ByTrust;
};
/// Our own ring is visible and audible (answers ShowIncoming).
struct RingShown { CallHandle call{}; };
struct SettingsChanged { CallSettings settings; };
/// The user's rule for the calls with a number; none any more when absent.
struct ContactRuleChanged {
    protocol::Msisdn peer;
    std::optional<ContactRule> rule;
};
/// Logs in to see whether it works, but not while there is a call; over: it is known, and the connection is not needed.
struct ServerProbe {
    bool over = false;
};
/// Manual accounts: stay connected so that calls can come in.
struct GoOnline { bool online = true; };
/// Calls the server's echo peer over the Internet, but never beside another call; TestCallBegun or TestCallRefused
/// follows.
struct UserTestCall {
};
/// Wall clock, for records and pins only, never for decisions.
struct WallTime { std::int64_t unixSeconds = 0; };

using PhoneInput =
    std::variant<LineEvent, LinePrepared, LineLost, DialRefused, HangUpLapsed, SimsChanged, ServerConnected, ServerText,
                 ServerFailed, SocketOpened, DatagramReceived, AudioEncoded, NetworkChanged, NetworkDescribed,
                 UserRegister, UserVerify, UserUnlock, UserDeleteAccount, UserSetLock, UserDial, UserAnswer,
                 UserDecline, UserHangUp, UserMute, UserDigits, UserStayCellular, UserAllowMove, UserRedial, UserSas,
                 UserConfirmPin, UserSetHandOver, RingShown, SettingsChanged, ContactRuleChanged, ServerProbe, GoOnline,
                 UserTestCall, WallTime>;

// ---- Outputs: the line
struct LineDial { std::string number; int sim = 0; };
struct LineAnswer { LineCallId line{}; };
/// Why a leg is ended: the hand-over, or because the user asked for it. Invariant I1 speaks of the first only.
enum class HangUpCause { HandOver, User };
/// After notAfter it must not be carried out: what a release rests on was true a moment before. HangUpLapsed is the answer then.
struct LineHangUp { LineCallId line{}; HangUpCause cause = HangUpCause::User; std::optional<TimePoint> notAfter{}; };
struct LineDigits { LineCallId line{}; std::string digits; };
struct LineHoldRing { LineCallId line{}; bool hold = false; };

// ---- Outputs: the server connection
struct ServerConnect { };
struct ServerDisconnect { };
struct ServerSend { std::string text; };

// ---- Outputs: media
struct SocketOpen { CallHandle call{}; };
struct SocketClose { CallHandle call{}; };
struct DatagramSend { CallHandle call{}; ice::TransportAddress to; Bytes bytes; };
/// Loudspeaker on: what arrives is to be heard. The microphone stays closed (D10).
struct AudioStart { CallHandle call{}; };
/// Microphone on: the local user has answered, or the callee has.
struct MicrophoneOpen { CallHandle call{}; };
struct AudioStop { CallHandle call{}; };
struct AudioMute { CallHandle call{}; bool muted = false; };
/// Neither microphone nor loudspeaker while it is on hold: silence goes out, what arrives is not heard.
struct AudioHold { CallHandle call{}; bool held = false; };
/// The peer pressed a key over the Internet: one of 0 to 9, *, #, A to D.
struct DigitHeard {
    CallHandle call{};
    char digit = '0';
};
/// An authentic audio body from the peer; arrived is when its datagram did.
struct AudioBody { CallHandle call{}; std::uint32_t timestamp = 0; TimePoint arrived; Bytes body; };

// ---- Outputs: what changed, for people and for storage
enum class RegistrationState { None, Connecting, CodeSent, Verifying, Locked, Registered, Failed };
enum class RegistrationFault {
    None, BadNumber, EmergencyOrShort, ServerUnreachable, ServerUntrusted, ServerRefused, RateLimited, WrongCode,
    CodeExpired, Locked, SimMissing, ReplacedElsewhere
};
struct RegistrationChanged { RegistrationState state = RegistrationState::None; RegistrationFault fault = RegistrationFault::None; std::uint32_t triesLeft = 0; std::uint32_t retryAfterSeconds = 0; };
/// What the server last said of the account. proofDue: its number has to be proven again, and calls may not move until then.
/// quarantined: it was registered with another SIM, and no call moves for a while (protocol.md 3.3).
struct AccountStanding {
    bool proofDue = false;
    bool quarantined = false;
    bool operator==(const AccountStanding &) const = default;
};
/// What an account that is kept means for its owner.
RegistrationChanged registrationOf(const std::optional<Account> &account);
/// set: what was asked for. Only without a fault it is so now.
struct LockAnswered {
    bool set = false;
    RegistrationFault fault = RegistrationFault::None;
    std::uint32_t retryAfterSeconds = 0;
};
struct CallChanged { CallInfo info; };
/// continued: another call goes on in its place (protocol.md 5.2 rule 8), whose record will be that of both.
struct CallFinished { CallHandle call{}; CallRecord record; bool continued = false; };
/// Show and sound our own ring; answer with RingShown.
struct ShowIncoming { CallHandle call{}; };
struct ServerStatus { bool online = false; };
struct StoreAccount { std::optional<Account> account; };
struct StorePin { protocol::Msisdn peer; std::optional<Pin> pin; };
struct StoreJournal { std::optional<ReleasedCall> released; };
/// No call of the user's: it only goes on while there is none.
struct TestCallBegun {
    CallHandle call{};
};
enum class TestRefusal { NotRegistered, CallUp, EmergencyMode, ServerUnreachable, NoEchoPeer };
struct TestCallRefused {
    TestRefusal reason = TestRefusal::NoEchoPeer;
};
/// When an emergency call was last up, for an app that is killed within the hour after it (EM3).
struct StoreEmergency { std::optional<std::int64_t> lastUpUnix; };
/// A fact worth a line in the timeline of a call, with its moment: "offer_sent", "matched", "keys", "path_proven",
/// "alerting", "asks_to_move", "answered", "ho_ready", "ho_ack", "released", "redial" and so on (README: the headless
/// interface). There is no phone network here that could carry an emergency call: nothing was dialled, and its user has
/// to know.
struct EmergencyRefused { };
struct Milestone { CallHandle call{}; std::string_view name; };
/// Something went wrong inside; counted and shown in diagnostics, never with personal data.
struct Fault { std::string_view name; };

using PhoneOutput =
    std::variant<LineDial, LineAnswer, LineHangUp, LineDigits, LineHoldRing, ServerConnect, ServerDisconnect,
                 ServerSend, SocketOpen, SocketClose, DatagramSend, AudioStart, MicrophoneOpen, AudioStop, AudioMute,
                 AudioHold, AudioBody, DigitHeard, RegistrationChanged, AccountStanding, LockAnswered, CallChanged,
                 CallFinished, ShowIncoming, ServerStatus, StoreAccount, StorePin, StoreJournal, StoreEmergency,
                 EmergencyRefused, TestCallBegun, TestCallRefused, Milestone, Fault>;

/// Fixed facts about this phone.
struct PhoneConfig
{
    bool canEndCalls = true;
    bool manualLine = false;
    Duration hangUpNoticeBound = std::chrono::milliseconds(500);
    Duration idleDisconnect = std::chrono::seconds(20);
    CallTimes times{};
    /// Plain loopback connections with a zero channel binding are accepted (tests only).
    bool acceptZeroChannelBinding = false;
    std::string platform = "linux";
    std::size_t maxCalls = 8;
    /// An echo peer: who has called it is forgotten.
    bool pinsNobody = false;
};

/// What a phone knows from its former runs.
struct PhoneMemory
{
    std::optional<Account> account;
    Pins pins;
    CallSettings settings;
    std::optional<ReleasedCall> journal;
    /// When its last emergency call ended, or was last seen to live (EM3).
    std::optional<std::int64_t> lastEmergencyUnix;
    ContactRules rules;
};

/// What the peer's reports say of a call's path; for the detail page and for the encoder.
struct PathFigures
{
    std::optional<Duration> roundTrip;
    /// Of what we sent over the last second.
    std::optional<double> lossPercent;
    bool operator==(const PathFigures &) const = default;
};

class PhoneMachine
{
public:
    PhoneMachine(PhoneConfig config, const crypto::DeviceIdentity &identity, PhoneMemory memory, RandomSource &random);
    ~PhoneMachine();

    void handle(TimePoint now, const PhoneInput &input);
    void handleTimeout(TimePoint now);
    std::optional<PhoneOutput> poll();
    std::optional<TimePoint> nextTimeout() const;

    std::vector<CallInfo> calls() const;
    /// All absent while the call has no path.
    PathFigures pathFigures(CallHandle call, TimePoint now) const;
    const std::optional<Account> &account() const;
    const Pins &pins() const;
    /// What waits for UserConfirmPin; nothing when the peer shows the pinned identity. Takes milliseconds when it
    /// waits.
    std::optional<PinChange> pinChange(const protocol::Msisdn &peer) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace ringlift::call
