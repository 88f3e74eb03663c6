#pragma once

#include "core/base/result.h"
#include "server/connectionid.h"
#include "server/deadlines.h"
#include "server/ratelimiter.h"

#include <deque>
#include <tuple>

namespace ringlift::server {

/// A dial that waits for the ring it caused. Its sender is logged in and may match (M1).
struct Offer {
    CallId id;
    ConnectionId connection{};
    AccountId account;
    protocol::Key32 callerTag{};
    protocol::Key32 calleeTag{};
    protocol::Msisdn caller;
    protocol::Key32 commit{};
    Bytes caps;
    /// Set for a manual offer whose callee was asked on screen: the account that may accept it.
    std::optional<AccountId> requested;
    bool manual = false;
};

/// A ring that waits for the dial behind it. Its sender is logged in and showed the SIM of the account (M1, M3).
struct Arrival {
    ArriveId id;
    ConnectionId connection{};
    AccountId account;
    protocol::Key32 calleeTag{};
    /// Tags of the caller-ID's readings, sorted; empty: the platform cannot know the caller-ID (M5).
    std::vector<protocol::Key32> cli;
    bool manual = false;
};

struct Match {
    Offer offer;
    Arrival arrival;
};

/// Brings dials and rings together by the rules M2 and M4 to M10 of protocol.md 3.5. Sans-IO; knows tags, no sockets.
class Matcher
{
public:
    enum class Refusal { UsedId, TooManyOfSocket, Full };
    enum class Reason { Expired, Replaced, Cancelled, Disconnected };
    /// An offer or arrival that has ended without a match.
    struct Lapse {
        std::variant<Offer, Arrival> what;
        Reason reason;
    };

    Matcher(const Limits &limits, RateLimiter &limiter) : m_limits(limits), m_limiter(limiter) { }

    Expected<std::optional<Match>, Refusal> addOffer(TimePoint now, Offer offer);
    Expected<std::optional<Match>, Refusal> addArrival(TimePoint now, Arrival arrival);
    /// Only what came over this connection can be cancelled over it.
    void cancel(ConnectionId connection, const CallId &id);
    void cancel(ConnectionId connection, const ArriveId &id);
    /// The callee refused on screen.
    void decline(const AccountId &callee, const CallId &id);
    void dropConnection(ConnectionId connection);

    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const;
    /// Call until empty after every other call.
    std::optional<Lapse> takeLapse();

    /// Manual offers to this number that wait for an answer on a screen, but for the one that the caller would replace.
    std::size_t openRequests(const protocol::Key32 &calleeTag, const protocol::Key32 &callerTag) const;
    std::size_t offers() const { return m_offers.size(); }
    std::size_t arrivals() const { return m_arrivals.size(); }
    std::size_t usedCallIds() const { return m_usedIds.size(); }

private:
    /// Callee, manual, caller: all offers to one callee stand together.
    using Pair = std::tuple<protocol::Key32, bool, protocol::Key32>;
    using ArrivalKey = std::pair<ConnectionId, ArriveId>;
    using OfferMap = std::map<CallId, Offer>;

    static Pair pairOf(const Offer &offer) { return {offer.calleeTag, offer.manual, offer.callerTag}; }
    std::optional<Refusal> refusal(TimePoint now, const Offer &offer, bool replaces);
    std::optional<ArrivalKey> sameRing(const Arrival &arrival) const;
    std::optional<Match> tryOffer(TimePoint now, const Offer &offer);
    std::optional<Match> tryArrival(TimePoint now, const Arrival &arrival);
    std::optional<CallId> offerFor(const Arrival &arrival) const;
    std::optional<CallId> onlyOfferTo(const protocol::Key32 &calleeTag) const;
    std::optional<CallId> offerOfCli(const Arrival &arrival) const;
    std::optional<Match> consume(TimePoint now, const CallId &offer, const ArrivalKey &arrival);
    void rememberId(TimePoint now, const CallId &id);
    void forgetOldIds(TimePoint now);
    // By value: the caller's copy may stand in what is erased.
    Offer takeOffer(CallId id);
    Arrival takeArrival(ArrivalKey key);
    void lapseOffer(CallId id, Reason reason);
    void lapseArrival(ArrivalKey key, Reason reason);

    const Limits &m_limits;
    RateLimiter &m_limiter;
    OfferMap m_offers;
    std::map<Pair, CallId> m_byPair;
    std::map<ArrivalKey, Arrival> m_arrivals;
    std::map<protocol::Key32, std::vector<ArrivalKey>> m_arrivalsOf;
    std::map<ConnectionId, std::vector<CallId>> m_offersFrom;
    Deadlines<CallId> m_offerEnds;
    Deadlines<ArrivalKey> m_arrivalEnds;
    std::map<CallId, TimePoint> m_usedIds;
    std::deque<CallId> m_usedOrder;
    std::deque<Lapse> m_lapses;
};

} // namespace ringlift::server
