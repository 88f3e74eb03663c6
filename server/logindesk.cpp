#include "server/logindesk.h"

#include "core/crypto/identity.h"

namespace ringlift::server {

using protocol::ErrorCode;

void LoginDesk::opened(TimePoint now, const ConnectionOpened &connection)
{
    Session session;
    session.id = connection.id;
    session.source = SourceAddress::parse(connection.source);
    session.channelBinding = connection.channelBinding;
    session.serverNonce = m_context.random.array<32>();
    session.challengeEnds = now + m_context.limits.challengeLifetime;
    const crypto::SigningKey &key = m_context.secrets.serverKey;
    protocol::Challenge challenge;
    challenge.serverNonce = session.serverNonce;
    challenge.serverPk = key.publicKey();
    challenge.retag = m_context.tags.areRotating();
    challenge.serverSig = key.sign(crypto::serverHelloMessage(session.serverNonce, session.channelBinding));
    if (const auto &next = m_context.secrets.nextServerKey) {
        challenge.nextPk = next->publicKey();
        challenge.nextSig = key.sign(crypto::serverKeyMessage(next->publicKey()));
    }
    m_context.sessions.setDeadline(session.id, now + m_context.limits.firstMessage);
    m_context.sessions.open(std::move(session));
    m_context.outbox.send(connection.id, challenge);
}

void LoginDesk::auth(TimePoint now, Session &session, const protocol::Auth &message)
{
    if (session.account || session.challengeUsed || now > session.challengeEnds)
        return m_context.outbox.refuse(session.id, ErrorCode::Auth, "auth");
    const auto found = find(message.accountId);
    if (!found)
        return m_context.outbox.refuse(session.id, ErrorCode::BusyServer, "auth");
    session.challengeUsed = true;
    if (!isSignedBy(session, message, *found))
        return refuse(now, session);
    const Account &account = **found;
    if (account.frozen) {
        const std::uint32_t remaining = m_context.lockSeconds(account);
        return m_context.outbox.refuse(session.id, Problem(ErrorCode::RegLocked).remaining(remaining), "auth");
    }
    const bool isNew = m_context.sessions.ofAccount(account.id) == nullptr;
    if (isNew && m_context.sessions.loggedIn() >= m_context.limits.loggedIn) {
        m_context.outbox.refuse(session.id, ErrorCode::BusyServer, "auth");
        return m_context.close(session.id, CloseCode::Busy);
    }
    welcome(now, session, moved(account, message));
}

// One whose key is dropped is as good as deleted.
RegistryResult<std::optional<Account>> LoginDesk::find(const AccountId &id)
{
    auto found = m_context.registry.find(id);
    if (found && *found && !m_context.tags.hold((*found)->tagKeyId))
        return std::optional<Account>();
    return found;
}

// protocol.md 3.2. What the phone showed is proven, so a registry that cannot write now costs it no match: it moves at
// a later login. One that cannot move keeps its old tags, which meet nobody's.
Account LoginDesk::moved(const Account &account, const protocol::Auth &message)
{
    const std::optional<Account> next = m_context.tags.moved(account, message);
    if (!next)
        return account;
    const auto holder = m_context.registry.findByNumber(next->numberTag, next->kind);
    if (holder && *holder)
        return account;
    static_cast<void>(m_context.registry.update(*next));
    return *next;
}

// Takes the same time for an account that does not exist: the signature is checked all the same.
bool LoginDesk::isSignedBy(const Session &session, const protocol::Auth &message,
                           const std::optional<Account> &account) const
{
    protocol::Key32 key = m_context.secrets.serverKey.publicKey();
    if (account)
        key = *toArray<32>(ByteView(account->idcard).subspan(4, 32));
    const Bytes text = crypto::loginMessage(message.accountId, message.clientNonce, session.serverNonce,
                                            m_context.secrets.serverKey.publicKey(), session.channelBinding);
    const bool good = crypto::verifySignature(key, text, message.sig);
    return good && account.has_value();
}

// The challenge is spent, but the same connection may still register.
void LoginDesk::refuse(TimePoint now, const Session &session)
{
    m_context.sessions.setDeadline(session.id, now + m_context.limits.firstMessage);
    m_context.outbox.refuse(session.id, ErrorCode::Auth, "auth");
}

void LoginDesk::welcome(TimePoint now, Session &session, Account account)
{
    protocol::Welcome answer;
    answer.reverify = m_context.mustReverify(account);
    answer.quarantine = m_context.isQuarantined(account);
    answer.time = m_context.clock.unixSeconds();
    if (const Account *const echo = m_context.echoPeer(); echo != nullptr && echo->id != account.id) {
        answer.echoMsisdn = m_context.echoNumber;
        answer.echoIdcard = echo->idcard;
    }
    if (account.lastSeenDay != m_context.today())
        m_writes.seen(now, account.id);
    m_context.logIn(session, std::move(account));
    m_context.outbox.send(session.id, answer);
}

} // namespace ringlift::server
