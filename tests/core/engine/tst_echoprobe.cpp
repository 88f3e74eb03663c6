#include "core/engine/echoprobe.h"

#include <QTest>

#include <cmath>
#include <deque>
#include <numbers>

using namespace ringlift;
using namespace std::chrono_literals;
using engine::EchoMeasure;
using engine::EchoProbe;

namespace {

constexpr std::size_t kSamples = EchoProbe::kFrameSamples;
using Frame = std::array<std::int16_t, kSamples>;

Frame tone(int hertz, double amplitude)
{
    Frame frame{};
    for (std::size_t i = 0; i < kSamples; ++i)
        frame[i] = std::int16_t(amplitude * std::sin(2 * std::numbers::pi * hertz * double(i) / 48'000));
    return frame;
}

/// A probe on a line that gives back every frame after a while, or something else in its place.
struct Line {
    explicit Line(int delayInFrames) : delay(delayInFrames) { }

    void run(
        Duration duration, const std::function<Frame(const Frame &)> &change = [](const Frame &f) { return f; })
    {
        for (const TimePoint end = now + duration; now < end; now += 10ms) {
            Frame spoken{};
            while (probe.read(spoken))
                onTheWay.push_back(change(spoken));
            while (probe.writableFrames() > 0) {
                Frame heard{};
                if (onTheWay.size() > std::size_t(delay)) {
                    heard = onTheWay.front();
                    onTheWay.pop_front();
                }
                probe.write(heard);
            }
        }
    }

    const int delay;
    TimePoint now{100s};
    std::shared_ptr<EchoMeasure> measure = std::make_shared<EchoMeasure>();
    EchoProbe probe{measure, [this] { return now; }};
    std::deque<Frame> onTheWay;
};

} // namespace

class TestEchoProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void measuresHowLongTheSoundTakes_data()
    {
        QTest::addColumn<int>("frames");
        QTest::newRow("at once") << 0;
        QTest::newRow("a good connection") << 18;
        QTest::newRow("a slow one") << 90;
    }
    void measuresHowLongTheSoundTakes()
    {
        QFETCH(const int, frames);
        Line line(frames);
        QVERIFY(line.probe.start(true));
        line.run(5s);
        QVERIFY(line.measure->isComplete());
        QCOMPARE(*line.measure->median() / 10ms, frames);
    }

    void saysNothingBeforeTheCaptureOpens()
    {
        Line line(0);
        QVERIFY(line.probe.start(false));
        line.run(3s);
        QVERIFY(line.onTheWay.empty());
        QVERIFY(line.probe.startCapture());
        line.run(1s);
        QVERIFY(line.measure->median());
        QVERIFY(!line.measure->isComplete());
    }

    void takesNothingElseForItsEcho_data()
    {
        QTest::addColumn<Frame>("instead");
        QTest::newRow("silence") << Frame{};
        QTest::newRow("another pitch") << tone(550, 12'000);
        QTest::newRow("hardly audible") << tone(1300, 100);
        Frame noise{};
        std::uint32_t state = 1;
        for (std::int16_t &sample : noise) {
            state = state * 1'664'525 + 1'013'904'223;
            sample = std::int16_t(state >> 16);
        }
        QTest::newRow("noise") << noise;
    }
    void takesNothingElseForItsEcho()
    {
        QFETCH(const Frame, instead);
        Line line(3);
        QVERIFY(line.probe.start(true));
        line.run(5s, [&](const Frame &) { return instead; });
        QVERIFY(!line.measure->median());
    }

    void takesAnEarlierToneForNoEcho()
    {
        Line line(100); // the answer to the tone before comes with the next one
        QVERIFY(line.probe.start(true));
        line.run(6s);
        QVERIFY(!line.measure->median());
    }

    void tellsTheMedian()
    {
        EchoMeasure measure;
        for (const Duration delay : {Duration(300ms), Duration(100ms), Duration(200ms), Duration(1ms)})
            measure.note(delay);
        QCOMPARE(*measure.median(), Duration(200ms));
    }
};

QTEST_GUILESS_MAIN(TestEchoProbe)
#include "tst_echoprobe.moc"
