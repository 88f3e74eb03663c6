#include "core/engine/mediaclock.h"

#include "core/base/log.h"
#include "core/engine/threadpriority.h"

#include <QEventLoop>
#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>

namespace ringlift::engine {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLinger{200};
constexpr Duration kFirstRetry = milliseconds(250);
constexpr Duration kLongestRetry = milliseconds(4000);
constexpr int kMaxRetries = 60;
/// A tick that stays away so long is held up by its device.
constexpr Duration kHung = milliseconds(2000);
constexpr milliseconds kWaitStep{5};

std::int64_t microseconds(TimePoint time)
{
    return time.time_since_epoch().count();
}

} // namespace

/// Outlives the clock where a device never returns.
struct MediaClock::Shared
{
    explicit Shared(const MediaSettings &mediaSettings) : settings(mediaSettings) { }

    MediaExchange exchange;
    MediaSettings settings;
    DeviceFactory factory;
};

/// The life of the media thread.
class MediaClock::Worker
{
public:
    explicit Worker(std::shared_ptr<Shared> shared)
        : m_shared(std::move(shared)), m_exchange(m_shared->exchange), m_tick(m_exchange, m_shared->settings)
    {
    }

    void run()
    {
        preferThisThread();
        QTimer timer;
        timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&timer, &QTimer::timeout, &timer, [this] { step(); });
        timer.start(std::chrono::duration_cast<milliseconds>(media::kTick));
        step();
        if (!m_exchange.stopWanted)
            m_loop.exec();
        timer.stop();
        closeDevice();
        QTimer::singleShot(kLinger, Qt::PreciseTimer, &m_loop, [this] { m_loop.quit(); });
        m_loop.exec();
        m_exchange.finished.store(true, std::memory_order_release);
        m_exchange.wake.signal();
    }

private:
    void step()
    {
        if (m_exchange.stopWanted.load(std::memory_order_acquire)) {
            m_loop.quit();
            return;
        }
        const TimePoint now = monotonicNow();
        tendDevice(now);
        m_tick.run(now, m_device.get(), m_capturing, m_lost);
        m_exchange.tickedAt.store(microseconds(now), std::memory_order_relaxed);
    }

    void tendDevice(TimePoint now)
    {
        if (m_exchange.held.load(std::memory_order_relaxed)) {
            closeDevice();
            m_lost = false;
            m_retryAt = now;
            return;
        }
        if (m_device && m_device->broken()) {
            qCWarning(lcMedia) << "the audio device is gone";
            closeDevice();
            m_lost = true;
            m_retryAt = std::max(m_retryAt, now + kFirstRetry); // it may break again at once
        }
        if (m_device && m_device->superseded())
            closeDevice();
        if (!m_device && mayTry(now))
            openDevice(now);
        const bool wanted = m_exchange.microphoneWanted.load(std::memory_order_relaxed);
        if (m_device && wanted && !m_capturing && mayTry(now)) {
            m_capturing = m_device->startCapture();
            scheduleRetry(now, m_capturing);
        }
    }

    bool mayTry(TimePoint now) const { return now >= m_retryAt && m_retries <= kMaxRetries; }

    /// Without its microphone: a call whose microphone is missing is still heard.
    void openDevice(TimePoint now)
    {
        m_device = m_shared->factory ? m_shared->factory() : nullptr;
        m_lost = !m_device || !m_device->start(false);
        if (m_lost)
            m_device.reset();
        scheduleRetry(now, !m_lost);
    }

    void scheduleRetry(TimePoint now, bool succeeded)
    {
        if (succeeded) {
            m_wait = kFirstRetry;
            m_retries = 0;
            return;
        }
        if (m_retries == 0)
            qCWarning(lcMedia) << "the audio device does not open; trying again";
        m_retryAt = now + m_wait;
        m_wait = std::min(2 * m_wait, kLongestRetry);
        ++m_retries;
    }

    void closeDevice()
    {
        if (m_device)
            m_device->stop();
        m_device.reset();
        m_capturing = false;
    }

    std::shared_ptr<Shared> m_shared;
    MediaExchange &m_exchange;
    MediaTick m_tick;
    QEventLoop m_loop;
    std::unique_ptr<ports::AudioDevice> m_device;
    bool m_capturing = false;
    bool m_lost = false;
    TimePoint m_retryAt;
    Duration m_wait = kFirstRetry;
    int m_retries = 0;
};

