#pragma once

#include "core/base/bytes.h"
#include "core/media/audioframe.h"
#include "core/media/audiopacket.h"
#include "core/media/delaytarget.h"

namespace ringlift::media {

/// What is known of a packet before it is decoded.
struct PacketShape
{
    std::size_t samples = kFrameSamples; // of 48 kHz
    /// It can restore the frame that went before it.
    bool carriesPrevious = false;
};

enum class PutResult { Stored, Duplicate, Late, Refused };

enum class StepKind {
    Idle,    // nothing to play yet, or nothing any more: silence
    Play,    // decode packet
    Recover, // restore `samples` samples from what packet carries of its predecessor
    Conceal  // make up `samples` samples
};

struct PlayoutStep
{
    StepKind kind = StepKind::Idle;
    std::size_t samples = kTickSamples;
    /// In the buffer's memory, until the next put() or take().
    ByteView packet;
};

struct JitterStats
{
    std::uint64_t received = 0;
    std::uint64_t duplicates = 0;
    /// Came after their place had been filled or skipped.
    std::uint64_t late = 0;
    std::uint64_t refused = 0;
    /// Frames that never were there when passed, restored from their successor or not.
    std::uint64_t recovered = 0;
    std::uint64_t lost = 0;
    /// Thrown away to catch up.
    std::uint64_t skipped = 0;
    /// 10 ms steps that were made up, and those of them with nothing at all in the buffer.
    std::uint64_t concealed = 0;
    std::uint64_t starved = 0;
    std::uint64_t resyncs = 0;
    /// Sound expected by the timestamps so far, and received once: the network's loss, late frames being none.
    std::uint64_t expectedSamples = 0;
    std::uint64_t receivedSamples = 0;
    /// Interarrival jitter as in RFC 3550 section 6.4.1.
    Duration jitter{};
};

/// Orders packets and decides, step by step, what is heard next. Concealment does not use up the timeline: a frame that
/// is only late is still played, and a gap ends once as much was made up as is missing. So delay grows with a stall and is
/// given back by time-scaling (the owner does it, guided by excess()) or, far behind, by skipping.
class JitterBuffer
{
public:
    static constexpr std::size_t kCapacity = 128;

    explicit JitterBuffer(const DelayConfig &config = {});

    /// Real-time.
    PutResult put(TimePoint arrived, std::uint32_t timestamp, const PacketShape &shape, ByteView packet);
    /// What to append to the sound that is played next. Real-time.
    PlayoutStep take(TimePoint now);
    /// The owner shortened (negative) or lengthened the sound of the last step. Real-time.
    void scaled(std::ptrdiff_t samples);

    /// Smoothed playout delay less target: what time-scaling should take away, or add where negative.
    Duration excess() const { return playoutDelay() - m_target.target(); }
    Duration target() const { return m_target.target(); }
    /// Smoothed time from a frame's earliest possible arrival to its decoding.
    Duration playoutDelay() const { return m_levelKnown ? m_target.relative(m_level) : m_target.target(); }
    std::size_t size() const { return m_count; }
    const JitterStats &stats() const { return m_stats; }

private:
    struct Entry
    {
        std::int64_t timestamp = 0;
        std::uint16_t samples = 0;
        std::uint16_t size = 0;
        bool carriesPrevious = false;
        std::array<std::uint8_t, kMaxAudioBody> bytes;
    };

    std::int64_t unwrap(std::uint32_t timestamp) const;
    bool outOfReach(std::int64_t timestamp) const;
    void restartAt(TimePoint arrived, std::int64_t timestamp);
    bool alreadySeen(std::int64_t timestamp) const;
    void noteArrival(TimePoint arrived, std::int64_t timestamp, const PacketShape &shape);
    void insert(std::int64_t timestamp, const PacketShape &shape, ByteView packet);
    const Entry &front() const { return m_entries[m_order[0]]; }
    void dropFront();
    bool mayStart(TimePoint now) const;
    void skipWhatIsTooOld(TimePoint now);
    void passOver(std::int64_t until);
    void observe(TimePoint now, std::int64_t timestamp);
    PlayoutStep play(TimePoint now);
    PlayoutStep recover(TimePoint now);
    PlayoutStep bridgeGap(TimePoint now);
    PlayoutStep conceal(bool starved);
    Duration transitOf(TimePoint at, std::int64_t timestamp) const;

    DelayTarget m_target;
    std::array<Entry, kCapacity> m_entries;
    std::array<std::uint8_t, kCapacity> m_order{}; // indices of m_entries: those in use by timestamp, then the free ones
    std::size_t m_count = 0;
    std::array<std::int64_t, kCapacity> m_seen{};
    std::size_t m_seenNext = 0;
    std::size_t m_seenCount = 0;

    std::int64_t m_highest = 0; // timestamp
    std::int64_t m_end = 0;     // end of the latest frame
    std::int64_t m_next = 0;    // timestamp that is heard next
    std::int64_t m_made = 0;    // samples made up since the last real one
    TimePoint m_epoch;
    Duration m_lastTransit{};
    Duration m_level{}; // smoothed transit of frames at their decoding
    std::uint32_t m_strays = 0;
    bool m_any = false;
    bool m_playing = false;
    bool m_levelKnown = false;
    bool m_missed = false; // a step was made up because m_next was not there yet
    JitterStats m_stats;
};

} // namespace ringlift::media
