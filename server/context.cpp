#include "server/context.h"

namespace ringlift::server {

namespace {

constexpr std::int64_t kSecondsOfHour = 3'600;

} // namespace

bool Context::isQuarantined(const Account &account) const
{
    return clock.unixSeconds() < account.quarantineUntilHour * kSecondsOfHour;
}

bool Context::mustReverify(const Account &account) const
{
    return account.flagged || today() - account.verifiedDay > limits.reverifyDays;
}

bool Context::mayMatch(const Account &account) const
{
    return !account.flagged && !isQuarantined(account) && today() - account.verifiedDay <= limits.unverifiedDays;
}

const Account *Context::echoPeer()
{
    if (!echoNumber)
        return nullptr;
    const Session *const session = sessions.ofNumber(tags.numberTag(*echoNumber), protocol::AccountKind::Manual);
    return session != nullptr && mayMatch(*session->account) ? &*session->account : nullptr;
}

bool Context::isLocked(const Account &account)
{
    return !account.reglock.empty() && today() - lastSeenDay(account) <= limits.reglockDays;
}

std::int32_t Context::lastSeenDay(const Account &account)
{
    return sessions.ofAccount(account.id) != nullptr ? today() : account.lastSeenDay;
}

std::uint32_t Context::lockSeconds(const Account &account)
{
    const std::int64_t lapses = (lastSeenDay(account) + limits.reglockDays + 1) * kSecondsOfDay;
    return static_cast<std::uint32_t>(std::max<std::int64_t>(1, lapses - clock.unixSeconds()));
}

RegistryResult<void> Context::modify(const AccountId &id, const std::function<void(Account &)> &change)
{
    RegistryResult<std::optional<Account>> found = registry.find(id);
    if (!found)
        return Unexpected(found.error());
    std::optional<Account> &account = *found;
    if (!account)
        return {};
    change(*account);
    return registry.update(*account);
}

void Context::close(ConnectionId id, CloseCode code)
{
    outbox.push(CloseConnection{id, static_cast<int>(code)});
    lose(id);
}

void Context::lose(ConnectionId id)
{
    sessions.remove(id);
    m_lost.push_back(id);
}

void Context::logIn(Session &session, Account account)
{
    const Session *const older = sessions.ofAccount(account.id);
    if (older != nullptr && older->id != session.id)
        close(older->id, CloseCode::Policy); // the account lives on: not E_GONE
    if (session.account)
        m_lost.push_back(session.id);
    sessions.logIn(session, std::move(account));
    outbox.push(LoggedIn{session.id});
}

} // namespace ringlift::server
