#pragma once

#include "core/base/bytes.h"
#include "platform/plmn/subscriber.h"

#include <optional>

namespace ringlift::plmn::at {

/// One elementary file of a SIM (3GPP TS 51.011).
struct SimFile {
    /// Not 0: the file consists of records of that length.
    std::uint8_t recordLength = 0;
    Bytes content;
    bool operator==(const SimFile &) const = default;
};

/// Nothing for a file that the card does not have.
std::optional<SimFile> readSimFile(const Subscriber &sim, int fileId);

/// The answer to GET RESPONSE for a file: 15 bytes (TS 51.011, 9.2.1).
Bytes simFileHeader(int fileId, const SimFile &file);

/// 19 digits with their check digit.
std::string iccidOf(const Subscriber &sim);

/// Digits in swapped nibbles, filled up with F.
Bytes toBcd(std::string_view digits, std::size_t size);

} // namespace ringlift::plmn::at
