#include "core/call/releaser.h"
#include "tests/core/call/scriptedserver.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;
using namespace std::chrono_literals;
using State = Releaser::State;

namespace {

constexpr TimePoint kStart{100s};

/// Everything that makes a caller release: the callee has answered over a good path.
ReleaserFacts ready()
{
    return {.pathOk = true, .leg = LegState::Alerting, .mayRelease = true, .alerting = true, .answered = true};
}

struct Fixture
{
    void update(TimePoint now, const ReleaserFacts &facts) { releaser.update(now, facts); }
    std::vector<ReleaserOutput> outputs() { return drain<ReleaserOutput>(releaser); }
    /// The id that the peer was asked for just now.
    std::optional<std::uint32_t> asked()
    {
        const auto asks = only<AskPeer>(outputs());
        return asks.size() == 1 ? std::optional(asks[0].id) : std::nullopt;
    }
    void reachReleasing()
    {
        update(kStart, ready());
        const std::uint32_t id = asked().value();
        releaser.acked(kStart + 100ms, id);
        outputs();
    }
    Releaser releaser;
};

template<typename Output>
bool isOnly(const std::vector<ReleaserOutput> &outputs)
{
    return outputs.size() == 1 && std::holds_alternative<Output>(outputs[0]);
}

} // namespace

class ReleaserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksOnceTheCalleeHasAnsweredOverAGoodPath();
    void asksAtAlertingOnlyWhenThePeerProvedItsLegBefore_data();
    void asksAtAlertingOnlyWhenThePeerProvedItsLegBefore();
    void asksWhenTheUserSaysSo_data();
    void asksWhenTheUserSaysSo();
    void doesNotAsk_data();
    void doesNotAsk();
    void endsTheOwnLegOnlyAfterThePeersWord();
    void tellsThePeerWhenTheLegIsGone();
    void ignoresAWordForAnotherId();
    void withdrawsWhenThingsChangedBeforeThePeersWord_data();
    void withdrawsWhenThingsChangedBeforeThePeersWord();
    void asksAgainWhenItWasTooLate();
    void asksThreeTimesAndThenLeavesBothLegs();
    void asksAgainAfterARefusal();
    void ignoresAWordThatComesAfterTwoSeconds();
    void doesNotAskAgainWhenThingsChangedInThePause();
    void tellsThePeerWhenTheLineDoesNotHangUp();
    void doesNothingAfterItWasCancelled();
    void staysReleasedWhenCancelled();
};

void ReleaserTest::asksOnceTheCalleeHasAnsweredOverAGoodPath()
{
    Fixture f;
    f.update(kStart, ready());
    QCOMPARE(f.asked(), std::optional(1U));
    f.update(kStart + 10ms, ready());
    QVERIFY(f.outputs().empty());
    QVERIFY(f.releaser.state() == State::Asking);
}

void ReleaserTest::asksAtAlertingOnlyWhenThePeerProvedItsLegBefore_data()
{
    QTest::addColumn<int>("trust");
    QTest::addColumn<bool>("asks");
    QTest::newRow("never seen") << static_cast<int>(TrustLevel::None) << false;
    QTest::newRow("tofu") << static_cast<int>(TrustLevel::Tofu) << false;
    QTest::newRow("leg") << static_cast<int>(TrustLevel::Leg) << true;
    QTest::newRow("verified") << static_cast<int>(TrustLevel::Verified) << true;
}

void ReleaserTest::asksAtAlertingOnlyWhenThePeerProvedItsLegBefore()
{
    QFETCH(const int, trust);
    QFETCH(const bool, asks);
    Fixture f;
    ReleaserFacts facts = ready();
    facts.answered = false;
    facts.trust = static_cast<TrustLevel>(trust);
    f.update(kStart, facts);
    QCOMPARE(f.asked().has_value(), asks);
    facts.answered = true;
    f.update(kStart + 1s, facts);
    QCOMPARE(f.asked().has_value(), !asks);
}

void ReleaserTest::asksWhenTheUserSaysSo_data()
{
    QTest::addColumn<int>("trust");
    QTest::addColumn<int>("handOver");
    QTest::addColumn<bool>("atRing");
    const auto row = [](const char *name, TrustLevel trust, HandOver handOver, bool atRing) {
        QTest::newRow(name) << static_cast<int>(trust) << static_cast<int>(handOver) << atRing;
    };
    row("a first contact, when it rings", TrustLevel::Tofu, HandOver::AtRing, true);
    row("a leg-bound peer, when it rings", TrustLevel::Leg, HandOver::AtRing, true);
    row("a first contact, when it is answered", TrustLevel::Tofu, HandOver::AtAnswer, false);
    row("a leg-bound peer, when it is answered", TrustLevel::Leg, HandOver::AtAnswer, false);
    row("a verified peer, when it is answered", TrustLevel::Verified, HandOver::AtAnswer, false);
}

