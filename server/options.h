#pragma once

#include "server/gatelimits.h"
#include "server/limits.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace ringlift::server {

/// Where the server listens. host: a numeric address, without brackets.
struct Endpoint {
    std::string host;
    std::uint16_t port = 0;
    bool operator==(const Endpoint &) const = default;
};

/// How a one-time code reaches its number.
enum class OtpRoute { Spool, Console };

/// All that the operator can set. An empty path stands for the place that Paths names.
struct Options {
    std::vector<Endpoint> listen{{"127.0.0.1", 7443}, {"::1", 7443}};
    std::string data;
    std::string secrets;
    OtpRoute otp = OtpRoute::Spool;
    std::string spool;

    /// The operator's own certificate chain and key; empty: those of our own authority.
    std::string certificate;
    std::string certificateKey;
    /// That of a TLS proxy in front of the server; empty: clients see ours.
    std::string proxyCertificate;
    /// What the certificate of our own authority is good for.
    std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
    Duration certificateLifetime = std::chrono::hours(24 * 90);
    Duration certificateRenewal = std::chrono::hours(24 * 30);
    /// Without TLS, on loopback only: for tests.
    bool plain = false;

    /// How long a stopping server waits for its clients to take what is queued for them.
    Duration stopPatience = std::chrono::seconds(2);
    /// How long a statement waits for whoever else holds the database; the event loop stands still meanwhile.
    Duration databaseWait = std::chrono::milliseconds(10);

    GateLimits gate;
    Limits limits;
};

} // namespace ringlift::server
