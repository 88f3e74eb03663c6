#include "platform/fake/fileaudio.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ringlift;
using namespace ringlift::fake;
using namespace std::chrono_literals;
using Frame = media::TickFrame;

namespace {

class Rig
{
public:
    explicit Rig(std::size_t spokenFrames, bool waitForPlay = false)
    {
        FileAudioConfig config;
        config.microphone = path("spoken.wav");
        config.loudspeaker = path("heard.wav");
        config.waitForPlay = waitForPlay;
        config.clock = [this] { return now; };
        auto spoken = media::WavWriter::create(config.microphone);
        Frame frame{};
        frame.fill(1000);
        for (std::size_t i = 0; i < spokenFrames; ++i)
            QVERIFY(spoken->write(frame));
        spoken->flush();
        auto opened = FileAudio::open(config);
        QVERIFY(opened.has_value());
        files = *opened;
        device = files->makeDevice();
    }

    std::filesystem::path path(const char *name) const { return m_folder.filePath(QLatin1StringView(name)).toStdString(); }
    int readAll(std::int16_t *last = nullptr)
    {
        Frame frame{};
        int count = 0;
        for (; device->read(frame); ++count) {
            if (last)
                *last = frame[0];
        }
        return count;
    }
    void play(std::int16_t level)
    {
        Frame frame{};
        frame.fill(level);
        for (int room = device->writableFrames(); room > 0; --room)
            device->write(frame);
    }
    std::vector<std::int16_t> recorded() const
    {
        const auto samples = media::readWav(path("heard.wav"));
        return samples ? *samples : std::vector<std::int16_t>{};
    }

    TimePoint now{1h};
    std::shared_ptr<FileAudio> files;
    std::unique_ptr<ports::AudioDevice> device;

private:
    QTemporaryDir m_folder;
};

} // namespace

class TestFileAudio : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void speaksTheFileInRealTimeAndThenSilence()
    {
        Rig rig(5);
        QVERIFY(rig.device->start(true));
        std::int16_t last = 0;
        QCOMPARE(rig.readAll(), 0);
        rig.now += 50ms;
        QCOMPARE(rig.readAll(&last), 5);
        QCOMPARE(last, std::int16_t{1000});
        rig.now += 10ms;
        QCOMPARE(rig.readAll(&last), 1);
        QCOMPARE(last, std::int16_t{0});
        QCOMPARE(rig.files->playStarted(), std::optional(TimePoint(1h + 50ms)));
    }

    void keepsTheMicrophoneClosedUntilItIsOpened()
    {
        Rig rig(5);
        QVERIFY(rig.device->start(false));
        rig.now += 100ms;
        QCOMPARE(rig.readAll(), 0);
        QVERIFY(rig.device->startCapture());
        QCOMPARE(rig.readAll(), 0);
        rig.now += 20ms;
        std::int16_t last = 0;
        QCOMPARE(rig.readAll(&last), 2);
        QCOMPARE(last, std::int16_t{1000});
    }

    void waitsForTheCommandToSpeak()
    {
        Rig rig(5, true);
        QVERIFY(rig.device->start(true));
        rig.now += 30ms;
        std::int16_t last = 1;
        QCOMPARE(rig.readAll(&last), 3);
        QCOMPARE(last, std::int16_t{0});
        QVERIFY(!rig.files->playStarted());
        rig.files->play();
        rig.now += 10ms;
        QCOMPARE(rig.readAll(&last), 1);
        QCOMPARE(last, std::int16_t{1000});
    }

    void recordsWhatIsHeardInRealTime()
    {
        Rig rig(0);
        QVERIFY(rig.device->start(false));
        QCOMPARE(rig.device->writableFrames(), 1);
        rig.play(500);
        QCOMPARE(rig.device->writableFrames(), 0);
        rig.now += 40ms;
        QCOMPARE(rig.device->writableFrames(), 4);
        rig.play(0);
        rig.device->stop();
        const auto heard = rig.recorded();
        QCOMPARE(heard.size(), 5 * media::kTickSamples);
        QCOMPARE(heard.front(), std::int16_t{500});
        QCOMPARE(heard.back(), std::int16_t{0});
    }

    void tellsTheFirstAudibleFrame()
    {
        Rig rig(0);
        QVERIFY(rig.device->start(false));
        rig.play(50); // below -50 dBFS
        QVERIFY(!rig.files->firstAudio());
        rig.now += 10ms;
        rig.play(1000);
        rig.now += 10ms;
        rig.play(1000);
        QCOMPARE(rig.files->firstAudio(), std::optional(TimePoint(1h + 10ms)));
    }

    void servesOneCallAtATime()
    {
        Rig rig(5);
        QVERIFY(rig.device->start(true));
        const auto second = rig.files->makeDevice();
        QVERIFY(!second->start(true));
        rig.device->stop();
        QVERIFY(second->start(true));
    }

    void speaksFromTheBeginningInEveryCallAndAppendsToTheRecording()
    {
        Rig rig(2);
        for (int call = 0; call < 2; ++call) {
            QVERIFY(rig.device->start(true));
            QVERIFY(!rig.files->playStarted());
            rig.now += 20ms;
            std::int16_t last = 0;
            QCOMPARE(rig.readAll(&last), 2);
            QCOMPARE(last, std::int16_t{1000});
            rig.play(700);
            rig.device->stop();
        }
        QCOMPARE(rig.recorded().size(), 6 * media::kTickSamples);
    }

    void saysWhichFileWillNotDo()
    {
        FileAudioConfig config;
        config.microphone = "/nowhere/spoken.wav";
        const auto microphone = FileAudio::open(config);
        QVERIFY(!microphone.has_value());
        QVERIFY(microphone.error().message.starts_with("microphone file: "));
        config.microphone.clear();
        config.loudspeaker = "/nowhere/heard.wav";
        const auto loudspeaker = FileAudio::open(config);
        QVERIFY(!loudspeaker.has_value());
        QVERIFY(loudspeaker.error().message.starts_with("loudspeaker file: "));
    }

    void isSilentWithoutFiles()
    {
        const auto files = FileAudio::open({});
        QVERIFY(files.has_value());
        const auto device = (*files)->makeDevice();
        QVERIFY(device->start(true));
        QVERIFY(device->writableFrames() > 0);
    }
};

QTEST_APPLESS_MAIN(TestFileAudio)
#include "tst_fileaudio.moc"
