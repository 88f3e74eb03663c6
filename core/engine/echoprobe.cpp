#include "core/engine/echoprobe.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace ringlift::engine {

namespace {

constexpr Duration kFrame = std::chrono::milliseconds(10);
constexpr std::int64_t kFramesOfRound = 100;
constexpr std::int64_t kFramesOfTone = 15;
/// Each fills a frame with whole periods, so that none is taken for another.
constexpr std::array kPitches{400, 1300, 700, 1000};
constexpr double kAmplitude = 12'000;
/// Root of the mean square of what can be heard well.
constexpr double kAudible = 600;
/// Of the energy of a frame, in the awaited pitch.
constexpr double kMostOfIt = 0.6;

double angleOf(int pitch)
{
    return 2 * std::numbers::pi * pitch / ports::AudioDevice::kSampleRate;
}

/// Goertzel's algorithm.
bool holds(std::span<const std::int16_t> frame, int pitch)
{
    const double coefficient = 2 * std::cos(angleOf(pitch));
    double last = 0;
    double before = 0;
    double energy = 0;
    for (const std::int16_t sample : frame) {
        const double next = sample + coefficient * last - before;
        before = last;
        last = next;
        energy += double(sample) * sample;
    }
    const auto count = double(frame.size());
    const double power = last * last + before * before - coefficient * last * before;
    return energy / count > kAudible * kAudible && 2 * power / count > kMostOfIt * energy;
}

} // namespace

void EchoMeasure::note(Duration delay)
{
    const int index = m_count.load(std::memory_order_relaxed);
    if (index >= kWanted)
        return;
    m_delays[std::size_t(index)].store(delay.count(), std::memory_order_relaxed);
    m_count.store(index + 1, std::memory_order_release);
}

std::optional<Duration> EchoMeasure::median() const
{
    const int count = m_count.load(std::memory_order_acquire);
    if (count == 0)
        return std::nullopt;
    std::vector<std::int64_t> delays;
    delays.reserve(std::size_t(count));
    for (int index = 0; index < count; ++index)
        delays.push_back(m_delays[std::size_t(index)].load(std::memory_order_relaxed));
    const auto middle = delays.begin() + count / 2;
    std::nth_element(delays.begin(), middle, delays.end());
    return Duration(*middle);
}

EchoProbe::EchoProbe(std::shared_ptr<EchoMeasure> measure, std::function<TimePoint()> clock)
    : m_measure(std::move(measure)), m_clock(std::move(clock))
{
}

bool EchoProbe::start(bool capture)
{
    m_playingSince = m_clock();
    m_framesWritten = 0;
    return !capture || startCapture();
}

bool EchoProbe::startCapture()
{
    if (!m_captureSince) {
        m_captureSince = m_clock();
        m_framesRead = 0;
    }
    return true;
}

int EchoProbe::pitch() const
{
    return kPitches[std::size_t(m_tones) % kPitches.size()];
}

bool EchoProbe::read(std::span<std::int16_t, kFrameSamples> frame)
{
    if (!m_captureSince || (m_clock() - *m_captureSince) / kFrame <= m_framesRead)
        return false;
    const std::int64_t phase = m_framesRead++ % kFramesOfRound;
    if (phase == 0) {
        ++m_tones;
        m_awaited = m_clock();
    }
    std::fill(frame.begin(), frame.end(), std::int16_t{0});
    if (phase < kFramesOfTone) {
        for (std::size_t i = 0; i < frame.size(); ++i)
            frame[i] = std::int16_t(kAmplitude * std::sin(angleOf(pitch()) * double(i)));
    }
    return true;
}

int EchoProbe::writableFrames()
{
    const std::int64_t due = (m_clock() - m_playingSince) / kFrame + 1 - m_framesWritten;
    return int(std::clamp<std::int64_t>(due, 0, kFramesOfRound));
}

void EchoProbe::write(std::span<const std::int16_t, kFrameSamples> frame)
{
    ++m_framesWritten;
    if (m_awaited && holds(frame, pitch()))
        m_measure->note(m_clock() - *std::exchange(m_awaited, std::nullopt));
}

} // namespace ringlift::engine
