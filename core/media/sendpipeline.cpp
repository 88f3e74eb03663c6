#include "core/media/sendpipeline.h"

#include <algorithm>

namespace ringlift::media {

SendPipeline::SendPipeline(const EncoderSettings &settings, std::uint32_t firstTimestamp)
    : m_encoder(settings), m_timestamp(firstTimestamp)
{
}

bool SendPipeline::push(std::span<const std::int16_t, kTickSamples> tick, TimePoint now, MediaSlot &out)
{
    store(tick);
    return finishTick(now, out);
}

bool SendPipeline::pushSilence(TimePoint now, MediaSlot &out)
{
    std::fill_n(m_frame.begin() + static_cast<std::ptrdiff_t>(m_filled), kTickSamples, std::int16_t{0});
    m_wasMuted = m_muted;
    return finishTick(now, out);
}

void SendPipeline::store(std::span<const std::int16_t, kTickSamples> tick)
{
    const auto to = m_frame.begin() + static_cast<std::ptrdiff_t>(m_filled);
    if (m_muted == m_wasMuted) {
        if (m_muted)
            std::fill_n(to, kTickSamples, std::int16_t{0});
        else
            std::copy(tick.begin(), tick.end(), to);
        return;
    }
    constexpr int kSteps = static_cast<int>(kTickSamples);
    for (int i = 0; i < kSteps; ++i) {
        const int gain = m_muted ? kSteps - 1 - i : i;
        to[i] = static_cast<std::int16_t>(tick[static_cast<std::size_t>(i)] * gain / kSteps);
    }
    m_wasMuted = m_muted;
}

bool SendPipeline::finishTick(TimePoint now, MediaSlot &out)
{
    m_filled += kTickSamples;
    if (m_filled < kFrameSamples)
        return false;
    m_filled = 0;
    const std::uint32_t timestamp = m_timestamp;
    m_timestamp += static_cast<std::uint32_t>(kFrameSamples);
    const std::size_t written = m_encoder.encode(m_frame, std::span(out.bytes).subspan(1, kMaxAudioBody - 1));
    if (written == 0) {
        ++m_failures;
        return false;
    }
    out.bytes[0] = static_cast<std::uint8_t>(AudioLayout::SinglePacket);
    out.size = static_cast<std::uint16_t>(written + 1);
    out.timestamp = timestamp;
    out.arrived = now;
    return true;
}

} // namespace ringlift::media
