#pragma once

#include "server/outbox.h"
#include "server/proxyleaves.h"
#include "server/ratelimiter.h"
#include "server/sessions.h"
#include "server/tagkeys.h"

#include <functional>

namespace ringlift::server {

/// What all parts of the core work with.
class Context
{
public:
    Context(const Limits &allLimits, const Secrets &allSecrets, Registry &accounts, const WallClock &wallClock,
            RandomSource &source)
        : limits(allLimits),
          secrets(allSecrets),
          registry(accounts),
          clock(wallClock),
          random(source),
          tags(secrets, clock, limits.tagKeyDays),
          limiter(limits, source),
          echoNumber(limits.manualMode ? protocol::Msisdn::fromE164(limits.echoNumber) : std::nullopt)
    {
    }

    const Limits limits;
    const Secrets &secrets;
    Registry &registry;
    const WallClock &clock;
    RandomSource &random;
    const TagKeys tags;
    RateLimiter limiter;
    Sessions sessions;
    ProxyLeaves proxyLeaves;
    Outbox outbox;
    /// Of the account that sends back what it hears.
    const std::optional<protocol::Msisdn> echoNumber;

    std::int32_t today() const { return clock.today(); }
    bool isQuarantined(const Account &account) const;
    bool mustReverify(const Account &account) const;
    /// M1: neither quarantined nor flagged, and its number was proven lately.
    bool mayMatch(const Account &account) const;

    bool isEchoPeer(const protocol::Key32 &numberTag) const
    {
        return echoNumber && tags.numberTag(*echoNumber) == numberTag;
    }
    /// While it is there.
    const Account *echoPeer();

    /// The registration lock holds: it is set, and its owner was seen lately.
    bool isLocked(const Account &account);
    /// Until the lock lapses if its owner stays away.
    std::uint32_t lockSeconds(const Account &account);

    /// Reads the account, changes it, writes it; nothing happens when it is gone.
    RegistryResult<void> modify(const AccountId &id, const std::function<void(Account &)> &change);
    /// Ends the connection from our side; lost() tells what it takes along.
    void close(ConnectionId id, CloseCode code);
    /// Makes the session the only one of the account; what it began as another account is lost.
    void logIn(Session &session, Account account);

    /// Connections that ended, or changed their account, since the last call.
    std::vector<ConnectionId> takeLost() { return std::exchange(m_lost, {}); }
    void lose(ConnectionId id);

private:
    static constexpr std::int64_t kSecondsOfDay = 86'400;

    std::int32_t lastSeenDay(const Account &account);

    std::vector<ConnectionId> m_lost;
};

} // namespace ringlift::server
