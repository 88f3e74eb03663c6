#pragma once

#include "core/base/bytes.h"
#include "core/base/strongid.h"
#include "core/protocol/msisdn.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The messages of ringlift/v1 as values (protocol.md section 3). codec.h turns them into JSON text and back.
namespace ringlift::protocol {

using Key32 = ByteArray<32>;
using Signature = ByteArray<64>;
using IdCardBytes = ByteArray<140>;
using NoiseMessage = ByteArray<48>;

enum class AccountKind { Sim, Manual };
enum class Role { Caller, Callee };
enum class Verstat { None, Passed };
enum class ErrorCode {
    Proto, Version, Auth, Rate, Number, RegCode, RegExpired, RegLocked, SimMismatch, Quarantine, Gone, BusyServer,
    CallUnknown, TooBig
};

/// What a phone shows of its SIM: its IMSI, or the handle made at registration where the system hides the IMSI.
using SimProof = std::variant<std::monostate, Imsi, SimHandle>;

// Registration, protocol.md 3.3
struct RegisterBegin { Msisdn msisdn; SimProof sim; IdCardBytes idcard; std::string platform; AccountKind kind = AccountKind::Sim; bool operator==(const RegisterBegin &) const = default; };
struct RegisterSent { SessionId sessionId; std::uint32_t expiresIn = 0; std::uint32_t resendAfter = 0; std::uint32_t codeLength = 0; bool operator==(const RegisterSent &) const = default; };
struct RegisterVerify { SessionId sessionId; std::string code; Signature sig{}; bool operator==(const RegisterVerify &) const = default; };
struct RegisterDone { AccountId accountId; Key32 serverPk{}; bool operator==(const RegisterDone &) const = default; };
struct RegisterUnlock { SessionId sessionId; Key32 pinProof{}; bool operator==(const RegisterUnlock &) const = default; };
struct ReglockSet { std::optional<Key32> pinProof; Signature sig{}; bool operator==(const ReglockSet &) const = default; };
struct AccountDelete { Signature sig{}; bool operator==(const AccountDelete &) const = default; };
/// Answers ReglockSet and AccountDelete.
struct AccountDone { std::string re; bool operator==(const AccountDone &) const = default; };

// Login, protocol.md 3.4
struct Challenge { std::uint32_t version = 1; Key32 serverNonce{}; Key32 serverPk{}; Signature serverSig{}; bool retag = false; std::optional<Key32> nextPk; std::optional<Signature> nextSig; bool operator==(const Challenge &) const = default; };
struct Auth { AccountId accountId; Key32 clientNonce{}; Signature sig{}; std::optional<Msisdn> msisdn; SimProof sim; bool operator==(const Auth &) const = default; };
/// echo*: number and card of the server's own account that sends back what it hears, while it is there: both or neither.
struct Welcome { bool reverify = false; bool quarantine = false; std::int64_t time = 0; std::optional<Msisdn> echoMsisdn{}; std::optional<IdCardBytes> echoIdcard{}; bool operator==(const Welcome &) const = default; };

// Rendezvous, protocol.md 3.5
struct CallOffer { CallId callId; Msisdn msisdn; Msisdn callee; Key32 commit{}; Bytes caps; bool manual = false; bool operator==(const CallOffer &) const = default; };
struct CallAccepted { CallId callId; bool operator==(const CallAccepted &) const = default; };
/// cli empty means "unknown": the platform cannot know it. A withheld caller-ID never arrives.
struct CallArrive { ArriveId arriveId; SimProof sim; std::optional<Msisdn> msisdn; std::vector<Msisdn> cli; Verstat verstat = Verstat::None; bool manual = false; bool operator==(const CallArrive &) const = default; };
struct CallWaiting { ArriveId arriveId; bool operator==(const CallWaiting &) const = default; };
struct CallCancel { std::variant<CallId, ArriveId> id; bool operator==(const CallCancel &) const = default; };
struct CallExpired { std::variant<CallId, ArriveId> id; bool operator==(const CallExpired &) const = default; };
/// Manual mode only: server to a connected callee; answered by CallArrive{manual, cli:[caller]} or CallDecline.
struct CallRequest { CallId callId; Msisdn caller; bool operator==(const CallRequest &) const = default; };
struct CallDecline { CallId callId; bool operator==(const CallDecline &) const = default; };
struct TurnCredentials { std::vector<std::string> urls; std::string username; std::string password; std::uint32_t ttl = 0; bool operator==(const TurnCredentials &) const = default; };
/// To the caller: callId, role, peerIdcard, turn. To the callee also arriveId, caller, commit, caps and, for M5, cliNone.
struct CallMatched { CallId callId; std::optional<ArriveId> arriveId; Role role = Role::Caller; IdCardBytes peerIdcard{}; std::optional<Msisdn> caller; bool cliNone = false; std::optional<Key32> commit; std::optional<Bytes> caps; TurnCredentials turn; bool operator==(const CallMatched &) const = default; };
struct CallTurnRequest { CallId callId; bool operator==(const CallTurnRequest &) const = default; };
struct CallTurn { CallId callId; TurnCredentials turn; bool operator==(const CallTurn &) const = default; };

// Forwarded between the two phones of a route, protocol.md 3.6
struct CallNoise1 { CallId callId; NoiseMessage m1{}; Bytes caps; bool operator==(const CallNoise1 &) const = default; };
struct CallNoise2 { CallId callId; NoiseMessage m2{}; bool operator==(const CallNoise2 &) const = default; };
struct CallSealed { CallId callId; std::uint64_t n = 0; Bytes box; bool operator==(const CallSealed &) const = default; };
struct CallAbort { CallId callId; std::string code; bool operator==(const CallAbort &) const = default; };

struct ErrorMessage { ErrorCode code = ErrorCode::Proto; std::string re; std::optional<CallId> callId; std::optional<ArriveId> arriveId; std::optional<std::uint32_t> retryAfter; std::optional<std::uint32_t> left; std::optional<std::uint32_t> remaining; bool operator==(const ErrorMessage &) const = default; };

using Message = std::variant<RegisterBegin, RegisterSent, RegisterVerify, RegisterDone, RegisterUnlock, ReglockSet,
    AccountDelete, AccountDone, Challenge, Auth, Welcome, CallOffer, CallAccepted, CallArrive, CallWaiting, CallCancel,
    CallExpired, CallRequest, CallDecline, CallMatched, CallTurnRequest, CallTurn, CallNoise1, CallNoise2, CallSealed,
    CallAbort, ErrorMessage>;

} // namespace ringlift::protocol
