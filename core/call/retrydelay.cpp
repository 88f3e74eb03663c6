#include "core/call/retrydelay.h"

#include <algorithm>

namespace ringlift::call {

Duration RetryDelay::next(RandomSource &random)
{
    const Duration longest = m_most * 2 / 3; // the jitter comes on top
    const Duration wait = std::min(longest, m_first * (std::int64_t{1} << m_failures));
    m_failures = std::min(m_failures + 1, kMaxDoublings);
    const auto jitter = static_cast<std::uint32_t>(std::max<Duration::rep>(1, (wait / 2).count()));
    return wait + Duration(random.uniform(jitter));
}

} // namespace ringlift::call
