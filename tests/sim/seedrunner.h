#pragma once

#include <cstdint>
#include <string>

namespace ringlift::sim {

struct SeedOutcome
{
    std::uint64_t seed = 0;
    std::uint64_t hash = 0;
    bool failed = false;
    /// Invariant, moment and the last events; empty when nothing failed.
    std::string story;
    int calls = 0;
    int moved = 0;
    /// Virtual seconds.
    double seconds = 0;
};

SeedOutcome runSeed(std::uint64_t seed);

struct SeedRange { std::uint64_t first = 0; std::uint64_t count = 0; };

struct RangeOutcome
{
    std::uint64_t ran = 0;
    /// Seeds that violated an invariant.
    std::uint64_t failures = 0;
    /// Processes that ended before their seeds did.
    std::uint64_t crashes = 0;
    std::uint64_t calls = 0;
    std::uint64_t moved = 0;
    double virtualSeconds = 0;
    double realSeconds = 0;
};

/// Runs seeds in that many processes and prints the story of each that fails; stops at the given number of failures.
RangeOutcome runSeeds(SeedRange range, int jobs, std::uint64_t mostFailures);

} // namespace ringlift::sim
