#include "core/call/legwatch.h"

namespace ringlift::call {

namespace {

bool isPresent(LegState leg)
{
    return leg == LegState::Ringing || leg == LegState::Active || leg == LegState::Held;
}

std::optional<AbortReason> refusalOf(const LegWatchFacts &facts)
{
    if (facts.veto)
        return facts.veto;
    if (!facts.pathOk)
        return AbortReason::NoPath;
    if (!isPresent(facts.leg))
        return AbortReason::LegGone;
    return std::nullopt;
}

} // namespace

void LegWatch::asked(TimePoint now, std::uint32_t id, const LegWatchFacts &facts)
{
    if (m_bound || m_committed)
        return;
    if (const auto reason = refusalOf(facts)) {
        m_outputs.push_back(RefuseRelease{id, *reason});
        return;
    }
    m_id = id;
    m_leg = facts.leg;
    m_windowEnd = now + m_config.noticeBound + m_config.margin;
    m_outputs.push_back(AllowRelease{id});
}

void LegWatch::withdrawn(std::uint32_t id)
{
    if (id == m_id && !m_committed)
        m_windowEnd.reset();
}

void LegWatch::committed(std::uint32_t id, bool released)
{
    // A word about a hand-over that we never allowed means nothing.
    if (id != m_id || !(isArmed() || m_bound))
        return;
    if (m_bound) {
        m_committed = m_committed || released;
        return;
    }
    m_committed = released;
    if (!released) {
        m_windowEnd.reset();
        m_outputs.push_back(ReleaseFailed{});
    }
}

void LegWatch::legChanged(LegState leg)
{
    const bool wasActive = m_leg == LegState::Active || m_leg == LegState::Held;
    m_leg = leg;
    if (leg != LegState::Ended || !isArmed())
        return;
    m_windowEnd.reset();
    m_bound = true;
    m_outputs.push_back(LegBound{wasActive});
}

void LegWatch::handleTimeout(TimePoint now)
{
    if (!m_windowEnd || *m_windowEnd > now)
        return;
    m_windowEnd.reset();
    if (m_committed)
        m_outputs.push_back(LegMismatch{});
}

std::optional<LegWatchOutput> LegWatch::poll()
{
    if (m_outputs.empty())
        return std::nullopt;
    const LegWatchOutput output = m_outputs.front();
    m_outputs.pop_front();
    return output;
}

} // namespace ringlift::call