MediaClock::MediaClock(const MediaSettings &settings, QObject *parent)
    : QObject(parent), m_shared(std::make_shared<Shared>(settings))
{
}

MediaClock::~MediaClock()
{
    stop();
    if (!m_thread.joinable())
        return;
    const TimePoint deadline = monotonicNow() + kHung;
    while (!m_shared->exchange.finished.load(std::memory_order_acquire) && monotonicNow() < deadline)
        std::this_thread::sleep_for(kWaitStep);
    if (m_shared->exchange.finished.load(std::memory_order_acquire)) {
        m_thread.join();
    } else {
        qCWarning(lcMedia) << "the audio device hangs; leaving its thread behind";
        m_thread.detach();
    }
}

void MediaClock::start(DeviceFactory factory)
{
    if (m_started)
        return;
    m_started = true;
    m_shared->factory = std::move(factory);
    m_notifier = std::make_unique<QSocketNotifier>(m_shared->exchange.wake.fd(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &MediaClock::roused);
    m_thread = std::thread([shared = m_shared] { std::make_unique<Worker>(shared)->run(); });
}

void MediaClock::stop()
{
    m_shared->exchange.stopWanted.store(true, std::memory_order_release);
}

void MediaClock::openMicrophone()
{
    m_shared->exchange.microphoneWanted.store(true, std::memory_order_relaxed);
}

void MediaClock::setMuted(bool muted)
{
    m_shared->exchange.muted.store(muted, std::memory_order_relaxed);
}

void MediaClock::setHeld(bool held)
{
    m_shared->exchange.held.store(held, std::memory_order_relaxed);
}

void MediaClock::setExpectedLoss(int percent)
{
    m_shared->exchange.expectedLoss.store(std::clamp(percent, 0, 100), std::memory_order_relaxed);
}

bool MediaClock::pushReceived(std::uint32_t timestamp, TimePoint arrived, ByteView body)
{
    media::MediaSlot *slot = m_shared->exchange.received.beginPush();
    if (!slot || !slot->assign(timestamp, arrived, body))
        return false;
    m_shared->exchange.received.endPush();
    return true;
}

bool MediaClock::popEncoded(media::MediaSlot &slot)
{
    MediaExchange &exchange = m_shared->exchange;
    if (exchange.encoded.pop(slot))
        return true;
    // What came between the look and the clearing is seen by the second look.
    exchange.wake.clear();
    return exchange.encoded.pop(slot);
}

int MediaClock::wakeFd() const
{
    return m_shared->exchange.wake.fd();
}

MediaSnapshot MediaClock::snapshot() const
{
    MediaSnapshot snapshot = m_shared->exchange.snapshot();
    const std::int64_t tickedAt = m_shared->exchange.tickedAt.load(std::memory_order_relaxed);
    if (tickedAt > 0 && microseconds(monotonicNow()) - tickedAt > kHung.count())
        snapshot.deviceLost = true;
    return snapshot;
}

void MediaClock::roused()
{
    const bool finished = m_shared->exchange.finished.load(std::memory_order_acquire);
    if (finished) {
        m_shared->exchange.wake.clear();
        m_notifier->setEnabled(false);
        if (!m_toldStopped) {
            m_toldStopped = true;
            Q_EMIT stopped();
        }
        return;
    }
    Q_EMIT bodiesReady();
}

} // namespace ringlift::engine
