#include "server/deferredwrites.h"

namespace ringlift::server {

namespace {

constexpr Duration kDelay = std::chrono::seconds(60);
constexpr Duration kRetry = std::chrono::seconds(1);

} // namespace

void DeferredWrites::seen(TimePoint now, const AccountId &account)
{
    m_seen.insert(account);
    m_next = earlier(m_next, now + kDelay);
}

void DeferredWrites::flag(TimePoint now, const AccountId &account)
{
    m_flagged.insert(account);
    m_next = now;
}

void DeferredWrites::handleTimeout(TimePoint now)
{
    if (!m_next || *m_next > now)
        return;
    const bool done = writeFlags() && writeDays();
    m_next = done ? std::nullopt : std::optional(now + kRetry);
}

bool DeferredWrites::writeFlags()
{
    while (!m_flagged.empty()) {
        if (!m_context.modify(*m_flagged.begin(), [](Account &account) { account.flagged = true; }))
            return false;
        m_flagged.erase(m_flagged.begin());
    }
    return true;
}

bool DeferredWrites::writeDays()
{
    if (m_seen.empty())
        return true;
    const std::vector<AccountId> ids(m_seen.begin(), m_seen.end());
    if (!m_context.registry.touch(ids, m_context.today()))
        return false;
    m_seen.clear();
    return true;
}

} // namespace ringlift::server
