#include "core/call/legwatch.h"
#include "tests/core/call/scriptedserver.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kStart{100s};
constexpr Duration kWindow = 2500ms; // 500 ms of the line, 2 s of margin

LegWatchFacts fine(LegState leg = LegState::Ringing)
{
    return {.pathOk = true, .leg = leg, .veto = std::nullopt};
}

struct Fixture
{
    std::vector<LegWatchOutput> outputs() { return drain<LegWatchOutput>(watch); }
    void arm(LegState leg = LegState::Ringing)
    {
        watch.asked(kStart, 7, fine(leg));
        outputs();
    }
    LegWatch watch;
};

template<typename Output>
std::optional<Output> single(const std::vector<LegWatchOutput> &outputs)
{
    if (outputs.size() != 1 || !std::holds_alternative<Output>(outputs[0]))
        return std::nullopt;
    return std::get<Output>(outputs[0]);
}

} // namespace

class LegWatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allowsAReleaseAndArmsTheWindow();
    void refusesARelease_data();
    void refusesARelease();
    void isBoundWhenTheLegVanishesInTheWindow_data();
    void isBoundWhenTheLegVanishesInTheWindow();
    void isNotBoundOutsideTheWindow();
    void noticesALegThatStaysAfterTheCommit();
    void forgetsAWindowWithoutACommit();
    void tellsThatThePeerCouldNotEndItsLeg();
    void ignoresACommitThatItNeverAllowed();
    void ignoresACommitAfterTheLegVanished();
    void closesTheWindowWhenThePeerWithdraws();
    void takesTheLatestRequest();
    void answersNoMoreOnceCommitted();
};

void LegWatchTest::allowsAReleaseAndArmsTheWindow()
{
    Fixture f;
    QVERIFY(!f.watch.isArmed());
    f.watch.asked(kStart, 7, fine());
    const auto allowed = single<AllowRelease>(f.outputs());
    QVERIFY(allowed.has_value());
    QCOMPARE(allowed->id, 7U);
    QVERIFY(f.watch.isArmed());
    QCOMPARE(f.watch.nextTimeout(), std::optional(kStart + kWindow));
}

void LegWatchTest::refusesARelease_data()
{
    QTest::addColumn<bool>("pathOk");
    QTest::addColumn<int>("leg");
    QTest::addColumn<int>("veto");
    QTest::addColumn<int>("reason");
    const auto row = [](const char *name, bool pathOk, LegState leg, int veto, AbortReason reason) {
        QTest::newRow(name) << pathOk << static_cast<int>(leg) << veto << static_cast<int>(reason);
    };
    row("without a good path", false, LegState::Ringing, 0, AbortReason::NoPath);
    row("when the leg is gone", true, LegState::Ended, 0, AbortReason::LegGone);
    row("when the leg's state is unknown", true, LegState::Unknown, 0, AbortReason::LegGone);
    row("when there is none", true, LegState::None, 0, AbortReason::LegGone);
    row("in emergency mode", true, LegState::Ringing, 1, AbortReason::Emergency);
    row("when the user chose cellular", true, LegState::Ringing, 3, AbortReason::UserChoseCellular);
}

void LegWatchTest::refusesARelease()
{
    QFETCH(const bool, pathOk);
    QFETCH(const int, leg);
    QFETCH(const int, veto);
    QFETCH(const int, reason);
    Fixture f;
    LegWatchFacts facts{.pathOk = pathOk, .leg = static_cast<LegState>(leg), .veto = std::nullopt};
    if (veto != 0)
        facts.veto = static_cast<AbortReason>(veto);
    f.watch.asked(kStart, 7, facts);
    const auto refused = single<RefuseRelease>(f.outputs());
    QVERIFY(refused.has_value());
    QCOMPARE(refused->id, 7U);
    QCOMPARE(static_cast<int>(refused->reason), reason);
    QVERIFY(!f.watch.isArmed());
}

void LegWatchTest::isBoundWhenTheLegVanishesInTheWindow_data()
{
    QTest::addColumn<bool>("committedBefore");
    QTest::addColumn<bool>("active");
    QTest::newRow("before the commit, ringing") << false << false;
    QTest::newRow("after the commit, ringing") << true << false;
    QTest::newRow("before the commit, answered") << false << true;
}

