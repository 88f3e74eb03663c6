#include "app/echo/echoloop.h"

#include <algorithm>

namespace ringlift::app {

namespace {

constexpr Duration kFrame = std::chrono::milliseconds(10);

} // namespace

bool EchoLoop::start(bool capture)
{
    m_playingSince = monotonicNow();
    m_framesWritten = 0;
    return !capture || startCapture();
}

bool EchoLoop::startCapture()
{
    m_capturing = true;
    m_count = 0;
    return true;
}

void EchoLoop::stop()
{
    m_capturing = false;
}

bool EchoLoop::read(std::span<std::int16_t, kFrameSamples> frame)
{
    if (!m_capturing || m_count == 0)
        return false;
    std::ranges::copy(m_frames[m_first], frame.begin());
    m_first = (m_first + 1) % kMost;
    --m_count;
    return true;
}

int EchoLoop::writableFrames()
{
    const std::int64_t due = (monotonicNow() - m_playingSince) / kFrame + 1 - m_framesWritten;
    return int(std::clamp<std::int64_t>(due, 0, std::int64_t(kMost)));
}

void EchoLoop::write(std::span<const std::int16_t, kFrameSamples> frame)
{
    ++m_framesWritten;
    if (!m_capturing || m_count == kMost)
        return;
    std::ranges::copy(frame, m_frames[(m_first + m_count) % kMost].begin());
    ++m_count;
}

} // namespace ringlift::app
