#pragma once

#include "core/base/time.h"
#include "core/protocol/codec.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ringlift::server {

/// burst at once, then one more every refill.
struct BucketLimit {
    std::uint32_t burst = 1;
    Duration refill{};
    bool operator==(const BucketLimit &) const = default;
};

/// At most count in any stretch of time as long as window.
struct WindowLimit {
    std::uint32_t count = 0;
    Duration window{};
    bool operator==(const WindowLimit &) const = default;
};

/// Every bound of the server core, with the defaults of protocol.md 3.3 to 3.5 and 4.1. Each is a key of the config
/// file.
struct Limits {
    // Connections, 3.4 and 4.1
    Duration challengeLifetime = std::chrono::seconds(5);
    Duration firstMessage = std::chrono::seconds(5);
    Duration registrationIdle = std::chrono::seconds(30);
    std::size_t loggedIn = 20'000;
    protocol::JsonLimits json;
    /// L7
    BucketLimit messages{40, std::chrono::milliseconds(50)};

    // Registration, 3.3
    Duration codeLifetime = std::chrono::seconds(300);
    Duration resendAfter = std::chrono::seconds(60);
    std::uint32_t codeTries = 5;
    std::size_t registrations = 10'000;
    WindowLimit sessionsOfNumberHour{3, std::chrono::hours(1)};
    WindowLimit sessionsOfNumberDay{5, std::chrono::hours(24)};
    WindowLimit sessionsOfAddress{60, std::chrono::hours(1)};
    WindowLimit sessionsOfNetwork{200, std::chrono::hours(1)};
    WindowLimit sessionsOfCountry{500, std::chrono::hours(1)};
    WindowLimit sessionsOfAll{1'000, std::chrono::hours(1)};
    /// Country calling codes that may register; empty: all.
    std::vector<int> countries;
    /// How long a busy registry is tried again before E_BUSY_SERVER.
    Duration registryPatience = std::chrono::milliseconds(2'500);
    Duration registryRetry = std::chrono::milliseconds(50);
    std::uint32_t pinTries = 10;
    /// PIN checks that may wait beside the one that runs.
    std::size_t pinQueue = 8;
    int reglockDays = 7;
    int quarantineHours = 24;
    int reverifyDays = 90;
    int unverifiedDays = 120;
    /// Since the tag key was rotated until the older one, and accounts still under it, are dropped (3.2).
    int tagKeyDays = 180;

    // Rendezvous, 3.5
    Duration offerLifetime = std::chrono::seconds(60);
    Duration arrivalLifetime = std::chrono::seconds(10);
    std::size_t offersOfSocket = 2;
    std::size_t arrivalsOfSocket = 2;
    std::size_t offers = 50'000;
    std::size_t arrivals = 50'000;
    Duration callIdMemory = std::chrono::minutes(10);
    std::size_t callIds = 1'000'000;
    Duration routeLifetime = std::chrono::seconds(120);
    std::size_t routes = 20'000;
    /// L5
    BucketLimit offerRate{6, std::chrono::seconds(10)};
    WindowLimit offersDay{300, std::chrono::hours(24)};
    WindowLimit unmatchedCallees{100, std::chrono::hours(24)};
    /// L6
    BucketLimit arrivalRate{10, std::chrono::seconds(6)};
    WindowLimit arrivalsDay{600, std::chrono::hours(24)};
    WindowLimit unmatchedOfCli{20, std::chrono::hours(1)};
    /// L8
    BucketLimit matchRate{20, std::chrono::seconds(30)};
    /// M5: may an arrival whose platform cannot know the caller-ID match?
    bool unknownCli = true;
    bool manualMode = true;
    WindowLimit manualOffers{6, std::chrono::minutes(1)};
    std::size_t manualRequestsOfCallee = 2;
    /// E.164 of the account that sends back what it hears; empty: none. Its calls are manual ones.
    std::string echoNumber;
    WindowLimit echoOffers{6, std::chrono::hours(1)};

    // Relay, 4.2
    std::vector<std::string> turnUrls;
    Duration turnLifetime = std::chrono::seconds(120);

    /// Keys that each rate limit remembers; a newcomer beyond them is refused.
    std::size_t limiterKeys = 100'000;
    /// After this long the key of the rate limits is replaced and their state forgotten (4.3).
    Duration limiterMemory = std::chrono::hours(24);
};

} // namespace ringlift::server
