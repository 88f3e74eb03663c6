#include "server/ratelimiter.h"

#include "core/crypto/tags.h"

#include <algorithm>

namespace ringlift::server {

namespace {

constexpr std::uint8_t kCallerKind = 0xfe;
constexpr std::uint8_t kCalleeKind = 0xff;
constexpr Duration kPurgeInterval = std::chrono::seconds(1);

} // namespace

RateLimiter::RateLimiter(const Limits &limits, RandomSource &random)
    : m_random(random),
      m_memory(limits.limiterMemory),
      m_unmatchedCallees(limits.unmatchedCallees),
      m_maxKeys(limits.limiterKeys)
{
    const auto bucket = [&](const BucketLimit &limit) {
        m_tables.emplace_back(LimitTable<BucketMeter, BucketLimit>(limit, limits.limiterKeys));
    };
    const auto window = [&](const WindowLimit &limit) {
        m_tables.emplace_back(LimitTable<WindowMeter, WindowLimit>(limit, limits.limiterKeys));
    };
    // In the order of enum Limit.
    window(limits.sessionsOfNumberHour);
    window(limits.sessionsOfNumberDay);
    window(limits.sessionsOfAddress);
    window(limits.sessionsOfNetwork);
    window(limits.sessionsOfCountry);
    window(limits.sessionsOfAll);
    bucket(limits.offerRate);
    window(limits.offersDay);
    window(limits.manualOffers);
    window(limits.echoOffers);
    bucket(limits.arrivalRate);
    window(limits.arrivalsDay);
    window(limits.unmatchedOfCli);
    bucket(limits.matchRate);
    m_random.fill(m_key.writable());
}

std::optional<Duration> RateLimiter::take(TimePoint now, std::initializer_list<Claim> claims)
{
    startMemory(now);
    Duration longest{};
    std::vector<protocol::Key32> keys;
    for (const Claim &claim : claims) {
        keys.push_back(keyOf(static_cast<std::uint8_t>(claim.limit), claim.subject));
        const auto wait = [&](auto &meters) { return meters.wait(now, keys.back()); };
        longest = std::max(longest, std::visit(wait, table(claim.limit)));
    }
    if (longest > Duration::zero())
        return longest;
    std::size_t index = 0;
    for (const Claim &claim : claims) {
        std::visit([&](auto &meters) { meters.take(now, keys[index]); }, table(claim.limit));
        ++index;
    }
    return std::nullopt;
}

bool RateLimiter::record(TimePoint now, const Claim &claim)
{
    startMemory(now);
    const protocol::Key32 key = keyOf(static_cast<std::uint8_t>(claim.limit), claim.subject);
    const auto count = [&](auto &meters) {
        if (meters.wait(now, key) > Duration::zero())
            return true;
        meters.take(now, key);
        return meters.wait(now, key) > Duration::zero();
    };
    return std::visit(count, table(claim.limit));
}

bool RateLimiter::takeCallee(TimePoint now, ByteView account, ByteView callee)
{
    startMemory(now);
    const protocol::Key32 caller = keyOf(kCallerKind, account);
    if (!m_callees.contains(caller) && !hasRoomForCaller(now))
        return false;
    Callees &callees = m_callees[caller];
    std::erase_if(callees, [&](const auto &entry) { return entry.second + m_unmatchedCallees.window <= now; });
    const protocol::Key32 key = keyOf(kCalleeKind, account, callee);
    if (!callees.contains(key) && callees.size() >= m_unmatchedCallees.count)
        return false;
    callees.insert_or_assign(key, now);
    return true;
}

void RateLimiter::calleeMatched(ByteView account, ByteView callee)
{
    if (const auto found = m_callees.find(keyOf(kCallerKind, account)); found != m_callees.end())
        found->second.erase(keyOf(kCalleeKind, account, callee));
}

bool RateLimiter::hasRoomForCaller(TimePoint now)
{
    if (m_callees.size() < m_maxKeys)
        return true;
    if (now < m_nextPurge)
        return false;
    m_nextPurge = now + kPurgeInterval;
    const auto lapsed = [&](const auto &callee) { return callee.second + m_unmatchedCallees.window <= now; };
    std::erase_if(m_callees,
                  [&](const auto &caller) { return std::all_of(caller.second.begin(), caller.second.end(), lapsed); });
    return m_callees.size() < m_maxKeys;
}

void RateLimiter::startMemory(TimePoint now)
{
    rotate(now);
    if (!m_rotateAt)
        m_rotateAt = now + m_memory;
}

void RateLimiter::rotate(TimePoint now)
{
    if (!m_rotateAt || now < *m_rotateAt)
        return;
    m_rotateAt.reset();
    m_random.fill(m_key.writable());
    for (Table &table : m_tables)
        std::visit([](auto &meters) { meters.clear(); }, table);
    m_callees.clear();
}

std::size_t RateLimiter::keys() const
{
    std::size_t sum = m_callees.size();
    for (const Table &table : m_tables)
        sum += std::visit([](const auto &meters) { return meters.size(); }, table);
    return sum;
}

std::size_t RateLimiter::mostKeys() const
{
    std::size_t most = m_callees.size();
    for (const Table &table : m_tables)
        most = std::max(most, std::visit([](const auto &meters) { return meters.size(); }, table));
    return most;
}

protocol::Key32 RateLimiter::keyOf(std::uint8_t kind, ByteView subject, ByteView detail) const
{
    return crypto::hmacSha256(m_key.view(), ByteWriter().u8(kind).bytes(subject).bytes(detail).view());
}

} // namespace ringlift::server
