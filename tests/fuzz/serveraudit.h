#pragma once

#include "core/protocol/codec.h"
#include "server/servercore.h"

#include <functional>
#include <map>
#include <set>

namespace ringlift::fuzz {

/// Watches all that a server core says and ends the process when a message goes to the wrong connection, two phones are
/// matched that must not be, or a bound is passed.
class ServerAudit
{
public:
    using NumberOfAccount = std::function<std::string(const AccountId &)>;

    ServerAudit(const server::Limits &limits, NumberOfAccount numberOfAccount)
        : m_limits(limits), m_numberOfAccount(std::move(numberOfAccount))
    {
    }

    // What was done to the core
    void opened(server::ConnectionId id) { m_open.insert(id); }
    void closed(server::ConnectionId id);
    void received(server::ConnectionId from, const protocol::Message &message);

    /// What the core did.
    void said(const server::ServerOutput &output);
    void check(const server::ServerCore::Figures &figures) const;

    bool isOpen(server::ConnectionId id) const { return m_open.contains(id); }
    /// The number of the account that is logged in; empty when none is.
    std::string numberOf(server::ConnectionId id) const;

private:
    struct Offer {
        std::string caller;
        std::string callee;
    };

    void sent(server::ConnectionId to, const protocol::Message &message);
    void accepted(server::ConnectionId to, const CallId &call);
    void matched(server::ConnectionId to, const protocol::CallMatched &match);
    void forwarded(server::ConnectionId to, const CallId &call) const;

    const server::Limits m_limits;
    const NumberOfAccount m_numberOfAccount;
    std::set<server::ConnectionId> m_open;
    std::map<server::ConnectionId, AccountId> m_claims; // of the last login that was tried
    std::map<server::ConnectionId, std::string> m_loggedIn;
    std::map<CallId, Offer> m_tried;
    std::map<CallId, Offer> m_offers; // that the core has accepted
    std::map<CallId, std::set<std::string>> m_routes;
    std::uint64_t m_matches = 0;
};

} // namespace ringlift::fuzz
