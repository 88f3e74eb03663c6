#include "core/media/jitterbuffer.h"

#include <algorithm>
#include <numeric>

namespace ringlift::media {

namespace {

/// Frames further off than this do not belong to the stream as it runs.
constexpr std::int64_t kReach = std::int64_t{3} * kSampleRate;
/// So many of them in a row, and the stream is taken to have moved.
constexpr std::uint32_t kMaxStrays = 10;
/// After so much concealment without a packet the buffer falls silent and starts afresh.
constexpr std::int64_t kGiveUp = std::int64_t{2} * kSampleRate;
/// Further behind its target than this, the buffer throws sound away; nearer, time-scaling is enough.
constexpr Duration kTooOld = std::chrono::milliseconds(400);
constexpr Duration kAfterSkip = std::chrono::milliseconds(20);
/// A level that is off by more than this is believed at once.
constexpr Duration kLevelJump = std::chrono::milliseconds(60);
constexpr int kLevelSmoothing = 8;
constexpr int kJitterSmoothing = 16; // RFC 3550 section 6.4.1

} // namespace

JitterBuffer::JitterBuffer(const DelayConfig &config) : m_target(config)
{
    static_assert(kCapacity <= 256);
    std::iota(m_order.begin(), m_order.end(), std::uint8_t{0});
}

PutResult JitterBuffer::put(TimePoint arrived, std::uint32_t timestamp, const PacketShape &shape, ByteView packet)
{
    if (packet.empty() || packet.size() > kMaxAudioBody || shape.samples == 0 || shape.samples > kSampleRate / 10) {
        ++m_stats.refused;
        return PutResult::Refused;
    }
    const std::int64_t unwrapped = m_any ? unwrap(timestamp) : timestamp;
    if (!m_any) {
        m_any = true;
        m_epoch = arrived;
        restartAt(arrived, unwrapped);
    } else if (outOfReach(unwrapped)) {
        if (m_playing && ++m_strays < kMaxStrays) {
            ++m_stats.refused;
            return PutResult::Refused;
        }
        ++m_stats.resyncs;
        restartAt(arrived, unwrapped);
    }
    m_strays = 0;
    if (alreadySeen(unwrapped)) {
        ++m_stats.duplicates;
        return PutResult::Duplicate;
    }
    noteArrival(arrived, unwrapped, shape);
    if (m_playing && unwrapped < m_next) {
        ++m_stats.late;
        return PutResult::Late;
    }
    insert(unwrapped, shape, packet);
    return PutResult::Stored;
}

std::int64_t JitterBuffer::unwrap(std::uint32_t timestamp) const
{
    const auto step = static_cast<std::int32_t>(timestamp - static_cast<std::uint32_t>(m_highest));
    return m_highest + step;
}

bool JitterBuffer::outOfReach(std::int64_t timestamp) const
{
    if (!m_playing)
        return timestamp > m_highest + kReach || timestamp < m_highest - kReach;
    return timestamp > m_next + m_made + kReach || timestamp < m_next - kReach;
}

void JitterBuffer::restartAt(TimePoint arrived, std::int64_t timestamp)
{
    m_count = 0;
    m_seenCount = 0;
    m_playing = false;
    m_levelKnown = false;
    m_missed = false;
    m_made = 0;
    m_next = timestamp;
    m_highest = timestamp;
    m_end = timestamp;
    const Duration transit = transitOf(arrived, timestamp);
    m_lastTransit = transit;
    // After an outage the sender's clock has gone on as ours has, and the history still holds.
    if (std::chrono::abs(m_target.relative(transit)) > durationOf(kReach))
        m_target.reset();
}

Duration JitterBuffer::transitOf(TimePoint at, std::int64_t timestamp) const
{
    return at - m_epoch - durationOf(timestamp);
}

bool JitterBuffer::alreadySeen(std::int64_t timestamp) const
{
    const auto end = m_seen.begin() + static_cast<std::ptrdiff_t>(m_seenCount);
    return std::find(m_seen.begin(), end, timestamp) != end;
}

void JitterBuffer::noteArrival(TimePoint arrived, std::int64_t timestamp, const PacketShape &shape)
{
    const auto samples = static_cast<std::int64_t>(shape.samples);
    const Duration transit = transitOf(arrived, timestamp);
    ++m_stats.received;
    m_stats.receivedSamples += shape.samples;
    m_stats.expectedSamples += static_cast<std::uint64_t>(std::max<std::int64_t>(0, timestamp + samples - m_end));
    m_stats.jitter += (std::chrono::abs(transit - m_lastTransit) - m_stats.jitter) / kJitterSmoothing;
    m_lastTransit = transit;
    m_target.add(arrived, transit);
    // A lost frame becomes available with its successor: worth waiting for, if that is what the network does.
    const std::int64_t previous = timestamp - samples;
    if (shape.carriesPrevious && m_seenCount > 0 && timestamp > m_highest && previous >= m_next && !alreadySeen(previous))
        m_target.add(arrived, transitOf(arrived, previous));
    if (m_missed && timestamp == m_next && m_target.relative(transit) < m_target.target())
        m_target.addSurprise();

    m_highest = std::max(m_highest, timestamp);
    m_end = std::max(m_end, timestamp + samples);
    m_seen[m_seenNext] = timestamp;
    m_seenNext = (m_seenNext + 1) % m_seen.size();
    m_seenCount = std::min(m_seenCount + 1, m_seen.size());
}

void JitterBuffer::insert(std::int64_t timestamp, const PacketShape &shape, ByteView packet)
{
    if (m_count == kCapacity) {
        m_next = std::max(m_next, front().timestamp + front().samples);
        dropFront();
        ++m_stats.skipped;
    }
    const std::uint8_t free = m_order[m_count];
    Entry &entry = m_entries[free];
    entry.timestamp = timestamp;
    entry.samples = static_cast<std::uint16_t>(shape.samples);
    entry.size = static_cast<std::uint16_t>(packet.size());
    entry.carriesPrevious = shape.carriesPrevious;
    std::copy(packet.begin(), packet.end(), entry.bytes.begin());
    std::size_t place = m_count++;
    for (; place > 0 && m_entries[m_order[place - 1]].timestamp > timestamp; --place)
        m_order[place] = m_order[place - 1];
    m_order[place] = free;
}

void JitterBuffer::dropFront()
{
    std::rotate(m_order.begin(), m_order.begin() + 1, m_order.begin() + static_cast<std::ptrdiff_t>(m_count));
    --m_count;
}

PlayoutStep JitterBuffer::take(TimePoint now)
{
    if (!m_playing) {
        if (!mayStart(now))
            return {};
        m_playing = true;
        m_levelKnown = false;
        m_next = front().timestamp;
        m_made = 0;
    }
    // What a longer frame has covered already.
    while (m_count > 0 && front().timestamp < m_next) {
        dropFront();
        ++m_stats.late;
    }
    skipWhatIsTooOld(now);
    if (m_count > 0 && front().timestamp == m_next)
        return play(now);
    return bridgeGap(now);
}

bool JitterBuffer::mayStart(TimePoint now) const
{
    return m_count > 0 && m_target.relative(transitOf(now, front().timestamp)) >= m_target.target();
}

void JitterBuffer::skipWhatIsTooOld(TimePoint now)
{
    const auto behind = [&] { return m_target.relative(transitOf(now, front().timestamp)) - m_target.target(); };
    if (m_count == 0 || behind() <= kTooOld)
        return;
    while (m_count > 1 && behind() > kAfterSkip) {
        dropFront();
        ++m_stats.skipped;
    }
    m_next = front().timestamp;
    m_made = 0;
    m_levelKnown = false;
}

PlayoutStep JitterBuffer::play(TimePoint now)
{
    const Entry &entry = front();
    observe(now, entry.timestamp);
    m_next = entry.timestamp + entry.samples;
    m_made = 0;
    m_missed = false;
    dropFront(); // its slot is not filled again before the next put()
    return {StepKind::Play, entry.samples, ByteView(entry.bytes).first(entry.size)};
}

PlayoutStep JitterBuffer::bridgeGap(TimePoint now)
{
    if (m_count == 0) {
        if (m_made < kGiveUp)
            return conceal(true);
        m_playing = false;
        return {};
    }
    const std::int64_t gap = front().timestamp - m_next;
    if (m_made >= gap) {
        passOver(front().timestamp);
        return play(now);
    }
    const bool within = front().samples <= gap && front().samples + m_made >= gap;
    return front().carriesPrevious && within ? recover(now) : conceal(false);
}

PlayoutStep JitterBuffer::recover(TimePoint now)
{
    const Entry &entry = front();
    const std::int64_t previous = entry.timestamp - entry.samples;
    passOver(previous);
    observe(now, previous);
    ++m_stats.recovered;
    m_next = entry.timestamp;
    return {StepKind::Recover, entry.samples, ByteView(entry.bytes).first(entry.size)};
}

PlayoutStep JitterBuffer::conceal(bool starved)
{
    ++m_stats.concealed;
    if (starved)
        ++m_stats.starved;
    m_missed = true;
    m_made += static_cast<std::int64_t>(kTickSamples);
    return {StepKind::Conceal, kTickSamples, {}};
}

void JitterBuffer::passOver(std::int64_t until)
{
    constexpr auto kFrame = static_cast<std::int64_t>(kFrameSamples);
    m_stats.lost += static_cast<std::uint64_t>((until - m_next + kFrame - 1) / kFrame);
    m_next = until;
    m_made = 0;
    m_missed = false;
}

void JitterBuffer::observe(TimePoint now, std::int64_t timestamp)
{
    const Duration transit = transitOf(now, timestamp);
    if (!m_levelKnown || std::chrono::abs(transit - m_level) > kLevelJump)
        m_level = transit;
    else
        m_level += (transit - m_level) / kLevelSmoothing;
    m_levelKnown = true;
}

void JitterBuffer::scaled(std::ptrdiff_t samples)
{
    m_level += durationOf(samples);
}

} // namespace ringlift::media
