#pragma once

#include "server/deferredwrites.h"

namespace ringlift::server {

/// Greets connections and lets accounts in (protocol.md 3.4).
class LoginDesk
{
public:
    LoginDesk(Context &context, DeferredWrites &writes) : m_context(context), m_writes(writes) { }

    void opened(TimePoint now, const ConnectionOpened &connection);
    void auth(TimePoint now, Session &session, const protocol::Auth &message);

private:
    bool isSignedBy(const Session &session, const protocol::Auth &message, const std::optional<Account> &account) const;
    void refuse(TimePoint now, const Session &session);
    RegistryResult<std::optional<Account>> find(const AccountId &id);
    Account moved(const Account &account, const protocol::Auth &message);
    void welcome(TimePoint now, Session &session, Account account);

    Context &m_context;
    DeferredWrites &m_writes;
};

} // namespace ringlift::server