void ReleaserTest::asksWhenTheUserSaysSo()
{
    QFETCH(const int, trust);
    QFETCH(const int, handOver);
    QFETCH(const bool, atRing);
    Fixture f;
    ReleaserFacts facts = ready();
    facts.alerting = facts.answered = false;
    facts.trust = static_cast<TrustLevel>(trust);
    facts.handOver = static_cast<HandOver>(handOver);
    f.update(kStart, facts);
    QVERIFY(!f.asked());
    facts.alerting = true;
    f.update(kStart + 1s, facts);
    QCOMPARE(f.asked().has_value(), atRing);
    facts.answered = true;
    f.update(kStart + 2s, facts);
    QCOMPARE(f.asked().has_value(), !atRing);
}

void ReleaserTest::doesNotAsk_data()
{
    QTest::addColumn<int>("missing");
    QTest::addColumn<int>("leg");
    const auto row = [](const char *name, int missing, LegState leg = LegState::Alerting) {
        QTest::newRow(name) << missing << static_cast<int>(leg);
    };
    row("without a good path", 0);
    row("when the line cannot or must not hang up", 1);
    row("before the callee alerts", 2);
    row("when somebody answered the leg", 3, LegState::Active);
    row("when the leg is held", 3, LegState::Held);
    row("when the leg's state is unknown", 3, LegState::Unknown);
    row("when the leg has ended", 3, LegState::Ended);
    row("when there is no leg", 3, LegState::None);
}

void ReleaserTest::doesNotAsk()
{
    QFETCH(const int, missing);
    QFETCH(const int, leg);
    Fixture f;
    ReleaserFacts facts = ready();
    facts.trust = TrustLevel::Verified;
    facts.pathOk = missing != 0;
    facts.mayRelease = missing != 1;
    facts.alerting = facts.answered = missing != 2;
    facts.leg = static_cast<LegState>(leg);
    f.update(kStart, facts);
    QVERIFY(f.outputs().empty());
}

void ReleaserTest::endsTheOwnLegOnlyAfterThePeersWord()
{
    Fixture f;
    f.update(kStart, ready());
    const std::uint32_t id = f.asked().value();
    f.releaser.acked(kStart + 100ms, id);
    QVERIFY(isOnly<EndOwnLeg>(f.outputs()));
    f.releaser.acked(kStart + 200ms, id);
    QVERIFY(f.outputs().empty());
    QVERIFY(f.releaser.state() == State::Releasing);
}

void ReleaserTest::tellsThePeerWhenTheLegIsGone()
{
    Fixture f;
    f.reachReleasing();
    ReleaserFacts facts = ready();
    f.update(kStart + 200ms, facts);
    QVERIFY(f.outputs().empty());
    facts.leg = LegState::Ended;
    f.update(kStart + 300ms, facts);
    const auto outputs = f.outputs();
    QVERIFY(isOnly<TellOutcome>(outputs));
    QCOMPARE(std::get<TellOutcome>(outputs[0]).id, 1U);
    QVERIFY(std::get<TellOutcome>(outputs[0]).released);
    QVERIFY(f.releaser.state() == State::Released);
    QVERIFY(!f.releaser.nextTimeout().has_value());
}

void ReleaserTest::ignoresAWordForAnotherId()
{
    Fixture f;
    f.releaser.acked(kStart, 1);
    f.update(kStart, ready());
    const std::uint32_t id = f.asked().value();
    f.releaser.acked(kStart, id + 1);
    f.releaser.aborted(kStart, id + 1);
    QVERIFY(f.outputs().empty());
    QVERIFY(f.releaser.state() == State::Asking);
}

void ReleaserTest::withdrawsWhenThingsChangedBeforeThePeersWord_data()
{
    QTest::addColumn<int>("change");
    QTest::newRow("path no longer good") << 0;
    QTest::newRow("no longer allowed") << 1;
    QTest::newRow("answered by somebody else") << 2;
    QTest::newRow("line lost") << 3;
}

