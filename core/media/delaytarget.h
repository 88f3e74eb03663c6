#pragma once

#include "core/base/time.h"

#include <array>
#include <optional>

namespace ringlift::media {

struct DelayConfig
{
    /// Lower bound before the network has been watched for startTime, so that the first words are safe.
    Duration startTarget = std::chrono::milliseconds(40);
    Duration startTime = std::chrono::milliseconds(1000);
    /// Added to what the network asks for: jitter of our own tick.
    Duration margin = std::chrono::milliseconds(8);
    Duration minTarget = std::chrono::milliseconds(10);
    Duration maxTarget = std::chrono::milliseconds(500);
};

/// How long frames must wait so that most are there in time. Weighs delay against late frames by the terms of ITU-T
/// G.107 over a history that fades with 12 s and ends after 30 s; rises at once and falls by 40 ms a second.
class DelayTarget
{
public:
    explicit DelayTarget(const DelayConfig &config = {}) : m_config(config), m_target(config.startTarget) { }

    /// A frame became available at `at`; transit is that moment less the frame's own time, on any fixed offset. Real-time.
    void add(TimePoint at, Duration transit);
    /// A frame was missed though the history called its delay safe: widens the margin for a while. Real-time.
    void addSurprise();
    /// How much slower than the fastest recent frame a transit was. Real-time.
    Duration relative(Duration transit) const { return transit - m_base; }
    Duration target() const { return m_target; }
    void reset();

private:
    static constexpr std::size_t kBuckets = 300;
    static constexpr Duration kBucket{2000};
    static constexpr std::size_t kMinima = 4;
    static constexpr Duration kMinimumSpan = std::chrono::seconds(4);

    using Histogram = std::array<float, kBuckets>;

    bool hasMoved(TimePoint at, Duration transit);
    void age(TimePoint at);
    void trackBase(TimePoint at, Duration transit);
    void moveBase(Duration transit);
    Duration wanted() const;

    DelayConfig m_config;
    Histogram m_recent{};  // of relative delays
    Histogram m_earlier{}; // the half of the history before
    TimePoint m_recentSince;
    Duration m_base{};
    std::array<Duration, kMinima> m_minima{};
    std::optional<TimePoint> m_first;
    std::optional<TimePoint> m_movedSince;
    TimePoint m_minimaSince;
    TimePoint m_updated;
    Duration m_surprise{};
    Duration m_target;
};

} // namespace ringlift::media
