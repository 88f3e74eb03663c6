#pragma once

#include "core/protocol/msisdn.h"

#include <string>
#include <string_view>
#include <vector>

/// Turns what people dial and networks signal into E.164, with libphonenumber.
namespace ringlift::numbers {

/// ISO 3166 region such as "CN"; empty when unknown.
using Region = std::string;

/// Region of a mobile country code (ITU-T E.212); empty when it is not known.
Region regionOfMcc(std::string_view mcc);

/// Where the SIM comes from and where it is now.
struct Regions
{
    Region home;
    Region serving;
    bool operator==(const Regions &) const = default;
};

enum class TypeOfNumber { Unknown, International };

/// A dialled string as one E.164 number; nothing for MMI, USSD, short, emergency, post-dial digits or invalid numbers.
std::optional<protocol::Msisdn> normaliseDialled(std::string_view dialled, const Regions &regions);

/// protocol.md 3.5 "CLI normaliser": the at most two valid readings of a caller-ID, without duplicates.
std::vector<protocol::Msisdn> normaliseCallerId(std::string_view callerId, TypeOfNumber type, const Regions &regions);

/// True for a valid MOBILE or FIXED_LINE_OR_MOBILE number that is neither emergency nor short (protocol.md 3.3).
bool canRegister(const protocol::Msisdn &number);

/// Country calling code, 1 to 3 digits; 0 when it has none.
int countryCodeOf(const protocol::Msisdn &number);

/// "+86 138 0013 8000": for people.
std::string formatForDisplay(const protocol::Msisdn &number);

} // namespace ringlift::numbers
