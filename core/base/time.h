#pragma once

#include <chrono>
#include <cstdint>

namespace ringlift {

using Duration = std::chrono::microseconds;

/// The clock of all machines: monotonic, never the wall clock. Its owner says what time it is; nothing in core reads it.
struct MonotonicClock
{
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<MonotonicClock>;
    static constexpr bool is_steady = true;
};

using TimePoint = MonotonicClock::time_point;

/// Reads the system's monotonic clock. Only drivers, the media tick and programs call it.
inline TimePoint monotonicNow()
{
    return TimePoint(std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

} // namespace ringlift
