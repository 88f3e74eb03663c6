#pragma once

#include "tests/sim/invariants.h"

#include <map>
#include <set>

namespace ringlift::sim {

/// I7 and rules M1 to M10 of 3.5: a second opinion on every match of the server.
class MatchesAreRight final : public Invariant
{
public:
    explicit MatchesAreRight(World &world) : Invariant(world, "I7 matches are right, and once") { }

private:
    using Connection = server::ConnectionId;

    void serverHears(Connection id, const protocol::Message &message) override;
    void serverSays(Connection id, const protocol::Message &message) override;
    void serverLoses(Connection id) override;
    void serverRestarted() override;

    struct Owner { AccountId account; std::string number; protocol::SimProof sim; };
    struct Offer { Connection connection{}; std::string caller; std::string callee; TimePoint at; bool manual = false; };
    struct Arrival
    {
        Connection connection{};
        Owner owner;
        bool ownSim = false;
        std::vector<std::string> cli;
        TimePoint at;
        bool manual = false;
    };

    void hears(Connection id, const protocol::RegisterBegin &begin) { m_beginning.insert_or_assign(id, begin); }
    void hears(Connection id, const protocol::RegisterVerify &verify) { m_verifying[id] = verify.sessionId; }
    void hears(Connection id, const protocol::RegisterUnlock &unlock) { m_verifying[id] = unlock.sessionId; }
    void hears(Connection id, const protocol::Auth &auth) { m_loggingIn[id] = auth.accountId; }
    void hears(Connection id, const protocol::CallOffer &offer) { m_offering.insert_or_assign({id, offer.callId}, offer); }
    void hears(Connection id, const protocol::CallArrive &arrive) { m_arriving.insert_or_assign({id, arrive.arriveId}, arrive); }
    void hears(Connection id, const protocol::CallCancel &cancel);
    template<typename Other>
    void hears(Connection, const Other &)
    {
    }
    void says(Connection id, const protocol::RegisterSent &sent);
    void says(Connection id, const protocol::RegisterDone &done);
    void says(Connection id, const protocol::Welcome &);
    void says(Connection id, const protocol::CallAccepted &accepted);
    void says(Connection id, const protocol::CallWaiting &waiting);
    void says(Connection id, const protocol::CallRequest &request) { m_requested[request.callId] = id; }
    void says(Connection id, const protocol::CallExpired &expired);
    void says(Connection id, const protocol::CallMatched &matched);
    void says(Connection id, const protocol::ErrorMessage &error);
    template<typename Other>
    void says(Connection, const Other &)
    {
    }
    void matchedCallee(Connection id, const protocol::CallMatched &matched);
    void matchedCaller(Connection id, const protocol::CallMatched &matched);
    void check(const Offer &offer, const Arrival &arrival, const protocol::CallMatched &matched);

    std::map<Connection, protocol::RegisterBegin> m_beginning;
    std::map<SessionId, protocol::RegisterBegin> m_sessions;
    std::map<Connection, SessionId> m_verifying;
    std::map<Connection, AccountId> m_loggingIn;
    std::map<AccountId, Owner> m_accounts;
    std::map<Connection, Owner> m_loggedIn;
    std::set<AccountId> m_flagged;
    std::map<std::pair<Connection, CallId>, protocol::CallOffer> m_offering;
    std::map<std::pair<Connection, ArriveId>, protocol::CallArrive> m_arriving;
    std::map<CallId, Offer> m_offers;
    std::map<std::pair<Connection, ArriveId>, Arrival> m_arrivals;
    /// Who was asked on screen (manual mode).
    std::map<CallId, Connection> m_requested;
    std::map<CallId, Connection> m_awaitsCaller;
    std::set<CallId> m_matched;
};

} // namespace ringlift::sim
