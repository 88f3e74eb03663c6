#include "server/enroller.h"

#include <algorithm>

namespace ringlift::server {

using protocol::AccountKind;
using protocol::ErrorCode;
using Stage = Registration::Stage;

void Enroller::finish(TimePoint now, Registration &registration, ConnectionId connection)
{
    Session *const session = m_context.sessions.find(connection);
    if (session == nullptr)
        return;
    const Pending pending{registration.id, connection, registration.stage, now + m_context.limits.registryPatience};
    const RegistryResult<void> done = tryFinish(now, registration, *session);
    if (done)
        return;
    if (done.error() == RegistryError::Failed)
        return giveUp(pending);
    registration.stage = Stage::Busy;
    m_pending.push_back(pending);
    m_retryAt = earlier(m_retryAt, now + m_context.limits.registryRetry);
}

RegistryResult<void> Enroller::tryFinish(TimePoint now, Registration &registration, Session &session)
{
    const RegistryResult<Holders> holders = holdersOf(registration);
    if (!holders)
        return Unexpected(holders.error());
    const Account *const lock = lockOf(*holders);
    if (lock != nullptr && !registration.pinProven) {
        demandPin(now, registration, session, *lock);
        return {};
    }
    const Account account = accountOf(registration, *holders);
    if (const auto stored = store(registration, account); !stored)
        return stored;
    welcome(registration, *holders, session, account);
    return {};
}

RegistryResult<Enroller::Holders> Enroller::holdersOf(const Registration &registration)
{
    const AccountKind otherKind = registration.kind == AccountKind::Sim ? AccountKind::Manual : AccountKind::Sim;
    const auto same = holderOf(registration, registration.kind);
    if (!same)
        return Unexpected(same.error());
    const auto other = holderOf(registration, otherKind);
    if (!other)
        return Unexpected(other.error());
    return Holders{*same, *other};
}

RegistryResult<std::optional<Account>> Enroller::holderOf(const Registration &registration, AccountKind kind)
{
    auto found = m_context.registry.findByNumber(registration.numberTag, kind);
    for (const TagsOfKey &older : registration.olderTags) {
        if (!found || *found)
            break;
        found = m_context.registry.findByNumber(older.number, kind);
    }
    return found;
}

RegistryResult<void> Enroller::store(const Registration &registration, const Account &account)
{
    std::vector<protocol::Key32> olderTags;
    for (const TagsOfKey &older : registration.olderTags)
        olderTags.push_back(older.number);
    return m_context.registry.replace(account, olderTags);
}

// A lock guards the number, so also against an account of the other kind.
const Account *Enroller::lockOf(const Holders &holders)
{
    for (const std::optional<Account> *holder : {&holders.same, &holders.other}) {
        if (*holder && m_context.isLocked(**holder))
            return &**holder;
    }
    return nullptr;
}

void Enroller::demandPin(TimePoint now, Registration &registration, const Session &session, const Account &lock)
{
    if (registration.stage != Stage::Pin) {
        m_context.outbox.push(ForgetCode{registration.id});
        m_registrations.extend(registration.id, now + m_context.limits.codeLifetime);
    }
    registration.stage = Stage::Pin;
    m_context.outbox.refuse(session.id, Problem(ErrorCode::RegLocked).remaining(m_context.lockSeconds(lock)),
                            "register.verify");
}

Account Enroller::accountOf(const Registration &registration, const Holders &holders)
{
    Account account;
    account.id = m_context.random.id<AccountId>();
    account.numberTag = registration.numberTag;
    account.imsiTag = registration.imsiTag;
    account.simHandle = registration.simHandle;
    account.kind = registration.kind;
    account.idcard = registration.idcard;
    account.tagKeyId = m_context.secrets.tagKeyId;
    account.createdDay = account.verifiedDay = account.lastSeenDay = m_context.today();
    if (registration.pinProven && holders.same)
        account.reglock = holders.same->reglock;
    if (!registration.pinProven && isSimSwap(registration, holders.same)) {
        constexpr std::int64_t kSecondsOfHour = 3'600;
        const std::int64_t until = m_context.clock.unixSeconds() + m_context.limits.quarantineHours * kSecondsOfHour;
        account.quarantineUntilHour = static_cast<std::uint32_t>((until + kSecondsOfHour - 1) / kSecondsOfHour);
    }
    return account;
}

// T08. A handle instead of the IMSI that was shown before could hide a change, so it counts as one.
bool Enroller::isSimSwap(const Registration &registration, const std::optional<Account> &old) const
{
    if (!old || !old->imsiTag)
        return false;
    const auto isOfItsKey = [&](const TagsOfKey &tags) { return tags.keyId == old->tagKeyId; };
    const auto older = std::find_if(registration.olderTags.begin(), registration.olderTags.end(), isOfItsKey);
    return (older == registration.olderTags.end() ? registration.imsiTag : older->imsi) != old->imsiTag;
}

void Enroller::welcome(const Registration &registration, const Holders &holders, Session &session,
                       const Account &account)
{
    if (registration.stage != Stage::Pin)
        m_context.outbox.push(ForgetCode{registration.id});
    m_context.outbox.send(session.id, protocol::RegisterDone{account.id, m_context.secrets.serverKey.publicKey()});
    if (holders.same) {
        m_replaced.push_back(holders.same->id);
        const Session *const old = m_context.sessions.ofAccount(holders.same->id);
        if (old != nullptr && old->id != session.id) {
            m_context.outbox.refuse(old->id, ErrorCode::Gone, {});
            m_context.close(old->id, CloseCode::Gone);
        }
    }
    // Best effort: the owner of a lock of the other kind has won with it.
    if (registration.pinProven && holders.other && holders.other->frozen)
        static_cast<void>(m_context.modify(holders.other->id, [](Account &other) {
            other.frozen = false;
            other.pinTriesUsed = 0;
        }));
    m_context.logIn(session, account);
    m_registrations.remove(registration.id);
}

void Enroller::unlock(TimePoint now, Session &session, const protocol::RegisterUnlock &message)
{
    const auto refuse = [&](const Problem &problem) {
        m_context.outbox.refuse(session.id, problem, "register.unlock");
    };
    Registration *const registration = m_registrations.find(message.sessionId);
    if (registration == nullptr || registration->stage == Stage::Code)
        return refuse(Problem(ErrorCode::RegExpired));
    if (registration->stage == Stage::Busy || !m_pins.hasRoom())
        return refuse(Problem(ErrorCode::BusyServer));
    const auto holders = holdersOf(*registration);
    if (!holders)
        return refuse(Problem(ErrorCode::BusyServer));
    const Account *const lock = lockOf(*holders);
    if (lock == nullptr || registration->pinProven)
        return finish(now, *registration, session.id);
    if (pinTriesUsed(*lock) >= m_context.limits.pinTries)
        return refuse(Problem(ErrorCode::RegLocked).left(0).remaining(m_context.lockSeconds(*lock)));
    if (!chargePinTry(*lock))
        return refuse(Problem(ErrorCode::BusyServer));
    registration->stage = Stage::Busy;
    m_registrations.extend(registration->id, now + m_context.limits.codeLifetime);
    if (!session.account)
        m_context.sessions.setDeadline(session.id, now + m_context.limits.registrationIdle);
    m_pins.check({registration->id, session.id, lock->id}, lock->reglock, message.pinProof);
}

std::uint32_t Enroller::pinTriesUsed(const Account &account) const
{
    const std::int32_t back = std::max(0, m_context.today() - account.pinTriesDay);
    return account.pinTriesUsed - std::min(account.pinTriesUsed, static_cast<std::uint32_t>(back));
}

// The old device is frozen with it: neither must depend on the process living until the verdict.
bool Enroller::chargePinTry(const Account &lock)
{
    const auto charge = [&](Account &account) {
        account.pinTriesUsed = pinTriesUsed(lock) + 1;
        account.pinTriesDay = m_context.today();
        account.frozen = true;
    };
    return m_context.modify(lock.id, charge).has_value();
}

void Enroller::pinChecked(TimePoint now, const PinDesk::Check &check, bool correct)
{
    Registration *const registration = m_registrations.find(check.registration);
    if (registration != nullptr)
        registration->stage = Stage::Pin;
    if (correct)
        acceptPin(now, check, registration);
    else
        refusePin(check);
}

void Enroller::acceptPin(TimePoint now, const PinDesk::Check &check, Registration *registration)
{
    if (registration != nullptr && m_context.sessions.find(check.connection) != nullptr) {
        registration->pinProven = true;
        return finish(now, *registration, check.connection);
    }
    // Whoever knew the PIN has gone: the lock's owner goes on as before. Best effort.
    static_cast<void>(m_context.modify(check.lockOwner, [](Account &account) {
        account.pinTriesUsed = 0;
        account.frozen = false;
    }));
}

void Enroller::refusePin(const PinDesk::Check &check)
{
    const Session *const old = m_context.sessions.ofAccount(check.lockOwner);
    if (old != nullptr && old->id != check.connection)
        m_context.close(old->id, CloseCode::Policy); // frozen, not gone
    const auto lock = m_context.registry.find(check.lockOwner);
    if (m_context.sessions.find(check.connection) == nullptr || !lock || !lock->has_value())
        return;
    const std::uint32_t used = std::min(m_context.limits.pinTries, pinTriesUsed(**lock));
    m_context.outbox.refuse(
        check.connection,
        Problem(ErrorCode::RegLocked).left(m_context.limits.pinTries - used).remaining(m_context.lockSeconds(**lock)),
        "register.unlock");
}

void Enroller::handleTimeout(TimePoint now)
{
    if (!m_retryAt || *m_retryAt > now)
        return;
    std::vector<Pending> waiting = std::exchange(m_pending, {});
    for (auto pending = waiting.begin(); pending != waiting.end(); ++pending) {
        if (retry(now, *pending))
            continue;
        // Still busy: the others need not ask.
        m_pending.insert(m_pending.begin(), pending, waiting.end());
        break;
    }
    std::erase_if(m_pending, [&](const Pending &pending) {
        if (now < pending.giveUp)
            return false;
        giveUp(pending);
        return true;
    });
    m_retryAt = m_pending.empty() ? std::nullopt : std::optional(now + m_context.limits.registryRetry);
}

bool Enroller::retry(TimePoint now, const Pending &pending)
{
    Registration *const registration = m_registrations.find(pending.registration);
    Session *const session = m_context.sessions.find(pending.connection);
    if (registration == nullptr)
        return true;
    registration->stage = pending.before;
    if (session == nullptr)
        return true;
    const RegistryResult<void> done = tryFinish(now, *registration, *session);
    if (done)
        return true;
    if (done.error() == RegistryError::Failed) {
        giveUp(pending);
        return true;
    }
    registration->stage = Stage::Busy;
    return false;
}

// The registration stays as it was, so that the client may try again.
void Enroller::giveUp(const Pending &pending)
{
    Registration *const registration = m_registrations.find(pending.registration);
    if (registration != nullptr)
        registration->stage = pending.before;
    if (m_context.sessions.find(pending.connection) == nullptr)
        return;
    m_context.outbox.refuse(pending.connection, ErrorCode::BusyServer,
                            registration != nullptr && registration->pinProven ? "register.unlock" : "register.verify");
}

} // namespace ringlift::server
