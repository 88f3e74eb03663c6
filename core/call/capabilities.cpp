#include "core/call/capabilities.h"

#include <algorithm>

namespace ringlift::call {

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kSuites = 1;
constexpr std::uint8_t kLayouts = 2;

std::optional<std::vector<std::uint16_t>> readSuites(ByteView value)
{
    if (value.size() % 2 != 0)
        return std::nullopt;
    std::vector<std::uint16_t> suites;
    ByteReader reader(value);
    while (!reader.atEnd())
        suites.push_back(reader.u16().value_or(0));
    return suites;
}

} // namespace

Bytes encode(const Capabilities &capabilities)
{
    ByteWriter writer;
    writer.u8(kVersion);
    writer.u8(kSuites).u8(static_cast<std::uint8_t>(capabilities.suites.size() * 2));
    for (const std::uint16_t suite : capabilities.suites)
        writer.u16(suite);
    writer.u8(kLayouts).u8(static_cast<std::uint8_t>(capabilities.layouts.size())).bytes(capabilities.layouts);
    return writer.take();
}

std::optional<Capabilities> decodeCapabilities(ByteView bytes)
{
    ByteReader reader(bytes);
    if (reader.u8() != kVersion)
        return std::nullopt;
    Capabilities read{.suites = {}, .layouts = {}};
    while (!reader.atEnd()) {
        const auto type = reader.u8();
        const auto length = reader.u8();
        const auto value = reader.take(length.value_or(0));
        if (reader.failed())
            return std::nullopt;
        if (*type == kLayouts)
            read.layouts = copyOf(*value);
        if (*type != kSuites)
            continue;
        auto suites = readSuites(*value);
        if (!suites)
            return std::nullopt;
        read.suites = std::move(*suites);
    }
    return read;
}

std::uint16_t commonSuite(const Capabilities &a, const Capabilities &b)
{
    std::uint16_t best = 0;
    for (const std::uint16_t suite : a.suites) {
        if (std::find(b.suites.begin(), b.suites.end(), suite) != b.suites.end())
            best = std::max(best, suite);
    }
    return best;
}

} // namespace ringlift::call
