#include "server/routes.h"

namespace ringlift::server {

void Routes::add(TimePoint now, const CallId &id, const Route &route)
{
    m_routes.insert_or_assign(id, route);
    m_ends.arm(id, now + m_limits.routeLifetime);
}

std::optional<Routes::Route> Routes::use(TimePoint now, const CallId &id, const AccountId &account)
{
    handleTimeout(now);
    const auto found = m_routes.find(id);
    if (found == m_routes.end() || (found->second.caller != account && found->second.callee != account))
        return std::nullopt;
    m_ends.arm(id, now + m_limits.routeLifetime);
    return found->second;
}

void Routes::dropAccount(const AccountId &account)
{
    std::erase_if(m_routes, [&](const auto &entry) {
        const bool dropped = entry.second.caller == account || entry.second.callee == account;
        if (dropped)
            m_ends.disarm(entry.first);
        return dropped;
    });
}

void Routes::handleTimeout(TimePoint now)
{
    while (const auto id = m_ends.takeDue(now))
        m_routes.erase(*id);
}

} // namespace ringlift::server
