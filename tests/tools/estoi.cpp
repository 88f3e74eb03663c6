#include "tests/tools/estoi.h"

#include "tests/tools/estoidsp.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace ringlift::estoi {

namespace {

/// Frames so far below the loudest one hold no speech.
constexpr double kDynamicRange = 40.0; // dB
/// A new alignment is looked for so often; the segments in between share it.
constexpr std::size_t kRealignEvery = 20; // frames
constexpr std::size_t kLeastFrames = kSegment + 10;

/// kSegment frames of kBands magnitudes.
using Segment = std::vector<Bands>;

/// Mean zero and length one, over time for each band, then over bands for each frame.
void normalise(Segment &segment)
{
    const auto finish = [](double sum, double squares, double count) {
        const double mean = sum / count;
        const double length = std::sqrt(std::max(0.0, squares - count * mean * mean));
        return std::pair(mean, length > 1e-12 ? 1.0 / length : 0.0);
    };
    for (std::size_t band = 0; band < kBands; ++band) {
        double sum = 0;
        double squares = 0;
        for (const Bands &frame : segment) {
            sum += frame[band];
            squares += frame[band] * frame[band];
        }
        const auto [mean, scale] = finish(sum, squares, static_cast<double>(segment.size()));
        for (Bands &frame : segment)
            frame[band] = (frame[band] - mean) * scale;
    }
    for (Bands &frame : segment) {
        double sum = 0;
        double squares = 0;
        for (const double value : frame) {
            sum += value;
            squares += value * value;
        }
        const auto [mean, scale] = finish(sum, squares, static_cast<double>(kBands));
        for (double &value : frame)
            value = (value - mean) * scale;
    }
}

double similarity(Segment original, Segment degraded)
{
    normalise(original);
    normalise(degraded);
    double sum = 0;
    for (std::size_t i = 0; i < original.size(); ++i) {
        for (std::size_t band = 0; band < kBands; ++band)
            sum += original[i][band] * degraded[i][band];
    }
    return sum / static_cast<double>(original.size());
}

class Comparer
{
public:
    Comparer(Signal original, Signal degraded, const Options &options)
        : m_original(std::move(original)), m_degraded(std::move(degraded)), m_realign(static_cast<std::ptrdiff_t>(options.realign.count() * static_cast<Duration::rep>(kRate) / 1'000'000))
    {
        m_delay = options.align ? delayBetween(m_original, m_degraded) : 0;
        findSpeech();
    }

    std::ptrdiff_t delay() const { return m_delay; }
    std::size_t speechFrames() const { return m_frames.size(); }

    double mean() const
    {
        double sum = 0;
        std::size_t count = 0;
        for (std::size_t first = 0; first + kSegment <= m_frames.size(); first += kRealignEvery) {
            const std::size_t segments = std::min(kRealignEvery, m_frames.size() - kSegment - first + 1);
            const std::size_t frames = segments + kSegment - 1;
            const std::ptrdiff_t lag = bestLag(std::span(m_frames).subspan(first, frames));
            const Segment original = bandsFrom(m_original, first, frames, 0);
            const Segment degraded = bandsFrom(m_degraded, first, frames, m_delay + lag);
            for (std::size_t i = 0; i < segments; ++i) {
                const auto from = static_cast<std::ptrdiff_t>(i);
                const auto to = from + static_cast<std::ptrdiff_t>(kSegment);
                sum += similarity(Segment(original.begin() + from, original.begin() + to), Segment(degraded.begin() + from, degraded.begin() + to));
            }
            count += segments;
        }
        return sum / static_cast<double>(count);
    }

private:
    void findSpeech()
    {
        const auto covered = static_cast<std::ptrdiff_t>(m_degraded.size());
        std::vector<std::pair<std::size_t, double>> energies;
        double loudest = 0;
        for (std::size_t at = 0; at + kFrame <= m_original.size(); at += kHop) {
            double energy = 0;
            for (std::size_t i = 0; i < kFrame; ++i)
                energy += std::pow(m_original[at + i] * window()[i], 2);
            loudest = std::max(loudest, energy);
            const std::ptrdiff_t there = static_cast<std::ptrdiff_t>(at) + m_delay;
            if (there >= 0 && there + static_cast<std::ptrdiff_t>(kFrame) <= covered)
                energies.emplace_back(at, energy);
        }
        const double least = loudest * std::pow(10.0, -kDynamicRange / 10.0);
        for (const auto &[at, energy] : energies) {
            if (energy > least)
                m_frames.push_back(at);
        }
    }

