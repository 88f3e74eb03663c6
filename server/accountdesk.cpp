#include "server/accountdesk.h"

#include "core/crypto/identity.h"

namespace ringlift::server {

using protocol::ErrorCode;

namespace {

constexpr std::string_view kSetLock = "reglock.set";
constexpr std::string_view kDelete = "account.delete";

} // namespace

bool AccountDesk::isSigned(const Session &session, const Bytes &text, const protocol::Signature &signature) const
{
    const auto key = *toArray<32>(ByteView(session.account->idcard).subspan(4, 32));
    return crypto::verifySignature(key, text, signature);
}

void AccountDesk::setLock(Session &session, const protocol::ReglockSet &message)
{
    const AccountId account = session.account->id;
    if (!isSigned(session, crypto::reglockMessage(account, session.serverNonce), message.sig))
        return m_context.outbox.refuse(session.id, ErrorCode::Auth, kSetLock);
    if (!message.pinProof)
        return storeLock(session.id, account, {});
    if (!m_pins.hasRoom() || m_pins.isHashingFor(account))
        return m_context.outbox.refuse(session.id, ErrorCode::BusyServer, kSetLock);
    m_pins.hash({session.id, account}, *message.pinProof);
}

void AccountDesk::lockHashed(const PinDesk::Setting &setting, const std::string &hash)
{
    const Session *const session = m_context.sessions.find(setting.connection);
    if (session == nullptr || !session->account || session->account->id != setting.account)
        return;
    if (hash.empty())
        return m_context.outbox.refuse(setting.connection, ErrorCode::BusyServer, kSetLock);
    storeLock(setting.connection, setting.account, hash);
}

void AccountDesk::storeLock(ConnectionId connection, const AccountId &account, const std::string &hash)
{
    const auto stored = m_context.modify(account, [&](Account &row) {
        row.reglock = hash;
        row.pinTriesUsed = 0;
    });
    if (stored)
        m_context.outbox.send(connection, protocol::AccountDone{std::string(kSetLock)});
    else
        m_context.outbox.refuse(connection, ErrorCode::BusyServer, kSetLock);
}

std::optional<AccountId> AccountDesk::remove(Session &session, const protocol::AccountDelete &message)
{
    const AccountId account = session.account->id;
    const ConnectionId connection = session.id;
    if (!isSigned(session, crypto::deleteMessage(account, session.serverNonce), message.sig)) {
        m_context.outbox.refuse(connection, ErrorCode::Auth, kDelete);
        return std::nullopt;
    }
    if (!m_context.registry.remove(account)) {
        m_context.outbox.refuse(connection, ErrorCode::BusyServer, kDelete);
        return std::nullopt;
    }
    m_context.outbox.send(connection, protocol::AccountDone{std::string(kDelete)});
    m_context.close(connection, CloseCode::Normal);
    return account;
}

} // namespace ringlift::server
