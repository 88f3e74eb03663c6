#pragma once

#include "core/ports/audiodevice.h"

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace ringlift::engine {

/// How long tones took to come back; written by the media thread, read by any.
class EchoMeasure
{
public:
    static constexpr int kWanted = 3;

    void note(Duration delay);
    bool isComplete() const { return m_count.load(std::memory_order_acquire) >= kWanted; }
    /// The median of those that came; nothing when none did.
    std::optional<Duration> median() const;

private:
    std::array<std::atomic<std::int64_t>, kWanted> m_delays{};
    std::atomic<int> m_count{0};
};

/// Stands in for microphone and loudspeaker in a test call: a short tone every second, each of another pitch than the
/// one before, and an ear for that pitch. Nobody's microphone is opened, and nothing is played.
class EchoProbe final : public ports::AudioDevice
{
public:
    explicit EchoProbe(std::shared_ptr<EchoMeasure> measure, std::function<TimePoint()> clock = monotonicNow);

    bool start(bool capture) override;
    bool startCapture() override;
    void stop() override { m_captureSince.reset(); }
    bool read(std::span<std::int16_t, kFrameSamples> frame) override;
    int writableFrames() override;
    void write(std::span<const std::int16_t, kFrameSamples> frame) override;
    Duration latency() const override { return Duration::zero(); }
    bool broken() const override { return false; }

private:
    int pitch() const;

    const std::shared_ptr<EchoMeasure> m_measure;
    const std::function<TimePoint()> m_clock;
    std::optional<TimePoint> m_captureSince;
    TimePoint m_playingSince;
    std::int64_t m_framesRead = 0;
    std::int64_t m_framesWritten = 0;
    std::int64_t m_tones = 0;
    /// When the tone began that has not come back yet.
    std::optional<TimePoint> m_awaited;
};

} // namespace ringlift::engine
