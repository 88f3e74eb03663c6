#pragma once

#include "core/base/random.h"
#include "core/media/audioframe.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace ringlift::media {

/// A voice to test with: harmonics of a changing pitch under syllables and a formant that change four times a second.
inline std::vector<std::int16_t> makeVoice(double seconds, std::uint64_t seed)
{
    constexpr int kSyllable = kSampleRate / 4;
    SeededRandom random(seed);
    std::vector<std::int16_t> samples;
    double phase = 0;
    double formant = 0;
    double pitch = 0;
    for (int i = 0; i < static_cast<int>(seconds * kSampleRate); ++i) {
        if (i % kSyllable == 0) {
            formant = 300 + 1500 * random.real();
            pitch = 100 + 80 * random.real();
        }
        phase += pitch / kSampleRate;
        const double envelope = std::pow(std::sin(std::numbers::pi * (i % kSyllable) / kSyllable), 2);
        double value = 0;
        for (int harmonic = 1; harmonic * pitch < 4000; ++harmonic) {
            const double off = (harmonic * pitch - formant) / 400;
            value += std::sin(2 * std::numbers::pi * harmonic * phase) * (0.05 + std::exp(-off * off));
        }
        samples.push_back(static_cast<std::int16_t>(2500 * envelope * value));
    }
    return samples;
}

} // namespace ringlift::media
