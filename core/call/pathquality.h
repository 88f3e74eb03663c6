#pragma once

#include "core/base/time.h"
#include "core/call/callguard.h"
#include "core/call/controlmessage.h"

#include <deque>

namespace ringlift::call {

struct PathQualityConfig
{
    Duration window = std::chrono::seconds(1);
    double share = 0.7;
    std::uint16_t atLeast = 10;
    Duration reportFresh = std::chrono::seconds(1);
    /// Hysteresis: once it was good it stays good until this long without an authentic packet.
    Duration lostAfter = std::chrono::milliseconds(1500);
};

/// PATH_OK of protocol.md 5.1, from authentic packets and the peer's reports only.
class PathQuality
{
public:
    explicit PathQuality(PathQualityConfig config = {}) : m_config(config) { }

    /// timestamp: 48 kHz, for the interarrival jitter (RFC 3550 section 6.4.1).
    void received(TimePoint now, std::uint64_t counter, std::uint32_t timestamp, std::size_t datagramSize);
    void reported(TimePoint now, const Report &report);

    /// We receive enough, and a fresh report says that the peer does.
    bool isOk(TimePoint now) const;
    /// What isOk() rests on.
    PathEvidence evidence(TimePoint now) const;
    /// isOk() once, and not lost since: the hysteresis of 5.1.
    bool isAlive(TimePoint now);
    std::optional<TimePoint> lastReceived() const { return m_last; }
    /// The peer's word about our packets, in per cent lost over the last second; nothing without a fresh report.
    std::optional<double> peerLossPercent(TimePoint now) const;

    /// Figures that do not fit are told as the largest that does.
    Report report(TimePoint now, Duration roundTrip) const;
    /// queue: how much longer packets of the last 1.2 s took on average than the fastest one until then, of the last 5 s.
    /// spread: the same of the slowest one of the last 5 s.
    Quality quality(TimePoint now) const;

private:
    /// next: one more than the highest counter up to this packet. transit: measured from an arbitrary constant.
    struct Arrival { TimePoint at; std::uint64_t counter = 0; std::uint64_t next = 0; Duration transit{}; std::size_t size = 0; };
    struct Count
    {
        std::uint64_t received = 0;
        std::uint64_t expected = 0;
        std::uint16_t lostPerMille() const;
    };

    void forget(TimePoint now);
    Count count(TimePoint now, Duration window) const;
    std::uint64_t next() const { return m_arrivals.empty() ? m_base : m_arrivals.back().next; }
    bool isEnough(std::uint64_t received, std::uint64_t expected) const;
    bool hasFreshReport(TimePoint now) const;

    const PathQualityConfig m_config;
    std::deque<Arrival> m_arrivals; // of the last 5 s, at most kMaxArrivals
    /// next of the last arrival that is no longer kept; before there is one, the first counter.
    std::uint64_t m_base = 0;
    std::optional<TimePoint> m_last;
    std::uint32_t m_lastTimestamp = 0;
    std::optional<Report> m_report;
    TimePoint m_reportAt;
    double m_jitterUs = 0;
    bool m_wasOk = false;
};

} // namespace ringlift::call
