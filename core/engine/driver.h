#pragma once

#include "core/base/time.h"

#include <QTimer>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace ringlift::engine {

/// The one place that loops feed, drain, re-arm: runs a sans-IO machine on the event loop of the thread that made it.
template<typename Machine, typename Output>
class Driver
{
public:
    using Sink = std::function<void(const Output &)>;
    using Clock = std::function<TimePoint()>;

    /// machine outlives the driver. sink acts on each output, and may feed() the machine while it does.
    Driver(Machine &machine, Sink sink, Clock clock = monotonicNow)
        : m_machine(machine), m_sink(std::move(sink)), m_clock(std::move(clock))
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { onTimeout(); });
    }

    template<typename Input>
    void feed(const Input &input)
    {
        m_machine.handle(m_clock(), input);
        drain();
    }

private:
    /// No timer of Qt's lasts longer than this safely; an early timeout does no harm.
    static constexpr std::chrono::milliseconds kLongestWait = std::chrono::hours(1);

    void onTimeout()
    {
        const TimePoint now = m_clock();
        if (const auto due = m_machine.nextTimeout(); due && *due <= now)
            m_machine.handleTimeout(now);
        drain();
    }

    void drain()
    {
        if (m_draining)
            return; // the loop below goes on with what this input brought
        m_draining = true;
        while (const std::optional<Output> output = m_machine.poll())
            m_sink(*output);
        m_draining = false;
        arm();
    }

    void arm()
    {
        const std::optional<TimePoint> due = m_machine.nextTimeout();
        if (!due)
            return m_timer.stop();
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*due - m_clock());
        m_timer.start(std::clamp(wait, std::chrono::milliseconds(0), kLongestWait));
    }

    Machine &m_machine;
    const Sink m_sink;
    const Clock m_clock;
    QTimer m_timer;
    bool m_draining = false;
};

} // namespace ringlift::engine
