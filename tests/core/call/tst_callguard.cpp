#include "core/call/callguard.h"

#include <QTest>

#include <functional>

using namespace ringlift;
using namespace ringlift::call;

namespace {

PathEvidence goodPath()
{
    Report report;
    report.received1s = 50;
    report.expected1s = 50;
    return {.received = 50, .expected = 50, .peer = report, .reportAge = std::chrono::milliseconds(250)};
}

KeyFacts goodKeys()
{
    return {.keyed = true};
}

ReleaseFacts goodRelease()
{
    return {.direction = CallDirection::Outgoing, .keys = goodKeys(), .path = goodPath(), .asked = 2, .acked = 2};
}

GlareFacts goodGlare()
{
    return {.direction = CallDirection::Outgoing, .keptIsReleased = true};
}

MicrophoneFacts heardFrom(CallDirection direction)
{
    return {.direction = direction, .answeredHere = true, .answerSent = true, .answeredThere = true};
}

using Broken = std::optional<Invariant>;

template<typename Facts, typename Change> Facts with(Facts facts, Change change)
{
    change(facts);
    return facts;
}

} // namespace

class CallGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsSoundActsPass()
    {
        QCOMPARE(brokenByAsking({}), Broken());
        QCOMPARE(brokenByMatching({}), Broken());
        QCOMPARE(brokenByKeys(true), Broken());
        QCOMPARE(brokenByUpgrade(goodKeys()), Broken());
        QCOMPARE(brokenByMuting(false), Broken());
        QCOMPARE(brokenByConsent({.keys = goodKeys()}), Broken());
        QCOMPARE(brokenByRelease(goodRelease()), Broken());
        QCOMPARE(brokenByGlareRelease(goodGlare()), Broken());
        QCOMPARE(brokenByAnswering(true), Broken());
        QCOMPARE(brokenByMicrophone(heardFrom(CallDirection::Incoming)), Broken());
        QCOMPARE(brokenByMicrophone(heardFrom(CallDirection::Outgoing)), Broken());
        QCOMPARE(brokenByPacket(std::nullopt, 0), Broken());
        QCOMPARE(brokenByPacket(6, 7), Broken());
        QCOMPARE(brokenByEffect(true), Broken());
    }

    void asksNothingOfTheServerInAnEmergencyOrTwice()
    {
        QCOMPARE(brokenByAsking({.emergencyCall = true}), Broken(Invariant::I5));
        QCOMPARE(brokenByAsking({.emergencyMode = true}), Broken(Invariant::I5));
        QCOMPARE(brokenByAsking({.askedBefore = true}), Broken(Invariant::I7));
    }

    void takesNoMatchOfAnotherIdentityOrTwice()
    {
        QCOMPARE(brokenByMatching({.otherPin = true}), Broken(Invariant::I6));
        QCOMPARE(brokenByMatching({.matchedBefore = true}), Broken(Invariant::I7));
    }

    void usesNoKeysInDoubt()
    {
        QCOMPARE(brokenByKeys(false), Broken(Invariant::I6));
        QCOMPARE(brokenByUpgrade({}), Broken(Invariant::I9));
        QCOMPARE(brokenByUpgrade({.keyed = true, .handshakeFailed = true}), Broken(Invariant::I6));
        QCOMPARE(brokenByUpgrade({.keyed = true, .otherPin = true}), Broken(Invariant::I6));
    }

    void silencesNoRingInEmergencyMode() { QCOMPARE(brokenByMuting(true), Broken(Invariant::I5)); }

    void agreesToNoHandOverInEmergencyModeOrDoubt()
    {
        QCOMPARE(brokenByConsent({.keys = goodKeys(), .emergencyMode = true}), Broken(Invariant::I5));
        QCOMPARE(brokenByConsent({.keys = {.keyed = true, .otherPin = true}}), Broken(Invariant::I6));
        QCOMPARE(brokenByConsent({}), Broken(Invariant::I9));
    }

    void releasesNoLegUnproven_data()
    {
        using Change = std::function<void(ReleaseFacts &)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<Invariant>("broken");
        const auto row = [](const char *name, Change change, Invariant broken) {
            QTest::newRow(name) << std::move(change) << broken;
        };
        row(
            "emergency mode", [](ReleaseFacts &facts) { facts.emergencyMode = true; }, Invariant::I5);
        row(
            "pin trouble", [](ReleaseFacts &facts) { facts.keys.otherPin = true; }, Invariant::I6);
        row(
            "no keys", [](ReleaseFacts &facts) { facts.keys.keyed = false; }, Invariant::I1);
        row(
            "failed handshake", [](ReleaseFacts &facts) { facts.keys.handshakeFailed = true; }, Invariant::I1);
        row(
            "never asked", [](ReleaseFacts &facts) { facts.asked = facts.acked = 0; }, Invariant::I1);
        row(
            "no HO_ACK", [](ReleaseFacts &facts) { facts.acked = 0; }, Invariant::I1);
        row(
            "HO_ACK of another try", [](ReleaseFacts &facts) { facts.acked = 1; }, Invariant::I1);
        row(
            "too little came", [](ReleaseFacts &facts) { facts.path.received = 34; }, Invariant::I1);
        row(
            "too few to tell", [](ReleaseFacts &facts) { facts.path.received = facts.path.expected = 9; },
            Invariant::I1);
        row(
            "no report", [](ReleaseFacts &facts) { facts.path.peer.reset(); }, Invariant::I1);
        row(
            "old report", [](ReleaseFacts &facts) { facts.path.reportAge = std::chrono::milliseconds(1001); },
            Invariant::I1);
        row(
            "too little arrived", [](ReleaseFacts &facts) { facts.path.peer->received1s = 34; }, Invariant::I1);
        row(
            "the callee's end", [](ReleaseFacts &facts) { facts.direction = CallDirection::Incoming; }, Invariant::I2);
        row(
            "released twice", [](ReleaseFacts &facts) { facts.endedBefore = true; }, Invariant::I2);
    }

    void releasesNoLegUnproven()
    {
        QFETCH(const std::function<void(ReleaseFacts &)>, change);
        QFETCH(const Invariant, broken);
        QCOMPARE(brokenByRelease(with(goodRelease(), change)), Broken(broken));
    }

    void releasesNoGlaringLegUnproven()
    {
        const auto broken = [](const auto &change) { return brokenByGlareRelease(with(goodGlare(), change)); };
        QCOMPARE(broken([](GlareFacts &facts) { facts.emergencyMode = true; }), Broken(Invariant::I5));
        QCOMPARE(broken([](GlareFacts &facts) { facts.keptIsReleased = false; }), Broken(Invariant::I1));
        QCOMPARE(broken([](GlareFacts &facts) { facts.direction = CallDirection::Incoming; }), Broken(Invariant::I2));
        QCOMPARE(broken([](GlareFacts &facts) { facts.endedBefore = true; }), Broken(Invariant::I2));
    }

    void opensNoMicrophoneUnanswered()
    {
        const auto broken = [](CallDirection direction, const auto &change) {
            return brokenByMicrophone(with(heardFrom(direction), change));
        };
        const auto notHere = [](MicrophoneFacts &facts) { facts.answeredHere = false; };
        const auto notSent = [](MicrophoneFacts &facts) { facts.answerSent = false; };
        const auto notThere = [](MicrophoneFacts &facts) { facts.answeredThere = false; };
        QCOMPARE(brokenByAnswering(false), Broken(Invariant::I4));
        QCOMPARE(broken(CallDirection::Incoming, notHere), Broken(Invariant::I4));
        QCOMPARE(broken(CallDirection::Incoming, notSent), Broken(Invariant::I4));
        QCOMPARE(broken(CallDirection::Outgoing, notThere), Broken(Invariant::I4));
    }

    void repeatsNoNonce()
    {
        QCOMPARE(brokenByPacket(7, 7), Broken(Invariant::I8));
        QCOMPARE(brokenByPacket(7, 6), Broken(Invariant::I8));
    }

    void letsNothingUnauthenticatedHaveAnEffect() { QCOMPARE(brokenByEffect(false), Broken(Invariant::I9)); }

    void namesEveryInvariant()
    {
        QCOMPARE(nameOf(Invariant::I1), std::string_view("invariant_i1"));
        QCOMPARE(nameOf(Invariant::I9), std::string_view("invariant_i9"));
    }
};

QTEST_APPLESS_MAIN(CallGuardTest)
#include "tst_callguard.moc"
