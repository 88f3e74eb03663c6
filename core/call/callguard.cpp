#include "core/call/callguard.h"

namespace ringlift::call {

namespace {

// protocol.md 5.1, and none of the settable values that the rules go by.
constexpr std::uint32_t kPercent = 70;
constexpr std::uint32_t kAtLeast = 10;
constexpr Duration kReportAge = std::chrono::seconds(1);

bool isEnough(std::uint32_t received, std::uint32_t expected)
{
    return received >= kAtLeast && 100 * received >= kPercent * expected;
}

bool isPathOk(const PathEvidence &path)
{
    return isEnough(path.received, path.expected) && path.peer && path.reportAge <= kReportAge &&
           isEnough(path.peer->received1s, path.peer->expected1s);
}

std::optional<Invariant> brokenIf(bool broken, Invariant invariant)
{
    return broken ? std::optional(invariant) : std::nullopt;
}

} // namespace

std::string_view nameOf(Invariant invariant)
{
    switch (invariant) {
    case Invariant::I1:
        return "invariant_i1";
    case Invariant::I2:
        return "invariant_i2";
    case Invariant::I4:
        return "invariant_i4";
    case Invariant::I5:
        return "invariant_i5";
    case Invariant::I6:
        return "invariant_i6";
    case Invariant::I7:
        return "invariant_i7";
    case Invariant::I8:
        return "invariant_i8";
    case Invariant::I9:
        break;
    }
    return "invariant_i9";
}

std::optional<Invariant> brokenByAsking(const AskFacts &facts)
{
    if (facts.emergencyCall || facts.emergencyMode)
        return Invariant::I5;
    return brokenIf(facts.askedBefore, Invariant::I7);
}

std::optional<Invariant> brokenByMatching(const MatchFacts &facts)
{
    if (facts.otherPin)
        return Invariant::I6;
    return brokenIf(facts.matchedBefore, Invariant::I7);
}

std::optional<Invariant> brokenByKeys(bool keepsCommit)
{
    return brokenIf(!keepsCommit, Invariant::I6);
}

std::optional<Invariant> brokenByUpgrade(const KeyFacts &facts)
{
    if (!facts.keyed)
        return Invariant::I9;
    return brokenIf(facts.handshakeFailed || facts.otherPin, Invariant::I6);
}

std::optional<Invariant> brokenByMuting(bool emergencyMode)
{
    return brokenIf(emergencyMode, Invariant::I5);
}

std::optional<Invariant> brokenByConsent(const ConsentFacts &facts)
{
    if (facts.emergencyMode)
        return Invariant::I5;
    return brokenByUpgrade(facts.keys);
}

std::optional<Invariant> brokenByRelease(const ReleaseFacts &facts)
{
    if (facts.emergencyMode)
        return Invariant::I5;
    if (facts.keys.otherPin)
        return Invariant::I6;
    const bool consented = facts.asked != 0 && facts.acked == facts.asked;
    if (!facts.keys.keyed || facts.keys.handshakeFailed || !consented || !isPathOk(facts.path))
        return Invariant::I1;
    return brokenIf(facts.direction != CallDirection::Outgoing || facts.endedBefore, Invariant::I2);
}

std::optional<Invariant> brokenByGlareRelease(const GlareFacts &facts)
{
    if (facts.emergencyMode)
        return Invariant::I5;
    if (!facts.keptIsReleased)
        return Invariant::I1;
    return brokenIf(facts.direction != CallDirection::Outgoing || facts.endedBefore, Invariant::I2);
}

std::optional<Invariant> brokenByAnswering(bool userAnswered)
{
    return brokenIf(!userAnswered, Invariant::I4);
}

std::optional<Invariant> brokenByMicrophone(const MicrophoneFacts &facts)
{
    const bool answered =
        facts.direction == CallDirection::Incoming ? facts.answeredHere && facts.answerSent : facts.answeredThere;
    return brokenIf(!answered, Invariant::I4);
}

std::optional<Invariant> brokenByPacket(std::optional<std::uint64_t> last, std::uint64_t counter)
{
    return brokenIf(last && counter <= *last, Invariant::I8);
}

std::optional<Invariant> brokenByEffect(bool keyed)
{
    return brokenIf(!keyed, Invariant::I9);
}

} // namespace ringlift::call
