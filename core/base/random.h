#pragma once

#include "core/base/bytes.h"
#include "core/base/strongid.h"

namespace ringlift {

/// Where machines draw randomness from; given at construction.
class RandomSource
{
public:
    virtual ~RandomSource() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;

    template<std::size_t N>
    ByteArray<N> array()
    {
        ByteArray<N> bytes;
        fill(bytes);
        return bytes;
    }
    template<typename Id>
    Id id()
    {
        return Id{array<Id::kSize>()};
    }
    /// Uniform in [0, bound), without modulo bias. bound > 0.
    std::uint32_t uniform(std::uint32_t bound);
};

/// The operating system's generator.
class SystemRandom final : public RandomSource
{
public:
    void fill(std::span<std::uint8_t> bytes) override;
};

/// Reproducible and not secret: for simulations and tests. SplitMix64 (Steele, Lea, Flood 2014).
class SeededRandom final : public RandomSource
{
public:
    explicit SeededRandom(std::uint64_t seed) : m_state(seed) { }
    void fill(std::span<std::uint8_t> bytes) override;
    std::uint64_t next();
    /// Uniform in [0, 1).
    double real();

private:
    std::uint64_t m_state;
};

} // namespace ringlift
