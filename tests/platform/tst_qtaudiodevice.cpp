#include "core/media/audioframe.h"
#include "platform/qt/qtaudiodevice.h"
#include "tests/platform/waiting.h"

#include <QAudioDevice>
#include <QMediaDevices>
#include <QProcess>
#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;
using media::TickFrame;
using qt::QtAudioChoice;
using qt::QtAudioDevice;
using tests::waitUntil;

namespace {

const QtAudioChoice kLoop{u"Test speaker"_s, u"Test microphone"_s};

TickFrame tone()
{
    TickFrame frame{};
    for (std::size_t i = 0; i < frame.size(); ++i)
        frame[i] = i % 48 < 24 ? std::int16_t{8000} : std::int16_t{-8000};
    return frame;
}

/// Plays and listens every 10 ms, as the media tick does.
class Tick
{
public:
    Tick(QtAudioDevice &device, bool withTone) : m_device(device), m_withTone(withTone)
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, [this] { run(); });
        m_timer.start(10);
    }

    int written = 0;
    int heard = 0;
    int audible = 0;

private:
    void run()
    {
        const TickFrame frame = m_withTone ? tone() : TickFrame{};
        for (int room = m_device.writableFrames(); room > 0; --room, ++written)
            m_device.write(frame);
        TickFrame back{};
        for (; m_device.read(back); ++heard)
            audible += media::isAudible(back) ? 1 : 0;
    }

    QtAudioDevice &m_device;
    const bool m_withTone;
    QTimer m_timer;
};

/// How many microphones are open at the server.
qsizetype openMicrophones()
{
    QProcess pactl;
    pactl.start(u"pactl"_s, {u"list"_s, u"short"_s, u"source-outputs"_s});
    pactl.waitForFinished();
    return pactl.readAllStandardOutput().count("protocol-native"); // the loop itself has a stream too
}

/// A loudspeaker that the system prefers as long as it is there.
class Headset
{
public:
    Headset() : m_module(pactl({u"load-module"_s, u"module-null-sink"_s, u"sink_name=headset"_s}))
    {
        pactl({u"set-default-sink"_s, u"headset"_s});
    }
    ~Headset() { unplug(); }
    Headset(const Headset &) = delete;
    Headset &operator=(const Headset &) = delete;
    void unplug()
    {
        if (!m_module.isEmpty())
            pactl({u"unload-module"_s, std::exchange(m_module, {})});
    }

private:
    static QString pactl(const QStringList &arguments)
    {
        QProcess process;
        process.start(u"pactl"_s, arguments);
        process.waitForFinished();
        return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
    }

    QString m_module;
};

/// Qt's PulseAudio client must go on for a while before the process ends.
void letQtFinish()
{
    bool over = false;
    QTimer::singleShot(200, [&over] { over = true; });
    waitUntil([&over] { return over; });
}

} // namespace

class TestQtAudioDevice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanupTestCase() { letQtFinish(); }

    void hearsWhatItPlays()
    {
        QtAudioDevice device(kLoop);
        QVERIFY(device.start(true));
        const Tick tick(device, true);
        QVERIFY(waitUntil([&] { return tick.audible > 50; }));
        QVERIFY(!device.broken());
        QVERIFY(device.latency() > Duration::zero() && device.latency() < std::chrono::milliseconds(100));
    }

    void playsWithoutOpeningTheMicrophone()
    {
        QtAudioDevice device(kLoop);
        QVERIFY(device.start(false));
        const Tick tick(device, true);
        QVERIFY(waitUntil([&] { return tick.written > 50; }));
        QCOMPARE(tick.heard, 0);
        QCOMPARE(openMicrophones(), 0);
    }

    void opensTheMicrophoneLater()
    {
        QtAudioDevice device(kLoop);
        QVERIFY(device.start(false));
        const Tick tick(device, true);
        QVERIFY(waitUntil([&] { return tick.written > 10; }));
        QVERIFY(device.startCapture());
        QVERIFY(waitUntil([&] { return tick.audible > 10; }));
        QCOMPARE(openMicrophones(), 1);
        device.stop();
        QVERIFY(waitUntil([&] { return openMicrophones() == 0; }));
    }

    void neverQueuesMoreThanTheSinkAskedFor()
    {
        QtAudioDevice device(kLoop);
        QVERIFY(device.start(false));
        const TickFrame silence{};
        int queued = 0;
        for (; queued < 1000 && device.writableFrames() > 0; ++queued)
            device.write(silence);
        QVERIFY2(queued <= 8, qPrintable(QString::number(queued)));
    }

    void fallsBackToTheDefaultDevice()
    {
        QtAudioDevice device(QtAudioChoice{u"No such speaker"_s, u"No such microphone"_s});
        QVERIFY(device.start(true));
        const Tick tick(device, true);
        QVERIFY(waitUntil([&] { return tick.audible > 10; }));
    }

    void startsAgainAfterItStopped()
    {
        QtAudioDevice device(kLoop);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(device.start(true));
            const Tick tick(device, true);
            QVERIFY(waitUntil([&] { return tick.audible > 10; }));
            device.stop();
            QCOMPARE(device.writableFrames(), 0);
        }
    }

    void followsTheSystemToAHeadsetAndBack()
    {
        QtAudioDevice device;
        const Tick tick(device, true);
        QVERIFY(device.start(true));
        QVERIFY(waitUntil([&] { return tick.audible > 10; }));
        QVERIFY(!device.superseded());
        Headset headset;
        QVERIFY(waitUntil([&] { return device.superseded(); }));
        QVERIFY(device.start(true));
        QVERIFY(!device.superseded());
        headset.unplug();
        QVERIFY(waitUntil([&] { return device.superseded(); }));
        QVERIFY(device.start(true));
        const int before = tick.audible;
        QVERIFY(waitUntil([&] { return tick.audible > before + 10; }));
    }

    void isNotSupersededWhenItsUserChose()
    {
        QtAudioDevice device(kLoop);
        const Tick tick(device, false);
        QVERIFY(device.start(true));
        const Headset headset;
        QVERIFY(waitUntil([] {
            const auto devices = QMediaDevices::audioOutputs();
            return std::any_of(devices.begin(), devices.end(), [](const QAudioDevice &each) { return each.id() == "headset"; });
        }));
        const int before = tick.written;
        QVERIFY(waitUntil([&] { return tick.written > before + 100; })); // it looks twice a second
        QVERIFY(!device.superseded());
    }

    void isSilentWhenNothingIsPlayed()
    {
        QtAudioDevice device(kLoop);
        QVERIFY(device.start(true));
        const Tick tick(device, false);
        QVERIFY(waitUntil([&] { return tick.heard > 100; }));
        // What the tests before played may still be on its way.
        QVERIFY(tick.audible < 50);
    }
};

class TestWithoutServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysThatThereIsNoDevice()
    {
        QtAudioDevice device;
        QVERIFY(!device.start(false));
        QVERIFY(!device.startCapture());
        QCOMPARE(device.writableFrames(), 0);
        TickFrame frame{};
        QVERIFY(!device.read(frame));
        device.write(frame);
        device.stop();
    }
};

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (qgetenv("RINGLIFT_PULSE") == "none") {
        TestWithoutServer test;
        return QTest::qExec(&test, argc, argv);
    }
    TestQtAudioDevice test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_qtaudiodevice.moc"
