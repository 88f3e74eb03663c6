#include "server/sessions.h"

namespace ringlift::server {

Session &Sessions::open(Session session)
{
    const ConnectionId id = session.id;
    return m_sessions.insert_or_assign(id, std::move(session)).first->second;
}

Session *Sessions::find(ConnectionId id)
{
    const auto found = m_sessions.find(id);
    return found == m_sessions.end() ? nullptr : &found->second;
}

Session *Sessions::ofAccount(const AccountId &account)
{
    const auto found = m_byAccount.find(account);
    return found == m_byAccount.end() ? nullptr : find(found->second);
}

Session *Sessions::ofNumber(const protocol::Key32 &numberTag, protocol::AccountKind kind)
{
    const auto found = m_byNumber.find({numberTag, kind});
    return found == m_byNumber.end() ? nullptr : find(found->second);
}

void Sessions::logIn(Session &session, Account account)
{
    unlist(session);
    m_byAccount.insert_or_assign(account.id, session.id);
    m_byNumber.insert_or_assign({account.numberTag, account.kind}, session.id);
    session.account = std::move(account);
    m_deadlines.disarm(session.id);
}

void Sessions::remove(ConnectionId id)
{
    const auto found = m_sessions.find(id);
    if (found == m_sessions.end())
        return;
    unlist(found->second);
    m_deadlines.disarm(id);
    m_sessions.erase(found);
}

void Sessions::unlist(const Session &session)
{
    if (!session.account)
        return;
    m_byAccount.erase(session.account->id);
    const auto number = m_byNumber.find({session.account->numberTag, session.account->kind});
    if (number != m_byNumber.end() && number->second == session.id)
        m_byNumber.erase(number);
}

} // namespace ringlift::server
