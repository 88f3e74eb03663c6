#include "tests/tools/estoidsp.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace ringlift::estoi {

namespace {

constexpr std::size_t kFftSize = 512;
constexpr double kLowestBand = 150.0; // Hz
// 48 kHz * 5 / 24 = 10 kHz.
constexpr int kUp = 5;
constexpr int kDown = 24;
constexpr double kRejection = 60.0; // dB

double besselI0(double x)
{
    double sum = 1.0;
    double term = 1.0;
    for (int k = 1; term > 1e-12 * sum; ++k) {
        term *= (x / 2.0 / k) * (x / 2.0 / k);
        sum += term;
    }
    return sum;
}

/// The interpolating low-pass at 5 * 48 kHz; odd length, centre in the middle.
std::vector<double> lowPass()
{
    constexpr double kCutoff = 1.0 / (2.0 * kDown);
    constexpr double kRollOff = kCutoff / 10.0;
    const auto half = static_cast<int>(std::ceil((kRejection - 8.0) / (28.714 * kRollOff)));
    const double beta = 0.1102 * (kRejection - 8.7);
    std::vector<double> taps;
    for (int i = -half; i <= half; ++i) {
        const double phase = 2.0 * kCutoff * i * std::numbers::pi;
        const double sinc = i == 0 ? 1.0 : std::sin(phase) / phase;
        const double place = static_cast<double>(i) / half;
        taps.push_back(kUp * 2.0 * kCutoff * sinc * besselI0(beta * std::sqrt(1.0 - place * place)) / besselI0(beta));
    }
    return taps;
}

struct BandEdges { std::size_t first = 0; std::size_t end = 0; };

std::array<BandEdges, kBands> bandEdges()
{
    const auto nearestBin = [](double hertz) { return static_cast<std::size_t>(std::lround(hertz * kFftSize / kRate)); };
    std::array<BandEdges, kBands> edges;
    for (std::size_t band = 0; band < kBands; ++band) {
        const double steps = 2.0 * static_cast<double>(band);
        edges[band] = {nearestBin(kLowestBand * std::exp2((steps - 1.0) / 6.0)), nearestBin(kLowestBand * std::exp2((steps + 1.0) / 6.0))};
    }
    return edges;
}

std::size_t reversed(std::size_t index, std::size_t count)
{
    std::size_t result = 0;
    for (std::size_t bit = 1; bit < count; bit <<= 1U) {
        result = (result << 1U) | (index & 1U);
        index >>= 1U;
    }
    return result;
}

} // namespace

void fft(std::vector<std::complex<double>> &values, bool inverse)
{
    const std::size_t count = values.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (const std::size_t j = reversed(i, count); i < j)
            std::swap(values[i], values[j]);
    }
    std::vector<std::complex<double>> turns(count / 2);
    const double sign = inverse ? 2.0 : -2.0;
    for (std::size_t i = 0; i < turns.size(); ++i)
        turns[i] = std::polar(1.0, sign * std::numbers::pi * static_cast<double>(i) / static_cast<double>(count));
    for (std::size_t half = 1; half < count; half *= 2) {
        const std::size_t stride = count / (2 * half);
        for (std::size_t start = 0; start < count; start += 2 * half) {
            for (std::size_t i = 0; i < half; ++i) {
                const std::complex<double> odd = values[start + half + i] * turns[i * stride];
                values[start + half + i] = values[start + i] - odd;
                values[start + i] += odd;
            }
        }
    }
}

Signal toAnalysisRate(media::ConstSamples samples)
{
    static const std::vector<double> kTaps = lowPass();
    const auto centre = static_cast<std::ptrdiff_t>(kTaps.size() / 2);
    const auto available = static_cast<std::ptrdiff_t>(samples.size());
    Signal result;
    for (std::ptrdiff_t n = 0; n * kDown < available * kUp; ++n) {
        const std::ptrdiff_t at = n * kDown; // at 5 * 48 kHz
        const std::ptrdiff_t first = std::max<std::ptrdiff_t>(0, (at - centre + kUp - 1) / kUp);
        const std::ptrdiff_t last = std::min(available - 1, (at + centre) / kUp);
        double sum = 0;
        for (std::ptrdiff_t k = first; k <= last; ++k)
            sum += samples[static_cast<std::size_t>(k)] * kTaps[static_cast<std::size_t>(centre + at - k * kUp)];
        result.push_back(sum / 32768.0);
    }
    return result;
}

const std::array<double, kFrame> &window()
{
    // Hann without its two zeros: overlapped by half, the frames add up to the signal.
    static const std::array<double, kFrame> kWindow = [] {
        std::array<double, kFrame> values{};
        for (std::size_t i = 0; i < kFrame; ++i)
            values[i] = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(i + 1) / static_cast<double>(kFrame + 1));
        return values;
    }();
    return kWindow;
}

Bands bandsOf(std::span<const double> frame)
{
    static const std::array<BandEdges, kBands> kEdges = bandEdges();
    std::vector<std::complex<double>> spectrum(kFftSize);
    for (std::size_t i = 0; i < std::min(kFrame, frame.size()); ++i)
        spectrum[i] = frame[i] * window()[i];
    fft(spectrum, false);
    Bands bands{};
    for (std::size_t band = 0; band < kBands; ++band) {
        double power = 0;
        for (std::size_t bin = kEdges[band].first; bin < kEdges[band].end; ++bin)
            power += std::norm(spectrum[bin]);
        bands[band] = std::sqrt(power);
    }
    return bands;
}

std::ptrdiff_t delayBetween(const Signal &original, const Signal &degraded)
{
    std::size_t count = 1;
    while (count < original.size() + degraded.size())
        count *= 2;
    std::vector<std::complex<double>> a(original.begin(), original.end());
    std::vector<std::complex<double>> b(degraded.begin(), degraded.end());
    a.resize(count);
    b.resize(count);
    fft(a, false);
    fft(b, false);
    for (std::size_t i = 0; i < count; ++i)
        b[i] *= std::conj(a[i]);
    fft(b, true);
    const auto peak = std::max_element(b.begin(), b.end(), [](const auto &x, const auto &y) { return x.real() < y.real(); });
    const std::ptrdiff_t index = peak - b.begin();
    return index < static_cast<std::ptrdiff_t>(degraded.size()) ? index : index - static_cast<std::ptrdiff_t>(count);
}

} // namespace ringlift::estoi