void LegWatchTest::isBoundWhenTheLegVanishesInTheWindow()
{
    QFETCH(const bool, committedBefore);
    QFETCH(const bool, active);
    Fixture f;
    f.arm();
    if (active)
        f.watch.legChanged(LegState::Active);
    if (committedBefore)
        f.watch.committed(7, true);
    QVERIFY(f.outputs().empty());
    f.watch.legChanged(LegState::Ended);
    const auto bound = single<LegBound>(f.outputs());
    QVERIFY(bound.has_value());
    QCOMPARE(bound->wasActive, active);
    QVERIFY(f.watch.isBound());
    QVERIFY(!f.watch.isArmed());
    f.watch.handleTimeout(kStart + kWindow);
    QVERIFY(f.outputs().empty());
}

void LegWatchTest::isNotBoundOutsideTheWindow()
{
    Fixture f;
    f.watch.legChanged(LegState::Ringing);
    f.watch.legChanged(LegState::Ended);
    QVERIFY(f.outputs().empty());
    QVERIFY(!f.watch.isBound());
}

void LegWatchTest::noticesALegThatStaysAfterTheCommit()
{
    Fixture f;
    f.arm();
    f.watch.committed(7, true);
    QVERIFY(f.watch.isCommitted());
    f.watch.handleTimeout(kStart + kWindow - 1us);
    QVERIFY(f.outputs().empty());
    f.watch.handleTimeout(kStart + kWindow);
    QVERIFY(single<LegMismatch>(f.outputs()).has_value());
    QVERIFY(!f.watch.isBound());
    f.watch.legChanged(LegState::Ended);
    QVERIFY(f.outputs().empty());
}

void LegWatchTest::forgetsAWindowWithoutACommit()
{
    Fixture f;
    f.arm();
    f.watch.handleTimeout(kStart + kWindow);
    QVERIFY(f.outputs().empty());
    QVERIFY(!f.watch.isArmed());
}

void LegWatchTest::tellsThatThePeerCouldNotEndItsLeg()
{
    Fixture f;
    f.arm();
    f.watch.committed(7, false);
    QVERIFY(single<ReleaseFailed>(f.outputs()).has_value());
    QVERIFY(!f.watch.isArmed());
    QVERIFY(!f.watch.isCommitted());
}

void LegWatchTest::ignoresACommitThatItNeverAllowed()
{
    Fixture f;
    f.watch.committed(7, true);
    f.arm();
    f.watch.committed(8, true);
    f.watch.committed(8, false);
    QVERIFY(f.outputs().empty());
    QVERIFY(!f.watch.isCommitted());
    QVERIFY(f.watch.isArmed());
}

void LegWatchTest::ignoresACommitAfterTheLegVanished()
{
    Fixture f;
    f.arm();
    f.watch.legChanged(LegState::Ended);
    f.outputs();
    f.watch.committed(7, false);
    QVERIFY(f.outputs().empty());
    QVERIFY(f.watch.isBound());
}

void LegWatchTest::closesTheWindowWhenThePeerWithdraws()
{
    Fixture f;
    f.arm();
    f.watch.withdrawn(6);
    QVERIFY(f.watch.isArmed());
    f.watch.withdrawn(7);
    QVERIFY(!f.watch.isArmed());
    f.watch.legChanged(LegState::Ended);
    QVERIFY(f.outputs().empty());
}

void LegWatchTest::takesTheLatestRequest()
{
    Fixture f;
    f.arm();
    f.watch.asked(kStart + 2s, 8, fine());
    QCOMPARE(single<AllowRelease>(f.outputs())->id, 8U);
    QCOMPARE(f.watch.nextTimeout(), std::optional(kStart + 2s + kWindow));
    f.watch.committed(7, true);
    QVERIFY(!f.watch.isCommitted());
    f.watch.committed(8, true);
    QVERIFY(f.watch.isCommitted());
}

void LegWatchTest::answersNoMoreOnceCommitted()
{
    Fixture f;
    f.arm();
    f.watch.committed(7, true);
    f.watch.asked(kStart + 1s, 8, fine());
    QVERIFY(f.outputs().empty());
    QCOMPARE(f.watch.nextTimeout(), std::optional(kStart + kWindow));
}

QTEST_APPLESS_MAIN(LegWatchTest)
#include "tst_legwatch.moc"
