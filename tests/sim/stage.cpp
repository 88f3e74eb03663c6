#include "tests/sim/stage.h"

namespace ringlift::sim {

namespace {

constexpr int kMostEventsOfInstant = 5'000;

} // namespace

Stage::Stage(std::uint64_t seed) : m_draw(seed) { }

void Stage::at(TimePoint moment, Event event)
{
    m_pending.push({std::max(moment, m_now), ++m_order, std::make_shared<Event>(std::move(event))});
}

void Stage::violate(std::string_view invariant, std::string what)
{
    if (m_violation)
        return;
    tell(Actor::People, invariant);
    m_violation = Violation{invariant, std::move(what), m_now};
}

bool Stage::step(TimePoint until)
{
    Timed *due = nullptr;
    TimePoint next = m_pending.empty() ? TimePoint::max() : m_pending.top().at;
    for (Timed *const timed : m_timed) {
        const auto at = timed->nextTimeout();
        if (at && *at < next) {
            next = *at;
            due = timed;
        }
    }
    if (next > until) {
        m_now = std::max(m_now, until);
        return false;
    }
    m_eventsOfInstant = next > m_now ? 0 : m_eventsOfInstant + 1;
    m_now = std::max(m_now, next);
    checkProgress();
    if (due != nullptr) {
        due->handleTimeout();
    } else {
        const std::shared_ptr<Event> event = m_pending.top().event;
        m_pending.pop();
        (*event)();
    }
    show([](Witness &witness) { witness.settled(); });
    return true;
}

void Stage::checkProgress()
{
    if (m_eventsOfInstant > kMostEventsOfInstant)
        violate("time goes on", "a machine asks for the same instant again and again");
}

} // namespace ringlift::sim
