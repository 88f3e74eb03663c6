#pragma once

#include "tests/sim/simphone.h"

/// What is to happen in a world, as values: drawn from a seed, or written by hand for a scenario.
namespace ringlift::sim {

enum class Reaction { AnswersInApp, AnswersOutsideApp, DeclinesInApp, DeclinesOutsideApp, Ignores, ChoosesCellular };

/// What somebody says whose phone asks whether a call may move.
struct Word {
    /// Never when absent.
    std::optional<Duration> after = std::chrono::seconds(1);
    bool isYes = true;
};

/// One person calls another. Times count from the end of the set-up, when everybody has registered.
struct CallPlan
{
    int caller = 0;
    int callee = 1;
    Duration at{};
    /// In the ordinary dialler of the phone, as always; else on the app's dial pad.
    bool dialsOutsideApp = true;
    /// As dialled; the callee's number when empty.
    std::string dials;
    /// With the SIM of the phone that is never registered, if it has one.
    bool fromOtherSim = false;
    bool toOtherSim = false;
    Reaction reaction = Reaction::AnswersInApp;
    Duration reactsAfter = std::chrono::seconds(2);
    /// From the answer to the hang-up.
    Duration talks = std::chrono::seconds(2);
    bool calleeHangsUp = false;
    bool hangsUpOutsideApp = false;
    std::optional<Duration> givesUpAfter;
    std::optional<Duration> mutesAfter;
    Word callerWord;
    Word calleeWord;
    /// Taps "call by phone" when the app offers it; else hangs up then.
    bool redials = true;
    /// Nothing stands in its way: it has to move.
    bool mustMove = false;
};

enum class FaultKind {
    ServerKilled,      ///< until: it starts again
    ServerUnreachable, ///< for who, or all when negative
    ServerBlackHole,
    ServerUntrusted,
    ConnectionCut,
    PathCut,        ///< from who to other
    PathCutBothWays,
    AppKilled,
    CoverageLost,
    CallDropped,    ///< radio link of who's call
    ExchangeDown,
    AddressChanged,
    ServerClockSkewed,
    RegistryBusy,
    LineServiceLost, ///< the telephony service of who's phone
    PhoneWiped       ///< its owner starts anew with another identity and the same number
};
std::string_view nameOf(FaultKind kind);

struct FaultPlan
{
    FaultKind kind = FaultKind::ServerKilled;
    Duration at{};
    Duration until{};
    int who = -1;
    int other = -1;
};

/// A call from outside that shows another's number.
struct SpoofPlan
{
    Duration at{};
    int callee = 0;
    /// Whose number it shows; withheld when negative.
    int shows = -1;
    Duration hangsUpAfter = std::chrono::seconds(8);
};

/// Somebody who gets hold of a code registers another's number on a phone of his own (T08).
struct TakeoverPlan
{
    Duration at{};
    int who = 0;
    /// The owner has protected the number with a PIN, and whether the other knows it.
    bool isLocked = true;
    bool knowsPin = false;
    /// The owner, frozen after a wrong PIN, shows the right one.
    std::optional<Duration> winsBackAfter;
};

enum class Hostility {
    None,
    SwapsIdentityCards,
    RepeatsMatched,
    SendsSecondMatched,
    InventsMatched,
    TampersNoise1,
    TampersNoise2,
    TampersSealed,
    ReplaysSealed,
    RepeatsNoise1,
    AnswersInPlaceOfCaller, ///< with an ephemeral key other than the one committed to
    RefusesEverything,
    TalksGarbage,
    SwapsCaps
};

/// What a phone's platform says of its connection from a moment on.
struct NetworkPlan {
    Duration at{};
    int who = 0;
    NetworkInfo network;
};

/// Proofs of a PIN (protocol.md 3.3).
inline constexpr protocol::Key32 kRightPin{1};
inline constexpr protocol::Key32 kWrongPin{2};

struct Plan
{
    std::uint64_t seed = 0;
    std::vector<PhoneTraits> phones;
    plmn::SwitchConfig exchange;
    server::Limits limits;
    LinkWeather weather;
    std::vector<std::tuple<int, int, LinkWeather>> specialWeather;
    double mischief = 0;
    std::vector<CallPlan> calls;
    std::vector<FaultPlan> faults;
    std::vector<SpoofPlan> spoofs;
    std::vector<NetworkPlan> networkChanges;
    /// Accounts that spray arrivals and standing offers at everybody.
    int sprayers = 0;
    /// Somebody who once had the number of phone 0, and still runs the app.
    bool staleOwner = false;
    std::optional<TakeoverPlan> takeover;
    Hostility hostility = Hostility::None;
    /// From the end of the set-up until everybody hangs up.
    Duration length = std::chrono::seconds(20);

    /// Nothing goes wrong and nobody is malicious.
    bool isQuiet() const;
    Duration lastFaultEnds() const;
};

/// Everything about a world that a seed decides.
Plan drawPlan(std::uint64_t seed);

/// "+86138001380NN".
std::string numberOf(int phone);
PhoneTraits ordinaryPhone(int index);
/// In slot 1; where swapped, the registered one is there.
void addOtherSim(PhoneTraits &traits, int index, bool swapped = false);

} // namespace ringlift::sim
