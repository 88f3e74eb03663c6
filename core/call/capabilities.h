#pragma once

#include "core/base/bytes.h"

#include <vector>

namespace ringlift::call {

/// What an app can do, exchanged at set-up and bound into the keys (protocol.md 3.5): version u8, then type u8, length u8,
/// value each.
struct Capabilities
{
    std::vector<std::uint16_t> suites{1};
    /// Layouts of audio bodies that it understands (protocol.md 3.7).
    std::vector<std::uint8_t> layouts{0};
    bool operator==(const Capabilities &) const = default;
};

Bytes encode(const Capabilities &capabilities);
/// Unknown types are skipped; nothing for another version or a wrong length.
std::optional<Capabilities> decodeCapabilities(ByteView bytes);
/// The key agreement suite that both can do: 0 when there is none.
std::uint16_t commonSuite(const Capabilities &a, const Capabilities &b);

} // namespace ringlift::call
