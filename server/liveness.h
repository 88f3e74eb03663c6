#pragma once

#include "core/base/time.h"
#include "server/gatelimits.h"

#include <optional>

namespace ringlift::server {

/// Is the other end of a connection still there, and does it read (protocol.md 4.1)? Sans-IO.
class Liveness
{
public:
    enum class Action { None, Ping, Abort };

    Liveness(const GateLimits &limits, TimePoint now)
        : m_limits(limits), m_nextPing(now + limits.ping), m_lastHeard(now)
    {
    }

    /// Something came in, whatever it was.
    void heard(TimePoint now) { m_lastHeard = now; }
    /// Bytes wait for the client.
    void queued(TimePoint now);
    /// The client took some; rest still wait.
    void progressed(TimePoint now, std::size_t rest);
    bool isTooMuch(std::size_t waiting) const { return waiting > m_limits.outputQueue; }

    Action handleTimeout(TimePoint now);
    TimePoint nextTimeout() const;

private:
    GateLimits m_limits;
    TimePoint m_nextPing;
    TimePoint m_lastHeard;
    std::optional<TimePoint> m_stalledSince;
};

} // namespace ringlift::server
