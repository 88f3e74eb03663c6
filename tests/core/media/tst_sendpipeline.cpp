#include "core/media/sendpipeline.h"
#include "tests/core/media/voice.h"

#include <QTest>

#include <set>

using namespace ringlift;
using namespace ringlift::media;

namespace {

constexpr std::uint64_t kSeed = 11;

double loudnessOf(const std::vector<MediaSlot> &bodies)
{
    Decoder decoder;
    std::vector<std::int16_t> frame(kFrameSamples);
    double power = 0;
    for (const MediaSlot &slot : bodies) {
        decoder.decode(slot.body().subspan(1), frame);
        power = powerOf(frame); // of the last one: codecs ring on
    }
    return power;
}

} // namespace

class TestSendPipeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsABodyForEverySecondTick()
    {
        const auto voice = makeVoice(1, kSeed);
        SendPipeline pipeline({}, 0xFFFFFFFFU - 959U);
        MediaSlot slot;
        std::uint32_t expected = 0xFFFFFFFFU - 959U;
        for (std::size_t tick = 0; tick < 100; ++tick) {
            const TimePoint now(kTick * static_cast<int>(tick));
            const bool complete = pipeline.push(std::span(voice).subspan(tick * kTickSamples).first<kTickSamples>(), now, slot);
            QCOMPARE(complete, tick % 2 == 1);
            if (!complete)
                continue;
            QCOMPARE(slot.timestamp, expected); // wraps after the first
            QVERIFY(slot.arrived == now);
            QCOMPARE(slot.body().size(), pipeline.bodySize());
            QCOMPARE(slot.body()[0], std::uint8_t{0});
            expected += 960;
        }
        QCOMPARE(pipeline.failures(), 0U);
    }

    void sendsOneSizeWhetherSpeakingMutedOrWithoutAMicrophone()
    {
        const auto voice = makeVoice(3, kSeed);
        SendPipeline pipeline;
        MediaSlot slot;
        std::set<std::size_t> sizes;
        for (std::size_t tick = 0; tick < 300; ++tick) {
            pipeline.setMuted(tick >= 100 && tick < 200);
            const auto frame = std::span(voice).subspan(tick * kTickSamples).first<kTickSamples>();
            if (tick < 250 ? pipeline.push(frame, {}, slot) : pipeline.pushSilence({}, slot))
                sizes.insert(slot.body().size());
        }
        QVERIFY(sizes == std::set<std::size_t>{81});
    }

    void sendsSilenceWhileMuted()
    {
        const auto voice = makeVoice(2, kSeed);
        std::vector<MediaSlot> open;
        std::vector<MediaSlot> muted;
        SendPipeline speaking;
        SendPipeline silent;
        MediaSlot slot;
        for (std::size_t tick = 0; tick < 112; ++tick) {
            const auto frame = std::span(voice).subspan(tick * kTickSamples).first<kTickSamples>();
            if (speaking.push(frame, {}, slot))
                open.push_back(slot);
            silent.setMuted(tick >= 50);
            if (silent.push(frame, {}, slot))
                muted.push_back(slot);
        }
        QVERIFY(loudnessOf(open) > kAudiblePower);
        QVERIFY2(loudnessOf(muted) < 4.0, qPrintable(QString::number(loudnessOf(muted))));
    }

    void changesItsRateBetweenBodies()
    {
        SendPipeline pipeline;
        MediaSlot slot;
        pipeline.pushSilence({}, slot);
        pipeline.apply({.bitrate = 16000});
        QVERIFY(pipeline.pushSilence({}, slot));
        QCOMPARE(slot.body().size(), 41U);
    }
};

QTEST_APPLESS_MAIN(TestSendPipeline)
#include "tst_sendpipeline.moc"
