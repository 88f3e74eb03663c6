#include "core/engine/tonefeeder.h"

#include "core/base/log.h"

#include <QThread>

#include <utility>

namespace ringlift::engine {

namespace {

using std::chrono::milliseconds;

/// What the device holds, and the end of the tone behind it, has been played by then.
constexpr milliseconds kDrainTime{150};
/// The exit race of Qt's PulseAudio client: a stopped device must go on for a while.
constexpr milliseconds kLinger{200};
constexpr Duration kRetryEvery = std::chrono::seconds(5);

} // namespace

ToneFeeder::ToneFeeder(TonePlayer::DeviceFactory makeDevice)
    : m_makeDevice(std::move(makeDevice)), m_tick(this), m_closing(this) // so that they move to the thread too
{
    m_tick.setTimerType(Qt::PreciseTimer);
    m_tick.setInterval(std::chrono::duration_cast<milliseconds>(media::kTick));
    m_closing.setSingleShot(true);
    m_closing.setInterval(kDrainTime);
    connect(&m_tick, &QTimer::timeout, this, &ToneFeeder::step);
    connect(&m_closing, &QTimer::timeout, this, &ToneFeeder::closeDevice);
}

ToneFeeder::~ToneFeeder() = default;

void ToneFeeder::play(media::Tone tone, quint64 request)
{
    m_closing.stop();
    m_cadence.emplace(tone);
    m_request = request;
    m_retryAt = {};
    m_tick.start();
    step();
}

void ToneFeeder::fadeOut()
{
    if (!m_cadence)
        return;
    m_request.reset();
    m_cadence->end();
    m_device ? m_closing.start() : closeDevice();
}

void ToneFeeder::retire()
{
    closeDevice();
    QTimer::singleShot(kLinger, Qt::PreciseTimer, this, [] { QThread::currentThread()->quit(); });
}

void ToneFeeder::step()
{
    if (m_device && m_device->broken()) {
        qCWarning(lcMedia) << "the loudspeaker is gone";
        m_device->stop();
        m_device.reset();
        m_retryAt = monotonicNow() + kRetryEvery;
    }
    if (m_device && m_device->superseded()) {
        m_device->stop();
        m_device.reset();
    }
    if (!m_device && !openDevice())
        return;
    bool written = false;
    for (int room = m_device->writableFrames(); room > 0; --room) {
        m_device->write(m_cadence->next());
        written = true;
    }
    if (written && m_request)
        Q_EMIT sounding(*std::exchange(m_request, std::nullopt));
}

bool ToneFeeder::openDevice()
{
    const TimePoint now = monotonicNow();
    if (now < m_retryAt)
        return false;
    m_device = m_makeDevice();
    if (m_device && m_device->start(false))
        return true;
    m_device.reset();
    m_retryAt = now + kRetryEvery;
    if (m_request)
        Q_EMIT unavailable(*std::exchange(m_request, std::nullopt));
    return false;
}

void ToneFeeder::closeDevice()
{
    m_tick.stop();
    m_closing.stop();
    m_cadence.reset();
    if (m_device)
        m_device->stop();
    m_device.reset();
}

} // namespace ringlift::engine
