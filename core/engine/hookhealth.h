#pragma once

#include "core/call/callpolicy.h"
#include "core/call/phonemachine.h"
#include "core/ports/cellularline.h"

/// Would this phone catch a call right now? Pure: from what is known of the phone to a verdict.
namespace ringlift::engine {

enum class HookState { Ok, Warning, Problem, Unknown };
enum class HookVerdict { Yes, Perhaps, No };

/// Line: the telephony service is there. EndCalls: it lets us end calls. Account: what the server said of it. Wishes:
/// the user lets calls move, over this connection. Decision: from the last ring until it was known whether the call
/// moves.
enum class HookAspect { Line, EndCalls, Sim, Registration, Account, Wishes, Data, Server, Decision };

/// What became of a connection to the server. NoLogin: the connection stood, but no login came of it.
enum class LoginOutcome { LoggedIn, Unreachable, Untrusted, Refused, Closed, NoLogin };

/// The hard fence of a decision: the phone rings by then in any case.
inline constexpr std::chrono::seconds kDecisionFence{4};

/// What came of the wish to try the server. CallUp, NotRegistered: it was not tried.
enum class ProbeOutcome { None, Done, CallUp, NotRegistered };

struct LoginTry {
    LoginOutcome outcome = LoginOutcome::LoggedIn;
    std::int64_t atUnix = 0;
    /// From the wish to connect; absent where a registration used the connection first.
    std::optional<Duration> took;
    bool operator==(const LoginTry &) const = default;
};

/// Of the last incoming call. stay: None when it was matched.
struct RingDecision {
    call::StayReason stay = call::StayReason::None;
    std::int64_t atUnix = 0;
    Duration took{};
    bool operator==(const RingDecision &) const = default;
};

struct HookFacts {
    bool manualLine = false;
    ports::LinePresence line;
    bool canEndCalls = true;
    std::vector<SimInfo> sims;
    std::optional<call::Account> account;
    call::AccountStanding standing;
    call::CallSettings settings;
    NetworkInfo network;
    /// Of this run; as the decision.
    std::optional<LoginTry> login;
    std::optional<RingDecision> decision;
    ports::RingHold ring;
};

struct HookCheck {
    HookAspect aspect = HookAspect::Line;
    HookState state = HookState::Unknown;
    /// Why it is not fine, or what is known besides; a name that never changes, empty when there is nothing to say.
    std::string reason;
    /// Name of the telephony service, where one is chosen.
    std::string service;
    std::optional<std::int64_t> atUnix;
    std::optional<Duration> took;
    bool operator==(const HookCheck &) const = default;
};

struct HookHealth {
    HookVerdict verdict = HookVerdict::Perhaps;
    /// In the order of HookAspect; without a SIM those that speak of the phone network are missing.
    std::vector<HookCheck> checks;
    /// Where it does not wait, calls are caught all the same; they ring meanwhile.
    ports::RingHold ring;
    bool operator==(const HookHealth &) const = default;
};

HookHealth checkHook(const HookFacts &facts);

/// Whether a check that knows nothing makes the verdict uncertain.
bool mattersUnknown(HookAspect aspect);

std::string_view nameOf(HookState value);
std::string_view nameOf(HookVerdict value);
std::string_view nameOf(HookAspect value);
std::string_view nameOf(LoginOutcome value);
std::string_view nameOf(ProbeOutcome value);
std::string_view nameOf(ports::LineAbsence value);
std::string_view nameOf(ports::RingHoldState value);

} // namespace ringlift::engine
