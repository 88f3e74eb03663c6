#include "server/limittable.h"

#include <algorithm>

namespace ringlift::server {

Duration BucketMeter::wait(TimePoint now, const BucketLimit &limit) const
{
    if (limit.burst == 0)
        return std::max<Duration>(limit.refill, std::chrono::seconds(1));
    const Duration allowed = limit.refill * (limit.burst - 1);
    return std::max(Duration::zero(), m_fullAt - now - allowed);
}

void BucketMeter::take(TimePoint now, const BucketLimit &limit)
{
    m_fullAt = std::max(m_fullAt, now) + limit.refill;
}

bool BucketMeter::isIdle(TimePoint now, const BucketLimit &) const
{
    return m_fullAt <= now;
}

Duration WindowMeter::wait(TimePoint now, const WindowLimit &limit) const
{
    if (limit.count == 0)
        return std::max<Duration>(limit.window, std::chrono::seconds(1));
    if (m_events.size() < limit.count)
        return Duration::zero();
    return std::max(Duration::zero(), m_events[m_events.size() - limit.count] + limit.window - now);
}

void WindowMeter::take(TimePoint now, const WindowLimit &limit)
{
    std::erase_if(m_events, [&](TimePoint event) { return event + limit.window <= now; });
    m_events.push_back(now);
}

bool WindowMeter::isIdle(TimePoint now, const WindowLimit &limit) const
{
    return m_events.empty() || m_events.back() + limit.window <= now;
}

} // namespace ringlift::server
