#pragma once

#include "core/base/redacted.h"

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ringlift::protocol {

/// A subscriber number in E.164 form: '+' and 7 to 15 digits (ITU-T E.164; protocol.md section 3). Prints as <redacted>.
class Msisdn
{
public:
    static std::optional<Msisdn> fromE164(std::string_view text);
    const std::string &e164() const { return m_e164.reveal(); }
    auto operator<=>(const Msisdn &) const = default;
    friend QDebug operator<<(QDebug debug, const Msisdn &number) { return std::move(debug) << number.m_e164; }

private:
    explicit Msisdn(std::string e164) : m_e164(std::move(e164)) { }
    Redacted<std::string> m_e164;
};

/// The SIM's subscriber identity, 15 digits (3GPP TS 23.003 section 2.2). Prints as <redacted>.
class Imsi
{
public:
    static std::optional<Imsi> fromDigits(std::string_view digits);
    const std::string &digits() const { return m_digits.reveal(); }
    /// Mobile country code, the first three digits.
    std::string mcc() const { return digits().substr(0, 3); }
    auto operator<=>(const Imsi &) const = default;
    friend QDebug operator<<(QDebug debug, const Imsi &imsi) { return std::move(debug) << imsi.m_digits; }

private:
    explicit Imsi(std::string digits) : m_digits(std::move(digits)) { }
    Redacted<std::string> m_digits;
};

} // namespace ringlift::protocol
