#include "core/call/releaser.h"

namespace ringlift::call {

namespace {

/// Not answered by anybody and not in doubt: it can be given back to the network for nothing.
bool isReleasable(LegState leg)
{
    return leg == LegState::Dialling || leg == LegState::Alerting;
}

} // namespace

bool Releaser::isRingEnough() const
{
    if (m_facts.handOver == HandOver::ByTrust)
        return m_facts.trust >= TrustLevel::Leg;
    return m_facts.handOver == HandOver::AtRing;
}

bool Releaser::mayAsk() const
{
    const bool due = m_facts.answered || (m_facts.alerting && isRingEnough());
    return m_facts.mayRelease && m_facts.pathOk && isReleasable(m_facts.leg) && due;
}

void Releaser::update(TimePoint now, const ReleaserFacts &facts)
{
    m_facts = facts;
    if (m_state == State::Waiting && mayAsk())
        ask(now);
    if (m_state == State::Releasing && facts.leg == LegState::Ended) {
        m_state = State::Released;
        m_deadline.reset();
        m_outputs.push_back(TellOutcome{m_id, true});
    }
}

void Releaser::ask(TimePoint now)
{
    m_state = State::Asking;
    ++m_id;
    ++m_tries;
    m_deadline = now + m_config.answerPatience;
    m_outputs.push_back(AskPeer{m_id});
}

void Releaser::acked(TimePoint now, std::uint32_t id)
{
    if (m_state != State::Asking || id != m_id)
        return;
    if (!mayAsk()) {
        m_outputs.push_back(WithdrawAsk{m_id});
        tryFailed(now);
        return;
    }
    m_state = State::Releasing;
    m_deadline = now + m_config.linePatience;
    m_outputs.push_back(EndOwnLeg{});
}

void Releaser::lapsed(TimePoint now)
{
    if (m_state != State::Releasing)
        return;
    m_outputs.push_back(WithdrawAsk{m_id});
    tryFailed(now);
}

void Releaser::aborted(TimePoint now, std::uint32_t id)
{
    if (m_state == State::Asking && id == m_id)
        tryFailed(now);
}

void Releaser::tryFailed(TimePoint now)
{
    const bool again = m_tries < m_config.tries;
    m_state = again ? State::Pausing : State::GivenUp;
    m_deadline.reset();
    if (again)
        m_deadline = now + m_config.betweenTries;
}

void Releaser::cancel()
{
    if (m_state != State::Released)
        m_state = State::GivenUp;
    m_deadline.reset();
    m_outputs.clear();
}

void Releaser::handleTimeout(TimePoint now)
{
    if (!m_deadline || *m_deadline > now)
        return;
    m_deadline.reset();
    if (m_state == State::Asking) {
        tryFailed(now);
    } else if (m_state == State::Pausing) {
        m_state = State::Waiting;
        update(now, ReleaserFacts(m_facts));
    } else if (m_state == State::Releasing) {
        m_state = State::GivenUp;
        m_outputs.push_back(TellOutcome{m_id, false});
    }
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
