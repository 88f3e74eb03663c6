#include "server/liveness.h"

#include <algorithm>

namespace ringlift::server {

void Liveness::queued(TimePoint now)
{
    if (!m_stalledSince)
        m_stalledSince = now;
}

void Liveness::progressed(TimePoint now, std::size_t rest)
{
    m_stalledSince = rest > 0 ? std::optional(now) : std::nullopt;
}

Liveness::Action Liveness::handleTimeout(TimePoint now)
{
    const bool isDead = now >= m_lastHeard + m_limits.dead;
    const bool isStalled = m_stalledSince && now >= *m_stalledSince + m_limits.outputStall;
    if (isDead || isStalled)
        return Action::Abort;
    if (now < m_nextPing)
        return Action::None;
    m_nextPing = now + m_limits.ping;
    return Action::Ping;
}

TimePoint Liveness::nextTimeout() const
{
    const TimePoint next = std::min(m_nextPing, m_lastHeard + m_limits.dead);
    return m_stalledSince ? std::min(next, *m_stalledSince + m_limits.outputStall) : next;
}

} // namespace ringlift::server
