#include "server/calldesk.h"

#include "core/crypto/tags.h"

namespace ringlift::server {

using protocol::AccountKind;
using protocol::ErrorCode;

namespace {

constexpr std::string_view kOffer = "call.offer";
constexpr std::string_view kArrive = "call.arrive";

Problem errorFor(Matcher::Refusal refusal)
{
    switch (refusal) {
    case Matcher::Refusal::UsedId:
        return Problem(ErrorCode::Proto);
    case Matcher::Refusal::TooManyOfSocket:
        return Problem(ErrorCode::Rate).retryAfter(std::chrono::seconds(1));
    case Matcher::Refusal::Full:
        break;
    }
    return Problem(ErrorCode::BusyServer);
}

} // namespace

CallDesk::CallDesk(Context &context, DeferredWrites &writes)
    : m_context(context), m_writes(writes), m_matcher(context.limits, context.limiter), m_routes(context.limits)
{
}

void CallDesk::offer(TimePoint now, Session &session, const protocol::CallOffer &message)
{
    const ConnectionId from = session.id;
    const auto refuse = [&](Problem problem) { m_context.outbox.refuse(from, problem.about(message.callId), kOffer); };
    const protocol::Key32 calleeTag = m_context.tags.numberTag(message.callee);
    if (const auto problem = refusal(now, session, message, calleeTag))
        return refuse(*problem);
    const Account &account = *session.account;
    const Session *const asked = message.manual ? calleeToAsk(account, calleeTag) : nullptr;
    Offer offer{message.callId, from,           account.id,   account.numberTag, calleeTag,
                message.msisdn, message.commit, message.caps, std::nullopt,      message.manual};
    if (asked != nullptr)
        offer.requested = asked->account->id;
    const auto match = m_matcher.addOffer(now, std::move(offer));
    if (!match)
        return refuse(errorFor(match.error()));
    m_context.outbox.send(from, protocol::CallAccepted{message.callId});
    if (asked != nullptr)
        m_context.outbox.send(asked->id, protocol::CallRequest{message.callId, message.msisdn});
    if (*match)
        announce(now, **match);
    settle(now);
}

// Nothing here looks at the callee (T12).
std::optional<Problem> CallDesk::refusal(TimePoint now, const Session &session, const protocol::CallOffer &message,
                                         const protocol::Key32 &calleeTag)
{
    const Account &account = *session.account;
    if (!m_context.tags.fitNumber(account, message.msisdn))
        return Problem(ErrorCode::Number);
    if (!message.manual && account.kind == AccountKind::Manual)
        return Problem(ErrorCode::SimMismatch);
    if (message.manual && !m_context.limits.manualMode)
        return Problem(ErrorCode::Proto);
    if (!m_context.mayMatch(account))
        return Problem(ErrorCode::Quarantine);
    if (!m_routes.hasRoom())
        return Problem(ErrorCode::BusyServer);
    if (m_routes.contains(message.callId))
        return Problem(ErrorCode::Proto);
    const ByteView id(account.id.bytes);
    if (const auto wait = waitBeforeOffer(now, id, message.manual, calleeTag))
        return Problem(ErrorCode::Rate).retryAfter(*wait);
    if (!m_context.limiter.takeCallee(now, id, calleeTag))
        return Problem(ErrorCode::Rate).retryAfter(m_context.limits.unmatchedCallees.window);
    return std::nullopt;
}

std::optional<Duration> CallDesk::waitBeforeOffer(TimePoint now, ByteView account, bool manual,
                                                  const protocol::Key32 &calleeTag)
{
    RateLimiter &limiter = m_context.limiter;
    if (!manual)
        return limiter.take(now, {{Limit::OfferRate, account}, {Limit::OffersDay, account}});
    const Limit own = m_context.isEchoPeer(calleeTag) ? Limit::EchoOffers : Limit::ManualOffers;
    return limiter.take(now, {{Limit::OfferRate, account}, {Limit::OffersDay, account}, {own, account}});
}

// Manual mode: the callee's desktop account before its phone's; nobody when it is offline or has enough requests.
const Session *CallDesk::calleeToAsk(const Account &caller, const protocol::Key32 &calleeTag)
{
    if (caller.numberTag == calleeTag) // M7
        return nullptr;
    if (m_matcher.openRequests(calleeTag, caller.numberTag) >= m_context.limits.manualRequestsOfCallee)
        return nullptr;
    const Session *callee = m_context.sessions.ofNumber(calleeTag, AccountKind::Manual);
    if (callee == nullptr)
        callee = m_context.sessions.ofNumber(calleeTag, AccountKind::Sim);
    return callee != nullptr && m_context.mayMatch(*callee->account) ? callee : nullptr;
}

void CallDesk::arrive(TimePoint now, Session &session, const protocol::CallArrive &message)
{
    const ConnectionId from = session.id;
    const auto refuse = [&](Problem problem) {
        m_context.outbox.refuse(from, problem.about(message.arriveId), kArrive);
    };
    if (const auto problem = refusal(now, session, message))
        return refuse(*problem);
    Arrival arrival{message.arriveId, from, session.account->id, session.account->numberTag, {}, message.manual};
    for (const protocol::Msisdn &number : message.cli)
        arrival.cli.push_back(m_context.tags.numberTag(number));
    const auto match = m_matcher.addArrival(now, std::move(arrival));
    if (!match)
        return refuse(errorFor(match.error()));
    m_context.outbox.send(from, protocol::CallWaiting{message.arriveId});
    if (*match)
        announce(now, **match);
    settle(now);
}

std::optional<Problem> CallDesk::refusal(TimePoint now, Session &session, const protocol::CallArrive &message)
{
    const Account &account = *session.account;
    if (message.manual && (!m_context.limits.manualMode || message.cli.size() != 1))
        return Problem(ErrorCode::Proto);
    if (!message.manual && !m_context.tags.fitSim(account, message.sim)) { // M3, T01
        flag(now, account.id);
        return Problem(ErrorCode::SimMismatch);
    }
    if (message.msisdn && !m_context.tags.fitNumber(account, *message.msisdn))
        return Problem(ErrorCode::Number);
    if (!m_context.mayMatch(account))
        return Problem(ErrorCode::Quarantine);
    if (!m_routes.hasRoom())
        return Problem(ErrorCode::BusyServer);
    const ByteView id(account.id.bytes);
    if (const auto wait = m_context.limiter.take(now, {{Limit::ArrivalRate, id}, {Limit::ArrivalsDay, id}}))
        return Problem(ErrorCode::Rate).retryAfter(*wait);
    return std::nullopt;
}

void CallDesk::flag(TimePoint now, const AccountId &account)
{
    m_writes.flag(now, account);
    Session *const session = m_context.sessions.ofAccount(account);
    if (session == nullptr)
        return;
    session->account->flagged = true;
    m_matcher.dropConnection(session->id);
}

void CallDesk::cancel(TimePoint now, Session &session, const protocol::CallCancel &message)
{
    std::visit([&](const auto &id) { m_matcher.cancel(session.id, id); }, message.id);
    settle(now);
}

void CallDesk::decline(TimePoint now, Session &session, const protocol::CallDecline &message)
{
    m_matcher.decline(session.account->id, message.callId);
    settle(now);
}

void CallDesk::turn(TimePoint now, Session &session, const protocol::CallTurnRequest &message)
{
    if (m_routes.use(now, message.callId, session.account->id))
        return m_context.outbox.send(session.id, protocol::CallTurn{message.callId, turnCredentials(message.callId)});
    m_context.outbox.refuse(session.id, Problem(ErrorCode::CallUnknown).about(message.callId), "call.turn");
}

const Session *CallDesk::peerOf(TimePoint now, const Session &session, const CallId &id, std::string_view type)
{
    const AccountId &self = session.account->id;
    const auto route = m_routes.use(now, id, self);
    const bool isCallee = route && route->callee == self;
    const bool wrongWay = (type == "call.noise1" && !isCallee) || (type == "call.noise2" && isCallee);
    if (!route || wrongWay) {
        m_context.outbox.refuse(session.id, Problem(ErrorCode::CallUnknown).about(id), type);
        return nullptr;
    }
    return m_context.sessions.ofAccount(isCallee ? route->caller : route->callee);
}

void CallDesk::announce(TimePoint now, const Match &match)
{
    const Offer &offer = match.offer;
    const Arrival &arrival = match.arrival;
    const Session *const caller = m_context.sessions.find(offer.connection);
    const Session *const callee = m_context.sessions.find(arrival.connection);
    // Offers and arrivals end with their connection, so both are there.
    if (caller == nullptr || callee == nullptr)
        return;
    ++m_matches;
    m_routes.add(now, offer.id, {offer.account, arrival.account});
    m_context.limiter.calleeMatched(offer.account.bytes, offer.calleeTag);

    protocol::CallMatched toCallee;
    toCallee.callId = offer.id;
    toCallee.arriveId = arrival.id;
    toCallee.role = protocol::Role::Callee;
    toCallee.peerIdcard = caller->account->idcard;
    toCallee.caller = offer.caller;
    toCallee.cliNone = arrival.cli.empty();
    toCallee.commit = offer.commit;
    toCallee.caps = offer.caps;
    toCallee.turn = turnCredentials(offer.id);
    protocol::CallMatched toCaller;
    toCaller.callId = offer.id;
    toCaller.role = protocol::Role::Caller;
    toCaller.peerIdcard = callee->account->idcard;
    toCaller.turn = toCallee.turn;
    m_context.outbox.send(callee->id, toCallee);
    m_context.outbox.send(caller->id, toCaller);
}

protocol::TurnCredentials CallDesk::turnCredentials(const CallId &id) const
{
    protocol::TurnCredentials turn;
    if (m_context.limits.turnUrls.empty())
        return turn;
    const auto ttl = std::chrono::duration_cast<std::chrono::seconds>(m_context.limits.turnLifetime).count();
    turn.urls = m_context.limits.turnUrls;
    turn.username = std::to_string(m_context.clock.unixSeconds() + ttl) + ':' + toHex(id.bytes);
    turn.password = crypto::turnRestPassword(m_context.secrets.turnSecret, turn.username);
    turn.ttl = static_cast<std::uint32_t>(ttl);
    return turn;
}

void CallDesk::connectionLost(TimePoint now, ConnectionId connection)
{
    m_matcher.dropConnection(connection);
    settle(now);
}

void CallDesk::handleTimeout(TimePoint now)
{
    m_matcher.handleTimeout(now);
    m_routes.handleTimeout(now);
    settle(now);
}

void CallDesk::settle(TimePoint now)
{
    while (const auto lapse = m_matcher.takeLapse()) {
        if (const auto *offer = std::get_if<Offer>(&lapse->what))
            lapsed(*offer, lapse->reason);
        else
            lapsed(now, std::get<Arrival>(lapse->what), lapse->reason);
    }
}

void CallDesk::lapsed(const Offer &offer, Matcher::Reason reason)
{
    const bool tellCaller = reason == Matcher::Reason::Expired || reason == Matcher::Reason::Replaced;
    if (tellCaller && m_context.sessions.find(offer.connection) != nullptr)
        m_context.outbox.send(offer.connection, protocol::CallExpired{offer.id});
    if (!offer.requested)
        return;
    if (const Session *const callee = m_context.sessions.ofAccount(*offer.requested))
        m_context.outbox.send(callee->id, protocol::CallExpired{offer.id});
}

void CallDesk::lapsed(TimePoint now, const Arrival &arrival, Matcher::Reason reason)
{
    const bool tellCallee = reason == Matcher::Reason::Expired || reason == Matcher::Reason::Replaced;
    if (tellCallee && m_context.sessions.find(arrival.connection) != nullptr)
        m_context.outbox.send(arrival.connection, protocol::CallExpired{arrival.id});
    if (arrival.manual)
        return;
    const auto count = [&](ByteView cli) { // L6, T07
        const Bytes subject = ByteWriter().bytes(arrival.account.bytes).bytes(cli).take();
        if (m_context.limiter.record(now, {Limit::UnmatchedOfCli, subject}))
            flag(now, arrival.account);
    };
    for (const protocol::Key32 &cli : arrival.cli)
        count(cli);
    if (arrival.cli.empty()) // "unknown" is a caller-ID like any other
        count({});
}

} // namespace ringlift::server
