#include "server/limittable.h"

#include "core/base/random.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kStart{100s};
constexpr protocol::Key32 kKey{1};

template<typename Meter, typename Bound> bool takes(Meter &meter, TimePoint now, const Bound &limit)
{
    if (meter.wait(now, limit) > Duration::zero())
        return false;
    meter.take(now, limit);
    return true;
}

} // namespace

class TestLimitTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesABurstAndThenOneEachRefill()
    {
        const BucketLimit limit{3, 10s};
        BucketMeter meter;
        for (int i = 0; i < 3; ++i)
            QVERIFY(takes(meter, kStart, limit));
        QVERIFY(meter.wait(kStart, limit) == 10s);
        QVERIFY(!takes(meter, kStart + 10s - Duration(1), limit));
        QVERIFY(takes(meter, kStart + 10s, limit));
        QVERIFY(!takes(meter, kStart + 10s, limit));
    }

    void fillsUpToTheBurstAndNoFurther()
    {
        const BucketLimit limit{3, 10s};
        BucketMeter meter;
        QVERIFY(takes(meter, kStart, limit));
        for (int i = 0; i < 3; ++i)
            QVERIFY(takes(meter, kStart + 1h, limit));
        QVERIFY(!takes(meter, kStart + 1h, limit));
    }

    void isIdleOnceABucketIsFull()
    {
        const BucketLimit limit{3, 10s};
        BucketMeter meter;
        meter.take(kStart, limit);
        QVERIFY(!meter.isIdle(kStart + 10s - Duration(1), limit));
        QVERIFY(meter.isIdle(kStart + 10s, limit));
    }

    void holdsNeverMoreThanTheCountInAnyWindow()
    {
        const WindowLimit limit{5, 10s};
        WindowMeter meter;
        SeededRandom random(1);
        std::vector<TimePoint> taken;
        TimePoint now = kStart;
        for (int i = 0; i < 3000; ++i) {
            now += std::chrono::milliseconds(random.uniform(1500));
            const auto inWindow =
                std::count_if(taken.begin(), taken.end(), [&](TimePoint event) { return event + 10s > now; });
            QCOMPARE(takes(meter, now, limit), inWindow < 5);
            if (inWindow < 5)
                taken.push_back(now);
        }
        QVERIFY(taken.size() > 500);
    }

    void saysHowLongUntilTheWindowOpens()
    {
        const WindowLimit limit{2, 10s};
        WindowMeter meter;
        QVERIFY(takes(meter, kStart, limit));
        QVERIFY(takes(meter, kStart + 3s, limit));
        QVERIFY(meter.wait(kStart + 4s, limit) == 6s);
        QVERIFY(takes(meter, kStart + 10s, limit));
        QVERIFY(meter.wait(kStart + 10s, limit) == 3s);
    }

    void refusesEverythingWhenTheLimitIsZero()
    {
        QVERIFY(BucketMeter().wait(kStart, BucketLimit{0, 0s}) >= 1s);
        QVERIFY(BucketMeter().wait(kStart, BucketLimit{0, 5s}) == 5s);
        QVERIFY(WindowMeter().wait(kStart, WindowLimit{0, 0s}) >= 1s);
        QVERIFY(WindowMeter().wait(kStart, WindowLimit{0, 5s}) == 5s);
    }

    void countsEachKeyOnItsOwn()
    {
        LimitTable<WindowMeter, WindowLimit> table(WindowLimit{1, 10s}, 10);
        table.take(kStart, kKey);
        QVERIFY(table.wait(kStart, kKey) == 10s);
        QVERIFY(table.wait(kStart, protocol::Key32{2}) == 0s);
        QCOMPARE(table.size(), std::size_t(1));
        table.clear();
        QVERIFY(table.wait(kStart, kKey) == 0s);
    }

    void asksWithoutRemembering()
    {
        LimitTable<BucketMeter, BucketLimit> table(BucketLimit{1, 10s}, 10);
        for (std::uint8_t i = 0; i < 100; ++i)
            QVERIFY(table.wait(kStart, protocol::Key32{i}) == 0s);
        QCOMPARE(table.size(), std::size_t(0));
    }

    void refusesNewKeysWhenItIsFull()
    {
        LimitTable<BucketMeter, BucketLimit> table(BucketLimit{5, 10s}, 2);
        table.take(kStart, protocol::Key32{1});
        table.take(kStart, protocol::Key32{2});
        QVERIFY(table.wait(kStart, protocol::Key32{3}) > 0s);
        QVERIFY(table.wait(kStart, protocol::Key32{1}) == 0s); // who is known goes on
    }

    void makesRoomOnceAKeyIsIdle()
    {
        LimitTable<BucketMeter, BucketLimit> table(BucketLimit{5, 10s}, 2);
        table.take(kStart, protocol::Key32{1});
        table.take(kStart + 5s, protocol::Key32{2});
        QVERIFY(table.wait(kStart + 9s, protocol::Key32{3}) > 0s);
        QVERIFY(table.wait(kStart + 10s, protocol::Key32{3}) == 0s);
        QCOMPARE(table.size(), std::size_t(1));
    }

    void looksForIdleKeysOnceASecondOnly()
    {
        LimitTable<BucketMeter, BucketLimit> table(BucketLimit{5, 10s}, 1);
        table.take(kStart, protocol::Key32{1});
        QVERIFY(table.wait(kStart + 9'900ms, protocol::Key32{2}) > 0s); // looked in vain
        QVERIFY(table.wait(kStart + 10'100ms, protocol::Key32{2}) > 0s);
        QVERIFY(table.wait(kStart + 10'900ms, protocol::Key32{2}) == 0s);
    }
};

QTEST_APPLESS_MAIN(TestLimitTable)
#include "tst_limittable.moc"
