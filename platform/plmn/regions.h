#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Countries of the virtual network, by ISO region.
namespace ringlift::plmn {

/// "86" for "CN"; empty for regions that the virtual network does not know.
std::string countryCodeOf(std::string_view region);

/// What is dialled before an area code in the country with that country code; "0" where nothing else is known.
std::string_view trunkOf(std::string_view countryCode);

/// MCC and MNC of a region's network; that of the test region 001 for regions that the virtual network does not know.
std::string plmnOf(std::string_view region);

/// Digits of the MNC in an IMSI: 3 in North America, 2 elsewhere.
std::uint8_t mncLengthOf(std::string_view imsi);

} // namespace ringlift::plmn
