#include "core/media/receivepipeline.h"

#include "core/media/audiopacket.h"

#include <algorithm>

namespace ringlift::media {

namespace {

using std::chrono::milliseconds;

/// Delay above target, what waits decoded included, that is worth taking away from speech or from a pause, and what is
/// left of it then: the 10 ms steps of the tick would make it swing.
constexpr Duration kShortenSpeechAbove = milliseconds(14);
constexpr Duration kShortenPauseAbove = milliseconds(8);
constexpr Duration kShortenTo = milliseconds(5);
constexpr Duration kLengthenBelow = milliseconds(-6);
/// From here on every frame is shortened, otherwise one in kFramesBetween.
constexpr Duration kHurryAbove = milliseconds(100);
constexpr int kFramesBetween = 3;

} // namespace

void ReceivePipeline::put(std::uint32_t timestamp, TimePoint arrived, ByteView body)
{
    m_bytes += body.size();
    const auto packet = opusPacketOf(body);
    const std::size_t samples = packet ? Decoder::samplesOf(*packet) : 0;
    if (samples == 0) {
        ++m_malformed;
        return;
    }
    m_jitter.put(arrived, timestamp, PacketShape{samples, Decoder::carriesPrevious(*packet)}, *packet);
}

void ReceivePipeline::take(TimePoint now, std::span<std::int16_t, kTickSamples> out)
{
    while (m_ready < kTickSamples)
        append(now);
    const auto taken = m_sound.begin() + static_cast<std::ptrdiff_t>(kTickSamples);
    std::copy(m_sound.begin(), taken, out.begin());
    std::copy(taken, m_sound.begin() + static_cast<std::ptrdiff_t>(m_ready), m_sound.begin());
    m_ready -= kTickSamples;
    if (!m_firstAudible && isAudible(out))
        m_firstAudible = now;
}

void ReceivePipeline::append(TimePoint now)
{
    m_waiting = m_ready;
    const PlayoutStep step = m_jitter.take(now);
    const Samples room = std::span(m_sound).subspan(m_ready);
    std::size_t samples = fill(step, room);
    const bool real = step.kind == StepKind::Play || step.kind == StepKind::Recover;
    m_ready += real ? scale(room, samples) : samples;
}

std::size_t ReceivePipeline::fill(const PlayoutStep &step, Samples out)
{
    std::size_t samples = 0;
    switch (step.kind) {
    case StepKind::Play:
        samples = m_decoder.decode(step.packet, out);
        break;
    case StepKind::Recover:
        samples = m_decoder.recover(step.packet, out.first(step.samples));
        break;
    case StepKind::Conceal:
        samples = m_decoder.conceal(out.first(step.samples));
        break;
    case StepKind::Idle:
        break;
    }
    if (samples > 0)
        return samples;
    // The timeline goes on whatever the codec says.
    std::fill_n(out.begin(), step.samples, std::int16_t{0});
    return step.samples;
}

std::size_t ReceivePipeline::scale(Samples room, std::size_t samples)
{
    m_scaler.observe(room.first(samples));
    const Duration excess = m_jitter.excess();
    const Duration waiting = excess + durationOf(static_cast<std::int64_t>(m_waiting));
    ++m_sinceScaled;
    if (m_sinceScaled < kFramesBetween && excess < kHurryAbove)
        return samples;
    std::size_t result = samples;
    if (waiting > (m_scaler.isQuiet(room.first(samples)) ? kShortenPauseAbove : kShortenSpeechAbove)) {
        result = m_scaler.shorten(room, samples, static_cast<std::size_t>(samplesIn(waiting - kShortenTo)));
        m_removed += static_cast<std::int64_t>(samples - result);
    } else if (excess < kLengthenBelow) {
        result = m_scaler.lengthen(room, samples, static_cast<std::size_t>(samplesIn(-excess)));
        m_added += static_cast<std::int64_t>(result - samples);
    }
    if (result != samples) {
        m_sinceScaled = 0;
        m_jitter.scaled(static_cast<std::ptrdiff_t>(result) - static_cast<std::ptrdiff_t>(samples));
    }
    return result;
}

ReceiveStats ReceivePipeline::stats() const
{
    ReceiveStats stats;
    stats.network = m_jitter.stats();
    stats.malformed = m_malformed;
    stats.bytes = m_bytes;
    stats.target = m_jitter.target();
    stats.playoutDelay = m_jitter.playoutDelay() + durationOf(static_cast<std::int64_t>(m_waiting));
    stats.removed = durationOf(m_removed);
    stats.added = durationOf(m_added);
    return stats;
}

} // namespace ringlift::media
