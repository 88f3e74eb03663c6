#pragma once

#include "core/base/time.h"

#include <map>
#include <optional>
#include <set>
#include <utility>

namespace ringlift::server {

/// One deadline for each key, earliest first.
template<typename Key> class Deadlines
{
public:
    /// Replaces the deadline that the key had.
    void arm(const Key &key, TimePoint at)
    {
        disarm(key);
        m_at.emplace(key, at);
        m_queue.emplace(at, key);
    }

    void disarm(const Key &key)
    {
        const auto found = m_at.find(key);
        if (found == m_at.end())
            return;
        m_queue.erase({found->second, key});
        m_at.erase(found);
    }

    std::optional<TimePoint> next() const
    {
        return m_queue.empty() ? std::nullopt : std::optional(m_queue.begin()->first);
    }

    /// Takes away a key whose deadline has come.
    std::optional<Key> takeDue(TimePoint now)
    {
        if (m_queue.empty() || m_queue.begin()->first > now)
            return std::nullopt;
        Key key = m_queue.begin()->second;
        disarm(key);
        return key;
    }

private:
    std::set<std::pair<TimePoint, Key>> m_queue;
    std::map<Key, TimePoint> m_at;
};

/// The earlier of two deadlines, either of which may be missing.
inline std::optional<TimePoint> earlier(std::optional<TimePoint> a, std::optional<TimePoint> b)
{
    if (!a || !b)
        return a ? a : b;
    return *a < *b ? a : b;
}

} // namespace ringlift::server
