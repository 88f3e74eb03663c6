#pragma once

#include <array>
#include <cstdint>

namespace ringlift::sim {

/// Seeds that once showed a fault, each with what it was. They run before all others.
inline constexpr std::array<std::uint64_t, 1> kPastSeeds{1};

} // namespace ringlift::sim
