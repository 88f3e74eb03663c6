#pragma once

#include "core/base/random.h"
#include "core/base/time.h"

namespace ringlift::call {

/// Waits between attempts: doubling, each made longer by up to half of it, so that phones do not come back to a restarted
/// server in step.
class RetryDelay
{
public:
    RetryDelay(Duration first, Duration most) : m_first(first), m_most(most) { }

    Duration next(RandomSource &random);
    /// After a success: the next wait is a first one.
    void reset() { m_failures = 0; }
    /// Where another try soon would do harm: the next wait is a longest one.
    void exhaust() { m_failures = kMaxDoublings; }

private:
    static constexpr unsigned kMaxDoublings = 20;

    Duration m_first;
    Duration m_most;
    unsigned m_failures = 0;
};

} // namespace ringlift::call
