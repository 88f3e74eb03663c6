#include "core/call/pathquality.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace ringlift::call {

namespace {

constexpr Duration kMemory = std::chrono::seconds(5);
constexpr Duration kSecond = std::chrono::seconds(1);
constexpr Duration kRecent = std::chrono::milliseconds(1200);
/// Twenty times what a call needs; of a flood only the newest packets count.
constexpr std::size_t kMaxArrivals = 5000;
constexpr double kJitterSmoothing = 16; // RFC 3550 section 6.4.1

template<typename Number>
Number saturated(double value)
{
    const double most = static_cast<double>(std::numeric_limits<Number>::max());
    return static_cast<Number>(std::clamp(value, 0.0, most));
}

template<typename Number>
Number saturated(std::uint64_t value)
{
    return static_cast<Number>(std::min<std::uint64_t>(value, std::numeric_limits<Number>::max()));
}

/// Packets missing between two that came, over the number of such gaps.
double meanBurst(std::vector<std::uint64_t> counters)
{
    std::ranges::sort(counters);
    std::uint64_t lost = 0;
    std::uint64_t bursts = 0;
    for (std::size_t i = 1; i < counters.size(); ++i) {
        if (counters[i] - counters[i - 1] <= 1)
            continue;
        lost += counters[i] - counters[i - 1] - 1;
        ++bursts;
    }
    return bursts == 0 ? 0 : static_cast<double>(lost) / static_cast<double>(bursts);
}

std::uint16_t wholeMilliseconds(Duration duration)
{
    return saturated<std::uint16_t>(std::chrono::duration<double, std::milli>(duration).count());
}

} // namespace

void PathQuality::received(TimePoint now, std::uint64_t counter, std::uint32_t timestamp, std::size_t datagramSize)
{
    Arrival arrival{now, counter, counter + 1, {}, datagramSize};
    if (m_last) {
        if (now - *m_last >= m_config.lostAfter)
            m_wasOk = false;
        arrival.next = std::max(next(), counter + 1);
        // Timestamps wrap; their differences do not.
        const auto ticks = static_cast<std::int32_t>(timestamp - m_lastTimestamp);
        const Duration lag = now - *m_last - Duration(std::int64_t{ticks} * 125 / 6);
        if (!m_arrivals.empty())
            arrival.transit = m_arrivals.back().transit + lag;
        m_jitterUs += (std::abs(static_cast<double>(lag.count())) - m_jitterUs) / kJitterSmoothing;
    } else {
        m_base = counter;
    }
    m_last = now;
    m_lastTimestamp = timestamp;
    m_arrivals.push_back(arrival);
    forget(now);
}

void PathQuality::forget(TimePoint now)
{
    while (m_arrivals.size() > kMaxArrivals || m_arrivals.front().at <= now - kMemory) {
        m_base = m_arrivals.front().next;
        m_arrivals.pop_front();
    }
}

void PathQuality::reported(TimePoint now, const Report &report)
{
    m_report = report;
    m_reportAt = now;
    m_wasOk = m_wasOk || isOk(now);
}

PathQuality::Count PathQuality::count(TimePoint now, Duration window) const
{
    Count count;
    std::uint64_t nextAtStart = m_base;
    for (auto arrival = m_arrivals.rbegin(); arrival != m_arrivals.rend(); ++arrival) {
        if (arrival->at <= now - window) {
            nextAtStart = arrival->next;
            break;
        }
        ++count.received;
    }
    count.expected = std::max(next() - nextAtStart, count.received);
    return count;
}

std::uint16_t PathQuality::Count::lostPerMille() const
{
    return expected == 0 ? std::uint16_t{0} : saturated<std::uint16_t>(1000 * (expected - received) / expected);
}

bool PathQuality::isEnough(std::uint64_t received, std::uint64_t expected) const
{
    return received >= m_config.atLeast
           && static_cast<double>(received) >= m_config.share * static_cast<double>(expected);
}

bool PathQuality::hasFreshReport(TimePoint now) const
{
    return m_report && now - m_reportAt <= m_config.reportFresh;
}

bool PathQuality::isOk(TimePoint now) const
{
    if (!hasFreshReport(now) || !isEnough(m_report->received1s, m_report->expected1s))
        return false;
    const Count ours = count(now, m_config.window);
    return isEnough(ours.received, ours.expected);
}

PathEvidence PathQuality::evidence(TimePoint now) const
{
    const Report ours = report(now, Duration::zero());
    return {.received = ours.received1s, .expected = ours.expected1s, .peer = m_report, .reportAge = now - m_reportAt};
}

bool PathQuality::isAlive(TimePoint now)
{
    if (!m_last || now - *m_last >= m_config.lostAfter)
        m_wasOk = false;
    else
        m_wasOk = m_wasOk || isOk(now);
    return m_wasOk;
}

std::optional<double> PathQuality::peerLossPercent(TimePoint now) const
{
    if (!hasFreshReport(now) || m_report->expected1s == 0)
        return std::nullopt;
    const double share = static_cast<double>(m_report->received1s) / m_report->expected1s;
    return 100 * std::max(0.0, 1 - share);
}

Report PathQuality::report(TimePoint now, Duration roundTrip) const
{
    const Count ours = count(now, m_config.window);
    Report report;
    report.highest = next() == 0 ? 0 : next() - 1;
    report.received1s = saturated<std::uint16_t>(ours.received);
    report.expected1s = saturated<std::uint16_t>(ours.expected);
    report.jitterUs = saturated<std::uint32_t>(m_jitterUs);
    report.rttUs = saturated<std::uint32_t>(static_cast<double>(roundTrip.count()));
    return report;
}

Quality PathQuality::quality(TimePoint now) const
{
    Quality quality;
    quality.loss5s = count(now, kMemory).lostPerMille();
    quality.loss1s2 = count(now, kRecent).lostPerMille();
    std::vector<std::uint64_t> counters;
    std::optional<Duration> fastest;
    std::optional<Duration> slowest;
    Duration recentTransits{};
    std::int64_t recent = 0;
    std::size_t bytes = 0;
    for (const Arrival &arrival : m_arrivals) {
        if (arrival.at <= now - kMemory)
            continue;
        counters.push_back(arrival.counter);
        fastest = std::min(fastest.value_or(arrival.transit), arrival.transit);
        slowest = std::max(slowest.value_or(arrival.transit), arrival.transit);
        if (arrival.at > now - kRecent) {
            recentTransits += arrival.transit - *fastest;
            ++recent;
        }
        if (arrival.at > now - kSecond)
            bytes += arrival.size;
    }
    quality.burst = saturated<std::uint16_t>(100 * meanBurst(std::move(counters)));
    quality.kbps = saturated<std::uint16_t>(static_cast<double>(bytes) * 8 / 1000);
    quality.spread = fastest ? wholeMilliseconds(*slowest - *fastest) : std::uint16_t{0};
    quality.queue = recent > 0 ? wholeMilliseconds(recentTransits / recent) : std::uint16_t{0};
    return quality;
}

} // namespace ringlift::call
