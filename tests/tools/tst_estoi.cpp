#include "core/base/random.h"
#include "tests/tools/estoi.h"

#include <QTest>

#include <cmath>
#include <numbers>
#include <numeric>

using namespace ringlift;

namespace {

constexpr std::uint64_t kSeed = 20160611;

double noiseSample(SeededRandom &random)
{
    return random.real() + random.real() + random.real() + random.real() - 2.0;
}

/// Speech enough for the measure: harmonics of a wandering pitch under syllables and formants that change 4 times a second.
std::vector<double> voice(double seconds)
{
    SeededRandom random(kSeed);
    std::vector<double> samples;
    double phase = 0;
    double formant = 500;
    double pitch = 120;
    for (int i = 0; i < static_cast<int>(seconds * media::kSampleRate); ++i) {
        if (i % 12000 == 0) {
            formant = 300 + 2500 * random.real();
            pitch = 90 + 80 * random.real();
        }
        phase += pitch / media::kSampleRate;
        const double syllable = std::pow(std::sin(std::numbers::pi * (i % 12000) / 12000.0), 2);
        double value = 0;
        for (int harmonic = 1; harmonic * pitch < 4000; ++harmonic) {
            const double off = (harmonic * pitch - formant) / 400;
            value += std::sin(2 * std::numbers::pi * harmonic * phase) * (0.05 + std::exp(-off * off));
        }
        samples.push_back(3000 * syllable * value);
    }
    return samples;
}

std::vector<std::int16_t> rounded(const std::vector<double> &samples)
{
    std::vector<std::int16_t> result;
    for (const double sample : samples)
        result.push_back(static_cast<std::int16_t>(std::clamp(std::lround(sample), -32768L, 32767L)));
    return result;
}

std::vector<std::int16_t> withNoise(const std::vector<double> &speech, double snrDb)
{
    SeededRandom random(kSeed + 1);
    double power = 0;
    for (const double sample : speech)
        power += sample * sample / static_cast<double>(speech.size());
    // noiseSample() has a variance of 4/12.
    const double gain = std::sqrt(power * 3.0 * std::pow(10.0, -snrDb / 10.0));
    std::vector<double> noisy;
    for (const double sample : speech)
        noisy.push_back(sample + gain * noiseSample(random));
    return rounded(noisy);
}

} // namespace

class TestEstoi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheSameSpeechEqual()
    {
        const auto speech = rounded(voice(4));
        const auto result = estoi::compare(speech, speech);
        QVERIFY(result.has_value());
        QVERIFY2(result->estoi > 0.9999 && result->estoi < 1.0001, qPrintable(QString::number(result->estoi)));
        QCOMPARE(result->delayMs, 0.0);
    }

    void fallsWithTheNoise()
    {
        const auto speech = voice(4);
        double before = 1.0;
        for (const double snr : {30.0, 20.0, 10.0, 5.0, 0.0, -5.0, -10.0}) {
            const auto result = estoi::compare(rounded(speech), withNoise(speech, snr));
            QVERIFY(result.has_value());
            QVERIFY2(result->estoi < before, qPrintable(QStringLiteral("%1 dB: %2").arg(snr).arg(result->estoi)));
            before = result->estoi;
        }
        QVERIFY2(before < 0.5, qPrintable(QString::number(before)));
    }

    void findsTheDelayAndIgnoresIt()
    {
        const auto speech = voice(4);
        const auto clean = rounded(speech);
        const auto noisy = withNoise(speech, 10);
        auto delayed = noisy;
        delayed.insert(delayed.begin(), 12345, std::int16_t{0});
        const auto there = estoi::compare(clean, noisy);
        const auto later = estoi::compare(clean, delayed);
        QVERIFY(there && later);
        QVERIFY(std::abs(later->delayMs - 12345 / 48.0) < 0.2);
        QVERIFY2(std::abs(later->estoi - there->estoi) < 0.02, qPrintable(QString::number(later->estoi - there->estoi)));
    }

    void ignoresTheGain()
    {
        auto speech = voice(3);
        const auto loud = rounded(speech);
        for (double &sample : speech)
            sample /= 4;
        const auto result = estoi::compare(loud, rounded(speech));
        QVERIFY(result && result->estoi > 0.999);
    }

    void followsADelayThatChangesWithinTheCall()
    {
        const auto speech = rounded(voice(6));
        auto slipped = speech;
        slipped.insert(slipped.begin() + 3 * media::kSampleRate, 1440, std::int16_t{0}); // 30 ms more from 3 s on
        const auto result = estoi::compare(speech, slipped);
        QVERIFY(result && result->estoi > 0.97);
        const auto rigid = estoi::compare(speech, slipped, {.align = true, .realign = Duration::zero()});
        QVERIFY(rigid && rigid->estoi < result->estoi - 0.05);
    }

    void punishesGaps()
    {
        const auto speech = rounded(voice(4));
        double before = 1.0;
        for (const std::size_t every : {20U, 10U, 5U}) {
            auto holed = speech;
            for (std::size_t i = 0; i < holed.size(); ++i) {
                if ((i / media::kFrameSamples) % every == 0)
                    holed[i] = 0;
            }
            const auto result = estoi::compare(speech, holed);
            QVERIFY(result.has_value());
            QVERIFY2(result->estoi < before - 0.01, qPrintable(QStringLiteral("1 of %1: %2").arg(every).arg(result->estoi)));
            before = result->estoi;
        }
    }

    void leavesOutWhatWasNotRecorded()
    {
        const auto speech = rounded(voice(6));
        const std::vector<std::int16_t> middle(speech.begin() + media::kSampleRate, speech.begin() + 4 * media::kSampleRate);
        const auto result = estoi::compare(speech, middle);
        QVERIFY(result && result->estoi > 0.99);
        QVERIFY(std::abs(result->delayMs + 1000) < 0.2);
        QVERIFY(result->speechSeconds < 3.1);
    }

    void refusesWhatIsTooShort()
    {
        const std::vector<std::int16_t> blip(4800, 1000);
        QVERIFY(!estoi::compare(blip, blip));
        QVERIFY(!estoi::compare(blip, {}));
    }
};

QTEST_APPLESS_MAIN(TestEstoi)
#include "tst_estoi.moc"
