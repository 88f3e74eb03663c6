#include "core/protocol/msisdn.h"

#include <algorithm>

namespace ringlift::protocol {

namespace {

bool allDigits(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<Msisdn> Msisdn::fromE164(std::string_view text)
{
    if (text.size() < 8 || text.size() > 16 || text[0] != '+' || text[1] == '0' || !allDigits(text.substr(1)))
        return std::nullopt;
    return Msisdn(std::string(text));
}

std::optional<Imsi> Imsi::fromDigits(std::string_view digits)
{
    if (digits.size() != 15 || !allDigits(digits))
        return std::nullopt;
    return Imsi(std::string(digits));
}

} // namespace ringlift::protocol
