#pragma once

#include "core/base/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

/// Sound as values: 48 kHz, mono, 16 bit.
namespace ringlift::media {

inline constexpr int kSampleRate = 48000;
/// One step of the media tick, 10 ms.
inline constexpr std::size_t kTickSamples = 480;
/// One packet, 20 ms.
inline constexpr std::size_t kFrameSamples = 960;
inline constexpr Duration kTick = std::chrono::milliseconds(10);

using TickFrame = std::array<std::int16_t, kTickSamples>;
using Samples = std::span<std::int16_t>;
using ConstSamples = std::span<const std::int16_t>;

/// How long that many samples of 48 kHz sound, rounded down to a microsecond.
constexpr Duration durationOf(std::int64_t samples)
{
    return Duration(samples * 125 / 6);
}

constexpr std::int64_t samplesIn(Duration duration)
{
    return duration.count() * 6 / 125;
}

/// Sum of squares over count: power in units of 16 bit samples squared.
constexpr double powerOf(ConstSamples samples)
{
    std::int64_t sum = 0;
    for (const std::int16_t sample : samples)
        sum += std::int64_t{sample} * sample;
    return samples.empty() ? 0.0 : static_cast<double>(sum) / static_cast<double>(samples.size());
}

/// -50 dBFS, full scale being a square wave: from here on a frame counts as audible.
inline constexpr double kAudiblePower = 32768.0 * 32768.0 * 1e-5;

constexpr bool isAudible(ConstSamples samples)
{
    return powerOf(samples) >= kAudiblePower;
}

} // namespace ringlift::media
