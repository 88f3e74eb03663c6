#pragma once

#include "core/media/audioframe.h"

#include <complex>
#include <vector>

namespace ringlift::estoi {

using Signal = std::vector<double>;

inline constexpr std::size_t kRate = 10000;
inline constexpr std::size_t kFrame = 256;
inline constexpr std::size_t kHop = 128;
inline constexpr std::size_t kBands = 15;
/// 384 ms.
inline constexpr std::size_t kSegment = 30;

using Bands = std::array<double, kBands>;

/// In place, of a power of two of values; inverse without the division by their count.
void fft(std::vector<std::complex<double>> &values, bool inverse);
/// 48 kHz to 10 kHz by a Kaiser-windowed low-pass, 60 dB down above 5 kHz.
Signal toAnalysisRate(media::ConstSamples samples);
const std::array<double, kFrame> &window();
/// Magnitudes of one windowed frame in one-third octave bands from 150 Hz.
Bands bandsOf(std::span<const double> frame);
/// By how many samples degraded comes after original, where their correlation peaks.
std::ptrdiff_t delayBetween(const Signal &original, const Signal &degraded);

} // namespace ringlift::estoi
