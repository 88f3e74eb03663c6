#include "core/engine/toneplayer.h"
#include "core/media/audioframe.h"
#include "platform/qt/qtaudiodevice.h"
#include "tests/platform/waiting.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;
using engine::TonePlayer;
using media::Tone;
using qt::QtAudioDevice;
using tests::waitUntil;

namespace {

std::unique_ptr<ports::AudioDevice> makeLoudspeaker()
{
    return std::make_unique<QtAudioDevice>(qt::QtAudioChoice{u"Test speaker"_s, {}}, 8);
}

/// Hears what the loudspeaker plays.
class Ear
{
public:
    Ear()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, [this] { listen(); });
        m_timer.start(10);
    }
    bool open() { return m_device.start(true); }

    int heard = 0; // frames of 10 ms
    int audible = 0;

private:
    void listen()
    {
        media::TickFrame frame{};
        for (; m_device.read(frame); ++heard)
            audible += media::isAudible(frame) ? 1 : 0;
    }

    QtAudioDevice m_device{qt::QtAudioChoice{u"Test speaker"_s, u"Test microphone"_s}};
    QTimer m_timer;
};

} // namespace

class TestAudibleTones : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Qt's PulseAudio client must go on for a while before the process ends.
    void cleanupTestCase()
    {
        bool over = false;
        QTimer::singleShot(200, [&over] { over = true; });
        waitUntil([&over] { return over; });
    }

    void reachTheLoudspeaker_data()
    {
        QTest::addColumn<Tone>("tone");
        QTest::addColumn<int>("frames"); // half of its burst
        QTest::newRow("ring") << Tone::Ring << 50;
        QTest::newRow("ringback") << Tone::Ringback << 50;
        QTest::newRow("continued") << Tone::Continued << 20;
    }

    void reachTheLoudspeaker()
    {
        QFETCH(const Tone, tone);
        QFETCH(const int, frames);
        Ear ear;
        QVERIFY(ear.open());
        TonePlayer player(makeLoudspeaker);
        const QSignalSpy sounding(&player, &TonePlayer::sounding);
        player.start(tone);
        QVERIFY(waitUntil([&] { return ear.audible > frames; }));
        QCOMPARE(sounding.size(), 1);
    }

    void areSilentSoonAfterTheyAreStopped()
    {
        Ear ear;
        QVERIFY(ear.open());
        TonePlayer player(makeLoudspeaker);
        player.start(Tone::Ring);
        QVERIFY(waitUntil([&] { return ear.audible > 10; }));
        player.stop();
        const int heard = ear.heard;
        const int audible = ear.audible;
        QVERIFY(waitUntil([&] { return ear.heard - heard >= 80; })); // the burst would still last
        const int afterwards = ear.audible - audible;
        QVERIFY2(afterwards <= 20, qPrintable(QString::number(afterwards)));
    }
};

class TestWithoutServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysThatThereIsNoLoudspeaker()
    {
        TonePlayer player(makeLoudspeaker);
        const QSignalSpy sounding(&player, &TonePlayer::sounding);
        const QSignalSpy unavailable(&player, &TonePlayer::unavailable);
        player.start(Tone::Ring);
        QVERIFY(waitUntil([&] { return unavailable.size() == 1; }));
        QCOMPARE(sounding.size(), 0);
        player.stop();
    }
};

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (qgetenv("RINGLIFT_PULSE") == "none") {
        TestWithoutServer test;
        return QTest::qExec(&test, argc, argv);
    }
    TestAudibleTones test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_audibletones.moc"
