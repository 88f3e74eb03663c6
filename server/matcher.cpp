#include "server/matcher.h"

#include <algorithm>

namespace ringlift::server {

namespace {

// An age of exactly the lifetime still matches (M6), so the end is the first instant after it.
constexpr Duration kInstant{1};

protocol::Key32 lowestTag()
{
    return {};
}

} // namespace

Expected<std::optional<Match>, Matcher::Refusal> Matcher::addOffer(TimePoint now, Offer offer)
{
    handleTimeout(now);
    const auto older = m_byPair.find(pairOf(offer));
    if (const auto no = refusal(now, offer, older != m_byPair.end()))
        return Unexpected(*no);
    if (older != m_byPair.end())
        lapseOffer(older->second, Reason::Replaced); // M9
    rememberId(now, offer.id);
    m_byPair.emplace(pairOf(offer), offer.id);
    m_offersFrom[offer.connection].push_back(offer.id);
    m_offerEnds.arm(offer.id, now + m_limits.offerLifetime + kInstant);
    const auto added = m_offers.emplace(offer.id, std::move(offer)).first;
    return tryOffer(now, added->second);
}

std::optional<Matcher::Refusal> Matcher::refusal(TimePoint now, const Offer &offer, bool replaces)
{
    forgetOldIds(now);
    if (m_usedIds.contains(offer.id))
        return Refusal::UsedId; // M10
    if (m_usedIds.size() >= m_limits.callIds || m_offers.size() - (replaces ? 1 : 0) >= m_limits.offers)
        return Refusal::Full;
    const auto from = m_offersFrom.find(offer.connection);
    if (from == m_offersFrom.end())
        return m_limits.offersOfSocket == 0 ? std::optional(Refusal::TooManyOfSocket) : std::nullopt;
    const auto samePair = [&](const CallId &id) { return pairOf(m_offers.at(id)) == pairOf(offer); };
    const auto others = std::count_if(from->second.begin(), from->second.end(), std::not_fn(samePair));
    if (static_cast<std::size_t>(others) >= m_limits.offersOfSocket)
        return Refusal::TooManyOfSocket;
    return std::nullopt;
}

Expected<std::optional<Match>, Matcher::Refusal> Matcher::addArrival(TimePoint now, Arrival arrival)
{
    handleTimeout(now);
    std::sort(arrival.cli.begin(), arrival.cli.end());
    const ArrivalKey key(arrival.connection, arrival.id);
    if (m_arrivals.contains(key))
        return Unexpected(Refusal::UsedId);
    const std::optional<ArrivalKey> older = sameRing(arrival);
    if (m_arrivals.size() - (older ? 1 : 0) >= m_limits.arrivals)
        return Unexpected(Refusal::Full);
    const auto first = m_arrivals.lower_bound({arrival.connection, ArriveId{}});
    const auto isOther = [&](const auto &entry) {
        return entry.first.first == arrival.connection && entry.first != older;
    };
    std::size_t others = 0;
    for (auto it = first; it != m_arrivals.end() && it->first.first == arrival.connection; ++it)
        others += isOther(*it) ? 1U : 0U;
    if (others >= m_limits.arrivalsOfSocket)
        return Unexpected(Refusal::TooManyOfSocket);
    if (older)
        lapseArrival(*older, Reason::Replaced); // M9
    m_arrivalsOf[arrival.calleeTag].push_back(key);
    m_arrivalEnds.arm(key, now + m_limits.arrivalLifetime + kInstant);
    const auto added = m_arrivals.emplace(key, std::move(arrival)).first;
    return tryArrival(now, added->second);
}

std::optional<Matcher::ArrivalKey> Matcher::sameRing(const Arrival &arrival) const
{
    const auto waiting = m_arrivalsOf.find(arrival.calleeTag);
    if (waiting == m_arrivalsOf.end())
        return std::nullopt;
    for (const ArrivalKey &key : waiting->second) {
        const Arrival &other = m_arrivals.at(key);
        if (other.manual == arrival.manual && other.cli == arrival.cli)
            return key;
    }
    return std::nullopt;
}

std::optional<Match> Matcher::tryOffer(TimePoint now, const Offer &offer)
{
    const auto waiting = m_arrivalsOf.find(offer.calleeTag); // M2
    if (waiting == m_arrivalsOf.end())
        return std::nullopt;
    // The newest ring first; one that shows the caller's number before one that cannot show any.
    for (const bool known : {true, false}) {
        for (auto key = waiting->second.rbegin(); key != waiting->second.rend(); ++key) {
            const Arrival &arrival = m_arrivals.at(*key);
            if (arrival.cli.empty() != known && offerFor(arrival) == offer.id)
                return consume(now, offer.id, *key);
        }
    }
    return std::nullopt;
}

std::optional<Match> Matcher::tryArrival(TimePoint now, const Arrival &arrival)
{
    const auto offer = offerFor(arrival);
    if (!offer)
        return std::nullopt;
    return consume(now, *offer, {arrival.connection, arrival.id});
}

std::optional<CallId> Matcher::offerFor(const Arrival &arrival) const
{
    if (!arrival.cli.empty())
        return offerOfCli(arrival);
    if (arrival.manual || !m_limits.unknownCli)
        return std::nullopt;
    return onlyOfferTo(arrival.calleeTag);
}

std::optional<CallId> Matcher::offerOfCli(const Arrival &arrival) const
{
    std::optional<CallId> found;
    for (const protocol::Key32 &caller : arrival.cli) { // M4
        const auto offer = m_byPair.find({arrival.calleeTag, arrival.manual, caller});
        if (offer == m_byPair.end() || caller == arrival.calleeTag) // M7
            continue;
        if (arrival.manual && m_offers.at(offer->second).requested != arrival.account)
            continue;
        // Two readings of one caller-ID with an offer each: nobody can say who rings, so neither does.
        if (found && found != offer->second)
            return std::nullopt;
        found = offer->second;
    }
    return found;
}

std::optional<CallId> Matcher::onlyOfferTo(const protocol::Key32 &calleeTag) const
{
    const auto first = m_byPair.lower_bound({calleeTag, false, lowestTag()});
    const auto isTo = [&](auto it) {
        return it != m_byPair.end() && std::get<0>(it->first) == calleeTag && !std::get<1>(it->first);
    };
    if (!isTo(first) || isTo(std::next(first)) || std::get<2>(first->first) == calleeTag)
        return std::nullopt; // M5, M7
    return first->second;
}

std::optional<Match> Matcher::consume(TimePoint now, const CallId &offer, const ArrivalKey &arrival)
{
    const Offer &dial = m_offers.at(offer);
    const auto [low, high] = std::minmax(dial.callerTag, dial.calleeTag);
    const Bytes pair = ByteWriter().bytes(low).bytes(high).take();
    if (m_limiter.take(now, {{Limit::MatchRate, pair}})) // L8
        return std::nullopt;
    return Match{takeOffer(offer), takeArrival(arrival)}; // M8
}

void Matcher::cancel(ConnectionId connection, const CallId &id)
{
    const auto found = m_offers.find(id);
    if (found != m_offers.end() && found->second.connection == connection)
        lapseOffer(id, Reason::Cancelled);
}

void Matcher::cancel(ConnectionId connection, const ArriveId &id)
{
    if (m_arrivals.contains({connection, id}))
        lapseArrival({connection, id}, Reason::Cancelled);
}

void Matcher::decline(const AccountId &callee, const CallId &id)
{
    const auto found = m_offers.find(id);
    if (found != m_offers.end() && found->second.requested == callee)
        lapseOffer(id, Reason::Expired);
}

void Matcher::dropConnection(ConnectionId connection)
{
    if (const auto from = m_offersFrom.find(connection); from != m_offersFrom.end()) {
        const std::vector<CallId> ids = from->second;
        for (const CallId &id : ids)
            lapseOffer(id, Reason::Disconnected);
    }
    for (;;) {
        const auto next = m_arrivals.lower_bound({connection, ArriveId{}});
        if (next == m_arrivals.end() || next->first.first != connection)
            return;
        lapseArrival(next->first, Reason::Disconnected);
    }
}

void Matcher::handleTimeout(TimePoint now)
{
    while (const auto id = m_offerEnds.takeDue(now))
        lapseOffer(*id, Reason::Expired);
    while (const auto key = m_arrivalEnds.takeDue(now))
        lapseArrival(*key, Reason::Expired);
    forgetOldIds(now);
}

std::optional<TimePoint> Matcher::nextTimeout() const
{
    return earlier(m_offerEnds.next(), m_arrivalEnds.next());
}

std::optional<Matcher::Lapse> Matcher::takeLapse()
{
    if (m_lapses.empty())
        return std::nullopt;
    Lapse lapse = std::move(m_lapses.front());
    m_lapses.pop_front();
    return lapse;
}

std::size_t Matcher::openRequests(const protocol::Key32 &calleeTag, const protocol::Key32 &callerTag) const
{
    std::size_t count = 0;
    for (auto it = m_byPair.lower_bound({calleeTag, true, lowestTag()});
         it != m_byPair.end() && std::get<0>(it->first) == calleeTag; ++it) {
        const Offer &offer = m_offers.at(it->second);
        count += offer.requested && offer.callerTag != callerTag ? 1U : 0U;
    }
    return count;
}

void Matcher::rememberId(TimePoint now, const CallId &id)
{
    m_usedIds.emplace(id, now);
    m_usedOrder.push_back(id);
}

void Matcher::forgetOldIds(TimePoint now)
{
    while (!m_usedOrder.empty()) {
        const auto oldest = m_usedIds.find(m_usedOrder.front());
        if (oldest->second + m_limits.callIdMemory >= now || m_offers.contains(oldest->first))
            return;
        m_usedIds.erase(oldest);
        m_usedOrder.pop_front();
    }
}

Offer Matcher::takeOffer(CallId id)
{
    const auto found = m_offers.find(id);
    Offer offer = std::move(found->second);
    m_offers.erase(found);
    m_byPair.erase(pairOf(offer));
    m_offerEnds.disarm(id);
    const auto from = m_offersFrom.find(offer.connection);
    std::erase(from->second, id);
    if (from->second.empty())
        m_offersFrom.erase(from);
    return offer;
}

Arrival Matcher::takeArrival(ArrivalKey key)
{
    const auto found = m_arrivals.find(key);
    Arrival arrival = std::move(found->second);
    m_arrivals.erase(found);
    m_arrivalEnds.disarm(key);
    const auto of = m_arrivalsOf.find(arrival.calleeTag);
    std::erase(of->second, key);
    if (of->second.empty())
        m_arrivalsOf.erase(of);
    return arrival;
}

void Matcher::lapseOffer(CallId id, Reason reason)
{
    m_lapses.push_back({takeOffer(id), reason});
}

void Matcher::lapseArrival(ArrivalKey key, Reason reason)
{
    m_lapses.push_back({takeArrival(key), reason});
}

} // namespace ringlift::server
