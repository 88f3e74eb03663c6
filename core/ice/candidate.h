#pragma once

#include "core/base/redacted.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ringlift::ice {

/// A UDP transport address; prints as <redacted>. The address is a numeric IPv4 or IPv6 literal.
struct TransportAddress
{
    Redacted<std::string> address;
    std::uint16_t port = 0;
    auto operator<=>(const TransportAddress &) const = default;
};

enum class CandidateType { Host, ServerReflexive, PeerReflexive, Relayed };

/// RFC 8445 section 5.1.
struct Candidate
{
    TransportAddress address;
    CandidateType type = CandidateType::Host;
    std::uint32_t priority = 0;
    bool operator==(const Candidate &) const = default;
};

} // namespace ringlift::ice
