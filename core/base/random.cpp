#include "core/base/random.h"

#include <QRandomGenerator>

#include <cassert>

namespace ringlift {

std::uint32_t RandomSource::uniform(std::uint32_t bound)
{
    assert(bound > 0);
    const std::uint32_t rejected = (0U - bound) % bound;
    while (true) {
        const auto bytes = array<4>();
        const std::uint32_t value = std::uint32_t(bytes[0]) << 24U | std::uint32_t(bytes[1]) << 16U
            | std::uint32_t(bytes[2]) << 8U | std::uint32_t(bytes[3]);
        if (value >= rejected)
            return value % bound;
    }
}

void SystemRandom::fill(std::span<std::uint8_t> bytes)
{
    QRandomGenerator *const system = QRandomGenerator::system();
    for (std::size_t i = 0; i < bytes.size(); i += 4) {
        const quint32 word = system->generate();
        for (std::size_t j = i; j < bytes.size() && j < i + 4; ++j)
            bytes[j] = static_cast<std::uint8_t>(word >> (8 * (j - i)));
    }
}

std::uint64_t SeededRandom::next()
{
    m_state += 0x9e3779b97f4a7c15U;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

double SeededRandom::real()
{
    return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

void SeededRandom::fill(std::span<std::uint8_t> bytes)
{
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        const std::uint64_t word = next();
        for (std::size_t j = i; j < bytes.size() && j < i + 8; ++j)
            bytes[j] = static_cast<std::uint8_t>(word >> (8 * (j - i)));
    }
}

} // namespace ringlift
