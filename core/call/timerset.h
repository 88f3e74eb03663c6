#pragma once

#include "core/base/time.h"

#include <array>
#include <optional>

namespace ringlift::call {

/// The deadlines of one machine, by name. Name is an enum whose last value is Count.
template<typename Name>
class TimerSet
{
public:
    void arm(Name name, TimePoint at) { slot(name) = at; }
    void armOnce(Name name, TimePoint at)
    {
        if (!slot(name))
            slot(name) = at;
    }
    void cancel(Name name) { slot(name).reset(); }
    void cancelAll() { m_at.fill(std::nullopt); }
    bool isArmed(Name name) const { return m_at[static_cast<std::size_t>(name)].has_value(); }

    /// The earliest that is due, disarmed; call until empty.
    std::optional<Name> takeDue(TimePoint now)
    {
        std::optional<std::size_t> due;
        for (std::size_t i = 0; i < m_at.size(); ++i) {
            if (m_at[i] && *m_at[i] <= now && (!due || *m_at[i] < *m_at[*due]))
                due = i;
        }
        if (!due)
            return std::nullopt;
        m_at[*due].reset();
        return static_cast<Name>(*due);
    }

    std::optional<TimePoint> next() const
    {
        std::optional<TimePoint> next;
        for (const auto &at : m_at) {
            if (at && (!next || *at < *next))
                next = at;
        }
        return next;
    }

private:
    std::optional<TimePoint> &slot(Name name) { return m_at[static_cast<std::size_t>(name)]; }

    std::array<std::optional<TimePoint>, static_cast<std::size_t>(Name::Count)> m_at;
};

/// The earlier of two deadlines, either of which may be absent.
inline std::optional<TimePoint> earlier(std::optional<TimePoint> a, std::optional<TimePoint> b)
{
    if (!a || (b && *b < *a))
        return b;
    return a;
}

} // namespace ringlift::call
