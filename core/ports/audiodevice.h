#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <span>

namespace ringlift::ports {

/// Microphone and loudspeaker, 48 kHz mono 16 bit, driven by the media thread's 10 ms tick; never seen by another thread.
class AudioDevice
{
public:
    static constexpr int kSampleRate = 48000;
    static constexpr std::size_t kFrameSamples = 480;

    virtual ~AudioDevice() = default;
    /// Opens loudspeaker, and microphone when capture is set; called on the media thread. False: no such device.
    virtual bool start(bool capture) = 0;
    /// Opens the microphone later, after the local answer (protocol.md D10).
    virtual bool startCapture() = 0;
    virtual void stop() = 0;
    /// Fills one 10 ms frame when one is there. Real-time.
    virtual bool read(std::span<std::int16_t, kFrameSamples> frame) = 0;
    /// How many 10 ms frames the loudspeaker can take now. Real-time.
    virtual int writableFrames() = 0;
    /// Plays one frame. Real-time.
    virtual void write(std::span<const std::int16_t, kFrameSamples> frame) = 0;
    /// Loudspeaker plus microphone latency as the device tells it; for the echo canceller.
    virtual Duration latency() const = 0;
    /// The device vanished: stop(), make a new one.
    virtual bool broken() const = 0;
    /// The system now plays and listens elsewhere, as when a headset was connected: stop(), make a new one at once.
    virtual bool superseded() { return false; }
};

} // namespace ringlift::ports
