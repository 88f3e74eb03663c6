#pragma once

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/protocol/messages.h"
#include "server/connectionid.h"
#include "server/limits.h"
#include "server/registry.h"
#include "server/secrets.h"
#include "server/wallclock.h"

#include <memory>
#include <string>
#include <variant>

/// The whole server but its sockets: sessions, registration, matching, forwarding, limits. Sans-IO.
namespace ringlift::server {

// ---- Inputs
/// source: numeric IPv4 or IPv6 address of the peer. A challenge goes out at once.
struct ConnectionOpened { ConnectionId id{}; std::string source; protocol::Key32 channelBinding{}; };
struct TextReceived { ConnectionId id{}; std::string text; };
struct ConnectionClosed { ConnectionId id{}; };
/// A registration-lock check that ran on a worker thread has ended.
struct PinChecked { std::uint64_t ticket = 0; bool correct = false; };
/// A registration lock was hashed on a worker thread; empty when that failed.
struct PinHashed { std::uint64_t ticket = 0; std::string hash; };
/// The certificate of the TLS proxy was replaced: connections that were bound to the old one are good for a day more.
struct ProxyLeafChanged { protocol::Key32 from{}; protocol::Key32 to{}; };
using ServerInput = std::variant<ConnectionOpened, TextReceived, ConnectionClosed, PinChecked, PinHashed, ProxyLeafChanged>;

// ---- Outputs
struct SendText { ConnectionId id{}; std::string text; };
struct CloseConnection { ConnectionId id{}; int code = 1000; };
/// Hand the one-time code to the OtpSender.
struct SendCode { protocol::Msisdn to; std::string code; SessionId session; };
/// The code was used or has expired: remove it from wherever the sender put it.
struct ForgetCode { SessionId session; };
/// Run crypto_pwhash_str_verify on a worker; answer with PinChecked.
struct CheckPin { std::uint64_t ticket = 0; std::string hash; protocol::Key32 proof{}; };
/// Run crypto_pwhash_str on a worker; answer with PinHashed.
struct HashPin { std::uint64_t ticket = 0; protocol::Key32 proof{}; };
/// The connection has logged in: it no longer counts among the unauthenticated ones.
struct LoggedIn { ConnectionId id{}; };
using ServerOutput = std::variant<SendText, CloseConnection, SendCode, ForgetCode, CheckPin, HashPin, LoggedIn>;

class ServerCore
{
public:
    /// The limits are copied; everything else has to outlive the core.
    ServerCore(const Limits &limits, const Secrets &secrets, Registry &registry, const WallClock &clock, RandomSource &random);
    ~ServerCore();

    void handle(TimePoint now, const ServerInput &input);
    void handleTimeout(TimePoint now);
    std::optional<ServerOutput> poll();
    std::optional<TimePoint> nextTimeout() const;

    /// Figures for metrics and for the bound checks of the simulation; limiterKeys: of the limit that remembers most.
    struct Figures {
        std::size_t connections = 0, loggedIn = 0, offers = 0, arrivals = 0, routes = 0, sessions = 0, usedCallIds = 0,
                    limiterKeys = 0;
        std::uint64_t matches = 0;
    };
    Figures figures() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace ringlift::server
