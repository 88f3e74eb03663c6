#pragma once

#include "core/base/bytes.h"
#include "server/connectionid.h"
#include "server/gatelimits.h"

#include <map>
#include <optional>
#include <set>

namespace ringlift::server {

/// Decides which connections may stay before they have logged in (protocol.md 4.1). Sans-IO.
///
/// At a cap the oldest silent connection gives way to a newcomer. One that has sent a message is not silent any more.
class Admission
{
public:
    explicit Admission(const GateLimits &limits) : m_limits(limits) { }

    struct Verdict {
        bool admitted = false;
        /// Counts no longer; the caller ends it.
        std::optional<ConnectionId> evicted;
    };
    /// host: as SourceAddress::host. Ids grow with time.
    Verdict admit(ConnectionId id, const Bytes &host);
    void spoke(ConnectionId id);
    /// It has logged in, or has ended.
    void left(ConnectionId id);

    std::size_t size() const { return m_hosts.size(); }

private:
    struct Host {
        std::size_t connections = 0;
        std::set<ConnectionId> silent;
    };

    GateLimits m_limits;
    std::map<ConnectionId, Bytes> m_hosts;
    std::map<Bytes, Host> m_byHost;
    std::set<ConnectionId> m_silent;
};

} // namespace ringlift::server
