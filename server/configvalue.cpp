#include "server/configvalue.h"

#include <QHostAddress>

#include <algorithm>
#include <array>
#include <charconv>

namespace ringlift::server {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t worth;
};

// The largest first, so that printing finds the shortest text.
constexpr std::array<Unit, 6> kTimeUnits{
    {{"d", 86'400'000'000}, {"h", 3'600'000'000}, {"m", 60'000'000}, {"s", 1'000'000}, {"ms", 1'000}, {"us", 1}}};
constexpr std::array<Unit, 3> kSizeUnits{{{"MiB", 1'048'576}, {"KiB", 1024}, {"", 1}}};

constexpr std::uint64_t kMostOfLimit = 1'000'000'000;
constexpr DurationRule kLimitDuration{std::chrono::milliseconds(1), std::chrono::hours(24 * 366)};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<std::uint64_t> numberOf(std::string_view digits)
{
    std::uint64_t number = 0;
    const char *const end = digits.data() + digits.size();
    const auto [rest, error] = std::from_chars(digits.data(), end, number);
    if (digits.empty() || !isDigit(digits.front()) || error != std::errc() || rest != end)
        return std::nullopt;
    return number;
}

template<std::size_t N> std::string inUnits(std::int64_t value, const std::array<Unit, N> &units)
{
    for (const Unit &unit : units) {
        if (value != 0 && value % unit.worth == 0)
            return std::to_string(value / unit.worth) + std::string(unit.name);
    }
    return "0" + std::string(units.back().name);
}

/// Splits "250ms" into its number times the worth of its unit.
template<std::size_t N> std::optional<std::int64_t> fromUnits(std::string_view text, const std::array<Unit, N> &units)
{
    const auto split = std::find_if_not(text.begin(), text.end(), isDigit);
    const auto digits = static_cast<std::size_t>(split - text.begin());
    const auto number = numberOf(text.substr(0, digits));
    const std::string_view name = trimmed(text.substr(digits));
    const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit &one) { return one.name == name; });
    constexpr std::uint64_t kMost = std::uint64_t(1) << 53U;
    if (!number || unit == units.end() || *number > kMost / static_cast<std::uint64_t>(unit->worth))
        return std::nullopt;
    return static_cast<std::int64_t>(*number) * unit->worth;
}

template<typename Rule, typename Value> Unexpected<Error> outOfRange(const Rule &rule, Value least, Value most)
{
    return failure("must be between " + rule.print(least) + " and " + rule.print(most));
}

struct HostAndPort {
    std::string_view host;
    std::string_view port;
};

std::optional<HostAndPort> splitEndpoint(std::string_view text)
{
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    std::string_view host = text.substr(0, colon);
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed)
        host = host.substr(1, host.size() - 2);
    if (bracketed != (host.find(':') != std::string_view::npos))
        return std::nullopt;
    return HostAndPort{host, text.substr(colon + 1)};
}

