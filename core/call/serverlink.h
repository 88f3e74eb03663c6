#pragma once

#include "core/call/phonemachine.h"
#include "core/protocol/codec.h"

#include <memory>

namespace ringlift::call {

struct ServerLinkConfig
{
    /// From open to a usable login; then it counts as unreachable.
    Duration loginPatience = std::chrono::seconds(5);
    /// Disconnects this long after the last message in either direction, when nothing keeps it.
    Duration idleDisconnect = std::chrono::seconds(20);
    /// Waits between attempts while somebody keeps the link: doubling, each longer by up to half.
    Duration retryFirst = std::chrono::milliseconds(500);
    Duration retryMost = std::chrono::seconds(30);
    std::size_t maxQueued = 32;
    bool acceptZeroChannelBinding = false;
};

// Outputs of the link beside ServerConnect, ServerDisconnect and ServerSend
/// Logged in; queued messages have been sent.
struct LinkUp { protocol::Welcome welcome; };
/// The connection or login failed or ended, other than by disconnect() or idleness. Queued messages are dropped. A kept
/// link tries again, unless the login was refused.
struct LinkDown { ServerFailure failure = ServerFailure::Unreachable; bool gone = false; /* a server that proved its key has no such account any more */ };
/// The server announced its next key: both are to be kept with the account.
struct LinkServerKeys { protocol::Key32 current{}; std::optional<protocol::Key32> next; };
/// A message that is not about login.
struct LinkMessage { protocol::Message message; };
using LinkOutput = std::variant<ServerConnect, ServerDisconnect, ServerSend, LinkUp, LinkDown, LinkServerKeys, LinkMessage, Fault>;

/// The connection to the server: opened when wanted, authenticated both ways (protocol.md 3.4), closed when idle. Sans-IO.
///
/// The server has to sign its challenge with the key of the account, or with the next one that this key announced. Without an account any key will do (trust on first use, behind TLS).
class ServerLink
{
public:
    ServerLink(ServerLinkConfig config, const crypto::DeviceIdentity &identity, RandomSource &random);
    ~ServerLink();

    /// Who logs in; nothing: only registration can use the link. Closes a connection that belongs to another account.
    void setAccount(const std::optional<Account> &account);
    /// The server has logged this connection in as the account that it just registered (protocol.md 4.1): nothing is
    /// closed, and LinkUp follows.
    void adopt(TimePoint now, const Account &account);

    /// Connects if need be and sends as soon as the login is on its way (pipelined behind auth). False: queue full, or no
    /// account.
    bool send(TimePoint now, const protocol::Message &message);
    /// As send(), but before any login: registration. register.verify gets its signature here, when it is sent.
    bool sendUnauthenticated(TimePoint now, const protocol::Message &message);
    /// Connects and logs in now without sending, so that later messages save round trips.
    void warmUp(TimePoint now);
    /// Somebody needs the link to stay up and come back: a call in set-up, a manual phone that is online.
    void setKept(TimePoint now, bool kept);
    /// Until the next send(), warmUp() or setKept(true): nothing waits, nothing keeps the link any more.
    void disconnect(TimePoint now);

    void handle(TimePoint now, const ServerConnected &input);
    void handle(TimePoint now, const ServerText &input);
    void handle(TimePoint now, const ServerFailed &input);
    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const;
    std::optional<LinkOutput> poll();

    bool isUp() const;
    /// Of the current connection, once connected.
    std::optional<protocol::Key32> channelBinding() const;
    /// Of the current connection's challenge, once it came: what account.delete is signed over.
    std::optional<protocol::Key32> serverNonce() const;
    /// The server key that the challenge was signed with, checked.
    std::optional<protocol::Key32> serverKey() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace ringlift::call
