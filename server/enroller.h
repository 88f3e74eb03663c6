#pragma once

#include "server/pindesk.h"
#include "server/registrations.h"

namespace ringlift::server {

/// Makes the account once its number is proven: registration lock, replacement, quarantine (protocol.md 3.3).
class Enroller
{
public:
    Enroller(Context &context, Registrations &registrations, PinDesk &pins)
        : m_context(context), m_registrations(registrations), m_pins(pins)
    {
    }

    /// The code was right. A registry that is busy is tried again for a while; the answer goes to the connection.
    void finish(TimePoint now, Registration &registration, ConnectionId connection);
    void unlock(TimePoint now, Session &session, const protocol::RegisterUnlock &message);
    void pinChecked(TimePoint now, const PinDesk::Check &check, bool correct);

    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const { return m_retryAt; }
    /// Accounts that exist no more since the last call.
    std::vector<AccountId> takeReplaced() { return std::exchange(m_replaced, {}); }

private:
    struct Pending {
        SessionId registration;
        ConnectionId connection{};
        Registration::Stage before{};
        TimePoint giveUp{};
    };
    /// The account that the new one replaces, and the one of the other kind with the same number.
    struct Holders {
        std::optional<Account> same;
        std::optional<Account> other;
    };

    RegistryResult<void> tryFinish(TimePoint now, Registration &registration, Session &session);
    RegistryResult<Holders> holdersOf(const Registration &registration);
    RegistryResult<std::optional<Account>> holderOf(const Registration &registration, protocol::AccountKind kind);
    RegistryResult<void> store(const Registration &registration, const Account &account);
    const Account *lockOf(const Holders &holders);
    std::uint32_t pinTriesUsed(const Account &account) const;
    void demandPin(TimePoint now, Registration &registration, const Session &session, const Account &lock);
    bool chargePinTry(const Account &lock);
    void acceptPin(TimePoint now, const PinDesk::Check &check, Registration *registration);
    void refusePin(const PinDesk::Check &check);
    Account accountOf(const Registration &registration, const Holders &holders);
    bool isSimSwap(const Registration &registration, const std::optional<Account> &old) const;
    void welcome(const Registration &registration, const Holders &holders, Session &session, const Account &account);
    void giveUp(const Pending &pending);
    bool retry(TimePoint now, const Pending &pending);

    Context &m_context;
    Registrations &m_registrations;
    PinDesk &m_pins;
    std::vector<Pending> m_pending;
    std::optional<TimePoint> m_retryAt;
    std::vector<AccountId> m_replaced;
};

} // namespace ringlift::server