bool isNumericAddress(std::string_view text)
{
    QHostAddress address;
    // QHostAddress takes "127.1" for an address.
    return address.setAddress(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))) &&
           (address.protocol() == QAbstractSocket::IPv6Protocol || std::count(text.begin(), text.end(), '.') == 3);
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kBlanks = " \t\r";
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::vector<std::string_view> partsOf(std::string_view text)
{
    std::vector<std::string_view> parts;
    while (!trimmed(text).empty()) {
        const auto comma = text.find(',');
        parts.push_back(trimmed(text.substr(0, comma)));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return parts;
}

Result<Duration> DurationRule::parse(std::string_view text) const
{
    const auto micros = fromUnits(text, kTimeUnits);
    if (!micros)
        return failure("is not a duration such as 250ms, 5s, 2m, 24h or 7d");
    if (Duration(*micros) < least || Duration(*micros) > most)
        return outOfRange(*this, least, most);
    return Duration(*micros);
}

std::string DurationRule::print(Duration value) const
{
    return inUnits(value.count(), kTimeUnits);
}

template<> Result<std::uint64_t> CountRule<std::uint64_t>::parse(std::string_view text) const
{
    const auto number = numberOf(text);
    if (!number)
        return failure("is not a whole number");
    if (*number < least || *number > most)
        return outOfRange(*this, least, most);
    return *number;
}

Result<std::size_t> SizeRule::parse(std::string_view text) const
{
    const auto bytes = fromUnits(text, kSizeUnits);
    if (!bytes)
        return failure("is not a number of bytes such as 16384, 256KiB or 1MiB");
    const auto size = static_cast<std::size_t>(*bytes);
    if (size < least || size > most)
        return outOfRange(*this, least, most);
    return size;
}

std::string SizeRule::print(std::size_t value) const
{
    return inUnits(static_cast<std::int64_t>(value), kSizeUnits);
}

Result<bool> SwitchRule::parse(std::string_view text) const
{
    if (text == "yes" || text == "true")
        return true;
    if (text == "no" || text == "false")
        return false;
    return failure("must be yes or no");
}

Result<BucketLimit> BucketRule::parse(std::string_view text) const
{
    const auto plus = text.find('+');
    const auto slash = text.find('/');
    if (plus == std::string_view::npos || slash == std::string_view::npos || slash < plus ||
        trimmed(text.substr(plus + 1, slash - plus - 1)) != "1")
        return failure("must look like \"6 + 1/10s\": six at once, then one more every ten seconds");
    const auto burst = CountRule<std::uint32_t>{1, kMostOfLimit}.parse(trimmed(text.substr(0, plus)));
    if (!burst)
        return Unexpected(burst.error());
    const auto refill = kLimitDuration.parse(trimmed(text.substr(slash + 1)));
    if (!refill)
        return Unexpected(refill.error());
    return BucketLimit{*burst, *refill};
}

std::string BucketRule::print(const BucketLimit &value) const
{
    return std::to_string(value.burst) + " + 1/" + kLimitDuration.print(value.refill);
}

Result<WindowLimit> WindowRule::parse(std::string_view text) const
{
    const auto slash = text.find('/');
    if (slash == std::string_view::npos)
        return failure("must look like \"300/24h\": at most 300 in any 24 hours");
    const auto count = CountRule<std::uint32_t>{0, kMostOfLimit}.parse(trimmed(text.substr(0, slash)));
    if (!count)
        return Unexpected(count.error());
    const auto window = kLimitDuration.parse(trimmed(text.substr(slash + 1)));
    if (!window)
        return Unexpected(window.error());
    return WindowLimit{*count, *window};
}

std::string WindowRule::print(const WindowLimit &value) const
{
    return std::to_string(value.count) + "/" + kLimitDuration.print(value.window);
}

Result<std::string> PathRule::parse(std::string_view text) const
{
    if (!text.empty() && text.front() != '/')
        return failure("must be an absolute path");
    return std::string(text);
}

Result<OtpRoute> OtpRouteRule::parse(std::string_view text) const
{
    if (text == "spool")
        return OtpRoute::Spool;
    if (text == "console")
        return OtpRoute::Console;
    return failure("must be spool or console");
}

Result<Endpoint> EndpointRule::parse(std::string_view text) const
{
    const auto split = splitEndpoint(text);
    if (!split || !isNumericAddress(split->host))
        return failure("must be ADDRESS:PORT with a numeric address, such as 127.0.0.1:7443 or [::1]:7443");
    const auto port = CountRule<std::uint16_t>{0, 65'535}.parse(split->port);
    if (!port)
        return failure("has a port that is not between 0 and 65535");
    return Endpoint{std::string(split->host), *port};
}

std::string EndpointRule::print(const Endpoint &value) const
{
    const bool isV6 = value.host.find(':') != std::string::npos;
    return (isV6 ? "[" + value.host + "]" : value.host) + ":" + std::to_string(value.port);
}

Result<std::string> NameRule::parse(std::string_view text) const
{
    const auto isNameCharacter = [](char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
    };
    constexpr std::size_t kMostOfName = 253; // RFC 1035 section 2.3.4
    const bool isName =
        !text.empty() && text.size() <= kMostOfName && std::all_of(text.begin(), text.end(), isNameCharacter);
    if (!isName && !isNumericAddress(text))
        return failure("must be a host name or a numeric address");
    return std::string(text);
}

Result<std::string> NumberRule::parse(std::string_view text) const
{
    if (!text.empty() && !protocol::Msisdn::fromE164(text))
        return failure("must be + and 7 to 15 digits");
    return std::string(text);
}

Result<std::string> TurnUrlRule::parse(std::string_view text) const
{
    const bool isTurn = text.starts_with("turn:") || text.starts_with("turns:");
    const bool isPrintable = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    constexpr std::size_t kMostOfUrl = 512;
    if (!isTurn || !isPrintable || text.size() > kMostOfUrl)
        return failure("must be a turn: or turns: URL");
    return std::string(text);
}

} // namespace ringlift::server
