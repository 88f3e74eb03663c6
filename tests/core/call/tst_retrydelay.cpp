#include "core/call/retrydelay.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace std::chrono_literals;

class RetryDelayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doublesUpToItsLimit();
    void beginsAnewAfterASuccess();
    void waitsLongestWhenExhausted();
    void setsPhonesApart();
};

void RetryDelayTest::doublesUpToItsLimit()
{
    SeededRandom random(1);
    RetryDelay delay(500ms, 30s);
    Duration least = 500ms;
    for (int i = 0; i < 100; ++i) {
        const Duration wait = delay.next(random);
        QVERIFY(wait >= least);
        QVERIFY(wait <= least * 3 / 2);
        QVERIFY(wait <= 30s);
        least = std::min<Duration>(least * 2, 20s);
    }
}

void RetryDelayTest::beginsAnewAfterASuccess()
{
    SeededRandom random(1);
    RetryDelay delay(500ms, 30s);
    for (int i = 0; i < 10; ++i)
        QVERIFY(delay.next(random) > 0s);
    delay.reset();
    QVERIFY(delay.next(random) <= 750ms);
}

void RetryDelayTest::waitsLongestWhenExhausted()
{
    SeededRandom random(1);
    RetryDelay delay(500ms, 30s);
    delay.exhaust();
    QVERIFY(delay.next(random) >= 20s);
    delay.reset();
    QVERIFY(delay.next(random) <= 750ms);
}

void RetryDelayTest::setsPhonesApart()
{
    SeededRandom one(1);
    SeededRandom other(2);
    RetryDelay delayOfOne(500ms, 30s);
    RetryDelay delayOfOther(500ms, 30s);
    for (int i = 0; i < 20; ++i)
        QVERIFY(delayOfOne.next(one) != delayOfOther.next(other));
}

QTEST_APPLESS_MAIN(RetryDelayTest)
#include "tst_retrydelay.moc"
