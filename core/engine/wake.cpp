#include "core/engine/wake.h"

#include <cstdint>
#include <fcntl.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/eventfd.h>
#endif

namespace ringlift::engine {

Wake::Wake()
{
#ifdef __linux__
    m_read = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    m_write = m_read;
#else
    int ends[2] = {-1, -1};
    if (pipe(ends) != 0)
        return;
    for (const int end : ends) {
        fcntl(end, F_SETFL, O_NONBLOCK);
        fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    m_read = ends[0];
    m_write = ends[1];
#endif
}

Wake::~Wake()
{
    if (m_write >= 0 && m_write != m_read)
        close(m_write);
    if (m_read >= 0)
        close(m_read);
}

void Wake::signal()
{
    // A full counter or pipe refuses, and is readable already.
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(m_write, &one, sizeof one);
}

void Wake::clear()
{
    std::uint64_t value = 0;
    while (read(m_read, &value, sizeof value) > 0) {
    }
}

} // namespace ringlift::engine
