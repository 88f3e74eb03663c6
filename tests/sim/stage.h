#pragma once

#include "tests/sim/draw.h"
#include "tests/sim/story.h"
#include "tests/sim/witness.h"

#include <functional>
#include <memory>
#include <queue>

namespace ringlift::sim {

/// A machine with a deadline of its own.
class Timed
{
public:
    virtual ~Timed() = default;
    virtual std::optional<TimePoint> nextTimeout() const = 0;
    virtual void handleTimeout() = 0;
};

/// A rule was broken.
struct Violation
{
    std::string_view invariant;
    std::string what;
    TimePoint at;
};

/// What all parts of a world share: virtual time, the events to come, chance, the story and those who watch.
class Stage
{
public:
    explicit Stage(std::uint64_t seed);

    TimePoint now() const { return m_now; }
    TimePoint start() const { return m_start; }
    Draw &draw() { return m_draw; }
    Story &story() { return m_story; }
    void tell(Actor actor, std::string_view what, std::int64_t detail = 0) { m_story.tell(m_now, actor, what, detail); }

    using Event = std::function<void()>;
    void at(TimePoint moment, Event event);
    void after(Duration delay, Event event) { at(m_now + delay, std::move(event)); }
    void add(Timed &timed) { m_timed.push_back(&timed); }

    void watch(Witness &witness) { m_witnesses.push_back(&witness); }
    template<typename Tell>
    void show(Tell tell)
    {
        for (Witness *const witness : m_witnesses)
            tell(*witness);
    }

    /// The first violation counts; the world stops then.
    void violate(std::string_view invariant, std::string what);
    const std::optional<Violation> &violation() const { return m_violation; }

    /// Runs the next event that is due by then; false when there is none, and the time is then.
    bool step(TimePoint until);

private:
    struct Pending
    {
        TimePoint at;
        std::uint64_t order;
        std::shared_ptr<Event> event;
        bool operator>(const Pending &other) const { return std::tie(at, order) > std::tie(other.at, other.order); }
    };
    void checkProgress();

    TimePoint m_start{std::chrono::seconds(1000)};
    TimePoint m_now = m_start;
    Draw m_draw;
    Story m_story{m_start};
    std::priority_queue<Pending, std::vector<Pending>, std::greater<>> m_pending;
    std::uint64_t m_order = 0;
    std::vector<Timed *> m_timed;
    std::vector<Witness *> m_witnesses;
    std::optional<Violation> m_violation;
    int m_eventsOfInstant = 0;
};

} // namespace ringlift::sim
