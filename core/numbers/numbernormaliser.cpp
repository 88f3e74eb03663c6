#include "core/numbers/numbernormaliser.h"

#include "core/numbers/dialstring.h"
#include "core/numbers/emergencyguard.h"
#include "core/numbers/numberplan.h"

#include <algorithm>

namespace ringlift::numbers {

namespace {

using protocol::Msisdn;

/// The valid readings in the home, then in the serving region, without duplicates.
std::vector<Msisdn> readingsOf(const std::string &digits, const Regions &regions)
{
    std::vector<Msisdn> readings;
    for (const Region &region : {regions.home, regions.serving}) {
        auto number = parseIn(region, digits);
        if (number && std::ranges::find(readings, *number) == readings.end())
            readings.push_back(std::move(*number));
    }
    return readings;
}

} // namespace

std::optional<Msisdn> normaliseDialled(std::string_view dialled, const Regions &regions)
{
    if (classifyDialled(dialled, regions, {}) != DialKind::Ordinary)
        return std::nullopt;
    return readingsOf(DialString::parse(dialled)->symbols, regions).front();
}

std::vector<Msisdn> normaliseCallerId(std::string_view callerId, TypeOfNumber type, const Regions &regions)
{
    const auto text = DialString::parse(callerId);
    if (!text || text->isMmi() || text->hasPostDialDigits || text->digitCount() < kLeastDigits)
        return {};
    if (text->symbols.starts_with('+') || type == TypeOfNumber::International) {
        const std::string_view digits = std::string_view(text->symbols).substr(text->symbols.starts_with('+') ? 1 : 0);
        const auto number = Msisdn::fromE164("+" + std::string(digits));
        return number ? std::vector{*number} : std::vector<Msisdn>();
    }
    return readingsOf(text->symbols, regions);
}

bool canRegister(const Msisdn &number)
{
    return canBeMobile(number) && !isShortAtHome(number);
}

} // namespace ringlift::numbers
