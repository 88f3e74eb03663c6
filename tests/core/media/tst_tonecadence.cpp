#include "core/media/tonecadence.h"

#include <QTest>

#include <cmath>
#include <numbers>
#include <vector>

using namespace ringlift;
using namespace ringlift::media;
using namespace std::chrono_literals;

namespace {

std::vector<std::int16_t> hear(ToneCadence &cadence, Duration length)
{
    std::vector<std::int16_t> sound;
    for (Duration done{}; done < length; done += kTick) {
        const TickFrame frame = cadence.next();
        sound.insert(sound.end(), frame.begin(), frame.end());
    }
    return sound;
}

ConstSamples part(const std::vector<std::int16_t> &sound, Duration from, Duration length)
{
    return std::span(sound).subspan(static_cast<std::size_t>(samplesIn(from)), static_cast<std::size_t>(samplesIn(length)));
}

int steepest(ConstSamples sound)
{
    int most = 0;
    for (std::size_t i = 1; i < sound.size(); ++i)
        most = std::max(most, std::abs(sound[i] - sound[i - 1]));
    return most;
}

/// Amplitude of what sounds at that frequency (Goertzel's sum, written out).
double amplitudeAt(ConstSamples sound, double hertz)
{
    double cosines = 0;
    double sines = 0;
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const double angle = 2 * std::numbers::pi * hertz * static_cast<double>(i) / kSampleRate;
        cosines += sound[i] * std::cos(angle);
        sines += sound[i] * std::sin(angle);
    }
    return 2 * std::hypot(cosines, sines) / static_cast<double>(sound.size());
}

double decibels(double power)
{
    return 10 * std::log10(power / (32768.0 * 32768.0));
}

} // namespace

class TestToneCadence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsItsCadence_data()
    {
        QTest::addColumn<Tone>("tone");
        QTest::addColumn<int>("periodSeconds");
        QTest::newRow("ring") << Tone::Ring << 3;
        QTest::newRow("ringback") << Tone::Ringback << 5;
    }

    void keepsItsCadence()
    {
        QFETCH(const Tone, tone);
        QFETCH(const int, periodSeconds);
        ToneCadence cadence(tone);
        const auto sound = hear(cadence, 3 * periodSeconds * 1s);
        for (int round = 0; round < 3; ++round) {
            const Duration start = round * periodSeconds * 1s;
            QVERIFY(isAudible(part(sound, start, 20ms)));
            QVERIFY(isAudible(part(sound, start + 900ms, 20ms)));
            QCOMPARE(powerOf(part(sound, start + 1s, (periodSeconds - 1) * 1s)), 0.0);
        }
    }

    void tellsShortlyOfAMove()
    {
        ToneCadence cadence(Tone::Moved);
        const auto sound = hear(cadence, 5s);
        QVERIFY(isAudible(part(sound, 20ms, 200ms)));
        QCOMPARE(powerOf(part(sound, 300ms, 4700ms)), 0.0);
    }

    void ringsBackWithTheEuropeanTone()
    {
        ToneCadence cadence(Tone::Ringback);
        const auto sound = hear(cadence, 1s);
        const ConstSamples middle = part(sound, 100ms, 800ms);
        QVERIFY(std::abs(amplitudeAt(middle, 425) - 5000) < 10);
        // 0 dBm0 is 3.14 dB below a sine of full scale, which is 3.01 dB below full scale here.
        const double level = decibels(powerOf(middle)) + 3.01 + 3.14;
        QVERIFY2(level > -15 && level < -5, qPrintable(QString::number(level)));
    }

    void ringsWithTwoNotesOfOneLoudness()
    {
        ToneCadence cadence(Tone::Ring);
        const auto sound = hear(cadence, 1s);
        const ConstSamples middle = part(sound, 100ms, 600ms);
        QVERIFY(std::abs(amplitudeAt(middle, 660) - 7000) < 10);
        QVERIFY(std::abs(amplitudeAt(middle, 880) - 7000) < 10);
        QVERIFY(decibels(powerOf(middle)) > -15);
    }

    void tellsShortlyThatACallGoesOn()
    {
        ToneCadence cadence(Tone::Continued);
        const auto sound = hear(cadence, 5s);
        QVERIFY(isAudible(part(sound, 0ms, 20ms)));
        QVERIFY(isAudible(part(sound, 370ms, 20ms)));
        QCOMPARE(powerOf(part(sound, 400ms, 4600ms)), 0.0);
        const ConstSamples middle = part(sound, 30ms, 250ms);
        QVERIFY(std::abs(amplitudeAt(middle, 523) - 5000) < 250);
        QVERIFY(std::abs(amplitudeAt(middle, 784) - 5000) < 250);
        QVERIFY(decibels(powerOf(middle)) > -20);
    }

    void neverClicks_data()
    {
        QTest::addColumn<Tone>("tone");
        QTest::addColumn<int>("steepest"); // peak · 2π · mean frequency / sampling rate
        QTest::newRow("ring") << Tone::Ring << 1412;
        QTest::newRow("ringback") << Tone::Ringback << 279;
        QTest::newRow("continued") << Tone::Continued << 856;
        QTest::newRow("moved") << Tone::Moved << 1296;
    }

    void neverClicks()
    {
        QFETCH(const Tone, tone);
        QFETCH(const int, steepest);
        ToneCadence cadence(tone);
        const auto sound = hear(cadence, 11s);
        QVERIFY(::steepest(sound) <= steepest);
        // Neither where a burst begins nor where it ends.
        QVERIFY(::steepest(part(sound, 0ms, 1ms)) < steepest / 4);
        QVERIFY(::steepest(part(sound, 999ms, 2ms)) < steepest / 4);
    }

    void fadesOutWithinOneFrame()
    {
        ToneCadence cadence(Tone::Ringback);
        auto sound = hear(cadence, 510ms); // ends at a crest
        cadence.end();
        QVERIFY(!cadence.isOver());
        const auto fade = hear(cadence, kTick);
        QVERIFY(cadence.isOver());
        sound.insert(sound.end(), fade.begin(), fade.end());
        QVERIFY(steepest(sound) <= 290);
        QCOMPARE(fade.back(), std::int16_t{0});
        QCOMPARE(powerOf(hear(cadence, 10s)), 0.0);
    }

    void soundsTheSameEveryTime()
    {
        ToneCadence one(Tone::Ring);
        ToneCadence other(Tone::Ring);
        QCOMPARE(hear(one, 4s), hear(other, 4s));
    }
};

QTEST_APPLESS_MAIN(TestToneCadence)
#include "tst_tonecadence.moc"
