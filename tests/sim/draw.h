#pragma once

#include "core/base/random.h"
#include "core/base/time.h"

#include <vector>

namespace ringlift::sim {

/// Chance, reproducible: everything that a seed decides comes from here.
class Draw
{
public:
    explicit Draw(std::uint64_t seed) : m_random(seed) { }

    bool chance(double probability) { return m_random.real() < probability; }
    /// Uniform in [low, high).
    Duration between(Duration low, Duration high)
    {
        const auto span = static_cast<double>((high - low).count());
        return low + Duration(static_cast<std::int64_t>(m_random.real() * span));
    }
    double between(double low, double high) { return low + m_random.real() * (high - low); }
    /// Uniform in [0, bound); bound > 0.
    int below(int bound) { return static_cast<int>(m_random.uniform(static_cast<std::uint32_t>(bound))); }
    template<typename T>
    T oneOf(std::initializer_list<T> values)
    {
        return *(values.begin() + below(static_cast<int>(values.size())));
    }
    /// A seed for somebody who draws for himself.
    std::uint64_t seed() { return m_random.next(); }
    RandomSource &source() { return m_random; }

private:
    SeededRandom m_random;
};

} // namespace ringlift::sim
