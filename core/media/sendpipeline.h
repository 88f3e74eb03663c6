#pragma once

#include "core/media/audioframe.h"
#include "core/media/audiopacket.h"
#include "core/media/opuscodec.h"

namespace ringlift::media {

/// Microphone samples to audio bodies: every second 10 ms tick completes one. All bodies of one setting have one size,
/// whether they carry speech, silence or a muted microphone.
class SendPipeline
{
public:
    /// firstTimestamp: 48 kHz, of the first body.
    explicit SendPipeline(const EncoderSettings &settings = {}, std::uint32_t firstTimestamp = 0);

    /// Takes one 10 ms frame; true when out now holds a body to send. Real-time.
    bool push(std::span<const std::int16_t, kTickSamples> tick, TimePoint now, MediaSlot &out);
    /// The same without a microphone: 10 ms of encoded silence. Real-time.
    bool pushSilence(TimePoint now, MediaSlot &out);

    /// Fades out or in within 10 ms; muted, silence is sent. Real-time.
    void setMuted(bool muted) { m_muted = muted; }
    /// From the next body on. Real-time.
    void apply(const EncoderSettings &settings) { m_encoder.apply(settings); }
    const EncoderSettings &settings() const { return m_encoder.settings(); }
    std::size_t bodySize() const { return m_encoder.packetSize() + 1; }
    /// Frames that the encoder refused; 0 on a sound system.
    std::uint64_t failures() const { return m_failures; }

private:
    void store(std::span<const std::int16_t, kTickSamples> tick);
    bool finishTick(TimePoint now, MediaSlot &out);

    Encoder m_encoder;
    std::array<std::int16_t, kFrameSamples> m_frame{};
    std::size_t m_filled = 0;
    std::uint32_t m_timestamp;
    std::uint64_t m_failures = 0;
    bool m_muted = false;
    bool m_wasMuted = false;
};

} // namespace ringlift::media
