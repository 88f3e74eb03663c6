#include "core/crypto/replaywindow.h"

#include "core/base/random.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace ringlift;
using namespace ringlift::crypto;
using Verdict = ReplayWindow::Verdict;

class TestReplayWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAnyFirstCounter()
    {
        for (const std::uint64_t counter : {std::uint64_t(0), std::uint64_t(1), (std::uint64_t(1) << 48U) - 2}) {
            ReplayWindow window;
            QVERIFY(window.check(counter) == Verdict::Fresh);
            window.accept(counter);
            QVERIFY(window.check(counter) == Verdict::Seen);
            QVERIFY(window.check(counter + 1) == Verdict::Fresh);
        }
    }

    void reachesBack1023Counters_data()
    {
        QTest::addColumn<quint64>("highest");
        QTest::addColumn<quint64>("age");
        QTest::addColumn<bool>("isTooOld");
        for (const quint64 highest : {5000U, 65535U, 65536U, 65537U}) {
            QTest::addRow("%llu, 1", highest) << highest << quint64(1) << false;
            QTest::addRow("%llu, 1022", highest) << highest << quint64(1022) << false;
            QTest::addRow("%llu, 1023", highest) << highest << quint64(1023) << false;
            QTest::addRow("%llu, 1024", highest) << highest << quint64(1024) << true;
            QTest::addRow("%llu, 1025", highest) << highest << quint64(1025) << true;
        }
    }
    void reachesBack1023Counters()
    {
        QFETCH(const quint64, highest);
        QFETCH(const quint64, age);
        QFETCH(const bool, isTooOld);
        ReplayWindow window;
        window.accept(highest);
        QVERIFY(window.check(highest - age) == (isTooOld ? Verdict::TooOld : Verdict::Fresh));
        window.accept(highest - age);
        QVERIFY(window.check(highest - age) == (isTooOld ? Verdict::TooOld : Verdict::Seen));
        QVERIFY(window.check(highest) == Verdict::Seen);
    }

    void forgetsWhatItJumpedOver_data()
    {
        QTest::addColumn<quint64>("jump");
        for (const quint64 jump : {1U, 2U, 63U, 64U, 65U, 1023U, 1024U, 1025U, 100000U})
            QTest::addRow("%llu", jump) << jump;
    }
    void forgetsWhatItJumpedOver()
    {
        QFETCH(const quint64, jump);
        ReplayWindow window;
        for (std::uint64_t counter = 0; counter < 2048; ++counter)
            window.accept(counter);
        const std::uint64_t highest = 2047 + jump;
        window.accept(highest);
        for (std::uint64_t age = 0; age < 1030 && age <= highest; ++age) {
            const std::uint64_t counter = highest - age;
            const bool wasSeen = counter < 2048 || counter == highest;
            const Verdict expected = age >= 1024 ? Verdict::TooOld : wasSeen ? Verdict::Seen : Verdict::Fresh;
            QVERIFY(window.check(counter) == expected);
        }
    }

    void agreesWithAListOfEverythingSeen()
    {
        SeededRandom random(11);
        ReplayWindow window;
        std::set<std::uint64_t> seen;
        std::uint64_t highest = 0;
        for (int i = 0; i < 200'000; ++i) {
            const bool isNext = random.uniform(3) == 0;
            const std::uint64_t back = std::min<std::uint64_t>(highest, random.uniform(1200));
            const std::uint64_t counter =
                isNext ? highest + 1 + random.uniform(random.uniform(500) == 0 ? 3000 : 3) : highest - back;
            const bool isTooOld = !seen.empty() && counter < highest && highest - counter >= 1024;
            const Verdict expected = isTooOld                 ? Verdict::TooOld
                                     : seen.contains(counter) ? Verdict::Seen
                                                              : Verdict::Fresh;
            QVERIFY(window.check(counter) == expected);
            if (expected != Verdict::Fresh)
                continue;
            window.accept(counter);
            seen.insert(counter);
            highest = std::max(highest, counter);
        }
        QVERIFY(highest > 100'000);
    }
};

QTEST_APPLESS_MAIN(TestReplayWindow)
#include "tst_replaywindow.moc"
