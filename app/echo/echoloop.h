#pragma once

#include "core/ports/audiodevice.h"

#include <array>
#include <deque>
#include <optional>

namespace ringlift::app {

/// A device whose microphone hears its loudspeaker, and nothing else. Used by one thread.
class EchoLoop final : public ports::AudioDevice
{
public:
    bool start(bool capture) override;
    bool startCapture() override;
    void stop() override;
    bool read(std::span<std::int16_t, kFrameSamples> frame) override;
    int writableFrames() override;
    void write(std::span<const std::int16_t, kFrameSamples> frame) override;
    Duration latency() const override { return Duration::zero(); }
    bool broken() const override { return false; }

private:
    using Frame = std::array<std::int16_t, kFrameSamples>;
    static constexpr std::size_t kMost = 16; // frames on their way

    std::array<Frame, kMost> m_frames{};
    std::size_t m_first = 0;
    std::size_t m_count = 0;
    bool m_capturing = false;
    TimePoint m_playingSince;
    std::int64_t m_framesWritten = 0;
};

} // namespace ringlift::app
