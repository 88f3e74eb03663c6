#include "tests/sim/invariants/matching.h"

#include "tests/sim/world.h"

#include <algorithm>

namespace ringlift::sim {

void MatchesAreRight::serverHears(Connection id, const protocol::Message &message)
{
    std::visit([&](const auto &concrete) { hears(id, concrete); }, message);
}

void MatchesAreRight::serverSays(Connection id, const protocol::Message &message)
{
    std::visit([&](const auto &concrete) { says(id, concrete); }, message);
}

void MatchesAreRight::serverLoses(Connection id)
{
    std::erase_if(m_offers, [&](const auto &offer) { return offer.second.connection == id; });
    std::erase_if(m_arrivals, [&](const auto &arrival) { return arrival.second.connection == id; });
    m_loggedIn.erase(id);
}

void MatchesAreRight::serverRestarted()
{
    m_offers.clear();
    m_arrivals.clear();
    m_loggedIn.clear();
    m_awaitsCaller.clear();
    m_flagged.clear(); // what a busy registry did not take is lost with the RAM
}

void MatchesAreRight::hears(Connection id, const protocol::CallCancel &cancel)
{
    if (const auto *callId = std::get_if<CallId>(&cancel.id)) {
        const auto offer = m_offers.find(*callId);
        if (offer != m_offers.end() && offer->second.connection == id)
            m_offers.erase(offer);
    } else {
        m_arrivals.erase({id, std::get<ArriveId>(cancel.id)});
    }
}

void MatchesAreRight::says(Connection id, const protocol::RegisterSent &sent)
{
    if (const auto begin = m_beginning.find(id); begin != m_beginning.end())
        m_sessions.insert_or_assign(sent.sessionId, begin->second);
}

void MatchesAreRight::says(Connection id, const protocol::RegisterDone &done)
{
    const auto session = m_verifying.find(id);
    if (session == m_verifying.end() || !m_sessions.contains(session->second))
        return violated("an account without a registration");
    const protocol::RegisterBegin &begin = m_sessions.at(session->second);
    std::erase_if(m_accounts, [&](const auto &account) { return account.second.number == begin.msisdn.e164(); });
    std::erase_if(m_loggedIn, [&](const auto &login) { return login.second.number == begin.msisdn.e164(); });
    const Owner owner{done.accountId, begin.msisdn.e164(), begin.sim};
    m_accounts[done.accountId] = owner;
    m_loggedIn[id] = owner;
}

void MatchesAreRight::says(Connection id, const protocol::Welcome &)
{
    const auto account = m_loggingIn.find(id);
    if (account == m_loggingIn.end() || !m_accounts.contains(account->second))
        return violated("a login without an account");
    m_loggedIn[id] = m_accounts.at(account->second);
}

void MatchesAreRight::says(Connection id, const protocol::CallAccepted &accepted)
{
    const auto offering = m_offering.find({id, accepted.callId});
    const auto owner = m_loggedIn.find(id);
    if (offering == m_offering.end() || owner == m_loggedIn.end())
        return violated("an offer is accepted from nobody");
    const protocol::CallOffer &offer = offering->second;
    if (offer.msisdn.e164() != owner->second.number)
        return violated("an offer in another's name is accepted");
    std::erase_if(m_offers, [&](const auto &older) {
        return older.second.caller == owner->second.number && older.second.callee == offer.callee.e164();
    });
    m_offers[offer.callId] = {id, owner->second.number, offer.callee.e164(), now(), offer.manual};
}

void MatchesAreRight::says(Connection id, const protocol::CallWaiting &waiting)
{
    const auto arriving = m_arriving.find({id, waiting.arriveId});
    const auto owner = m_loggedIn.find(id);
    if (arriving == m_arriving.end() || owner == m_loggedIn.end())
        return violated("an arrival is accepted from nobody");
    Arrival arrival{id, owner->second, arriving->second.sim == owner->second.sim, {}, now(), arriving->second.manual};
    for (const protocol::Msisdn &number : arriving->second.cli)
        arrival.cli.push_back(number.e164());
    if (!arrival.ownSim)
        return violated("M3: an arrival with a foreign SIM is accepted");
    if (m_flagged.contains(owner->second.account))
        return violated("an account that showed a foreign SIM may still arrive");
    m_arrivals.insert_or_assign({id, waiting.arriveId}, arrival);
}

void MatchesAreRight::says(Connection id, const protocol::CallExpired &expired)
{
    if (const auto *callId = std::get_if<CallId>(&expired.id))
        m_offers.erase(*callId);
    else
        m_arrivals.erase({id, std::get<ArriveId>(expired.id)});
}

void MatchesAreRight::says(Connection id, const protocol::ErrorMessage &error)
{
    const auto owner = m_loggedIn.find(id);
    if (error.code != protocol::ErrorCode::SimMismatch || owner == m_loggedIn.end() || !error.arriveId)
        return;
    m_flagged.insert(owner->second.account);
    std::erase_if(m_offers, [&](const auto &offer) { return offer.second.connection == id; });
    std::erase_if(m_arrivals, [&](const auto &arrival) { return arrival.second.connection == id; });
}

void MatchesAreRight::says(Connection id, const protocol::CallMatched &matched)
{
    matched.role == protocol::Role::Callee ? matchedCallee(id, matched) : matchedCaller(id, matched);
}

void MatchesAreRight::matchedCallee(Connection id, const protocol::CallMatched &matched)
{
    const auto offer = m_offers.find(matched.callId);
    const auto arrival = m_arrivals.find({id, matched.arriveId.value_or(ArriveId{})});
    if (!m_matched.insert(matched.callId).second)
        return violated("a call is matched twice");
    if (offer == m_offers.end())
        return violated("a match without a live offer");
    if (arrival == m_arrivals.end())
        return violated("a match without a live arrival");
    const auto asked = m_requested.find(matched.callId);
    if (offer->second.manual && (asked == m_requested.end() || asked->second != id))
        violated("a call by hand is matched with somebody who was not asked");
    check(offer->second, arrival->second, matched);
    m_awaitsCaller[matched.callId] = offer->second.connection;
    m_offers.erase(offer);
    m_arrivals.erase(arrival);
}

void MatchesAreRight::matchedCaller(Connection id, const protocol::CallMatched &matched)
{
    const auto waiting = m_awaitsCaller.find(matched.callId);
    if (waiting == m_awaitsCaller.end() || waiting->second != id)
        return violated("the wrong phone is told of a match, or one too many");
    m_awaitsCaller.erase(waiting);
}

void MatchesAreRight::check(const Offer &offer, const Arrival &arrival, const protocol::CallMatched &matched)
{
    const server::Limits &limits = world().server().limits();
    if (offer.manual != arrival.manual)
        return violated("a call by hand is matched with a cellular one");
    if (offer.callee != arrival.owner.number)
        return violated("M2: the dialled number is not the callee's");
    if (!arrival.ownSim)
        return violated("M3: the SIM is not the account's");
    if (arrival.cli.empty() != matched.cliNone)
        return violated("M5: the callee is not told whether the caller-ID was known");
    if (arrival.cli.empty()) {
        const auto toCallee = [&](const auto &other) {
            return other.second.callee == offer.callee && !other.second.manual;
        };
        if (std::count_if(m_offers.begin(), m_offers.end(), toCallee) != 1)
            return violated("M5: several people dial a callee who does not know who rings");
    } else if (std::find(arrival.cli.begin(), arrival.cli.end(), offer.caller) == arrival.cli.end()) {
        return violated("M4: the caller-ID is not the caller's number");
    }
    if (now() - offer.at > limits.offerLifetime || now() - arrival.at > limits.arrivalLifetime)
        return violated("M6: too old");
    if (offer.caller == arrival.owner.number)
        violated("M7: somebody is matched with himself");
}

} // namespace ringlift::sim
