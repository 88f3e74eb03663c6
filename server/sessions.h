#pragma once

#include "server/connectionid.h"
#include "server/deadlines.h"
#include "server/limittable.h"
#include "server/registry.h"
#include "server/sourceaddress.h"

namespace ringlift::server {

/// One connection and, once it has logged in, the account behind it with all facts that matching needs.
struct Session {
    ConnectionId id{};
    SourceAddress source;
    protocol::Key32 channelBinding{};
    /// Stays: deleting the account and setting its lock are signed over it too.
    protocol::Key32 serverNonce{};
    TimePoint challengeEnds{};
    bool challengeUsed = false;
    BucketMeter messages;
    std::optional<Account> account;
};

/// All connections: by id, by account, by number; and when those that do not log in have to go.
class Sessions
{
public:
    using NumberKey = std::pair<protocol::Key32, protocol::AccountKind>;

    Session &open(Session session);
    Session *find(ConnectionId id);
    Session *ofAccount(const AccountId &account);
    Session *ofNumber(const protocol::Key32 &numberTag, protocol::AccountKind kind);
    /// Whoever was logged in as this account must be removed first.
    void logIn(Session &session, Account account);
    void remove(ConnectionId id);

    /// The connection has until then to say something that counts.
    void setDeadline(ConnectionId id, TimePoint at) { m_deadlines.arm(id, at); }
    std::optional<ConnectionId> takeOverdue(TimePoint now) { return m_deadlines.takeDue(now); }
    std::optional<TimePoint> nextTimeout() const { return m_deadlines.next(); }

    std::size_t size() const { return m_sessions.size(); }
    std::size_t loggedIn() const { return m_byAccount.size(); }

private:
    void unlist(const Session &session);

    std::map<ConnectionId, Session> m_sessions;
    std::map<AccountId, ConnectionId> m_byAccount;
    std::map<NumberKey, ConnectionId> m_byNumber;
    Deadlines<ConnectionId> m_deadlines;
};

} // namespace ringlift::server
