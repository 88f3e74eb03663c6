#pragma once

#include "core/engine/wake.h"
#include "core/media/receivepipeline.h"
#include "core/media/ringbuffer.h"
#include "core/media/sendpipeline.h"
#include "core/ports/audiodevice.h"

namespace ringlift::engine {

/// What the call thread may know of the media thread.
struct MediaSnapshot
{
    bool playing = false;
    bool capturing = false;
    bool deviceLost = false;
    /// When the first audible frame from the peer went to the loudspeaker.
    std::optional<TimePoint> heardAt;
    Duration playoutDelay{};
    Duration jitter{};
    double lossPercent = 0; // of the last 5 s
    double kbps = 0;        // received, in UDP payload, over the last second or so
    std::uint64_t received = 0;
    std::uint64_t late = 0;
    std::uint64_t lost = 0;
    std::uint64_t recovered = 0;
    /// 10 ms steps made up, and those with nothing at all to play.
    std::uint64_t concealed = 0;
    std::uint64_t starved = 0;
    /// 10 ms steps that the microphone failed to give.
    std::uint64_t captureStarved = 0;
    bool operator==(const MediaSnapshot &) const = default;
};

/// All that crosses between call thread and media thread: two rings, a wake-up and single values.
class MediaExchange
{
public:
    using Ring = media::RingBuffer<media::MediaSlot, 128>;

    Ring received; // call thread to media thread
    Ring encoded;  // and back
    Wake wake;     // rouses the call thread: encoded has something, or the media thread has ended
    std::atomic<bool> muted{false};
    std::atomic<bool> microphoneWanted{false};
    std::atomic<bool> held{false}; // no device
    std::atomic<int> expectedLoss{0}; // per cent, of what we send
    std::atomic<bool> stopWanted{false};
    std::atomic<bool> finished{false};
    std::atomic<std::int64_t> tickedAt{0}; // us of the monotonic clock

    /// Media thread. Real-time.
    void publish(const MediaSnapshot &snapshot);
    /// Call thread. Each figure is true on its own; they need not be of the same tick.
    MediaSnapshot snapshot() const;

private:
    std::atomic<bool> m_playing{false};
    std::atomic<bool> m_capturing{false};
    std::atomic<bool> m_deviceLost{false};
    std::atomic<std::int64_t> m_heardAt{-1};
    std::atomic<std::int64_t> m_playoutDelay{0};
    std::atomic<std::int64_t> m_jitter{0};
    std::atomic<double> m_lossPercent{0};
    std::atomic<double> m_kbps{0};
    std::atomic<std::uint64_t> m_received{0};
    std::atomic<std::uint64_t> m_late{0};
    std::atomic<std::uint64_t> m_lost{0};
    std::atomic<std::uint64_t> m_recovered{0};
    std::atomic<std::uint64_t> m_concealed{0};
    std::atomic<std::uint64_t> m_starved{0};
    std::atomic<std::uint64_t> m_captureStarved{0};
};

struct MediaSettings
{
    media::EncoderSettings encoder;
    media::DelayConfig delay;
    std::uint32_t firstTimestamp = 0;
};

/// One 10 ms step of a call's sound: what arrived to the loudspeaker, the microphone to what is sent. Knows no thread.
class MediaTick
{
public:
    MediaTick(MediaExchange &exchange, const MediaSettings &settings);

    /// device may be null while there is none: the timelines go on, the peer gets silence. Real-time.
    void run(TimePoint now, ports::AudioDevice *device, bool capturing, bool deviceLost = false);

private:
    struct Sound { std::uint64_t expected = 0; std::uint64_t received = 0; };

    void accept();
    void play(TimePoint now, ports::AudioDevice *device);
    void capture(TimePoint now, ports::AudioDevice *device);
    void sendSilence(TimePoint now);
    void sent(bool complete);
    media::MediaSlot &outgoing();
    void refreshFigures(TimePoint now);

    static constexpr std::size_t kLossWindow = 10; // figures, each kFiguresEvery

    MediaExchange &m_exchange;
    media::SendPipeline m_send;
    media::ReceivePipeline m_receive;
    media::TickFrame m_frame{};
    media::MediaSlot m_spare; // where bodies go while the ring is full
    bool m_outgoingIsSpare = false;
    bool m_started = false;
    TimePoint m_nextSend; // when the next 10 ms of the outgoing timeline are due
    TimePoint m_nextPlay; // the same of the incoming one, without a device
    TimePoint m_figuresDue;
    TimePoint m_figuresAt;
    std::array<Sound, kLossWindow> m_loss{};
    std::size_t m_lossNext = 0;
    std::uint64_t m_bytesBefore = 0;
    std::uint64_t m_receivedBefore = 0;
    std::uint64_t m_captureStarved = 0;
    MediaSnapshot m_snapshot;
};

} // namespace ringlift::engine
