#pragma once

#include "core/base/linecall.h"
#include "core/call/pin.h"

#include <cstdint>
#include <optional>
#include <string>

/// What people and scripts see of calls: values.
namespace ringlift::call {

enum class CallHandle : std::uint32_t { };

/// The Internet leg, in the order in which a call goes through it.
enum class IpState { Idle, Connecting, Offered, Matched, Keyed, Proven, Alerting, Answered, Ended };

/// Which network carries the voice, or will when it is answered.
enum class Carrier { Cellular, Internet, None };

/// Why a call did not move; None while it may still, or has.
enum class StayReason {
    None, Emergency, ShortNumber, MmiCode, PostDialDigits, InvalidNumber, NotRegistered, RegisteredElsewhere, OwnNumberWithheld,
    CallerIdWithheld, CallerIdUnusable, SwitchedOff, RecentlyRedialled, ServerUnreachable, ServerUntrusted, ServerRefused, NoMatch,
    PeerIdentityChanged, UnknownCallerWithoutPin, KeyAgreementFailed, NoPath, AnsweredOnCellular, PeerDeclinedMove,
    UserChoseCellular, LineLost, LegEndedEarly, LegMismatch, MediaLost, EmergencyMode, Glare, UnconfirmedByPeer,
    WifiOnly, FreeDataOnly, Roaming, ContactNever, NotAllowedInTime, InternalFault
};

enum class CallEnd { NotEnded, LocalHangUp, RemoteHangUp, Declined, NoAnswer, Busy, Failed, MediaLost };

/// What a move is like for the user of this phone: no word, a word on the screen, a tone as well, or a question before.
enum class Prompt { Off, Notice, Sound, AskFirst };

/// One call as it stands now.
struct CallInfo
{
    CallHandle handle{};
    CallDirection direction = CallDirection::Outgoing;
    /// E.164 when normalised, else as dialled or as given by the network.
    Redacted<std::string> peer;
    bool manual = false;
    /// To the server's echo peer: no call of the user's, and none for the history.
    bool test = false;
    LegState leg = LegState::None;
    IpState ip = IpState::Idle;
    Carrier carrier = Carrier::Cellular;
    StayReason stay = StayReason::None;
    CallEnd end = CallEnd::NotEnded;
    /// Cellular leg was released and the Internet carries the call.
    bool moved = false;
    bool muted = false;
    bool peerMuted = false;
    /// Another call has microphone and loudspeaker: this one sends silence and is not heard.
    bool held = false;
    bool heldByPeer = false;
    bool reconnecting = false;
    bool wantsAnswer = false; // own ring is on screen
    Prompt prompt = Prompt::Notice;
    /// It could move, and waits for its user's word; meanwhile it goes on over the phone network.
    bool asksToMove = false;
    /// The path died after the release: a tap places the call again (rule 8).
    bool offersRedial = false;
    std::string sas; // empty until the keys are agreed
    /// 60 digits for the peer, who has to confirm our identity and may want to compare them; else empty.
    std::string safetyNumber;
    TrustLevel trust = TrustLevel::None;
    /// "direct" or "relay" once a path is selected, else empty.
    std::string path;
    std::optional<TimePoint> answeredAt;
    bool operator==(const CallInfo &) const = default;
};

/// What history keeps.
struct CallRecord
{
    CallDirection direction = CallDirection::Outgoing;
    Redacted<std::string> peer;
    std::int64_t startedUnix = 0;
    Duration talked{};
    bool answered = false;
    bool moved = false;
    StayReason stay = StayReason::None;
    CallEnd end = CallEnd::NotEnded;
    TrustLevel trust = TrustLevel::None;
    /// Slot of the SIM that carried the cellular leg; none for calls without one, and where it was not kept.
    std::optional<int> sim;
    bool operator==(const CallRecord &) const = default;
};

/// Registered with the server: everything a login needs besides the device identity.
struct Account
{
    AccountId id;
    protocol::Key32 serverPublic{};
    protocol::Msisdn msisdn;
    protocol::SimProof sim;
    protocol::AccountKind kind = protocol::AccountKind::Sim;
    /// The server said that its number is registered on another phone now: good for nothing but to be replaced.
    bool gone = false;
    /// The next one, which serverPublic announced: trusted as well.
    std::optional<protocol::Key32> nextServerPublic{};
    /// Protected by a PIN, as far as this phone knows.
    bool locked = false;
    /// When its number was last proven; 0 when that was not kept.
    std::int64_t registeredUnix = 0;
    bool operator==(const Account &) const = default;
};

/// protocol.md 5.2 rule 8: survives a crash, so that a restarted app redials.
struct ReleasedCall
{
    protocol::Msisdn peer;
    int sim = 0;
    /// When the call was last known to be up; refreshed while it lasts.
    std::int64_t lastAliveUnix = 0;
    bool answered = false;
    bool operator==(const ReleasedCall &) const = default;
};

/// Over which connections calls move.
enum class MoveOver { AnyConnection, WifiOnly, FreeDataOnly };

/// The user's settings that decide about calls.
struct CallSettings
{
    bool moveCalls = true;
    bool redialAutomaticallyInCall = false;
    bool allowUnknownCallerId = true;
    bool contactsOnlyManual = true;
    MoveOver moveOver = MoveOver::AnyConnection;
    /// Also on mobile data in another operator's network.
    bool moveWhenRoaming = true;
    Prompt prompt = Prompt::Notice;
    bool operator==(const CallSettings &) const = default;
};

/// The user's own rule for the calls with one number; it goes before the settings.
enum class ContactRule { Always, Never, Ask };

using ContactRules = std::map<protocol::Msisdn, ContactRule>;

} // namespace ringlift::call
