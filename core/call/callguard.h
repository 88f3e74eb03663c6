#pragma once

#include "core/base/linecall.h"
#include "core/base/time.h"
#include "core/call/controlmessage.h"

#include <optional>
#include <string_view>

/// The invariants of protocol.md 5.4, checked once more at the moment of acting, whatever the rules of 5.2 decided. Pure:
/// facts in, the broken invariant out. Who is told of one does not act, and closes the Internet leg.
namespace ringlift::call {

/// By their names in protocol.md 5.4.
enum class Invariant { I1, I2, I4, I5, I6, I7, I8, I9 };
/// As a Fault tells it.
std::string_view nameOf(Invariant invariant);

/// What PATH_OK of 5.1 rests on.
struct PathEvidence
{
    /// By our own count of the last second.
    std::uint16_t received = 0;
    std::uint16_t expected = 0;
    /// The peer's last word about our packets.
    std::optional<Report> peer;
    Duration reportAge{};
};

/// The keys of a call and whom they are agreed with.
struct KeyFacts
{
    bool keyed = false;
    bool handshakeFailed = false;
    /// The peer's card is not the pinned one.
    bool otherPin = false;
};

/// An offer or an arrival is about to be sent.
struct AskFacts
{
    bool emergencyCall = false;
    bool emergencyMode = false;
    bool askedBefore = false;
};
std::optional<Invariant> brokenByAsking(const AskFacts &facts);

/// A match is about to become a session.
struct MatchFacts
{
    bool otherPin = false;
    bool matchedBefore = false;
};
std::optional<Invariant> brokenByMatching(const MatchFacts &facts);

/// Keys were agreed: the peer's ephemeral key is the one that was promised.
std::optional<Invariant> brokenByKeys(bool keepsCommit);

/// The path is proven: from now on the call may move.
std::optional<Invariant> brokenByUpgrade(const KeyFacts &facts);

/// The phone's own ring is about to be silenced.
std::optional<Invariant> brokenByMuting(bool emergencyMode);

/// HO_READY or HO_ACK is about to be sent.
struct ConsentFacts
{
    KeyFacts keys;
    bool emergencyMode = false;
};
std::optional<Invariant> brokenByConsent(const ConsentFacts &facts);

/// The own cellular leg is about to be ended for the hand-over.
struct ReleaseFacts
{
    CallDirection direction = CallDirection::Incoming;
    KeyFacts keys;
    PathEvidence path;
    bool emergencyMode = false;
    /// Ids of the last HO_READY and of the last HO_ACK; 0: none.
    std::uint32_t asked = 0;
    std::uint32_t acked = 0;
    bool endedBefore = false;
};
std::optional<Invariant> brokenByRelease(const ReleaseFacts &facts);

/// The own leg of two crossed dials is about to be ended (5.2 rule 11).
struct GlareFacts
{
    CallDirection direction = CallDirection::Incoming;
    bool emergencyMode = false;
    /// The kept call has keys, and its leg vanished as its peer said.
    bool keptIsReleased = false;
    bool endedBefore = false;
};
std::optional<Invariant> brokenByGlareRelease(const GlareFacts &facts);

/// The cellular leg is about to be answered in the user's name.
std::optional<Invariant> brokenByAnswering(bool userAnswered);

/// The microphone is about to be opened.
struct MicrophoneFacts
{
    CallDirection direction = CallDirection::Incoming;
    bool answeredHere = false;
    bool answerSent = false;
    bool answeredThere = false;
};
std::optional<Invariant> brokenByMicrophone(const MicrophoneFacts &facts);

/// A packet is about to be sent; last: the counter of the one before it under the same key.
std::optional<Invariant> brokenByPacket(std::optional<std::uint64_t> last, std::uint64_t counter);

/// Something that came over the Internet leg is about to have an effect.
std::optional<Invariant> brokenByEffect(bool keyed);

} // namespace ringlift::call
