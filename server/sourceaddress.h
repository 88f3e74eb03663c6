#pragma once

#include "core/base/bytes.h"

#include <string_view>

namespace ringlift::server {

/// What limits count of a peer's address: the IPv4 address or IPv6 /64, and the IPv4 /24 or IPv6 /48 around it.
struct SourceAddress {
    Bytes host;
    Bytes network;

    /// Takes a numeric address, with IPv4 inside IPv6 unwrapped. All that is no address shares one value.
    static SourceAddress parse(std::string_view numeric);
    bool operator==(const SourceAddress &) const = default;
};

} // namespace ringlift::server
