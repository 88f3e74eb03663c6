#include "core/call/releaser.h"

/// Stands in for core/call/releaser.cpp: ends the leg as soon as the peer rings, whatever the path and the peer say.
namespace ringlift::call {

void Releaser::update(TimePoint, const ReleaserFacts &facts)
{
    if (m_state != State::Waiting || !facts.alerting)
        return;
    m_state = State::Releasing;
    m_outputs.push_back(EndOwnLeg{});
}

void Releaser::acked(TimePoint, std::uint32_t) { }
void Releaser::aborted(TimePoint, std::uint32_t) { }
void Releaser::lapsed(TimePoint) { }
void Releaser::handleTimeout(TimePoint) { }

void Releaser::cancel()
{
    m_state = State::GivenUp;
    m_outputs.clear();
}

std::optional<ReleaserOutput> Releaser::poll()
{
    if (m_outputs.empty())
        return std::nullopt;
    const ReleaserOutput output = m_outputs.front();
    m_outputs.pop_front();
    return output;
}

} // namespace ringlift::call