    std::span<const double> frameOf(const Signal &signal, std::ptrdiff_t at) const
    {
        if (at < 0 || at + static_cast<std::ptrdiff_t>(kFrame) > static_cast<std::ptrdiff_t>(signal.size()))
            return {};
        return std::span(signal).subspan(static_cast<std::size_t>(at), kFrame);
    }

    Segment bandsFrom(const Signal &signal, std::size_t first, std::size_t frames, std::ptrdiff_t shift) const
    {
        Segment segment;
        for (std::size_t i = first; i < first + frames; ++i)
            segment.push_back(bandsOf(frameOf(signal, static_cast<std::ptrdiff_t>(m_frames[i]) + shift)));
        return segment;
    }

    /// Where, near the common delay, the samples of these frames are most alike.
    std::ptrdiff_t bestLag(std::span<const std::size_t> frames) const
    {
        // A steady voice is nearly as like itself a pitch period away: the best few of every second lag are looked at closely.
        constexpr std::size_t kCandidates = 8;
        std::vector<std::pair<double, std::ptrdiff_t>> coarse;
        for (std::ptrdiff_t lag = -(m_realign / 2) * 2; lag <= m_realign; lag += 2)
            coarse.emplace_back(likeness(frames, m_delay + lag), lag);
        const std::size_t kept = std::min(kCandidates, coarse.size());
        std::partial_sort(coarse.begin(), coarse.begin() + static_cast<std::ptrdiff_t>(kept), coarse.end(), std::greater<>());
        std::pair<double, std::ptrdiff_t> best{0.0, 0};
        for (std::size_t i = 0; i < kept; ++i) {
            for (const std::ptrdiff_t lag : {coarse[i].second, coarse[i].second - 1, coarse[i].second + 1}) {
                if (const double value = likeness(frames, m_delay + lag); value > best.first && std::abs(lag) <= m_realign)
                    best = {value, lag};
            }
        }
        return best.second;
    }

    double likeness(std::span<const std::size_t> frames, std::ptrdiff_t shift) const
    {
        double cross = 0;
        double power = 0;
        for (std::size_t i = 0; i < frames.size(); i += 2) { // every second one covers all samples
            const std::span<const double> there = frameOf(m_degraded, static_cast<std::ptrdiff_t>(frames[i]) + shift);
            for (std::size_t j = 0; j < there.size(); ++j) {
                cross += m_original[frames[i] + j] * there[j];
                power += there[j] * there[j];
            }
        }
        return power > 0 ? cross / std::sqrt(power) : 0.0;
    }

    Signal m_original;
    Signal m_degraded;
    std::ptrdiff_t m_realign;
    std::ptrdiff_t m_delay = 0;
    std::vector<std::size_t> m_frames; // where the original's frames with speech begin
};

} // namespace

Result<Comparison> compare(media::ConstSamples original, media::ConstSamples degraded, const Options &options)
{
    if (original.empty() || degraded.empty())
        return failure("no sound to compare");
    const Comparer comparer(toAnalysisRate(original), toAnalysisRate(degraded), options);
    if (comparer.speechFrames() < kLeastFrames)
        return failure("less than half a second of speech is common to both");
    Comparison result;
    result.estoi = comparer.mean();
    result.delayMs = 1000.0 * static_cast<double>(comparer.delay()) / static_cast<double>(kRate);
    result.speechSeconds = static_cast<double>(comparer.speechFrames() * kHop) / static_cast<double>(kRate);
    return result;
}

} // namespace ringlift::estoi
