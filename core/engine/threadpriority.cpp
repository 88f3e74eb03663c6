#include "core/engine/threadpriority.h"

#include <QtGlobal>

#if defined(Q_OS_LINUX)
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace ringlift::engine {

void preferThisThread()
{
#if defined(Q_OS_LINUX)
    constexpr int kAudioNiceness = -11; // as PulseAudio's own threads
    // On Linux niceness belongs to the thread. Without the right to it, the thread stays as it is.
    static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kAudioNiceness));
#endif
}

} // namespace ringlift::engine
