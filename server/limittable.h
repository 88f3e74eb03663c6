#pragma once

#include "core/protocol/messages.h"
#include "server/limits.h"

#include <map>
#include <vector>

namespace ringlift::server {

/// Token bucket as one point in time: when it will be full again (the generic cell rate algorithm, ITU-T I.371).
class BucketMeter
{
public:
    /// Zero when one may be taken now.
    Duration wait(TimePoint now, const BucketLimit &limit) const;
    void take(TimePoint now, const BucketLimit &limit);
    bool isIdle(TimePoint now, const BucketLimit &limit) const;

private:
    TimePoint m_fullAt{};
};

/// Remembers when each of the last events was, so that no stretch of time ever holds more than the limit.
class WindowMeter
{
public:
    Duration wait(TimePoint now, const WindowLimit &limit) const;
    void take(TimePoint now, const WindowLimit &limit);
    bool isIdle(TimePoint now, const WindowLimit &limit) const;

private:
    std::vector<TimePoint> m_events;
};

/// One meter for each key, in bounded memory. When it is full, keys that it does not know are refused.
template<typename Meter, typename Bound> class LimitTable
{
public:
    LimitTable(const Bound &bound, std::size_t maxKeys) : m_bound(bound), m_maxKeys(maxKeys) { }

    Duration wait(TimePoint now, const protocol::Key32 &key)
    {
        const auto found = m_meters.find(key);
        if (found != m_meters.end())
            return found->second.wait(now, m_bound);
        return hasRoom(now) ? Meter().wait(now, m_bound) : kFullWait;
    }

    void take(TimePoint now, const protocol::Key32 &key) { m_meters[key].take(now, m_bound); }
    void clear() { m_meters.clear(); }
    std::size_t size() const { return m_meters.size(); }

private:
    static constexpr Duration kFullWait = std::chrono::seconds(1);

    // Looks for idle keys at most once a kFullWait, or a flood of new keys would make every call a scan.
    bool hasRoom(TimePoint now)
    {
        if (m_meters.size() < m_maxKeys)
            return true;
        if (now < m_nextPurge)
            return false;
        m_nextPurge = now + kFullWait;
        std::erase_if(m_meters, [&](const auto &entry) { return entry.second.isIdle(now, m_bound); });
        return m_meters.size() < m_maxKeys;
    }

    Bound m_bound;
    std::size_t m_maxKeys;
    std::map<protocol::Key32, Meter> m_meters;
    TimePoint m_nextPurge{};
};

} // namespace ringlift::server
