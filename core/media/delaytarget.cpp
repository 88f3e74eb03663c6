#include "core/media/delaytarget.h"

#include <algorithm>
#include <numeric>

namespace ringlift::media {

namespace {

constexpr float kForget = 0.99834F; // of 50 frames a second: a time constant of 12 s
constexpr Duration kHalfHistory = std::chrono::seconds(15);
constexpr int kFallPerSecond = 40; // ms of delay given back in each second
constexpr Duration kSurpriseStep = std::chrono::milliseconds(5);
constexpr Duration kMaxSurprise = std::chrono::milliseconds(40);
constexpr int kSurpriseFallPerSecond = 1; // ms
/// For so long everything took longer than any target: the sender's clock stood still, or the path is another one.
constexpr Duration kMovedFor = std::chrono::seconds(1);

/// Moves a histogram's content by that many buckets; what would leave it stays at its ends.
template<typename Histogram>
Histogram shifted(const Histogram &histogram, std::ptrdiff_t buckets)
{
    const auto last = static_cast<std::ptrdiff_t>(histogram.size()) - 1;
    Histogram moved{};
    for (std::ptrdiff_t i = 0; i <= last; ++i)
        moved[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i + buckets, 0, last))] += histogram[static_cast<std::size_t>(i)];
    return moved;
}

/// What that delay costs in points of the transmission rating factor R, ITU-T G.107: Idd, then Ie-eff for lost frames.
double cost(double delayMs, double latePercent)
{
    constexpr double kKneeMs = 177.3;
    return 0.024 * delayMs + 0.11 * std::max(0.0, delayMs - kKneeMs) + 95.0 * latePercent / (latePercent + 8.0);
}

} // namespace

void DelayTarget::reset()
{
    *this = DelayTarget(m_config);
}

bool DelayTarget::hasMoved(TimePoint at, Duration transit)
{
    if (!m_first || relative(transit) <= m_config.maxTarget)
        m_movedSince.reset();
    else if (!m_movedSince)
        m_movedSince = at;
    return m_movedSince && at - *m_movedSince >= kMovedFor;
}

void DelayTarget::add(TimePoint at, Duration transit)
{
    if (hasMoved(at, transit))
        reset();
    if (!m_first) {
        m_first = at;
        m_updated = at;
        m_minimaSince = at;
        m_recentSince = at;
        m_base = transit;
        m_minima.fill(transit);
    }
    age(at);
    trackBase(at, transit);
    const auto index = static_cast<std::size_t>(std::max<Duration::rep>(0, relative(transit) / kBucket));
    m_recent[std::min(index, kBuckets - 1)] += 1.0F;

    const Duration passed = std::max(Duration::zero(), at - m_updated);
    m_updated = std::max(m_updated, at);
    m_surprise = std::max(Duration::zero(), m_surprise - passed * kSurpriseFallPerSecond / 1000);
    const Duration fallen = m_target - passed * kFallPerSecond / 1000;
    m_target = std::max(wanted(), std::min(m_target, fallen));
}

void DelayTarget::addSurprise()
{
    m_surprise = std::min(kMaxSurprise, m_surprise + kSurpriseStep);
    m_target = std::max(m_target, wanted());
}

void DelayTarget::age(TimePoint at)
{
    for (std::size_t i = 0; i < kBuckets; ++i) {
        m_recent[i] *= kForget;
        m_earlier[i] *= kForget;
    }
    if (at - m_recentSince < kHalfHistory)
        return;
    m_earlier = m_recent;
    m_recent.fill(0);
    m_recentSince = at;
}

void DelayTarget::trackBase(TimePoint at, Duration transit)
{
    // Minima of the last 12 to 16 s, in four parts: long enough for jitter, short enough for drifting clocks.
    while (at - m_minimaSince >= kMinimumSpan) {
        std::move_backward(m_minima.begin(), m_minima.end() - 1, m_minima.end());
        m_minima[0] = transit;
        m_minimaSince = at - m_minimaSince > kMinimumSpan * kMinima ? at : m_minimaSince + kMinimumSpan;
    }
    m_minima[0] = std::min(m_minima[0], transit);
    moveBase(*std::min_element(m_minima.begin(), m_minima.end()));
}

void DelayTarget::moveBase(Duration fastest)
{
    // In whole buckets, so that the history keeps its meaning: it moves the other way.
    const Duration off = fastest - m_base;
    auto buckets = static_cast<std::ptrdiff_t>(off / kBucket);
    if (off < buckets * kBucket)
        --buckets;
    if (buckets == 0)
        return;
    m_base += buckets * kBucket;
    m_recent = shifted(m_recent, -buckets);
    m_earlier = shifted(m_earlier, -buckets);
    m_target = std::clamp(m_target - buckets * kBucket, m_config.minTarget, m_config.maxTarget);
}

Duration DelayTarget::wanted() const
{
    double best = cost(0, 100);
    std::size_t bestBucket = 0;
    const float total = std::accumulate(m_recent.begin(), m_recent.end(), 0.0F) + std::accumulate(m_earlier.begin(), m_earlier.end(), 0.0F);
    float late = total;
    for (std::size_t i = 0; i < kBuckets && late > 0; ++i) {
        late = std::max(0.0F, late - m_recent[i] - m_earlier[i]);
        constexpr double kBucketMs = static_cast<double>(kBucket.count()) / 1000.0;
        const double value = cost(kBucketMs * static_cast<double>(i + 1), 100.0 * static_cast<double>(late / total));
        if (value < best) {
            best = value;
            bestBucket = i;
        }
    }
    Duration result = kBucket * static_cast<Duration::rep>(bestBucket + 1) + m_config.margin + m_surprise;
    if (!m_first || m_updated - *m_first < m_config.startTime)
        result = std::max(result, m_config.startTarget);
    return std::clamp(result, m_config.minTarget, m_config.maxTarget);
}

} // namespace ringlift::media
