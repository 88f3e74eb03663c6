#include "platform/fake/handset.h"

#include "core/base/log.h"

#include <algorithm>

namespace ringlift::fake {

namespace {

using media::kTickSamples;

constexpr Duration kRetryEvery = std::chrono::milliseconds(100);
constexpr int kMaxFramesPerTick = 10;
/// Voice that waits before it is played, so that a late frame leaves no gap; and the most that may wait.
constexpr std::size_t kCushion = 3 * kTickSamples;
constexpr std::size_t kMaxWaiting = 20 * kTickSamples;

} // namespace

Handset::Handset(FakeLine &line, DeviceFactory makeDevice, QObject *parent)
    : QObject(parent), m_line(line), m_makeDevice(std::move(makeDevice))
{
    using Line = ports::CellularLine;
    for (const auto signal : {&Line::dialling, &Line::incoming, &Line::changed, &Line::ended})
        connect(&line, signal, this, &Handset::onLeg);
    connect(&line, &FakeLine::voiceReceived, this, &Handset::onVoice, Qt::DirectConnection);
    m_tick.setTimerType(Qt::PreciseTimer);
    m_tick.setInterval(std::chrono::duration_cast<std::chrono::milliseconds>(media::kTick));
    connect(&m_tick, &QTimer::timeout, this, &Handset::tick);
}

Handset::~Handset()
{
    if (m_device)
        m_device->stop();
}

void Handset::setDeviceTaken(bool taken)
{
    m_taken = taken;
    choose();
}

void Handset::onLeg(const LineCall &call)
{
    if (call.state == LegState::Ended)
        m_legs.erase(call.id);
    else
        m_legs[call.id] = call.state;
    choose();
}

void Handset::choose()
{
    const auto active = std::find_if(m_legs.begin(), m_legs.end(), [](const auto &leg) { return leg.second == LegState::Active; });
    const auto speaking = active == m_legs.end() || m_taken ? std::nullopt : std::optional(active->first);
    if (speaking == m_speaking)
        return;
    m_tick.stop();
    close(false);
    m_audio.heard = false; // of the next leg nothing was heard yet
    m_speaking = speaking;
    if (!m_speaking)
        return;
    m_retryAt = monotonicNow();
    m_tick.start(); // not at once: others are to know first that the leg is active
}

void Handset::open()
{
    m_device = m_makeDevice ? m_makeDevice() : nullptr;
    if (m_device && !m_device->start(true))
        m_device.reset();
    m_received.clear();
    m_filling = true;
    const bool open = m_device != nullptr;
    setAudio({open, open, !open, m_audio.heard});
}

void Handset::close(bool deviceLost)
{
    if (m_device)
        m_device->stop();
    m_device.reset();
    setAudio({false, false, deviceLost, m_audio.heard});
}

void Handset::tick()
{
    const TimePoint now = monotonicNow();
    if (m_device && m_device->broken()) {
        qCWarning(lcMedia) << "the handset's audio device is gone";
        close(true);
        m_retryAt = now + kRetryEvery;
    }
    if (m_device && m_device->superseded()) {
        close(false);
        m_retryAt = now;
    }
    if (!m_device && now >= m_retryAt) {
        m_retryAt = now + kRetryEvery;
        open();
    }
    if (!m_device)
        return;
    capture();
    play();
}

void Handset::capture()
{
    media::TickFrame frame{};
    for (int i = 0; i < kMaxFramesPerTick && m_device->read(frame); ++i) {
        if (m_muted)
            frame.fill(0);
        m_line.sendVoice(*m_speaking, frame);
    }
}

void Handset::play()
{
    const int room = std::min(m_device->writableFrames(), kMaxFramesPerTick);
    for (int i = 0; i < room; ++i) {
        media::TickFrame frame{};
        const bool voice = nextFrame(frame);
        m_device->write(frame);
        if (!voice || m_audio.heard || !media::isAudible(frame))
            continue;
        setAudio({true, true, false, true});
        Q_EMIT heard(monotonicNow());
    }
}

bool Handset::nextFrame(media::TickFrame &frame)
{
    m_filling = m_received.size() < (m_filling ? kCushion : kTickSamples);
    if (m_filling)
        return false;
    const auto end = m_received.begin() + static_cast<std::ptrdiff_t>(kTickSamples);
    std::copy(m_received.begin(), end, frame.begin());
    m_received.erase(m_received.begin(), end);
    return true;
}

void Handset::onVoice(LineCallId leg, plmn::VoiceSpan samples)
{
    if (!m_device || m_speaking != leg)
        return;
    m_received.insert(m_received.end(), samples.begin(), samples.end());
    if (m_received.size() > kMaxWaiting)
        m_received.erase(m_received.begin(), m_received.end() - static_cast<std::ptrdiff_t>(kCushion));
}

void Handset::setAudio(const HandsetAudio &audio)
{
    if (m_audio == audio)
        return;
    m_audio = audio;
    Q_EMIT audioChanged(m_audio);
}

} // namespace ringlift::fake
