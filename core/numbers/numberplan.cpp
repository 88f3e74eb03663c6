#include "core/numbers/numberplan.h"

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

namespace ringlift::numbers {

namespace {

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;
using protocol::Msisdn;

// libphonenumber's own name for "no region".
constexpr const char *kNoRegion = "ZZ";

// Its default logger writes to standard output.
PhoneNumberUtil *silenced(PhoneNumberUtil *library)
{
    library->SetLogger(new NullLogger); // owned by the library
    return library;
}

const PhoneNumberUtil &library()
{
    static const PhoneNumberUtil *const instance = silenced(PhoneNumberUtil::GetInstance());
    return *instance;
}

const ShortNumberInfo &shortNumbers()
{
    library();
    static const ShortNumberInfo instance;
    return instance;
}

PhoneNumber parsed(const Msisdn &number)
{
    PhoneNumber result;
    if (library().Parse(number.e164(), kNoRegion, &result) != PhoneNumberUtil::NO_PARSING_ERROR)
        result.Clear();
    return result;
}

} // namespace

std::optional<Msisdn> parseIn(const Region &region, const std::string &text)
{
    PhoneNumber number;
    const auto error = library().Parse(text, region.empty() ? kNoRegion : region, &number);
    if (error != PhoneNumberUtil::NO_PARSING_ERROR || !library().IsValidNumber(number))
        return std::nullopt;
    std::string e164;
    library().Format(number, PhoneNumberUtil::E164, &e164);
    return Msisdn::fromE164(e164);
}

bool mightReachEmergency(const std::string &digits, const Region &region)
{
    return shortNumbers().ConnectsToEmergencyNumber(digits, region);
}

bool isShortAtHome(const Msisdn &number)
{
    const PhoneNumber full = parsed(number);
    std::string region;
    std::string national;
    library().GetRegionCodeForNumber(full, &region);
    library().GetNationalSignificantNumber(full, &national);
    return shortNumbers().IsValidShortNumber(full) || shortNumbers().IsEmergencyNumber(national, region);
}

bool canBeMobile(const Msisdn &number)
{
    const PhoneNumber full = parsed(number);
    if (!library().IsValidNumber(full))
        return false;
    const auto type = library().GetNumberType(full);
    return type == PhoneNumberUtil::MOBILE || type == PhoneNumberUtil::FIXED_LINE_OR_MOBILE;
}

int countryCodeOf(const Msisdn &number)
{
    return parsed(number).country_code();
}

std::string formatForDisplay(const Msisdn &number)
{
    const PhoneNumber full = parsed(number);
    std::string text;
    library().Format(full, PhoneNumberUtil::INTERNATIONAL, &text);
    return full.has_country_code() ? text : number.e164();
}

} // namespace ringlift::numbers