void ReleaserTest::withdrawsWhenThingsChangedBeforeThePeersWord()
{
    QFETCH(const int, change);
    Fixture f;
    f.update(kStart, ready());
    const std::uint32_t id = f.asked().value();
    ReleaserFacts facts = ready();
    facts.pathOk = change != 0;
    facts.mayRelease = change != 1;
    facts.leg = change == 2 ? LegState::Active : change == 3 ? LegState::Unknown : LegState::Alerting;
    f.update(kStart + 50ms, facts);
    f.releaser.acked(kStart + 100ms, id);
    const auto outputs = f.outputs();
    QVERIFY(isOnly<WithdrawAsk>(outputs));
    QCOMPARE(std::get<WithdrawAsk>(outputs[0]).id, id);
    QVERIFY(f.releaser.state() == State::Pausing);
}

void ReleaserTest::asksAgainWhenItWasTooLate()
{
    Fixture f;
    f.update(kStart, ready());
    const auto id = f.asked();
    f.releaser.acked(kStart, *id);
    QVERIFY(isOnly<EndOwnLeg>(f.outputs()));
    f.releaser.lapsed(kStart + 600ms);
    QVERIFY(isOnly<WithdrawAsk>(f.outputs()));
    QCOMPARE(f.releaser.nextTimeout(), std::optional(kStart + 1600ms));
    f.releaser.handleTimeout(kStart + 1600ms);
    QCOMPARE(f.asked(), std::optional(*id + 1));
}

void ReleaserTest::asksThreeTimesAndThenLeavesBothLegs()
{
    Fixture f;
    f.update(kStart, ready());
    QCOMPARE(f.asked(), std::optional(1U));
    TimePoint now = kStart;
    for (const std::uint32_t id : {2U, 3U}) {
        QCOMPARE(f.releaser.nextTimeout(), std::optional(now + 2s));
        f.releaser.handleTimeout(now + 2s);
        QVERIFY(f.outputs().empty());
        QCOMPARE(f.releaser.nextTimeout(), std::optional(now + 3s));
        now += 3s;
        f.releaser.handleTimeout(now);
        QCOMPARE(f.asked(), std::optional(id));
    }
    f.releaser.handleTimeout(now + 2s);
    QVERIFY(f.releaser.state() == State::GivenUp);
    QVERIFY(!f.releaser.nextTimeout().has_value());
    f.update(now + 3s, ready());
    QVERIFY(f.outputs().empty());
}

void ReleaserTest::asksAgainAfterARefusal()
{
    Fixture f;
    f.update(kStart, ready());
    f.releaser.aborted(kStart + 100ms, f.asked().value());
    QCOMPARE(f.releaser.nextTimeout(), std::optional(kStart + 1100ms));
    f.releaser.handleTimeout(kStart + 1100ms);
    QCOMPARE(f.asked(), std::optional(2U));
}

void ReleaserTest::ignoresAWordThatComesAfterTwoSeconds()
{
    Fixture f;
    f.update(kStart, ready());
    const std::uint32_t id = f.asked().value();
    f.releaser.handleTimeout(kStart + 2s);
    f.releaser.acked(kStart + 2s + 1ms, id);
    QVERIFY(f.outputs().empty());
}

void ReleaserTest::doesNotAskAgainWhenThingsChangedInThePause()
{
    Fixture f;
    f.update(kStart, ready());
    f.releaser.aborted(kStart, f.asked().value());
    ReleaserFacts facts = ready();
    facts.leg = LegState::Active;
    f.update(kStart + 500ms, facts);
    f.releaser.handleTimeout(kStart + 1s);
    QVERIFY(f.outputs().empty());
}

void ReleaserTest::tellsThePeerWhenTheLineDoesNotHangUp()
{
    Fixture f;
    f.reachReleasing();
    QCOMPARE(f.releaser.nextTimeout(), std::optional(kStart + 2100ms));
    f.releaser.handleTimeout(kStart + 2100ms);
    const auto outputs = f.outputs();
    QVERIFY(isOnly<TellOutcome>(outputs));
    QVERIFY(!std::get<TellOutcome>(outputs[0]).released);
    QVERIFY(f.releaser.state() == State::GivenUp);
}

void ReleaserTest::doesNothingAfterItWasCancelled()
{
    Fixture f;
    f.update(kStart, ready());
    const std::uint32_t id = f.asked().value();
    f.releaser.cancel();
    f.releaser.acked(kStart, id);
    f.update(kStart, ready());
    QVERIFY(f.outputs().empty());
    QVERIFY(!f.releaser.nextTimeout().has_value());
}

void ReleaserTest::staysReleasedWhenCancelled()
{
    Fixture f;
    f.reachReleasing();
    ReleaserFacts facts = ready();
    facts.leg = LegState::Ended;
    f.update(kStart + 300ms, facts);
    f.releaser.cancel();
    QVERIFY(f.releaser.state() == State::Released);
}

QTEST_APPLESS_MAIN(ReleaserTest)
#include "tst_releaser.moc"
