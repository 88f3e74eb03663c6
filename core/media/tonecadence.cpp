#include "core/media/tonecadence.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ringlift::media {

using namespace std::chrono_literals;

struct ToneCadence::Shape
{
    std::array<double, 2> hertz; // sound together
    double peak;
    Duration burst;
    Duration silence;
    Duration attack;
    Duration release;
};

namespace {

/// From 0 to 1 without an edge, for a part from 0 to 1.
double rise(double part)
{
    return 0.5 - 0.5 * std::cos(std::numbers::pi * std::clamp(part, 0.0, 1.0));
}

double ratio(std::int64_t part, std::int64_t whole)
{
    return static_cast<double>(part) / static_cast<double>(whole);
}

} // namespace

const ToneCadence::Shape &ToneCadence::shapeOf(Tone tone)
{
    static constexpr Shape kRing{{660, 880}, 14000, 1s, 2s, 30ms, 200ms};
    static constexpr Shape kRingback{{425, 425}, 5000, 1s, 4s, 10ms, 10ms}; // -13 dBm0; E.180: -10 dBm0, give or take 5 dB
    static constexpr Shape kContinued{{523, 784}, 10000, 400ms, 4600ms, 20ms, 100ms};
    static constexpr Shape kMoved{{880, 1320}, 9000, 300ms, 4700ms, 20ms, 120ms};
    switch (tone) {
    case Tone::Ring:
        return kRing;
    case Tone::Ringback:
        return kRingback;
    case Tone::Continued:
        return kContinued;
    case Tone::Moved:
        break;
    }
    return kMoved;
}

ToneCadence::ToneCadence(Tone tone) : m_shape(shapeOf(tone)) { }

double ToneCadence::valueAt(std::int64_t sample) const
{
    const std::int64_t burst = samplesIn(m_shape.burst);
    if (sample >= burst)
        return 0;
    const double softness = rise(ratio(sample, samplesIn(m_shape.attack))) * rise(ratio(burst - sample, samplesIn(m_shape.release)));
    const double turns = 2 * std::numbers::pi * ratio(sample, kSampleRate);
    return m_shape.peak * softness * 0.5 * (std::sin(m_shape.hertz[0] * turns) + std::sin(m_shape.hertz[1] * turns));
}

TickFrame ToneCadence::next()
{
    TickFrame frame{};
    if (m_over)
        return frame;
    const std::int64_t period = samplesIn(m_shape.burst + m_shape.silence);
    for (std::size_t i = 0; i < frame.size(); ++i) {
        const double left = 1.0 - static_cast<double>(i + 1) / static_cast<double>(frame.size());
        const double value = valueAt(m_sample) * (m_ending ? rise(left) : 1.0);
        frame[i] = static_cast<std::int16_t>(std::lround(value));
        m_sample = (m_sample + 1) % period;
    }
    m_over = m_ending;
    return frame;
}

} // namespace ringlift::media
