#include "server/sourceaddress.h"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

namespace ringlift::server {

namespace {

constexpr ByteArray<12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

SourceAddress fromParts(std::uint8_t family, ByteView address, std::size_t hostSize, std::size_t networkSize)
{
    return {ByteWriter().u8(family).bytes(address.first(hostSize)).take(),
            ByteWriter().u8(family).bytes(address.first(networkSize)).take()};
}

} // namespace

SourceAddress SourceAddress::parse(std::string_view numeric)
{
    const std::string text(numeric.substr(0, numeric.find('%')));
    ByteArray<4> v4{};
    if (inet_pton(AF_INET, text.c_str(), v4.data()) == 1)
        return fromParts(4, v4, 4, 3);
    ByteArray<16> v6{};
    if (inet_pton(AF_INET6, text.c_str(), v6.data()) != 1)
        return {};
    const ByteView whole(v6);
    if (std::ranges::equal(whole.first(kMappedPrefix.size()), kMappedPrefix))
        return fromParts(4, whole.last(4), 4, 3);
    return fromParts(6, whole, 8, 6);
}

} // namespace ringlift::server
