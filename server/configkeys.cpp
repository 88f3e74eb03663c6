#include "server/configkeys.h"

#include "server/configvalue.h"

#include <QHostAddress>

#include <algorithm>

namespace ringlift::server {

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kMillion = 1'000'000;
constexpr Duration kDay = std::chrono::hours(24);

template<typename Holder, typename Value> auto &field(Holder &options, Value Options::*member)
{
    return options.*member;
}

template<typename Holder, typename Value> auto &field(Holder &options, Value GateLimits::*member)
{
    return options.gate.*member;
}

template<typename Holder, typename Value> auto &field(Holder &options, Value Limits::*member)
{
    return options.limits.*member;
}

template<typename Holder, typename Value> auto &field(Holder &options, Value protocol::JsonLimits::*member)
{
    return options.limits.json.*member;
}

template<typename Rule, typename Value, typename Owner>
ConfigKey key(std::string_view name, Value Owner::*member, Rule rule, std::string_view description)
{
    return {name, description,
            [=](Options &options, std::string_view text) -> Result<void> {
                auto value = rule.parse(text);
                if (!value)
                    return Unexpected(value.error());
                field(options, member) = std::move(*value);
                return {};
            },
            [=](const Options &options) { return rule.print(field(options, member)); }};
}

using Sizes = CountRule<std::size_t>;
using Numbers = CountRule<std::uint32_t>;
using Days = CountRule<int>;
using Endpoints = ListRule<EndpointRule, Endpoint>;
using Names = ListRule<NameRule, std::string>;
using Countries = ListRule<CountRule<int>, int>;
using TurnUrls = ListRule<TurnUrlRule, std::string>;

ConfigSection placesSection()
{
    return {"Where it listens and what it keeps where",
            {
                key("listen", &Options::listen, Endpoints{{}, 1, 16},
                    "Addresses and ports to listen on, numeric; port 0 takes any free one."),
                key("data", &Options::data, PathRule{},
                    "Folder of the database and the certificates; empty: systemd's StateDirectory, else "
                    "$XDG_DATA_HOME/ringliftd."),
                key("secrets", &Options::secrets, PathRule{},
                    "File of the long-term secrets, outside the data folder; empty: systemd's credential "
                    "ringliftd-secrets, else DATA-secrets/secrets."),
                key("otp", &Options::otp, OtpRouteRule{},
                    "How one-time codes go out: spool (a file each) or console (printed, for trying out)."),
                key("spool", &Options::spool, PathRule{},
                    "Folder of the spooled codes, outside the data folder; empty: DATA-spool."),
                key("database_wait", &Options::databaseWait, DurationRule{0ms, 1s},
                    "How long one statement waits while somebody else holds the database."),
                key("stop_patience", &Options::stopPatience, DurationRule{0ms, 60s},
                    "How long a stopping server waits for clients to take what is queued for them."),
            }};
}

ConfigSection tlsSection()
{
    return {"Certificates",
            {
                key("certificate", &Options::certificate, PathRule{},
                    "PEM file of your own certificate chain, leaf first; empty: one of the server's own authority."),
                key("certificate_key", &Options::certificateKey, PathRule{},
                    "PEM file of its key, readable for nobody else."),
                key("proxy_certificate", &Options::proxyCertificate, PathRule{},
                    "PEM file of the certificate, leaf first, that a TLS proxy in front shows to clients; empty: no "
                    "proxy."),
                key("names", &Options::names, Names{{}, 1, 64},
                    "Names and addresses that the certificate of the own authority is good for."),
                key("certificate_lifetime", &Options::certificateLifetime, DurationRule{1s, 397 * kDay},
                    "How long a certificate of the own authority is good for."),
                key("certificate_renewal", &Options::certificateRenewal, DurationRule{0s, 396 * kDay},
                    "It is renewed when it has less than this left."),
                key("plain", &Options::plain, SwitchRule{}, "Serve ws:// without TLS; on loopback only, for tests."),
            }};
}

ConfigSection connectionsSection()
{
    return {"Connections",
            {
                key("logged_in", &Limits::loggedIn, Sizes{1, kMillion}, "Connections that are logged in, in all."),
                key("unauthenticated", &GateLimits::unauthenticated, Sizes{1, kMillion},
                    "Connections that are not logged in, in all; beyond it the oldest silent one goes."),
                key("unauthenticated_of_address", &GateLimits::unauthenticatedOfAddress, Sizes{1, kMillion},
                    "Connections that are not logged in, of one IPv4 address or IPv6 /64."),
                key("upgrade_timeout", &GateLimits::upgrade, DurationRule{10ms, 60s},
                    "Time from the TCP accept to the end of the WebSocket upgrade, TLS included."),
                key("challenge_lifetime", &Limits::challengeLifetime, DurationRule{10ms, 60s},
                    "How long a login challenge is good for."),
                key("first_message", &Limits::firstMessage, DurationRule{10ms, 60s},
                    "Time from the upgrade to auth or register.begin."),
                key("registration_idle", &Limits::registrationIdle, DurationRule{10ms, 1h},
                    "How long a connection may idle while its user looks for the code."),
                key("message_size", &GateLimits::message, SizeRule{1024, std::size_t(16) * 1024},
                    "Bytes of a frame or message."),
                key("json_depth", &protocol::JsonLimits::depth, Sizes{2, 32},
                    "Arrays and objects within each other in a message."),
                key("json_keys", &protocol::JsonLimits::keys, Sizes{8, 1024}, "Keys of a message, in all."),
                key("json_string", &protocol::JsonLimits::string, SizeRule{1024, std::size_t(16) * 1024},
                    "Bytes of a string in a message."),
                key("messages", &Limits::messages, BucketRule{}, "Messages of one connection (L7)."),
                key("output_queue", &GateLimits::outputQueue,
                    SizeRule{std::size_t(32) * 1024, std::size_t(64) * 1024 * 1024},
                    "Bytes that may wait for a client that does not read; beyond it the client is cut."),
                key("output_stall", &GateLimits::outputStall, DurationRule{10ms, 10min},
                    "A client that takes nothing of its queue for this long is cut."),
                key("ping_interval", &GateLimits::ping, DurationRule{10ms, 10min}, "Time between two pings."),
                key("dead_after", &GateLimits::dead, DurationRule{10ms, 1h},
                    "A connection from which nothing came for this long, no pong either, is dead."),
            }};
}

ConfigSection registrationSection()
{
    return {
        "Registration",
        {
            key("code_lifetime", &Limits::codeLifetime, DurationRule{1s, 1h}, "How long a code is good for."),
            key("resend_after", &Limits::resendAfter, DurationRule{0s, 1h}, "When a client may ask for another code."),
            key("code_tries", &Limits::codeTries, Numbers{1, 100}, "Wrong codes before a session dies."),
            key("registrations", &Limits::registrations, Sizes{1, kMillion}, "Sessions alive at a time."),
            key("sessions_of_number_hour", &Limits::sessionsOfNumberHour, WindowRule{}, "Sessions for one number."),
            key("sessions_of_number_day", &Limits::sessionsOfNumberDay, WindowRule{}, "Sessions for one number."),
            key("sessions_of_address", &Limits::sessionsOfAddress, WindowRule{},
                "Sessions from one IPv4 address or IPv6 /64."),
            key("sessions_of_network", &Limits::sessionsOfNetwork, WindowRule{},
                "Sessions from one IPv4 /24 or IPv6 /48."),
            key("sessions_of_country", &Limits::sessionsOfCountry, WindowRule{},
                "Sessions for numbers of one country code."),
            key("sessions_of_all", &Limits::sessionsOfAll, WindowRule{}, "Sessions in all."),
            key("countries", &Limits::countries, Countries{{1, 999}, 0, 300},
                "Country calling codes that may register; empty: all."),
            key("registry_patience", &Limits::registryPatience, DurationRule{0ms, 1min},
                "How long a registration waits for a busy database."),
            key("registry_retry", &Limits::registryRetry, DurationRule{1ms, 10s},
                "Time between two tries at a busy database."),
            key("pin_tries", &Limits::pinTries, Numbers{1, 1'000},
                "Wrong PINs of a registration lock; one comes back each day."),
            key("pin_queue", &Limits::pinQueue, Sizes{0, 1'000}, "PIN checks that may wait beside the one running."),
            key("reglock_days", &Limits::reglockDays, Days{0, 3'650},
                "Days after its owner was last seen until a registration lock lapses."),
            key("quarantine_hours", &Limits::quarantineHours, Days{0, 8'760},
                "Hours without matches after an unlocked change of SIM."),
            key("reverify_days", &Limits::reverifyDays, Days{1, 36'500}, "Days until a number is to be proven again."),
            key("unverified_days", &Limits::unverifiedDays, Days{1, 36'500},
                "Days until an unproven number has no more matches."),
            key("tag_key_days", &Limits::tagKeyDays, Days{1, 3'650},
                "Days after --rotate-tag-key until the older key goes, with the accounts that did not log in "
                "meanwhile."),
        }};
}

ConfigSection rendezvousSection()
{
    return {
        "Rendezvous",
        {
            key("offer_lifetime", &Limits::offerLifetime, DurationRule{10ms, 10min}, "How long an offer waits."),
            key("arrival_lifetime", &Limits::arrivalLifetime, DurationRule{10ms, 10min}, "How long an arrival waits."),
            key("offers_of_socket", &Limits::offersOfSocket, Sizes{1, 100}, "Live offers of one connection."),
            key("arrivals_of_socket", &Limits::arrivalsOfSocket, Sizes{1, 100}, "Live arrivals of one connection."),
            key("offers", &Limits::offers, Sizes{1, kMillion}, "Live offers in all."),
            key("arrivals", &Limits::arrivals, Sizes{1, kMillion}, "Live arrivals in all."),
            key("call_id_memory", &Limits::callIdMemory, DurationRule{1s, kDay},
                "How long a call id stays used (M10)."),
            key("call_ids", &Limits::callIds, Sizes{1, 100 * kMillion}, "Used call ids remembered (M10)."),
            key("route_lifetime", &Limits::routeLifetime, DurationRule{1s, 1h},
                "How long a route between two phones lives after its last message."),
            key("routes", &Limits::routes, Sizes{1, kMillion}, "Routes alive at a time."),
            key("offer_rate", &Limits::offerRate, BucketRule{}, "Offers of one account (L5)."),
            key("offers_day", &Limits::offersDay, WindowRule{}, "Offers of one account (L5)."),
            key("unmatched_callees", &Limits::unmatchedCallees, WindowRule{},
                "Different callees that did not match, of one account (L5)."),
            key("arrival_rate", &Limits::arrivalRate, BucketRule{}, "Arrivals of one account (L6)."),
            key("arrivals_day", &Limits::arrivalsDay, WindowRule{}, "Arrivals of one account (L6)."),
            key("unmatched_of_cli", &Limits::unmatchedOfCli, WindowRule{},
                "Unmatched arrivals of one account with one caller-ID before it is flagged (L6)."),
            key("match_rate", &Limits::matchRate, BucketRule{}, "Matches of one pair (L8)."),
            key("unknown_cli", &Limits::unknownCli, SwitchRule{},
                "Match phones whose system does not tell the caller-ID (M5)."),
            key("manual_mode", &Limits::manualMode, SwitchRule{}, "Serve desktops without a SIM."),
            key("manual_offers", &Limits::manualOffers, WindowRule{}, "Manual offers of one account."),
            key("manual_requests_of_callee", &Limits::manualRequestsOfCallee, Sizes{1, 100},
                "Manual requests that one callee sees at a time."),
            key("echo_number", &Limits::echoNumber, NumberRule{},
                "Number of the manual account of ringlift-echo, which phones may call to test themselves; empty: "
                "none."),
            key("echo_offers", &Limits::echoOffers, WindowRule{}, "Test calls of one account."),
            key("turn_urls", &Limits::turnUrls, TurnUrls{{}, 0, 8}, "Relays to hand out; empty: none."),
            key("turn_lifetime", &Limits::turnLifetime, DurationRule{10s, kDay},
                "How long relay credentials are good for."),
            key("limiter_keys", &Limits::limiterKeys, Sizes{1, 100 * kMillion},
                "Keys that each rate limit remembers; a newcomer beyond them is refused."),
            key("limiter_memory", &Limits::limiterMemory, DurationRule{1min, 7 * kDay},
                "After this long the rate limits forget everything."),
        }};
}

const ConfigKey *findKey(std::string_view name)
{
    for (const ConfigSection &section : configSections()) {
        for (const ConfigKey &key : section.keys) {
            if (key.name == name)
                return &key;
        }
    }
    return nullptr;
}

} // namespace

std::span<const ConfigSection> configSections()
{
    static const std::vector<ConfigSection> sections{placesSection(), tlsSection(), connectionsSection(),
                                                     registrationSection(), rendezvousSection()};
    return sections;
}

Result<void> setOption(Options &options, std::string_view name, std::string_view value)
{
    const ConfigKey *const key = findKey(name);
    if (key == nullptr)
        return failure("unknown key \"" + std::string(name) + "\"");
    const auto done = key->read(options, trimmed(value));
    if (!done)
        return failure(std::string(name) + " " + done.error().message);
    return {};
}

Result<void> checkOptions(const Options &options)
{
    const auto isLoopback = [](const Endpoint &endpoint) {
        return QHostAddress(QString::fromStdString(endpoint.host)).isLoopback();
    };
    if (options.certificate.empty() != options.certificateKey.empty())
        return failure("certificate and certificate_key have to be set together");
    if (options.certificateRenewal >= options.certificateLifetime)
        return failure("certificate_renewal must be shorter than certificate_lifetime");
    if (options.gate.dead <= options.gate.ping)
        return failure("dead_after must be longer than ping_interval");
    if (options.plain && !std::all_of(options.listen.begin(), options.listen.end(), isLoopback))
        return failure("plain serves loopback addresses only, and listen names others");
    return {};
}

std::string printConfig(const Options &options)
{
    std::string text;
    for (const ConfigSection &section : configSections()) {
        text += (text.empty() ? "## " : "\n## ") + std::string(section.title) + "\n";
        for (const ConfigKey &key : section.keys) {
            const std::string value = key.print(options);
            text += "\n# " + std::string(key.description) + "\n" + std::string(key.name) +
                    (value.empty() ? " =" : " = " + value) + "\n";
        }
    }
    return text;
}

} // namespace ringlift::server
