#include "core/engine/mediaclock.h"
#include "tests/core/engine/ports.h"
#include "tests/platform/waiting.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using namespace ringlift::engine;
using tests::AudioLog;
using tests::waitUntil;

namespace {

/// A clock whose bodies are counted.
class Rig
{
public:
    Rig()
    {
        QObject::connect(&clock, &MediaClock::bodiesReady, &clock, [this] {
            media::MediaSlot slot;
            while (clock.popEncoded(slot))
                ++bodies;
        });
    }
    MediaClock::DeviceFactory factory()
    {
        return [this] { return std::make_unique<tests::TestAudio>(log); };
    }
    bool stop()
    {
        QSignalSpy stopped(&clock, &MediaClock::stopped);
        clock.stop();
        return waitUntil([&] { return stopped.count() == 1; });
    }

    AudioLog log;
    MediaClock clock;
    int bodies = 0;
};

} // namespace

class TestMediaClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neverOpensTheMicrophoneUnasked()
    {
        Rig rig;
        rig.clock.start(rig.factory());
        QVERIFY(waitUntil([&] { return rig.bodies >= 10; }));
        QCOMPARE(rig.log.opened, 1);
        QCOMPARE(rig.log.captures, 0);
        QVERIFY(!rig.clock.snapshot().capturing);
        QVERIFY(rig.stop());
        QCOMPARE(rig.log.captures, 0);
    }

    void opensTheMicrophoneWhenAsked()
    {
        Rig rig;
        rig.clock.start(rig.factory());
        rig.clock.openMicrophone();
        QVERIFY(waitUntil([&] { return rig.clock.snapshot().capturing; }));
        QCOMPARE(rig.log.captures, 1);
        QVERIFY(rig.stop());
    }

    void sendsSilenceWithoutAnyDevice()
    {
        Rig rig;
        rig.clock.start([] { return nullptr; });
        QVERIFY(waitUntil([&] { return rig.bodies >= 10; }));
        QVERIFY(rig.clock.snapshot().deviceLost);
        QVERIFY(!rig.clock.snapshot().playing);
        QVERIFY(rig.stop());
    }

    void takesADeviceThatAppearsLater()
    {
        Rig rig;
        rig.log.missing = true;
        rig.clock.start(rig.factory());
        QVERIFY(waitUntil([&] { return rig.clock.snapshot().deviceLost; }));
        rig.log.missing = false;
        QVERIFY(waitUntil([&] { return rig.clock.snapshot().playing; }));
        QVERIFY(!rig.clock.snapshot().deviceLost);
        QVERIFY(rig.stop());
    }

    void replacesADeviceThatVanishesAndItsMicrophone()
    {
        Rig rig;
        rig.clock.start(rig.factory());
        rig.clock.openMicrophone();
        QVERIFY(waitUntil([&] { return rig.clock.snapshot().capturing; }));
        rig.log.vanished = true;
        QVERIFY(waitUntil([&] { return rig.log.stopped > 0; }));
        rig.log.vanished = false;
        QVERIFY(waitUntil([&] { return rig.clock.snapshot().capturing && rig.clock.snapshot().playing; }));
        QVERIFY(rig.log.opened >= 2);
        QVERIFY(rig.stop());
    }

    void goesOnWithTheDeviceThatTheSystemChangedTo()
    {
        Rig rig;
        rig.clock.start(rig.factory());
        rig.clock.openMicrophone();
        QVERIFY(waitUntil([&] { return rig.clock.snapshot().capturing; }));
        rig.log.superseded = 1;
        QVERIFY(waitUntil([&] { return rig.log.captures == 2; }));
        QCOMPARE(rig.log.opened, 2);
        QCOMPARE(rig.log.stopped, 1);
        QVERIFY(!rig.clock.snapshot().deviceLost);
        QVERIFY(waitUntil([&] { return rig.clock.snapshot().capturing && rig.clock.snapshot().playing; }));
        QVERIFY(rig.stop());
    }

    void hasNoDeviceWhileItIsHeldAndSendsSilence()
    {
        Rig rig;
        rig.clock.start(rig.factory());
        rig.clock.openMicrophone();
        QVERIFY(waitUntil([&] { return rig.clock.snapshot().capturing; }));
        rig.clock.setHeld(true);
        QVERIFY(waitUntil([&] { return !rig.clock.snapshot().capturing && !rig.clock.snapshot().playing; }));
        QCOMPARE(rig.log.stopped, 1);
        QVERIFY(!rig.clock.snapshot().deviceLost);
        const int before = rig.bodies;
        QVERIFY(waitUntil([&] { return rig.bodies >= before + 10; }));
        QCOMPARE(rig.log.captures, 1);
        rig.clock.setHeld(false);
        QVERIFY(waitUntil([&] { return rig.clock.snapshot().capturing && rig.clock.snapshot().playing; }));
        QVERIFY(rig.stop());
    }

    void closesTheDeviceWhenItStops()
    {
        Rig rig;
        rig.clock.start(rig.factory());
        QVERIFY(waitUntil([&] { return rig.clock.snapshot().playing; }));
        QVERIFY(rig.stop());
        QCOMPARE(rig.log.stopped, 1);
    }

    void endsWhenItIsDestroyedWithoutStop()
    {
        AudioLog log;
        {
            MediaClock clock;
            clock.start([&log] { return std::make_unique<tests::TestAudio>(log); });
            QVERIFY(waitUntil([&] { return clock.snapshot().playing; }));
        }
        QCOMPARE(log.stopped, 1);
    }

    void endsWhenItNeverStarted()
    {
        MediaClock clock;
        clock.stop();
        QVERIFY(!clock.snapshot().playing);
    }

    void carriesSoundFromOneClockToAnother()
    {
        AudioLog spoken;
        AudioLog heard;
        MediaClock mouth;
        MediaClock ear;
        QObject::connect(&mouth, &MediaClock::bodiesReady, &mouth, [&] {
            media::MediaSlot slot;
            while (mouth.popEncoded(slot))
                ear.pushReceived(slot.timestamp, monotonicNow(), slot.body());
        });
        mouth.start([&] { return std::make_unique<tests::TestAudio>(spoken); });
        ear.start([&] { return std::make_unique<tests::TestAudio>(heard); });
        mouth.openMicrophone();
        QVERIFY(waitUntil([&] { return heard.audible > 20; }));
        QVERIFY(ear.snapshot().heardAt.has_value());
    }

    void refusesABodyThatIsTooLong()
    {
        MediaClock clock;
        const Bytes body(media::kMaxAudioBody + 1);
        QVERIFY(!clock.pushReceived(0, monotonicNow(), body));
        QVERIFY(clock.pushReceived(0, monotonicNow(), ByteView(body).first(media::kMaxAudioBody)));
    }

    void refusesBodiesThatNobodyPlays()
    {
        MediaClock clock;
        const Bytes body(50);
        int taken = 0;
        while (taken < 10'000 && clock.pushReceived(0, monotonicNow(), body))
            ++taken;
        QVERIFY(taken > 100 && taken < 200);
    }
};

QTEST_GUILESS_MAIN(TestMediaClock)
#include "tst_mediaclock.moc"
