#pragma once

#include "server/deadlines.h"
#include "server/limits.h"

#include "core/base/strongid.h"

namespace ringlift::server {

/// Which two accounts a call joins: how sealed messages find their way, across reconnects, until they fall silent.
class Routes
{
public:
    struct Route {
        AccountId caller;
        AccountId callee;
    };

    explicit Routes(const Limits &limits) : m_limits(limits) { }

    bool contains(const CallId &id) const { return m_routes.contains(id); }
    bool hasRoom() const { return m_routes.size() < m_limits.routes; }
    void add(TimePoint now, const CallId &id, const Route &route);
    /// The route, kept alive for another lifetime, if the account is one end of it; else nothing.
    std::optional<Route> use(TimePoint now, const CallId &id, const AccountId &account);
    void dropAccount(const AccountId &account);

    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const { return m_ends.next(); }
    std::size_t size() const { return m_routes.size(); }

private:
    const Limits &m_limits;
    std::map<CallId, Route> m_routes;
    Deadlines<CallId> m_ends;
};

} // namespace ringlift::server
