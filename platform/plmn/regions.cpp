#include "platform/plmn/regions.h"

#include <algorithm>
#include <array>

namespace ringlift::plmn {

namespace {

struct Country {
    std::string_view region;
    std::string_view code;
    std::string_view trunk;
    std::string_view mcc;
};

constexpr std::array<Country, 12> kCountries{{{"CN", "86", "0", "460"},
                                              {"DE", "49", "0", "262"},
                                              {"AT", "43", "0", "232"},
                                              {"CH", "41", "0", "228"},
                                              {"FR", "33", "0", "208"},
                                              {"GB", "44", "0", "234"},
                                              {"NL", "31", "0", "204"},
                                              {"ES", "34", "", "214"},
                                              {"PL", "48", "", "260"},
                                              {"US", "1", "1", "310"},
                                              {"JP", "81", "0", "440"},
                                              {"AU", "61", "0", "505"}}};

const Country *find(std::string_view region)
{
    const auto country = std::find_if(kCountries.begin(), kCountries.end(),
                                      [&](const Country &candidate) { return candidate.region == region; });
    return country == kCountries.end() ? nullptr : &*country;
}

} // namespace

std::string countryCodeOf(std::string_view region)
{
    const Country *const country = find(region);
    return country == nullptr ? std::string() : std::string(country->code);
}

std::string_view trunkOf(std::string_view countryCode)
{
    const auto country = std::find_if(kCountries.begin(), kCountries.end(),
                                      [&](const Country &candidate) { return candidate.code == countryCode; });
    return country == kCountries.end() ? std::string_view("0") : country->trunk;
}

std::string plmnOf(std::string_view region)
{
    const Country *const country = find(region);
    const std::string mcc(country == nullptr ? "001" : country->mcc);
    return mcc + (mncLengthOf(mcc) == 3 ? "001" : "01");
}

std::uint8_t mncLengthOf(std::string_view imsi)
{
    const std::string_view mcc = imsi.substr(0, 3);
    return mcc >= "310" && mcc <= "316" ? 3 : 2;
}

} // namespace ringlift::plmn
