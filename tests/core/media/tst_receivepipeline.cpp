#include "core/media/receivepipeline.h"
#include "core/media/sendpipeline.h"
#include "tests/core/media/voice.h"
#include "tests/tools/estoi.h"

#include <QTest>

#include <algorithm>
#include <deque>
#include <memory>

using namespace ringlift;
using namespace ringlift::media;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kSeed = 1876;

struct Network
{
    int lossPercent = 0;
    int delayMs = 20;
    int jitterMs = 0;
    /// The receiver's clock against the sender's.
    double drift = 0;
};

struct Heard
{
    std::vector<std::int16_t> sound;
    ReceiveStats stats;
    std::optional<TimePoint> firstAudible;
};

/// A whole conversation's one direction in invented time.
Heard transmit(const std::vector<std::int16_t> &sound, const Network &network, const EncoderSettings &settings = {})
{
    SeededRandom random(kSeed);
    SendPipeline sender(settings, 0xFFFF0000U);
    const auto receiver = std::make_unique<ReceivePipeline>();
    std::deque<MediaSlot> flying;
    Heard heard;
    MediaSlot slot;
    TickFrame frame;
    for (std::size_t tick = 0; (tick + 1) * kTickSamples <= sound.size(); ++tick) {
        const TimePoint now(10ms * tick + Duration(static_cast<Duration::rep>(1e4 * network.drift * static_cast<double>(tick))));
        if (sender.push(std::span(sound).subspan(tick * kTickSamples).first<kTickSamples>(), now, slot)) {
            const auto jitter = network.jitterMs > 0 ? random.uniform(static_cast<std::uint32_t>(network.jitterMs)) : 0;
            slot.arrived = std::max(flying.empty() ? TimePoint() : flying.back().arrived, now + 1ms * network.delayMs + 1ms * jitter);
            if (static_cast<int>(random.uniform(100)) >= network.lossPercent)
                flying.push_back(slot);
        }
        const TimePoint listening(10ms * tick + 3ms);
        for (; !flying.empty() && flying.front().arrived <= listening; flying.pop_front())
            receiver->put(flying.front().timestamp, flying.front().arrived, flying.front().body());
        receiver->take(listening, frame);
        heard.sound.insert(heard.sound.end(), frame.begin(), frame.end());
    }
    heard.stats = receiver->stats();
    heard.firstAudible = receiver->firstAudible();
    return heard;
}

} // namespace

class TestReceivePipeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversCleanSpeechClearlyAndSoon()
    {
        const auto voice = makeVoice(10, kSeed);
        const Heard heard = transmit(voice, {});
        const auto quality = estoi::compare(voice, heard.sound);
        QVERIFY(quality.has_value());
        QVERIFY2(quality->estoi >= 0.98, qPrintable(QString::number(quality->estoi)));
        QVERIFY2(heard.stats.target <= 20ms && heard.stats.playoutDelay <= 35ms, qPrintable(QString::number(heard.stats.playoutDelay.count())));
        QCOMPARE(heard.stats.network.lost, 0U);
        QCOMPARE(heard.stats.network.concealed, 0U);
    }

    void keepsSpeechIntelligibleThroughLoss_data()
    {
        QTest::addColumn<int>("loss");
        QTest::addColumn<double>("least");
        QTest::newRow("5 %") << 5 << 0.93;
        QTest::newRow("10 %") << 10 << 0.90;
        QTest::newRow("20 %") << 20 << 0.84;
    }
    void keepsSpeechIntelligibleThroughLoss()
    {
        QFETCH(int, loss);
        QFETCH(double, least);
        const auto voice = makeVoice(6, kSeed);
        const EncoderSettings plain{.fec = false};
        const auto with = estoi::compare(voice, transmit(voice, {.lossPercent = loss}, {.expectedLossPercent = loss}).sound);
        const auto without = estoi::compare(voice, transmit(voice, {.lossPercent = loss}, plain).sound);
        QVERIFY(with && without);
        QVERIFY2(with->estoi >= least, qPrintable(QString::number(with->estoi)));
        QVERIFY2(with->estoi > without->estoi, qPrintable(QString::number(without->estoi)));
    }

    void waitsForJitterAndNotForMore()
    {
        const auto voice = makeVoice(12, kSeed);
        const Heard heard = transmit(voice, {.delayMs = 40, .jitterMs = 60}, {.complexity = 0});
        QVERIFY2(heard.stats.playoutDelay <= 100ms, qPrintable(QString::number(heard.stats.playoutDelay.count())));
        QVERIFY2(heard.stats.network.concealed <= 20, qPrintable(QString::number(heard.stats.network.concealed)));
    }

    void absorbsClocksThatDrift_data()
    {
        QTest::addColumn<double>("drift");
        QTest::newRow("slow sender") << 300e-6;
        QTest::newRow("fast sender") << -300e-6;
    }
    void absorbsClocksThatDrift()
    {
        QFETCH(double, drift);
        const auto tenSeconds = makeVoice(10, kSeed);
        std::vector<std::int16_t> voice;
        for (int i = 0; i < 9; ++i)
            voice.insert(voice.end(), tenSeconds.begin(), tenSeconds.end());
        const Heard heard = transmit(voice, {.drift = drift}, {.complexity = 0});
        QVERIFY2(heard.stats.playoutDelay <= 45ms, qPrintable(QString::number(heard.stats.playoutDelay.count())));
        QVERIFY2(heard.stats.network.concealed <= 4, qPrintable(QString::number(heard.stats.network.concealed)));
        QCOMPARE(heard.stats.network.skipped, 0U);
    }

    void marksTheFirstAudibleFrame()
    {
        std::vector<std::int16_t> sound(kSampleRate, 0);
        const auto voice = makeVoice(1, kSeed);
        sound.insert(sound.end(), voice.begin(), voice.end());
        const Heard heard = transmit(sound, {});
        QVERIFY(heard.firstAudible.has_value());
        QVERIFY(*heard.firstAudible > TimePoint(1000ms) && *heard.firstAudible < TimePoint(1150ms));
        QVERIFY(!transmit(std::vector<std::int16_t>(kSampleRate, 0), {}).firstAudible);
    }

    void isSilentUntilSomethingComes()
    {
        const auto receiver = std::make_unique<ReceivePipeline>();
        TickFrame frame;
        frame.fill(1);
        receiver->take(TimePoint(), frame);
        QVERIFY(std::all_of(frame.begin(), frame.end(), [](std::int16_t sample) { return sample == 0; }));
    }

    void countsAndDropsHostileBodies()
    {
        const auto receiver = std::make_unique<ReceivePipeline>();
        SeededRandom random(kSeed);
        TickFrame frame;
        std::uint64_t unknownLayouts = 0;
        for (int i = 0; i < 5000; ++i) {
            Bytes body(random.uniform(1300));
            random.fill(body);
            unknownLayouts += body.empty() || body[0] != 0 ? 1U : 0U;
            const auto timestamp = static_cast<std::uint32_t>(random.next());
            receiver->put(i % 2 == 0 ? timestamp : static_cast<std::uint32_t>(i) * 960U, TimePoint(1ms * i), body);
            if (!body.empty()) {
                body[0] = 0;
                receiver->put(static_cast<std::uint32_t>(i) * 480U, TimePoint(1ms * i), body);
            }
            if (i % 10 == 0)
                receiver->take(TimePoint(1ms * i), frame);
        }
        QVERIFY(receiver->stats().malformed >= unknownLayouts);
        QVERIFY(receiver->stats().target <= 500ms);
    }

    void playsPacketsOfOtherLengths()
    {
        // SILK narrow band, 60 ms and 10 ms, as a peer may send; the content is arbitrary.
        const auto receiver = std::make_unique<ReceivePipeline>();
        TickFrame frame;
        std::uint32_t timestamp = 0;
        for (int ms = 0; ms < 3000; ms += 10) {
            if (ms % 60 == 0) {
                receiver->put(timestamp, TimePoint(1ms * ms), Bytes{0, 3U << 3U, 9, 9, 9});
                timestamp += 2880;
            }
            receiver->take(TimePoint(1ms * ms), frame);
        }
        QCOMPARE(receiver->stats().malformed, 0U);
        QVERIFY(receiver->stats().network.concealed <= 12);
    }
};

QTEST_APPLESS_MAIN(TestReceivePipeline)
#include "tst_receivepipeline.moc"
