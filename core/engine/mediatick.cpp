#include "core/engine/mediatick.h"

#include <algorithm>

namespace ringlift::engine {

namespace {

using media::kTick;

/// A microphone that gave nothing for so long is stood in for by silence, and one that gives more is cut.
constexpr Duration kCaptureSlack = std::chrono::milliseconds(60);
constexpr int kDriftSmoothing = 256;
constexpr int kMaxFramesPerTick = 10;
constexpr Duration kFiguresEvery = std::chrono::milliseconds(500);
/// Header and tag of a sealed packet (protocol.md 3.7).
constexpr std::uint64_t kSealing = 28;

} // namespace

void MediaExchange::publish(const MediaSnapshot &s)
{
    constexpr auto kRelaxed = std::memory_order_relaxed;
    m_playing.store(s.playing, kRelaxed);
    m_capturing.store(s.capturing, kRelaxed);
    m_deviceLost.store(s.deviceLost, kRelaxed);
    m_heardAt.store(s.heardAt ? s.heardAt->time_since_epoch().count() : -1, kRelaxed);
    m_playoutDelay.store(s.playoutDelay.count(), kRelaxed);
    m_jitter.store(s.jitter.count(), kRelaxed);
    m_lossPercent.store(s.lossPercent, kRelaxed);
    m_kbps.store(s.kbps, kRelaxed);
    m_received.store(s.received, kRelaxed);
    m_late.store(s.late, kRelaxed);
    m_lost.store(s.lost, kRelaxed);
    m_recovered.store(s.recovered, kRelaxed);
    m_concealed.store(s.concealed, kRelaxed);
    m_starved.store(s.starved, kRelaxed);
    m_captureStarved.store(s.captureStarved, kRelaxed);
}

MediaSnapshot MediaExchange::snapshot() const
{
    constexpr auto kRelaxed = std::memory_order_relaxed;
    MediaSnapshot s;
    s.playing = m_playing.load(kRelaxed);
    s.capturing = m_capturing.load(kRelaxed);
    s.deviceLost = m_deviceLost.load(kRelaxed);
    if (const std::int64_t at = m_heardAt.load(kRelaxed); at >= 0)
        s.heardAt = TimePoint(Duration(at));
    s.playoutDelay = Duration(m_playoutDelay.load(kRelaxed));
    s.jitter = Duration(m_jitter.load(kRelaxed));
    s.lossPercent = m_lossPercent.load(kRelaxed);
    s.kbps = m_kbps.load(kRelaxed);
    s.received = m_received.load(kRelaxed);
    s.late = m_late.load(kRelaxed);
    s.lost = m_lost.load(kRelaxed);
    s.recovered = m_recovered.load(kRelaxed);
    s.concealed = m_concealed.load(kRelaxed);
    s.starved = m_starved.load(kRelaxed);
    s.captureStarved = m_captureStarved.load(kRelaxed);
    return s;
}

MediaTick::MediaTick(MediaExchange &exchange, const MediaSettings &settings)
    : m_exchange(exchange), m_send(settings.encoder, settings.firstTimestamp), m_receive(settings.delay)
{
}

void MediaTick::run(TimePoint now, ports::AudioDevice *device, bool capturing, bool deviceLost)
{
    if (!m_started) {
        m_started = true;
        m_nextSend = now;
        m_nextPlay = now;
        m_figuresAt = now;
        m_figuresDue = now;
    }
    m_send.setMuted(m_exchange.muted.load(std::memory_order_relaxed));
    if (const int loss = m_exchange.expectedLoss.load(std::memory_order_relaxed); loss != m_send.settings().expectedLossPercent) {
        media::EncoderSettings settings = m_send.settings();
        settings.expectedLossPercent = loss;
        m_send.apply(settings);
    }
    accept();
    play(now, device);
    capture(now, capturing ? device : nullptr);
    m_snapshot.playing = device != nullptr;
    m_snapshot.capturing = capturing && device;
    m_snapshot.deviceLost = deviceLost;
    if (now >= m_figuresDue)
        refreshFigures(now);
    m_exchange.publish(m_snapshot);
}

void MediaTick::accept()
{
    while (const media::MediaSlot *slot = m_exchange.received.front()) {
        m_receive.put(slot->timestamp, slot->arrived, slot->body());
        m_exchange.received.drop();
    }
}

void MediaTick::play(TimePoint now, ports::AudioDevice *device)
{
    if (device) {
        const int room = std::min(device->writableFrames(), kMaxFramesPerTick);
        for (int i = 0; i < room; ++i) {
            m_receive.take(now, m_frame);
            device->write(m_frame);
            if (!m_snapshot.heardAt && media::isAudible(m_frame))
                m_snapshot.heardAt = now;
        }
        m_nextPlay = now + kTick;
        return;
    }
    m_nextPlay = std::max(m_nextPlay, now - kMaxFramesPerTick * kTick);
    for (; m_nextPlay <= now; m_nextPlay += kTick)
        m_receive.take(now, m_frame);
}

void MediaTick::capture(TimePoint now, ports::AudioDevice *device)
{
    if (!device) {
        m_nextSend = std::max(m_nextSend, now - kMaxFramesPerTick * kTick);
        while (m_nextSend <= now)
            sendSilence(now);
        return;
    }
    for (int i = 0; i < kMaxFramesPerTick && device->read(m_frame); ++i) {
        if (m_nextSend > now + kCaptureSlack)
            continue; // silence stood in for this frame before
        m_nextSend += kTick;
        m_nextSend += (now - m_nextSend) / kDriftSmoothing; // the microphone's own clock
        sent(m_send.push(m_frame, now, outgoing()));
    }
    m_nextSend = std::max(m_nextSend, now - kCaptureSlack - kMaxFramesPerTick * kTick);
    while (m_nextSend + kCaptureSlack <= now) {
        ++m_captureStarved;
        sendSilence(now);
    }
}

void MediaTick::sendSilence(TimePoint now)
{
    m_nextSend += kTick;
    sent(m_send.pushSilence(now, outgoing()));
}

media::MediaSlot &MediaTick::outgoing()
{
    media::MediaSlot *slot = m_exchange.encoded.beginPush();
    m_outgoingIsSpare = !slot;
    return slot ? *slot : m_spare;
}

void MediaTick::sent(bool complete)
{
    // A call thread that rests for seconds loses the newest bodies; what is stale by then is of no use either way.
    if (!complete || m_outgoingIsSpare)
        return;
    m_exchange.encoded.endPush();
    m_exchange.wake.signal();
}

void MediaTick::refreshFigures(TimePoint now)
{
    const media::ReceiveStats stats = m_receive.stats();
    const Duration span = now - m_figuresAt;
    m_figuresAt = now;
    m_figuresDue = now + kFiguresEvery;

    const Sound latest{stats.network.expectedSamples, stats.network.receivedSamples};
    const Sound oldest = m_loss[m_lossNext];
    m_loss[m_lossNext] = latest;
    m_lossNext = (m_lossNext + 1) % kLossWindow;
    const auto expected = static_cast<double>(latest.expected - oldest.expected);
    const auto received = static_cast<double>(latest.received - oldest.received);
    m_snapshot.lossPercent = expected > 0 ? std::clamp(100.0 * (1.0 - received / expected), 0.0, 100.0) : 0.0;

    if (span > Duration::zero()) {
        const std::uint64_t packets = stats.network.received - m_receivedBefore;
        const std::uint64_t bytes = stats.bytes - m_bytesBefore + packets * kSealing;
        const double kbps = static_cast<double>(8 * bytes) * 1000.0 / static_cast<double>(span.count());
        m_snapshot.kbps = (m_snapshot.kbps + kbps) / 2;
    }
    m_bytesBefore = stats.bytes;
    m_receivedBefore = stats.network.received;
    m_snapshot.playoutDelay = stats.playoutDelay;
    m_snapshot.jitter = stats.network.jitter;
    m_snapshot.received = stats.network.received;
    m_snapshot.late = stats.network.late;
    m_snapshot.lost = stats.network.lost;
    m_snapshot.recovered = stats.network.recovered;
    m_snapshot.concealed = stats.network.concealed;
    m_snapshot.starved = stats.network.starved;
    m_snapshot.captureStarved = m_captureStarved;
}

} // namespace ringlift::engine
