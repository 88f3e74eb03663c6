#pragma once

#include "core/numbers/numbernormaliser.h"

/// What libphonenumber knows, and the only place that asks it. It must not print: a number would end up in the output.
namespace ringlift::numbers {

/// The number that this string stands for in the region; nothing when it is not valid. An empty region reads only
/// strings with a leading plus sign.
std::optional<protocol::Msisdn> parseIn(const Region &region, const std::string &text);

/// True when dialling these digits in the region might reach an emergency service, further digits behind it or not.
bool mightReachEmergency(const std::string &digits, const Region &region);

/// True when the digits of the number, dialled at home, are an emergency or short number.
bool isShortAtHome(const protocol::Msisdn &number);

/// True for a valid number of a mobile phone, or of a region where mobile numbers look like others.
bool canBeMobile(const protocol::Msisdn &number);

} // namespace ringlift::numbers
