#include "server/coredriver.h"

#include <algorithm>

namespace ringlift::server {

CoreDriver::CoreDriver(ServerCore &core, Sink sink, QObject *parent)
    : QObject(parent), m_core(core), m_sink(std::move(sink))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_core.handleTimeout(monotonicNow());
        drain();
    });
}

void CoreDriver::feed(const ServerInput &input)
{
    m_core.handle(monotonicNow(), input);
    drain();
}

void CoreDriver::runAhead(Duration by)
{
    m_core.handleTimeout(monotonicNow() + by);
    drain();
}

// Sending can end a connection, which feeds the core again: the loop that runs takes those outputs too.
void CoreDriver::drain()
{
    if (m_draining)
        return;
    m_draining = true;
    while (const auto output = m_core.poll())
        m_sink(*output);
    m_draining = false;
    arm();
}

void CoreDriver::arm()
{
    const auto next = m_core.nextTimeout();
    if (!next)
        return m_timer.stop();
    // An idle server need not wake up for ages, and QTimer counts in int.
    constexpr std::chrono::milliseconds kMost = std::chrono::hours(24);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*next - monotonicNow());
    m_timer.start(std::clamp(wait, std::chrono::milliseconds(0), kMost));
}

} // namespace ringlift::server
