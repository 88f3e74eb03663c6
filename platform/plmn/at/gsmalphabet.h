#pragma once

#include "core/base/bytes.h"

#include <optional>

/// The 7-bit default alphabet (3GPP TS 23.038, 6.2.1).
namespace ringlift::plmn::at {

/// One septet an element; nothing when a character of the UTF-16 text is not in the alphabet.
std::optional<Bytes> toSeptets(std::u16string_view text);
std::u16string fromSeptets(ByteView septets);

/// Septets packed into octets after so many unused bits.
Bytes packSeptets(ByteView septets, std::size_t fillBits = 0);
/// As many of the count septets as the octets hold.
Bytes unpackSeptets(ByteView octets, std::size_t count, std::size_t fillBits = 0);

} // namespace ringlift::plmn::at
