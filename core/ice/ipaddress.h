#pragma once

#include "core/base/bytes.h"

#include <optional>
#include <string>

namespace ringlift::ice {

/// A numeric IPv4 or IPv6 address, without a zone.
class IpAddress
{
public:
    enum class Family { V4, V6 };

    static std::optional<IpAddress> parse(const std::string &text);
    /// 4 or 16 bytes in network order.
    static std::optional<IpAddress> fromBytes(ByteView bytes);

    Family family() const { return m_bytes.size() == 4 ? Family::V4 : Family::V6; }
    ByteView bytes() const { return m_bytes; }
    std::string text() const;

    bool isLoopback() const;
    /// One host can have it and be reached at it without a zone: not unspecified, multicast, broadcast, reserved, link-local
    /// IPv6 (RFC 4007), or an IPv4 address in IPv6 clothes (RFC 8445 section 5.1.1.1).
    bool isUnicast() const;

private:
    explicit IpAddress(ByteView bytes) : m_bytes(copyOf(bytes)) { }
    Bytes m_bytes;
};

} // namespace ringlift::ice
