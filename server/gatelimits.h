#pragma once

#include "core/base/time.h"

#include <cstddef>

namespace ringlift::server {

/// Every bound of the sockets, with the defaults of protocol.md 4.1. Each is a key of the config file.
struct GateLimits {
    /// Connections that have not logged in: from one IPv4 address or IPv6 /64, and in all.
    std::size_t unauthenticatedOfAddress = 64;
    std::size_t unauthenticated = 1'024;
    /// From the TCP accept to the end of the WebSocket upgrade.
    Duration upgrade = std::chrono::seconds(5);
    /// Bytes of a frame, and of a message.
    std::size_t message = std::size_t(16) * 1024;
    /// Bytes that may wait for a client that does not read.
    std::size_t outputQueue = std::size_t(256) * 1024;
    /// A client that takes nothing of its queue for this long is cut.
    Duration outputStall = std::chrono::seconds(10);
    Duration ping = std::chrono::seconds(20);
    /// Nothing heard for this long, not even a pong: the connection is dead.
    Duration dead = std::chrono::seconds(45);
    bool operator==(const GateLimits &) const = default;
};

} // namespace ringlift::server
