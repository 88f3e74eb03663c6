#include "core/media/timescaler.h"

#include <algorithm>
#include <cmath>

namespace ringlift::media {

namespace {

constexpr std::size_t kDecimation = 4;
constexpr std::size_t kMaxOverlap = 480;
constexpr double kShortenLikeness = 0.8;
constexpr double kLengthenLikeness = 0.75;
constexpr double kSpeechFade = 0.995;  // for each frame: about 4 s
constexpr double kQuietShare = 1e-4; // 40 dB below the speaker
constexpr double kQuietPower = kAudiblePower / 10;

constexpr std::size_t overlapFor(std::size_t lag, std::size_t length, std::size_t most)
{
    return std::min(length - lag, most);
}

/// Normalised cross-correlation of a signal with itself, lag later.
double likeness(std::span<const std::int16_t> x, std::size_t lag, std::size_t overlap)
{
    std::int64_t cross = 0;
    std::int64_t here = 0;
    std::int64_t there = 0;
    for (std::size_t i = 0; i < overlap; ++i) {
        const std::int64_t a = x[i];
        const std::int64_t b = x[i + lag];
        cross += a * b;
        here += a * a;
        there += b * b;
    }
    const double power = static_cast<double>(here) * static_cast<double>(there);
    return power > 0 ? static_cast<double>(cross) / std::sqrt(power) : 1.0;
}

/// from fades into to over the overlap.
std::int16_t blend(std::int16_t from, std::int16_t to, std::size_t step, std::size_t overlap)
{
    const auto part = static_cast<std::int32_t>(step);
    const auto whole = static_cast<std::int32_t>(overlap);
    return static_cast<std::int16_t>((from * (whole - part) + to * part) / whole);
}

} // namespace

void TimeScaler::observe(ConstSamples frame)
{
    m_speechPower = std::max(powerOf(frame), m_speechPower * kSpeechFade);
}

bool TimeScaler::isQuiet(ConstSamples frame) const
{
    const double power = powerOf(frame);
    return power < kQuietPower || power < m_speechPower * kQuietShare;
}

TimeScaler::Match TimeScaler::bestLag(ConstSamples frame, std::size_t most)
{
    constexpr std::size_t kCoarse = kFrameSamples / kDecimation;
    std::array<std::int16_t, kCoarse> coarse{};
    for (std::size_t i = 0; i < kCoarse; ++i) {
        int sum = 0;
        for (std::size_t j = 0; j < kDecimation; ++j)
            sum += frame[i * kDecimation + j];
        coarse[i] = static_cast<std::int16_t>(sum / static_cast<int>(kDecimation));
    }
    Match rough{kMinLag / kDecimation, -1.0};
    for (std::size_t lag = kMinLag / kDecimation; lag <= most / kDecimation; ++lag) {
        const double value = likeness(coarse, lag, overlapFor(lag, kCoarse, kMaxOverlap / kDecimation));
        if (value > rough.likeness)
            rough = {lag, value};
    }
    const std::size_t middle = rough.lag * kDecimation;
    Match best{middle, -1.0};
    for (std::size_t lag = std::max(kMinLag, middle - kDecimation); lag <= std::min(most, middle + kDecimation); ++lag) {
        const double value = likeness(frame, lag, overlapFor(lag, kFrameSamples, kMaxOverlap));
        if (value > best.likeness)
            best = {lag, value};
    }
    return best;
}

std::size_t TimeScaler::shorten(Samples room, std::size_t samples, std::size_t most) const
{
    most = std::min(most, kMaxLag);
    if (samples < kFrameSamples || most < kMinLag)
        return samples;
    const ConstSamples frame = room.first(kFrameSamples);
    const Match match = isQuiet(frame) ? Match{most, 1.0} : bestLag(frame, most);
    if (match.likeness < kShortenLikeness)
        return samples;
    const std::size_t overlap = overlapFor(match.lag, kFrameSamples, kMaxOverlap);
    for (std::size_t i = 0; i < overlap; ++i)
        room[i] = blend(room[i], room[i + match.lag], i, overlap);
    const Samples rest = room.first(samples).subspan(overlap + match.lag);
    std::copy(rest.begin(), rest.end(), room.begin() + static_cast<std::ptrdiff_t>(overlap));
    return samples - match.lag;
}

std::size_t TimeScaler::lengthen(Samples room, std::size_t samples, std::size_t most) const
{
    most = std::min(most, kMaxLag);
    if (samples < kFrameSamples || most < kMinLag || room.size() < samples + most)
        return samples;
    std::array<std::int16_t, kFrameSamples> frame{};
    std::copy_n(room.begin(), kFrameSamples, frame.begin());
    const Match match = isQuiet(frame) ? Match{most, 1.0} : bestLag(frame, most);
    if (match.likeness < kLengthenLikeness)
        return samples;
    const std::size_t overlap = overlapFor(match.lag, kFrameSamples, kMaxOverlap);
    const auto lag = static_cast<std::ptrdiff_t>(match.lag);
    const auto end = room.begin() + static_cast<std::ptrdiff_t>(samples);
    std::copy_backward(room.begin() + static_cast<std::ptrdiff_t>(overlap), end, end + lag);
    for (std::size_t i = 0; i < overlap; ++i)
        room[match.lag + i] = blend(frame[match.lag + i], frame[i], i, overlap);
    return samples + match.lag;
}

} // namespace ringlift::media
