#include "core/base/random.h"
#include "core/media/delaytarget.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::media;
using namespace std::chrono_literals;

namespace {

/// Frames of 20 ms that take what transit says, in ms.
template<typename Transit>
void feed(DelayTarget &target, TimePoint &now, int frames, Transit transit)
{
    for (int i = 0; i < frames; ++i) {
        now += 20ms;
        target.add(now, std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::milli>(transit(i))));
    }
}

} // namespace

class TestDelayTarget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsCarefullyAndSettlesLowOnAQuietNetwork()
    {
        DelayTarget target;
        TimePoint now;
        QVERIFY(target.target() == 40ms);
        feed(target, now, 20, [](int) { return 37.0; });
        QVERIFY(target.target() == 40ms);
        feed(target, now, 130, [](int) { return 37.0; });
        QVERIFY2(target.target() <= 15ms, qPrintable(QString::number(target.target().count())));
    }

    void risesAtOnceWithAStallAndFallsSlowly()
    {
        DelayTarget target;
        TimePoint now;
        feed(target, now, 200, [](int) { return 20.0; });
        feed(target, now, 9, [](int i) { return 20.0 + 180.0 - 20.0 * i; }); // a stall of 180 ms, then what waited
        const Duration high = target.target();
        QVERIFY2(high >= 150ms, qPrintable(QString::number(high.count())));
        feed(target, now, 50, [](int) { return 20.0; });
        QVERIFY(target.target() >= high - 41ms);
        feed(target, now, 3000, [](int) { return 20.0; });
        QVERIFY2(target.target() <= 30ms, qPrintable(QString::number(target.target().count())));
    }

    void forgetsTheOffsetOfASlowerPath()
    {
        DelayTarget target;
        TimePoint now;
        feed(target, now, 500, [](int) { return 20.0; });
        feed(target, now, 1500, [](int) { return 120.0; });
        QVERIFY2(target.target() <= 25ms, qPrintable(QString::number(target.target().count())));
        QVERIFY(target.relative(120ms) < 4ms);
    }

    void followsClocksThatDrift()
    {
        DelayTarget target;
        TimePoint now;
        feed(target, now, 15000, [](int i) { return 20.0 + i * 0.02 * 0.2; }); // 200 ppm for five minutes
        QVERIFY2(target.target() <= 20ms, qPrintable(QString::number(target.target().count())));
    }

    void staysBelowItsCap()
    {
        DelayTarget target;
        TimePoint now;
        SeededRandom random(5);
        feed(target, now, 3000, [&](int) { return 2000.0 * random.real(); });
        QVERIFY(target.target() <= 500ms);
        for (int i = 0; i < 1000; ++i)
            target.addSurprise();
        QVERIFY(target.target() <= 500ms);
    }

    void widensItsMarginForASurprise()
    {
        DelayTarget target;
        TimePoint now;
        feed(target, now, 300, [](int) { return 20.0; });
        const Duration before = target.target();
        target.addSurprise();
        QVERIFY(target.target() > before);
        QVERIFY(target.target() <= before + 10ms);
    }
};

QTEST_APPLESS_MAIN(TestDelayTarget)
#include "tst_delaytarget.moc"
