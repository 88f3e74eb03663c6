#include "server/admission.h"

namespace ringlift::server {

Admission::Verdict Admission::admit(ConnectionId id, const Bytes &host)
{
    const auto known = m_byHost.find(host);
    const bool hostIsFull = known != m_byHost.end() && known->second.connections >= m_limits.unauthenticatedOfAddress;
    const bool isFull = m_hosts.size() >= m_limits.unauthenticated;
    Verdict verdict;
    if (hostIsFull || isFull) {
        const std::set<ConnectionId> &candidates = hostIsFull ? known->second.silent : m_silent;
        if (candidates.empty())
            return verdict;
        verdict.evicted = *candidates.begin();
        left(*verdict.evicted);
    }
    verdict.admitted = true;
    m_hosts.emplace(id, host);
    m_silent.insert(id);
    Host &entry = m_byHost[host];
    ++entry.connections;
    entry.silent.insert(id);
    return verdict;
}

void Admission::spoke(ConnectionId id)
{
    const auto found = m_hosts.find(id);
    if (found == m_hosts.end())
        return;
    m_silent.erase(id);
    m_byHost.at(found->second).silent.erase(id);
}

void Admission::left(ConnectionId id)
{
    spoke(id);
    const auto found = m_hosts.find(id);
    if (found == m_hosts.end())
        return;
    const auto host = m_byHost.find(found->second);
    if (--host->second.connections == 0)
        m_byHost.erase(host);
    m_hosts.erase(found);
}

} // namespace ringlift::server
