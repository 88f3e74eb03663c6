#include "core/media/opuscodec.h"
#include "tests/core/media/voice.h"

#include <QTest>

#include <algorithm>

using namespace ringlift;
using namespace ringlift::media;

namespace {

constexpr std::uint64_t kSeed = 20120911;

using Packets = std::vector<Bytes>;

Packets encodeAll(const std::vector<std::int16_t> &sound, const EncoderSettings &settings)
{
    Encoder encoder(settings);
    Packets packets;
    for (std::size_t at = 0; at + kFrameSamples <= sound.size(); at += kFrameSamples) {
        Bytes packet(1275);
        packet.resize(encoder.encode(std::span(sound).subspan(at).first<kFrameSamples>(), packet));
        packets.push_back(packet);
    }
    return packets;
}

double errorPower(const std::vector<std::int16_t> &a, const std::vector<std::int16_t> &b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += std::pow(a[i] - b[i], 2);
    return sum / static_cast<double>(a.size());
}

/// Decodes all, but packet `lost`, which is recovered from its successor or concealed; returns what stands in for it.
std::vector<std::int16_t> standIn(const Packets &packets, std::size_t lost, bool recover)
{
    Decoder decoder;
    std::vector<std::int16_t> frame(kFrameSamples);
    for (std::size_t i = 0; i < lost; ++i)
        decoder.decode(packets[i], frame);
    const std::size_t written = recover ? decoder.recover(packets[lost + 1], frame) : decoder.conceal(frame);
    return written == kFrameSamples ? frame : std::vector<std::int16_t>{};
}

} // namespace

class TestOpusCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesAllPacketsOfASettingOneSize_data()
    {
        QTest::addColumn<int>("bitrate");
        QTest::addColumn<int>("loss");
        QTest::addColumn<int>("size");
        QTest::newRow("32 kbit/s") << 32000 << 0 << 80;
        QTest::newRow("32 kbit/s with redundancy") << 32000 << 10 << 80;
        QTest::newRow("24 kbit/s") << 24000 << 5 << 60;
        QTest::newRow("16 kbit/s") << 16000 << 20 << 40;
        QTest::newRow("6 kbit/s") << 6000 << 0 << 15;
        QTest::newRow("beyond the range") << 1000000 << 0 << 320;
    }
    void givesAllPacketsOfASettingOneSize()
    {
        QFETCH(int, bitrate);
        QFETCH(int, loss);
        QFETCH(int, size);
        auto sound = makeVoice(2, kSeed);
        sound.resize(sound.size() + kSampleRate); // and silence
        SeededRandom random(kSeed);
        for (int i = 0; i < kSampleRate; ++i) // and loud noise
            sound.push_back(static_cast<std::int16_t>(static_cast<int>(random.uniform(65536)) - 32768));
        const EncoderSettings settings{.bitrate = bitrate, .expectedLossPercent = loss};
        QCOMPARE(Encoder(settings).packetSize(), static_cast<std::size_t>(size));
        for (const Bytes &packet : encodeAll(sound, settings))
            QCOMPARE(packet.size(), static_cast<std::size_t>(size));
    }

    void changesItsRateWithTheNextPacket()
    {
        const auto sound = makeVoice(1, kSeed);
        Encoder encoder;
        Bytes packet(1275);
        const auto frame = std::span(sound).first<kFrameSamples>();
        QCOMPARE(encoder.encode(frame, packet), 80U);
        encoder.apply({.bitrate = 16000});
        QCOMPARE(encoder.encode(frame, packet), 40U);
        QCOMPARE(encoder.encode(frame, std::span(packet).first(39)), 0U);
    }

    void recoversALostFrameFromItsSuccessor()
    {
        const auto sound = makeVoice(4, kSeed);
        const Packets packets = encodeAll(sound, {.expectedLossPercent = 5});
        Decoder reference;
        int tried = 0;
        int better = 0;
        for (std::size_t i = 0; i + 1 < packets.size(); ++i) {
            std::vector<std::int16_t> right(kFrameSamples);
            QCOMPARE(reference.decode(packets[i], right), kFrameSamples);
            if (i % 9 != 5 || powerOf(right) < 1e5 || !Decoder::carriesPrevious(packets[i + 1]))
                continue;
            const auto recovered = standIn(packets, i, true);
            const auto concealed = standIn(packets, i, false);
            QCOMPARE(recovered.size(), kFrameSamples);
            QCOMPARE(concealed.size(), kFrameSamples);
            ++tried;
            better += errorPower(recovered, right) < errorPower(concealed, right) ? 1 : 0;
        }
        QVERIFY2(tried >= 8, qPrintable(QString::number(tried)));
        QVERIFY2(better * 10 >= tried * 8, qPrintable(QStringLiteral("%1 of %2").arg(better).arg(tried)));
    }

    void tellsWhetherAPacketCarriesItsPredecessor()
    {
        const auto sound = makeVoice(2, kSeed);
        const auto carrying = [](const Packets &packets) {
            return std::count_if(packets.begin(), packets.end(), [](const Bytes &packet) { return Decoder::carriesPrevious(packet); });
        };
        QCOMPARE(carrying(encodeAll(sound, {.fec = false, .expectedLossPercent = 20})), 0);
        QCOMPARE(carrying(encodeAll(sound, {.expectedLossPercent = 0})), 0);
        QVERIFY(carrying(encodeAll(sound, {.expectedLossPercent = 10})) > 60); // of 100
        // CELT has no such thing: configuration 31, and the bits that SILK would use all set.
        QVERIFY(!Decoder::carriesPrevious(Bytes{31U << 3U, 0xFF, 0xFF, 0xFF}));
        QVERIFY(!Decoder::carriesPrevious({}));
    }

    void takesPacketsOfTheLengthsItPromises()
    {
        QCOMPARE(Decoder::samplesOf(Bytes{31U << 3U, 1}), 960U);              // CELT 20 ms
        QCOMPARE(Decoder::samplesOf(Bytes{30U << 3U, 1}), 480U);              // 10 ms
        QCOMPARE(Decoder::samplesOf(Bytes{11U << 3U, 1}), 2880U);             // SILK 60 ms
        QCOMPARE(Decoder::samplesOf(Bytes{28U << 3U, 1}), 0U);                // 2.5 ms
        QCOMPARE(Decoder::samplesOf(Bytes{(11U << 3U) | 1U, 1, 2}), 0U);      // 2 * 60 ms
        QCOMPARE(Decoder::samplesOf(Bytes{(31U << 3U) | 3U, 0}), 0U);         // no frame at all
        QCOMPARE(Decoder::samplesOf(Bytes(1276, 0x78)), 0U);                  // longer than Opus allows
        QCOMPARE(Decoder::samplesOf({}), 0U);
    }

    void survivesAnyBytes()
    {
        SeededRandom random(kSeed);
        Decoder decoder;
        std::vector<std::int16_t> out(Decoder::kMaxSamples);
        const auto good = encodeAll(makeVoice(0.5, kSeed), {.expectedLossPercent = 5});
        for (int i = 0; i < 3000; ++i) {
            Bytes packet = i % 3 == 0 ? good[static_cast<std::size_t>(i) % good.size()] : Bytes(1 + random.uniform(1275));
            if (i % 3 == 0)
                packet[random.uniform(static_cast<std::uint32_t>(packet.size()))] ^= static_cast<std::uint8_t>(1U << random.uniform(8));
            else
                random.fill(packet);
            const std::size_t expected = Decoder::samplesOf(packet);
            const std::size_t decoded = decoder.decode(packet, out);
            QVERIFY2(decoded == 0 || decoded == expected, qPrintable(QStringLiteral("seed %1, packet %2").arg(kSeed).arg(i)));
            decoder.recover(packet, std::span(out).first(kFrameSamples));
            if (i % 7 == 0)
                QCOMPARE(decoder.conceal(std::span(out).first(kTickSamples)), kTickSamples);
        }
    }

    void refusesRoomThatIsTooSmall()
    {
        const auto packets = encodeAll(makeVoice(0.1, kSeed), {});
        Decoder decoder;
        std::vector<std::int16_t> out(kFrameSamples - 1);
        QCOMPARE(decoder.decode(packets[0], out), 0U);
        QCOMPARE(decoder.conceal(out), 0U);
        QCOMPARE(decoder.recover(packets[1], out), 0U);
    }
};

QTEST_APPLESS_MAIN(TestOpusCodec)
#include "tst_opuscodec.moc"
