#include "core/crypto/framesealer.h"

#include "core/base/random.h"
#include "tests/core/crypto/cryptorig.h"

#include <QTest>

#include <set>

using namespace ringlift;
using namespace ringlift::crypto;

namespace {

constexpr std::uint64_t kEpochSize = std::uint64_t(1) << EpochChain::kCounterBits;

SecretKey chain0()
{
    return filledKey(6);
}

Bytes sealed(FrameSealer &sealer, PacketKind kind = PacketKind::Audio, const Bytes &plaintext = {1, 2, 3})
{
    Bytes packet(kMaxPacketSize);
    packet.resize(sealer.seal(kind, 0, 0, plaintext, packet).value_or(0));
    return packet;
}

/// The packet with this counter.
Bytes packetAt(std::uint64_t counter, PacketKind kind = PacketKind::Audio)
{
    FrameSealer sealer(chain0(), counter);
    return sealed(sealer, kind);
}

Bytes withCounter(Bytes packet, std::uint64_t counter)
{
    const Bytes field = ByteWriter().u48(counter).take();
    std::ranges::copy(field, packet.begin() + 2);
    return packet;
}

} // namespace

class TestFrameSealer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWhatItSealed_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 60, 64, 1171, 1172}) {
            for (int kind = 0; kind <= 4; ++kind)
                QTest::addRow("kind %d, %d bytes", kind, size) << kind << size;
        }
    }
    void opensWhatItSealed()
    {
        QFETCH(const int, kind);
        QFETCH(const int, size);
        FrameSealer sealer(chain0());
        FrameOpener opener(chain0());
        Bytes plaintext(static_cast<std::size_t>(size));
        SeededRandom(1).fill(plaintext);
        Bytes packet(kMaxPacketSize);
        const auto length = sealer.seal(static_cast<PacketKind>(kind), 5, 0xfedcba98, plaintext, packet);
        QCOMPARE(verdict(length), "OK");
        QCOMPARE(*length, kMinPacketSize + plaintext.size());
        const auto opened = opener.open(ByteView(packet).first(*length));
        QCOMPARE(verdict(opened), "OK");
        QVERIFY(opened->kind == static_cast<PacketKind>(kind));
        QCOMPARE(opened->stream, std::uint8_t(5));
        QCOMPARE(opened->counter, std::uint64_t(0));
        QCOMPARE(opened->timestamp, 0xfedcba98U);
        QVERIFY(std::ranges::equal(opened->plaintext, plaintext));
    }

    void laysOutTheHeader()
    {
        FrameSealer sealer(chain0(), 0x10203);
        Bytes packet(100);
        QCOMPARE(verdict(sealer.seal(PacketKind::Video, 7, 0x01020304, {}, packet)), "OK");
        QVERIFY(std::ranges::equal(ByteView(packet).first(12), Bytes{0x83, 7, 0, 0, 0, 1, 2, 3, 1, 2, 3, 4}));
    }

    void refusesWhatDoesNotFitAndUsesNoCounter()
    {
        FrameSealer sealer(chain0());
        Bytes out(kMaxPacketSize + 10);
        QCOMPARE(verdict(sealer.seal(PacketKind::Audio, 0, 0, Bytes(kMaxPlaintextSize + 1), out)), "ERR_LENGTH");
        QCOMPARE(verdict(sealer.seal(PacketKind::Audio, 0, 0, Bytes(10), std::span(out).first(37))), "ERR_LENGTH");
        QCOMPARE(sealer.nextCounter(), std::uint64_t(0));
        QCOMPARE(verdict(sealer.seal(PacketKind::Audio, 0, 0, Bytes(10), std::span(out).first(38))), "OK");
        QCOMPARE(sealer.nextCounter(), std::uint64_t(1));
    }

    void stopsBeforeTheLastCounter()
    {
        const std::uint64_t epoch = (kCounterLimit - 1) >> EpochChain::kCounterBits;
        FrameSealer sealer(EpochChain(chain0(), epoch), kCounterLimit - 1);
        Bytes out(kMaxPacketSize);
        QCOMPARE(verdict(sealer.seal(PacketKind::Audio, 0, 0, {}, out)), "OK");
        QCOMPARE(verdict(sealer.seal(PacketKind::Audio, 0, 0, {}, out)), "ERR_STATE");
        QCOMPARE(sealer.nextCounter(), kCounterLimit);
    }

    void goesThroughThreeEpochs()
    {
        FrameSealer sealer(chain0());
        FrameOpener opener(chain0());
        for (std::uint64_t counter = 0; counter < 2 * kEpochSize + 10; ++counter) {
            const auto opened = opener.open(sealed(sealer));
            QVERIFY(opened && opened->counter == counter);
        }
    }

    void sealsTheSameWhereverItStarted()
    {
        FrameSealer walked(chain0(), kEpochSize - 2);
        for (std::uint64_t counter = kEpochSize - 2; counter < kEpochSize + 2; ++counter)
            QVERIFY(sealed(walked) == packetAt(counter));
    }

    void opensLatePacketsOfTheEpochBefore()
    {
        FrameOpener opener(chain0());
        QCOMPARE(verdict(opener.open(packetAt(kEpochSize + 3))), "OK");
        QCOMPARE(verdict(opener.open(packetAt(kEpochSize - 1))), "OK");
        QCOMPARE(verdict(opener.open(packetAt(kEpochSize - 1))), "ERR_REPLAY");
        QCOMPARE(verdict(opener.open(packetAt(2 * kEpochSize + 1))), "OK");
        QCOMPARE(verdict(opener.open(packetAt(2 * kEpochSize - 5))), "OK");
        QCOMPARE(verdict(opener.open(packetAt(kEpochSize + 4))), "ERR_OLD");
    }

    void refusesPacketsTwoEpochsAhead()
    {
        FrameOpener opener(chain0());
        QCOMPARE(verdict(opener.open(packetAt(2 * kEpochSize))), "ERR_EPOCH");
        QCOMPARE(verdict(opener.open(packetAt(2 * kEpochSize - 1))), "OK");
        QCOMPARE(verdict(opener.open(packetAt(2 * kEpochSize))), "OK");
        QCOMPARE(verdict(opener.open(withCounter(packetAt(0), kCounterLimit))), "ERR_EPOCH");
    }

    // 3.7: length, version, kind, epoch, window, authenticity.
    void refusesInTheOrderOfTheProtocol()
    {
        FrameOpener opener(chain0());
        QCOMPARE(verdict(opener.open(packetAt(2000))), "OK");
        Bytes forged = packetAt(2001);
        forged.back() ^= 1;
        QCOMPARE(verdict(opener.open(forged)), "ERR_AUTH");
        QCOMPARE(verdict(opener.open(withCounter(forged, 2000))), "ERR_REPLAY");
        QCOMPARE(verdict(opener.open(withCounter(forged, 2000 - 1023))), "ERR_AUTH");
        QCOMPARE(verdict(opener.open(withCounter(forged, 2000 - 1024))), "ERR_OLD");
        forged = withCounter(forged, 2 * kEpochSize);
        QCOMPARE(verdict(opener.open(forged)), "ERR_EPOCH");
        forged[0] = 0x85;
        QCOMPARE(verdict(opener.open(forged)), "ERR_KIND");
        forged[0] = 0x95;
        QCOMPARE(verdict(opener.open(forged)), "ERR_VERSION");
        forged.resize(27);
        QCOMPARE(verdict(opener.open(forged)), "ERR_LENGTH");
        forged.resize(kMaxPacketSize + 1);
        QCOMPARE(verdict(opener.open(forged)), "ERR_LENGTH");
        QCOMPARE(verdict(opener.open({})), "ERR_LENGTH");
    }

    void opensOnlyTheFirstBytesOfRfc7983ThatAreOurs()
    {
        for (unsigned first = 0; first < 256; ++first) {
            FrameOpener opener(chain0());
            Bytes packet = packetAt(0);
            packet[0] = static_cast<std::uint8_t>(first);
            const char *const expected = first == 0x80            ? "OK"
                                         : (first & 0xf0) != 0x80 ? "ERR_VERSION"
                                         : first > 0x84           ? "ERR_KIND"
                                                                  : "ERR_AUTH";
            QCOMPARE(verdict(opener.open(packet)), expected);
        }
    }

    // T23
    void refusesEveryChangedByte()
    {
        FrameOpener opener(chain0());
        const Bytes packet = packetAt(1000);
        for (std::size_t i = 0; i < packet.size(); ++i)
            QVERIFY(!opener.open(withFlippedBit(packet, i)));
        for (std::size_t size = 0; size < packet.size(); ++size)
            QVERIFY(!opener.open(ByteView(packet).first(size)));
        QCOMPARE(verdict(opener.open(packet)), "OK");
    }

    // I9
    void changesNothingForAPacketThatIsNotAuthentic()
    {
        SeededRandom random(4);
        FrameOpener opener(chain0());
        QCOMPARE(verdict(opener.open(packetAt(10))), "OK");
        for (int i = 0; i < 20'000; ++i) {
            Bytes garbage(kMinPacketSize + random.uniform(60));
            random.fill(garbage);
            garbage[0] = static_cast<std::uint8_t>(0x80 + random.uniform(5));
            QVERIFY(!opener.open(withCounter(garbage, random.uniform(2 * kEpochSize))));
        }
        QCOMPARE(verdict(opener.open(packetAt(0))), "OK"); // the window stands where it stood
        QCOMPARE(verdict(opener.open(packetAt(10))), "ERR_REPLAY");
        QCOMPARE(verdict(opener.open(packetAt(2 * kEpochSize))), "ERR_EPOCH"); // and so does the epoch
        QCOMPARE(verdict(opener.open(packetAt(11))), "OK");
    }

    void refusesPacketsOfTheOtherDirection()
    {
        FrameOpener other(filledKey(7));
        QCOMPARE(verdict(other.open(packetAt(0))), "ERR_AUTH");
    }

    // nonce_unique_property (T29, I8): packets of one direction never share key and nonce, whatever happens between.
    void neverUsesANonceTwice()
    {
        SeededRandom random(5);
        FrameSealer sealer(chain0(), kEpochSize - 20'000);
        FrameOpener opener(chain0());
        Bytes out(kMaxPacketSize);
        std::set<Bytes> used; // key and nonce, as the header and the chain give them
        std::uint64_t last = 0;
        for (int i = 0; i < 60'000; ++i) {
            if (random.uniform(50) == 0)
                sealer = FrameSealer(std::move(sealer));
            const bool fits = random.uniform(10) != 0;
            const Bytes plaintext(fits ? random.uniform(8) : kMaxPlaintextSize + 1);
            const auto size = sealer.seal(static_cast<PacketKind>(random.uniform(5)), 0, 0, plaintext, out);
            QCOMPARE(size.has_value(), fits);
            if (!fits)
                continue;
            const ByteView packet = ByteView(out).first(*size);
            const auto opened = opener.open(packet);
            QVERIFY(opened);
            QVERIFY(used.empty() || opened->counter == last + 1);
            last = opened->counter;
            QVERIFY(used.insert(copyOf(packet.subspan(2, 6))).second);
        }
        QVERIFY(last > kEpochSize);
    }

    void changesKeyAndSaltWithTheEpoch()
    {
        EpochChain chain(chain0());
        std::set<Bytes> seen;
        for (int epoch = 0; epoch < 1000; ++epoch) {
            const EpochKeys keys = chain.take();
            QVERIFY(seen.insert(copyOf(keys.key.view())).second);
            QVERIFY(seen.insert(copyOf(keys.salt)).second);
        }
    }
};

QTEST_APPLESS_MAIN(TestFrameSealer)
#include "tst_framesealer.moc"
