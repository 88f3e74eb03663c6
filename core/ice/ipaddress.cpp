#include "core/ice/ipaddress.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace ringlift::ice {

namespace {

constexpr std::size_t kV4Size = 4;
constexpr std::size_t kV6Size = 16;

bool isUnicastV4(ByteView bytes)
{
    // 0/8 is "this network", 224/4 multicast, 240/4 reserved with the broadcast address at its end (RFC 6890).
    return bytes[0] != 0 && bytes[0] < 224;
}

bool isUnicastV6(ByteView bytes)
{
    // ::/8 holds the unspecified, mapped, compatible and translated addresses; of it only ::1 is a host's.
    const bool lowest = std::ranges::all_of(bytes.first(kV6Size - 1), [](std::uint8_t byte) { return byte == 0; });
    if (bytes[0] == 0)
        return lowest && bytes[kV6Size - 1] == 1;
    const bool linkLocal = bytes[0] == 0xfe && (bytes[1] & 0xc0U) == 0x80;
    return bytes[0] != 0xff && !linkLocal;
}

} // namespace

std::optional<IpAddress> IpAddress::parse(const std::string &text)
{
    std::array<std::uint8_t, kV6Size> bytes{};
    if (text.find('\0') != std::string::npos)
        return std::nullopt;
    if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1)
        return IpAddress(ByteView(bytes).first(kV4Size));
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1)
        return IpAddress(bytes);
    return std::nullopt;
}

std::optional<IpAddress> IpAddress::fromBytes(ByteView bytes)
{
    if (bytes.size() != kV4Size && bytes.size() != kV6Size)
        return std::nullopt;
    return IpAddress(bytes);
}

std::string IpAddress::text() const
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(family() == Family::V4 ? AF_INET : AF_INET6, m_bytes.data(), text.data(), text.size());
    return text.data();
}

bool IpAddress::isLoopback() const
{
    return family() == Family::V4 ? m_bytes[0] == 127 : m_bytes[0] == 0 && isUnicast();
}

bool IpAddress::isUnicast() const
{
    return family() == Family::V4 ? isUnicastV4(m_bytes) : isUnicastV6(m_bytes);
}

} // namespace ringlift::ice
