#include "server/processlimits.h"

#include <algorithm>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace ringlift::server {

std::size_t raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1024;
    if (limit.rlim_cur < limit.rlim_max) {
        const rlimit raised{limit.rlim_max, limit.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    return limit.rlim_cur;
}

std::size_t socketsWithin(std::size_t descriptorLimit, std::size_t wanted)
{
    constexpr std::size_t kOtherFiles = 1'000;
    constexpr std::size_t kLeast = 2;
    // A limit of that size cannot be served well, but half of it leaves room for the files that are open anyway.
    const std::size_t room =
        descriptorLimit > 2 * kOtherFiles ? descriptorLimit - kOtherFiles : std::max(kLeast, descriptorLimit / 2);
    return std::min(wanted, room);
}

void forbidCoreDumps()
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    // The leak checker has to attach to the process.
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

} // namespace ringlift::server
