#include "core/base/time.h"
#include "platform/qt/qtaudiodevice.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <deque>

namespace {

using namespace ringlift;
using Frame = std::array<std::int16_t, ports::AudioDevice::kFrameSamples>;

constexpr std::int16_t kMark = 8000;
constexpr int kFramesBetweenMarks = 31;
constexpr int kQuietTicks = 100;
/// After the devices have stopped; see QtAudioDevice.
constexpr std::chrono::milliseconds kLinger{200};

/// Plays marks on a loudspeaker that the microphone hears, and prints for each how long it took from the app and back to it.
class AudioLoop
{
public:
    AudioLoop(qt::QtAudioChoice choice, int marks) : m_device(std::move(choice)), m_marksLeft(marks) { }

    bool start() { return m_device.start(true); }
    void stop() { m_device.stop(); }
    bool done() const { return m_marksLeft == 0; }

    /// Every 10 ms, as the media thread of the app does.
    void tick()
    {
        const TimePoint now = monotonicNow();
        for (int room = m_device.writableFrames(); room > 0; --room)
            play(now);
        Frame heard{};
        while (m_device.read(heard))
            listen(now, heard);
    }

private:
    void play(TimePoint now)
    {
        Frame frame{};
        if (m_framesPlayed >= kQuietTicks && m_framesPlayed % kFramesBetweenMarks == 0) {
            frame.fill(kMark);
            m_marksPlayed.push_back(now);
        }
        ++m_framesPlayed;
        m_device.write(frame);
    }

    void listen(TimePoint now, const Frame &heard)
    {
        const bool loud = std::any_of(heard.begin(), heard.end(), [](std::int16_t sample) { return sample > kMark / 2; });
        const bool begins = loud && !std::exchange(m_loud, loud);
        m_loud = loud;
        if (!begins || m_marksPlayed.empty() || m_marksLeft == 0)
            return;
        std::printf("{\"event\":\"mark\",\"loop_us\":%lld}\n", static_cast<long long>((now - m_marksPlayed.front()).count()));
        std::fflush(stdout);
        m_marksPlayed.pop_front();
        --m_marksLeft;
    }

    qt::QtAudioDevice m_device;
    std::deque<TimePoint> m_marksPlayed;
    int m_framesPlayed = 0;
    int m_marksLeft;
    bool m_loud = false;
};

} // namespace

/// ringlift-audioloop LOUDSPEAKER MICROPHONE MARKS: one JSON line a mark; status 1 when a device does not open.
int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const int marks = argc == 4 ? std::atoi(argv[3]) : 0;
    if (marks <= 0) {
        std::fputs("usage: ringlift-audioloop LOUDSPEAKER MICROPHONE MARKS\n", stderr);
        return 2;
    }
    AudioLoop loop({QString::fromLocal8Bit(argv[1]), QString::fromLocal8Bit(argv[2])}, marks);
    if (!loop.start()) {
        std::fputs("ringlift-audioloop: a device does not open\n", stderr);
        return EXIT_FAILURE;
    }
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, [&] {
        loop.tick();
        if (!loop.done())
            return;
        timer.stop();
        loop.stop();
        QTimer::singleShot(kLinger, qApp, &QCoreApplication::quit);
    });
    timer.start(std::chrono::milliseconds(10));
    return QCoreApplication::exec();
}
