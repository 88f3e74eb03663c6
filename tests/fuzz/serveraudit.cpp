#include "tests/fuzz/serveraudit.h"

#include "tests/fuzz/fuzzing.h"

namespace ringlift::fuzz {

using protocol::Role;
using server::ConnectionId;

void ServerAudit::closed(ConnectionId id)
{
    m_open.erase(id);
    m_loggedIn.erase(id);
}

void ServerAudit::received(ConnectionId from, const protocol::Message &message)
{
    if (const auto *const offer = std::get_if<protocol::CallOffer>(&message))
        m_tried[offer->callId] = {numberOf(from), offer->callee.e164()};
    else if (const auto *const auth = std::get_if<protocol::Auth>(&message))
        m_claims[from] = auth->accountId;
}

std::string ServerAudit::numberOf(ConnectionId id) const
{
    const auto found = m_loggedIn.find(id);
    return found == m_loggedIn.end() ? std::string() : found->second;
}

void ServerAudit::said(const server::ServerOutput &output)
{
    if (const auto *const text = std::get_if<server::SendText>(&output)) {
        require(isOpen(text->id) && text->text.size() <= protocol::kMaxMessageSize);
        const auto message = protocol::decode(text->text, protocol::UnknownKeys::Refuse);
        require(message.has_value());
        sent(text->id, *message);
    } else if (const auto *const close = std::get_if<server::CloseConnection>(&output)) {
        require(isOpen(close->id));
        closed(close->id);
    }
}

void ServerAudit::sent(ConnectionId to, const protocol::Message &message)
{
    if (std::holds_alternative<protocol::Welcome>(message))
        m_loggedIn[to] = m_numberOfAccount(m_claims.at(to));
    else if (const auto *const done = std::get_if<protocol::RegisterDone>(&message))
        m_loggedIn[to] = m_numberOfAccount(done->accountId);
    else if (const auto *const acceptance = std::get_if<protocol::CallAccepted>(&message))
        accepted(to, acceptance->callId);
    else if (const auto *const match = std::get_if<protocol::CallMatched>(&message))
        matched(to, *match);
    else if (const auto *const noise1 = std::get_if<protocol::CallNoise1>(&message))
        forwarded(to, noise1->callId);
    else if (const auto *const noise2 = std::get_if<protocol::CallNoise2>(&message))
        forwarded(to, noise2->callId);
    else if (const auto *const sealed = std::get_if<protocol::CallSealed>(&message))
        forwarded(to, sealed->callId);
    else if (const auto *const abort = std::get_if<protocol::CallAbort>(&message))
        forwarded(to, abort->callId);
    else if (const auto *const turn = std::get_if<protocol::CallTurn>(&message))
        forwarded(to, turn->callId);
}

void ServerAudit::accepted(ConnectionId to, const CallId &call)
{
    const Offer offer = m_tried.at(call);
    require(!offer.caller.empty() && offer.caller == numberOf(to));
    m_offers[call] = offer;
    m_routes.erase(call); // M10 has forgotten an earlier call of this id
}

// M2, M4, M7: only the two that the offer names, and the callee is told who called.
void ServerAudit::matched(ConnectionId to, const protocol::CallMatched &match)
{
    const std::string self = numberOf(to);
    const auto offer = m_offers.find(match.callId);
    require(!self.empty() && offer != m_offers.end());
    require(self == (match.role == Role::Callee ? offer->second.callee : offer->second.caller));
    if (match.role == Role::Callee) {
        require(match.caller && match.caller->e164() == offer->second.caller && self != offer->second.caller);
        ++m_matches;
    }
    require(m_routes[match.callId].insert(self).second); // I7: once
}

void ServerAudit::forwarded(ConnectionId to, const CallId &call) const
{
    const auto route = m_routes.find(call);
    require(route != m_routes.end() && route->second.contains(numberOf(to)));
}

void ServerAudit::check(const server::ServerCore::Figures &figures) const
{
    require(figures.connections == m_open.size());
    require(figures.loggedIn == m_loggedIn.size() && figures.loggedIn <= m_limits.loggedIn);
    require(figures.offers <= m_limits.offers && figures.offers <= m_limits.offersOfSocket * m_open.size());
    require(figures.arrivals <= m_limits.arrivals && figures.arrivals <= m_limits.arrivalsOfSocket * m_open.size());
    require(figures.routes <= m_limits.routes && figures.sessions <= m_limits.registrations);
    require(figures.usedCallIds <= m_limits.callIds && figures.matches == m_matches);
    require(figures.limiterKeys <= m_limits.limiterKeys);
}

} // namespace ringlift::fuzz
