#include "core/media/timescaler.h"
#include "tests/core/media/voice.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::media;

namespace {

constexpr std::size_t kPeriod = 400; // 120 Hz

std::vector<std::int16_t> tone(std::size_t samples)
{
    std::vector<std::int16_t> sound;
    for (std::size_t i = 0; i < samples; ++i) {
        const double phase = 2 * std::numbers::pi * static_cast<double>(i) / kPeriod;
        sound.push_back(static_cast<std::int16_t>(6000 * std::sin(phase) + 3000 * std::sin(3 * phase + 1)));
    }
    return sound;
}

int steepest(ConstSamples sound)
{
    int most = 0;
    for (std::size_t i = 1; i < sound.size(); ++i)
        most = std::max(most, std::abs(sound[i] - sound[i - 1]));
    return most;
}

} // namespace

class TestTimeScaler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removesAPeriodWithoutAClick()
    {
        auto sound = tone(kFrameSamples);
        const int steepness = steepest(sound);
        TimeScaler scaler;
        scaler.observe(sound);
        const std::size_t left = scaler.shorten(sound, kFrameSamples, TimeScaler::kMaxLag);
        QCOMPARE(left, kFrameSamples - kPeriod);
        QVERIFY(steepest(std::span(sound).first(left)) <= steepness + 20);
        QCOMPARE(sound[0], tone(1)[0]);
        QCOMPARE(sound[left - 1], tone(kFrameSamples).back());
    }

    void addsAPeriodWithoutAClick()
    {
        auto sound = tone(kFrameSamples);
        const int steepness = steepest(sound);
        sound.resize(kFrameSamples + TimeScaler::kMaxLag);
        TimeScaler scaler;
        scaler.observe(std::span(sound).first(kFrameSamples));
        const std::size_t left = scaler.lengthen(sound, kFrameSamples, TimeScaler::kMaxLag);
        QCOMPARE(left, kFrameSamples + kPeriod);
        QVERIFY(steepest(std::span(sound).first(left)) <= steepness + 20);
        QCOMPARE(sound[left - 1], tone(kFrameSamples).back());
    }

    void neverTakesMoreThanAsked()
    {
        auto sound = tone(kFrameSamples);
        TimeScaler scaler;
        scaler.observe(sound);
        QVERIFY(scaler.shorten(sound, kFrameSamples, 300) >= kFrameSamples - 300);
        QCOMPARE(scaler.shorten(sound, kFrameSamples, TimeScaler::kMinLag - 1), kFrameSamples);
    }

    void leavesSpeechAloneThatDoesNotRepeatItself()
    {
        SeededRandom random(3);
        std::vector<std::int16_t> noise(kFrameSamples);
        for (auto &sample : noise)
            sample = static_cast<std::int16_t>(static_cast<int>(random.uniform(20000)) - 10000);
        const auto before = noise;
        TimeScaler scaler;
        scaler.observe(noise);
        QCOMPARE(scaler.shorten(noise, kFrameSamples, TimeScaler::kMaxLag), kFrameSamples);
        QVERIFY(noise == before);
    }

    void takesAllItMayFromQuietFrames()
    {
        SeededRandom random(3);
        std::vector<std::int16_t> hush(kFrameSamples);
        for (auto &sample : hush)
            sample = static_cast<std::int16_t>(static_cast<int>(random.uniform(20)) - 10);
        TimeScaler scaler;
        scaler.observe(tone(kFrameSamples));
        QCOMPARE(scaler.shorten(hush, kFrameSamples, TimeScaler::kMaxLag), kFrameSamples - TimeScaler::kMaxLag);
    }

    void leavesShortFramesAlone()
    {
        auto sound = tone(kFrameSamples);
        const TimeScaler scaler;
        QCOMPARE(scaler.shorten(sound, kTickSamples, TimeScaler::kMaxLag), kTickSamples);
        QCOMPARE(scaler.lengthen(sound, kFrameSamples, TimeScaler::kMaxLag), kFrameSamples); // no room
    }
};

QTEST_APPLESS_MAIN(TestTimeScaler)
#include "tst_timescaler.moc"
