#include "core/engine/mediatick.h"
#include "tests/core/media/voice.h"

#include <QTest>

#include <set>

using namespace ringlift;
using namespace ringlift::engine;
using namespace std::chrono_literals;
using media::kTick;

namespace {

constexpr std::uint64_t kSeed = 5;

/// A device in invented time: what a test allows comes and goes.
class InventedDevice : public ports::AudioDevice
{
public:
    bool start(bool) override { return true; }
    bool startCapture() override { return true; }
    void stop() override { }
    bool read(std::span<std::int16_t, kFrameSamples> frame) override
    {
        if (microphone == 0)
            return false;
        --microphone;
        frame[0] = 1000;
        return true;
    }
    int writableFrames() override { return room; }
    void write(std::span<const std::int16_t, kFrameSamples> frame) override
    {
        --room;
        ++written;
        audible += media::isAudible(frame) ? 1 : 0;
    }
    Duration latency() const override { return {}; }
    bool broken() const override { return false; }

    int microphone = 0; // frames that wait
    int room = 0;
    int written = 0;
    int audible = 0;
};

class Rig
{
public:
    /// One tick of 10 ms.
    void run(ports::AudioDevice *with, bool capturing)
    {
        tick.run(now, with, capturing);
        now += kTick;
    }
    int bodies()
    {
        int count = 0;
        for (; exchange.encoded.pop(slot); ++count)
            sizes.push_back(slot.size);
        return count;
    }
    /// What a peer who speaks would have sent.
    void receive(const std::vector<std::int16_t> &voice)
    {
        media::SendPipeline peer;
        media::MediaSlot body;
        for (std::size_t at = 0; at + media::kTickSamples <= voice.size(); at += media::kTickSamples) {
            if (!peer.push(std::span<const std::int16_t, media::kTickSamples>(voice.data() + at, media::kTickSamples), now, body))
                continue;
            media::MediaSlot *const place = exchange.received.beginPush();
            QVERIFY(place && place->assign(body.timestamp, now, body.body()));
            exchange.received.endPush();
            device.room = 2;
            run(&device, false);
            device.room = 2;
            run(&device, false);
        }
    }

    MediaExchange exchange;
    MediaTick tick{exchange, MediaSettings{}};
    InventedDevice device;
    TimePoint now{1h};
    media::MediaSlot slot;
    std::vector<std::uint16_t> sizes;
};

} // namespace

class TestMediaTick : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsSilenceWhileThereIsNoDevice()
    {
        Rig rig;
        for (int i = 0; i < 100; ++i)
            rig.run(nullptr, false);
        QCOMPARE(rig.bodies(), 50);
    }

    void sendsSilenceWhileTheMicrophoneIsClosed()
    {
        Rig rig;
        rig.device.microphone = 1000;
        for (int i = 0; i < 100; ++i)
            rig.run(&rig.device, false);
        QCOMPARE(rig.bodies(), 50);
        QCOMPARE(rig.device.microphone, 1000);
    }

    void sendsWhatTheMicrophoneGives()
    {
        Rig rig;
        for (int i = 0; i < 100; ++i) {
            ++rig.device.microphone;
            rig.run(&rig.device, true);
        }
        QCOMPARE(rig.device.microphone, 0);
        QCOMPARE(rig.bodies(), 50);
        QCOMPARE(rig.exchange.snapshot().captureStarved, std::uint64_t{0});
    }

    void sendsBodiesOfOneSizeWhateverIsSpoken()
    {
        Rig rig;
        for (int i = 0; i < 200; ++i) {
            rig.device.microphone += i > 100 ? 1 : 0;
            rig.exchange.muted = i > 150;
            rig.run(&rig.device, i > 100);
            rig.bodies();
        }
        QVERIFY(rig.sizes.size() >= 95);
        QCOMPARE(std::set<std::uint16_t>(rig.sizes.begin(), rig.sizes.end()).size(), std::size_t{1});
    }

    void standsInForAMicrophoneThatGivesNothing()
    {
        Rig rig;
        for (int i = 0; i < 100; ++i)
            rig.run(&rig.device, true);
        QVERIFY(rig.bodies() >= 46); // but for the slack of 60 ms
        for (int i = 0; i < 60; ++i)
            rig.run(&rig.device, true);
        QVERIFY(rig.exchange.snapshot().captureStarved > 0);
    }

    void catchesUpWithoutAStormAfterAStall()
    {
        Rig rig;
        rig.run(nullptr, false);
        rig.now += 10s;
        rig.run(nullptr, false);
        QVERIFY(rig.bodies() <= 7);
    }

    void playsAsMuchAsTheLoudspeakerTakes()
    {
        Rig rig;
        for (const int room : {0, 3, 1}) {
            rig.device.room = room;
            const int before = rig.device.written;
            rig.run(&rig.device, false);
            QCOMPARE(rig.device.written - before, room);
        }
        rig.device.room = 1000;
        rig.run(&rig.device, false);
        QVERIFY(rig.device.room > 900);
    }

    void tellsWhenThePeerIsFirstHeard()
    {
        Rig rig;
        rig.receive(std::vector<std::int16_t>(media::kSampleRate / 2, 0));
        QVERIFY(!rig.exchange.snapshot().heardAt);
        const TimePoint before = rig.now;
        rig.receive(media::makeVoice(1, kSeed));
        const auto heardAt = rig.exchange.snapshot().heardAt;
        QVERIFY(heardAt.has_value());
        QVERIFY(*heardAt > before);
        rig.receive(media::makeVoice(1, kSeed));
        QCOMPARE(rig.exchange.snapshot().heardAt, heardAt);
        QVERIFY(rig.device.audible > 50);
    }

    void keepsFiguresOfWhatItReceives()
    {
        Rig rig;
        rig.receive(media::makeVoice(3, kSeed));
        const MediaSnapshot snapshot = rig.exchange.snapshot();
        QVERIFY(snapshot.playing);
        QVERIFY(!snapshot.capturing);
        QVERIFY(snapshot.received > 100);
        QCOMPARE(snapshot.lost, std::uint64_t{0});
        QCOMPARE(snapshot.lossPercent, 0.0);
        QVERIFY(snapshot.kbps > 10 && snapshot.kbps < 200);
    }

    void dropsTheNewestBodiesWhenNobodyFetchesThem()
    {
        Rig rig;
        for (int i = 0; i < 1000; ++i)
            rig.run(nullptr, false);
        const int kept = rig.bodies();
        QVERIFY(kept > 100 && kept < 200);
        for (int i = 0; i < 4; ++i)
            rig.run(nullptr, false);
        QCOMPARE(rig.bodies(), 2);
    }
};

QTEST_APPLESS_MAIN(TestMediaTick)
#include "tst_mediatick.moc"
