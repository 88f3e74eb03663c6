#pragma once

#include "core/base/result.h"
#include "server/options.h"

#include <string>
#include <string_view>

/// Values of the config file: text to value, and back to the same text.
namespace ringlift::server {

/// A whole number of us, ms, s, m, h or d: "250ms".
struct DurationRule {
    Duration least{};
    Duration most{};
    Result<Duration> parse(std::string_view text) const;
    std::string print(Duration value) const;
};

/// A number.
template<typename Number> struct CountRule {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
    Result<Number> parse(std::string_view text) const;
    std::string print(Number value) const { return std::to_string(value); }
};

/// Bytes, or with KiB or MiB.
struct SizeRule {
    std::size_t least = 0;
    std::size_t most = 0;
    Result<std::size_t> parse(std::string_view text) const;
    std::string print(std::size_t value) const;
};

/// yes or no.
struct SwitchRule {
    Result<bool> parse(std::string_view text) const;
    std::string print(bool value) const { return value ? "yes" : "no"; }
};

/// "6 + 1/10s": six at once, then one more every ten seconds.
struct BucketRule {
    Result<BucketLimit> parse(std::string_view text) const;
    std::string print(const BucketLimit &value) const;
};

/// "300/24h": at most 300 in any 24 hours.
struct WindowRule {
    Result<WindowLimit> parse(std::string_view text) const;
    std::string print(const WindowLimit &value) const;
};

/// An absolute path, or nothing.
struct PathRule {
    Result<std::string> parse(std::string_view text) const;
    std::string print(const std::string &value) const { return value; }
};

struct OtpRouteRule {
    Result<OtpRoute> parse(std::string_view text) const;
    std::string print(OtpRoute value) const { return value == OtpRoute::Spool ? "spool" : "console"; }
};

/// "127.0.0.1:7443" or "[::1]:7443"; port 0: any free one.
struct EndpointRule {
    Result<Endpoint> parse(std::string_view text) const;
    std::string print(const Endpoint &value) const;
};

/// A host name or a numeric address.
struct NameRule {
    Result<std::string> parse(std::string_view text) const;
    std::string print(const std::string &value) const { return value; }
};

/// A number in E.164 form, or nothing.
struct NumberRule {
    Result<std::string> parse(std::string_view text) const;
    std::string print(const std::string &value) const { return value; }
};

/// turn:HOST or turns:HOST, and what may follow (RFC 7065).
struct TurnUrlRule {
    Result<std::string> parse(std::string_view text) const;
    std::string print(const std::string &value) const { return value; }
};

/// Parts separated by commas, at most `most` of them.
template<typename Rule, typename Value> struct ListRule {
    Rule rule;
    std::size_t least = 0;
    std::size_t most = 0;
    Result<std::vector<Value>> parse(std::string_view text) const;
    std::string print(const std::vector<Value> &values) const;
};

std::string_view trimmed(std::string_view text);
std::vector<std::string_view> partsOf(std::string_view text);

template<typename Number> Result<Number> CountRule<Number>::parse(std::string_view text) const
{
    const auto number = CountRule<std::uint64_t>{least, most}.parse(text);
    if (!number)
        return Unexpected(number.error());
    return static_cast<Number>(*number);
}
template<> Result<std::uint64_t> CountRule<std::uint64_t>::parse(std::string_view text) const;

template<typename Rule, typename Value>
Result<std::vector<Value>> ListRule<Rule, Value>::parse(std::string_view text) const
{
    std::vector<Value> values;
    for (const std::string_view part : partsOf(text)) {
        auto value = rule.parse(part);
        if (!value)
            return Unexpected(value.error());
        values.push_back(std::move(*value));
    }
    if (values.size() < least || values.size() > most)
        return failure("takes " + std::to_string(least) + " to " + std::to_string(most) + " values");
    return values;
}

template<typename Rule, typename Value> std::string ListRule<Rule, Value>::print(const std::vector<Value> &values) const
{
    std::string text;
    for (const Value &value : values)
        text += (text.empty() ? "" : ", ") + rule.print(value);
    return text;
}

} // namespace ringlift::server
