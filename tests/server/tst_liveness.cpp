#include "server/liveness.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;
using Action = Liveness::Action;

namespace {

constexpr TimePoint kStart = TimePoint(1h);

} // namespace

class TestLiveness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pingsAtIntervals();
    void abortsWhatIsSilentForTooLong();
    void keepsWhatAnswers();
    void abortsWhatTakesNothing();
    void countsAnyProgress();
    void doesNotMindAnEmptyQueue();
    void boundsTheQueue();
};

void TestLiveness::pingsAtIntervals()
{
    Liveness liveness({}, kStart);
    QCOMPARE(liveness.nextTimeout(), kStart + 20s);
    QCOMPARE(liveness.handleTimeout(kStart + 19s), Action::None);
    QCOMPARE(liveness.handleTimeout(kStart + 20s), Action::Ping);
    QCOMPARE(liveness.handleTimeout(kStart + 21s), Action::None);
    QCOMPARE(liveness.nextTimeout(), kStart + 40s);
}

void TestLiveness::abortsWhatIsSilentForTooLong()
{
    Liveness liveness({}, kStart);
    QCOMPARE(liveness.handleTimeout(kStart + 44s), Action::Ping);
    QCOMPARE(liveness.nextTimeout(), kStart + 45s);
    QCOMPARE(liveness.handleTimeout(kStart + 45s), Action::Abort);
}

void TestLiveness::keepsWhatAnswers()
{
    Liveness liveness({}, kStart);
    for (auto now = kStart; now < kStart + 1h; now = liveness.nextTimeout()) {
        QVERIFY(liveness.handleTimeout(now) != Action::Abort);
        liveness.heard(now);
    }
}

void TestLiveness::abortsWhatTakesNothing()
{
    Liveness liveness({}, kStart);
    liveness.queued(kStart + 1s);
    liveness.queued(kStart + 5s);
    QCOMPARE(liveness.nextTimeout(), kStart + 11s);
    liveness.heard(kStart + 10s);
    QCOMPARE(liveness.handleTimeout(kStart + 11s), Action::Abort);
}

void TestLiveness::countsAnyProgress()
{
    Liveness liveness({}, kStart);
    liveness.queued(kStart + 1s);
    liveness.progressed(kStart + 9s, 100);
    QCOMPARE(liveness.handleTimeout(kStart + 11s), Action::None);
    QCOMPARE(liveness.nextTimeout(), kStart + 19s);
}

void TestLiveness::doesNotMindAnEmptyQueue()
{
    Liveness liveness({}, kStart);
    liveness.queued(kStart + 1s);
    liveness.progressed(kStart + 2s, 0);
    QCOMPARE(liveness.handleTimeout(kStart + 15s), Action::None);
    liveness.queued(kStart + 15s);
    QCOMPARE(liveness.handleTimeout(kStart + 24s), Action::Ping);
    QCOMPARE(liveness.handleTimeout(kStart + 25s), Action::Abort);
}

void TestLiveness::boundsTheQueue()
{
    const Liveness liveness({}, kStart);
    QVERIFY(!liveness.isTooMuch(256 * 1024));
    QVERIFY(liveness.isTooMuch(256 * 1024 + 1));
}

QTEST_APPLESS_MAIN(TestLiveness)
#include "tst_liveness.moc"
