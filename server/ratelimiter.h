#pragma once

#include "core/base/random.h"
#include "core/crypto/secretkey.h"
#include "server/limittable.h"

#include <initializer_list>
#include <optional>
#include <variant>

namespace ringlift::server {

/// The limits that count by subject, in the order of protocol.md 3.3 and 3.5.
enum class Limit {
    SessionsOfNumberHour,
    SessionsOfNumberDay,
    SessionsOfAddress,
    SessionsOfNetwork,
    SessionsOfCountry,
    SessionsOfAll,
    OfferRate,
    OffersDay,
    ManualOffers,
    EchoOffers,
    ArrivalRate,
    ArrivalsDay,
    UnmatchedOfCli,
    MatchRate
};

/// Whose share of a limit is asked for.
struct Claim {
    Limit limit;
    ByteView subject;
};

/// All rate limits, keyed by HMAC under a key that lives in RAM only and for a day (protocol.md 4.3). Fails closed.
class RateLimiter
{
public:
    RateLimiter(const Limits &limits, RandomSource &random);

    /// Takes one from every limit; or takes none and says how long to wait.
    std::optional<Duration> take(TimePoint now, std::initializer_list<Claim> claims);
    /// Counts an event that cannot be refused; true when the limit is used up by it.
    bool record(TimePoint now, const Claim &claim);

    /// L5: at most limits.unmatchedCallees different callees that did not match. False: one too many.
    bool takeCallee(TimePoint now, ByteView account, ByteView callee);
    void calleeMatched(ByteView account, ByteView callee);

    /// Forgets everything once the key has served its time.
    void rotate(TimePoint now);
    /// When there will be something to forget.
    std::optional<TimePoint> nextTimeout() const { return m_rotateAt; }
    std::size_t keys() const;
    /// Of the table that holds the most: at most limits.limiterKeys.
    std::size_t mostKeys() const;

private:
    using Table = std::variant<LimitTable<BucketMeter, BucketLimit>, LimitTable<WindowMeter, WindowLimit>>;
    using Callees = std::map<protocol::Key32, TimePoint>;

    protocol::Key32 keyOf(std::uint8_t kind, ByteView subject, ByteView detail = {}) const;
    Table &table(Limit limit) { return m_tables[static_cast<std::size_t>(limit)]; }
    bool hasRoomForCaller(TimePoint now);
    void startMemory(TimePoint now);

    RandomSource &m_random;
    crypto::SecretKey m_key;
    Duration m_memory;
    std::optional<TimePoint> m_rotateAt;
    std::vector<Table> m_tables;
    WindowLimit m_unmatchedCallees;
    std::size_t m_maxKeys;
    std::map<protocol::Key32, Callees> m_callees;
    TimePoint m_nextPurge{};
};

} // namespace ringlift::server
