#pragma once

#include "core/media/jitterbuffer.h"
#include "core/media/opuscodec.h"
#include "core/media/timescaler.h"

#include <optional>

namespace ringlift::media {

struct ReceiveStats
{
    JitterStats network;
    /// Bodies of an unknown layout, or without a well-formed packet.
    std::uint64_t malformed = 0;
    std::uint64_t bytes = 0;
    Duration target{};
    /// From a frame's earliest possible arrival to the moment it leaves for the device.
    Duration playoutDelay{};
    /// Sound removed and added to keep the delay.
    Duration removed{};
    Duration added{};
};

/// Audio bodies to loudspeaker samples, 10 ms at a time: jitter buffer, then decoding, recovery from the next packet or
/// concealment, then time-scaling.
class ReceivePipeline
{
public:
    explicit ReceivePipeline(const DelayConfig &config = {}) : m_jitter(config) { }

    /// An authentic body from the peer; hostile content is counted and dropped. Real-time.
    void put(std::uint32_t timestamp, TimePoint arrived, ByteView body);
    /// Fills the next 10 ms. Real-time.
    void take(TimePoint now, std::span<std::int16_t, kTickSamples> out);

    /// When the first audible frame (kAudiblePower) left here.
    std::optional<TimePoint> firstAudible() const { return m_firstAudible; }
    ReceiveStats stats() const;

private:
    static constexpr std::size_t kRoom = kTickSamples + Decoder::kMaxSamples + TimeScaler::kMaxLag;

    void append(TimePoint now);
    std::size_t fill(const PlayoutStep &step, Samples out);
    std::size_t scale(Samples room, std::size_t samples);

    JitterBuffer m_jitter;
    Decoder m_decoder;
    TimeScaler m_scaler;
    std::array<std::int16_t, kRoom> m_sound{};
    std::size_t m_ready = 0;
    std::size_t m_waiting = 0; // of m_ready, when the last step was taken
    int m_sinceScaled = 0;
    std::optional<TimePoint> m_firstAudible;
    std::uint64_t m_malformed = 0;
    std::uint64_t m_bytes = 0;
    std::int64_t m_removed = 0;
    std::int64_t m_added = 0;
};

} // namespace ringlift::media
