#include "core/engine/toneplayer.h"
#include "tests/core/engine/ports.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using engine::TonePlayer;
using media::Tone;
using tests::AudioLog;
using tests::TestAudio;

namespace {

struct Rig
{
    AudioLog log;
    TonePlayer player{[this] { return std::make_unique<TestAudio>(log); }};
    QSignalSpy sounding{&player, &TonePlayer::sounding};
    QSignalSpy unavailable{&player, &TonePlayer::unavailable};
};

} // namespace

class TestTonePlayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void soundsUntilItIsStopped()
    {
        Rig rig;
        rig.player.start(Tone::Ring);
        QTRY_VERIFY(rig.log.audible > 10);
        QTRY_COMPARE(rig.sounding.size(), 1);
        QCOMPARE(rig.log.stopped, 0);
        rig.player.stop();
        QTRY_COMPARE(rig.log.stopped.load(), 1);
        QCOMPARE(rig.log.opened, 1);
        QCOMPARE(rig.log.captures, 0);
        QCOMPARE(rig.sounding.size(), 1);
        QCOMPARE(rig.unavailable.size(), 0);
    }

    void changesTheToneOnTheSameDevice()
    {
        Rig rig;
        rig.player.start(Tone::Ring);
        QTRY_COMPARE(rig.sounding.size(), 1);
        rig.player.start(Tone::Ringback);
        QTRY_COMPARE(rig.sounding.size(), 2);
        QCOMPARE(rig.log.opened, 1);
    }

    void saysWhenNoDeviceOpens()
    {
        Rig rig;
        rig.log.missing = true;
        rig.player.start(Tone::Ring);
        QTRY_COMPARE(rig.unavailable.size(), 1);
        QCOMPARE(rig.sounding.size(), 0);
        rig.log.missing = false;
        rig.player.start(Tone::Ring);
        QTRY_COMPARE(rig.sounding.size(), 1);
    }

    void saysWhenThereIsNoDeviceAtAll()
    {
        TonePlayer player({});
        const QSignalSpy unavailable(&player, &TonePlayer::unavailable);
        player.start(Tone::Ring);
        QCOMPARE(unavailable.size(), 0);
        QTRY_COMPARE(unavailable.size(), 1);
        player.stop();
    }

    void goesOnWithoutADeviceThatVanishes()
    {
        Rig rig;
        rig.player.start(Tone::Ring);
        QTRY_COMPARE(rig.sounding.size(), 1);
        rig.log.vanished = true;
        QTRY_COMPARE(rig.log.stopped.load(), 1);
        rig.log.vanished = false;
        rig.player.start(Tone::Ring);
        QTRY_COMPARE(rig.sounding.size(), 2);
        QCOMPARE(rig.log.opened, 2);
    }

    void doesNotWaitForADeviceThatHangs()
    {
        QSemaphore release;
        QSemaphore entered;
        TonePlayer player([&]() -> std::unique_ptr<ports::AudioDevice> {
            entered.release();
            release.acquire();
            return nullptr;
        });
        const QSignalSpy unavailable(&player, &TonePlayer::unavailable);
        player.start(Tone::Ring);
        entered.acquire();
        QTRY_COMPARE(unavailable.size(), 1);
        release.release(10);
        player.stop();
        player.start(Tone::Ring);
        QTRY_COMPARE(unavailable.size(), 2);
    }

    void saysNothingOfAToneThatIsNotWantedAnyMore()
    {
        Rig rig;
        rig.player.start(Tone::Ring);
        rig.player.stop();
        rig.player.start(Tone::Ringback);
        QTRY_COMPARE(rig.sounding.size(), 1);
        rig.player.start(Tone::Ring);
        rig.player.stop();
        QTRY_COMPARE(rig.log.stopped.load(), 1);
        QCOMPARE(rig.sounding.size(), 1);
    }

    void closesTheDeviceWhenItIsDestroyedWhileItSounds()
    {
        AudioLog log;
        {
            TonePlayer player([&log] { return std::make_unique<TestAudio>(log); });
            player.start(Tone::Ring);
            QTRY_VERIFY(log.audible > 0);
        }
        QCOMPARE(log.stopped, 1);
    }
};

QTEST_GUILESS_MAIN(TestTonePlayer)
#include "tst_toneplayer.moc"
