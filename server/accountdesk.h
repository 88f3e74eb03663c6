#pragma once

#include "server/pindesk.h"

namespace ringlift::server {

/// What an account may do with itself: set its lock, delete itself (protocol.md 3.5 "Envelope").
class AccountDesk
{
public:
    AccountDesk(Context &context, PinDesk &pins) : m_context(context), m_pins(pins) { }

    void setLock(Session &session, const protocol::ReglockSet &message);
    void lockHashed(const PinDesk::Setting &setting, const std::string &hash);
    /// The id of the account that is no more, if it was deleted.
    std::optional<AccountId> remove(Session &session, const protocol::AccountDelete &message);

private:
    bool isSigned(const Session &session, const Bytes &text, const protocol::Signature &signature) const;
    void storeLock(ConnectionId connection, const AccountId &account, const std::string &hash);

    Context &m_context;
    PinDesk &m_pins;
};

} // namespace ringlift::server
