#include "core/engine/callmedia.h"

#include <cmath>

namespace ringlift::engine {

namespace {

constexpr std::chrono::milliseconds kFiguresEvery{500};

double milliseconds(Duration duration)
{
    return static_cast<double>(duration.count()) / 1000.0;
}

} // namespace

CallMedia::CallMedia(MediaClock::DeviceFactory makeAudio, QObject *parent)
    : QObject(parent), m_makeAudio(std::move(makeAudio))
{
    connect(&m_figuresTimer, &QTimer::timeout, this, &CallMedia::refreshFigures);
}

CallMedia::~CallMedia() = default;

std::vector<ice::TransportAddress> CallMedia::openSocket(std::unique_ptr<ports::DatagramSocket> socket)
{
    m_socket = std::move(socket);
    if (!m_socket)
        return {};
    connect(m_socket.get(), &ports::DatagramSocket::received, this, &CallMedia::datagramReceived, Qt::DirectConnection);
    return m_socket->open();
}

void CallMedia::closeSocket()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->close();
    m_socket.release()->deleteLater(); // it may be in the middle of telling of a datagram
    if (isIdle())
        Q_EMIT becameIdle();
}

void CallMedia::send(const ice::TransportAddress &to, ByteView datagram)
{
    if (m_socket)
        m_socket->send(to, datagram);
}

void CallMedia::startAudio()
{
    if (m_clock)
        return;
    m_clock = new MediaClock({}, this);
    connect(m_clock, &MediaClock::bodiesReady, this, [this, clock = m_clock] { takeBodies(clock); });
    connect(m_clock, &MediaClock::stopped, this, [this, clock = m_clock] { onStopped(clock); });
    m_clock->setMuted(m_muted);
    m_clock->setHeld(m_held);
    if (m_microphoneWanted)
        m_clock->openMicrophone();
    m_clock->start(m_makeAudio);
    m_figuresTimer.start(kFiguresEvery);
}

void CallMedia::openMicrophone()
{
    m_microphoneWanted = true;
    if (m_clock)
        m_clock->openMicrophone();
}

void CallMedia::setMuted(bool muted)
{
    m_muted = muted;
    if (m_clock)
        m_clock->setMuted(muted);
}

void CallMedia::setHeld(bool held)
{
    m_held = held;
    if (m_clock)
        m_clock->setHeld(held);
}

void CallMedia::play(std::uint32_t timestamp, TimePoint arrived, ByteView body)
{
    if (m_clock)
        m_clock->pushReceived(timestamp, arrived, body);
}

void CallMedia::stopAudio()
{
    m_microphoneWanted = false;
    m_held = false;
    if (!m_clock)
        return;
    m_figuresTimer.stop();
    ++m_ending;
    std::exchange(m_clock, nullptr)->stop();
}

void CallMedia::onStopped(MediaClock *clock)
{
    clock->deleteLater();
    --m_ending;
    if (!m_clock)
        setAudio({.heard = m_audio.heard});
    if (isIdle())
        Q_EMIT becameIdle();
}

void CallMedia::setExpectedLoss(double percent)
{
    if (m_clock)
        m_clock->setExpectedLoss(static_cast<int>(std::lround(percent)));
}

void CallMedia::takeBodies(MediaClock *clock)
{
    while (clock->popEncoded(m_slot)) {
        if (clock == m_clock) // else it is about to end, and what it still brings is dropped
            Q_EMIT bodyEncoded(m_slot.timestamp, m_slot.body());
    }
    refreshAudio();
}

void CallMedia::refreshAudio()
{
    if (!m_clock)
        return;
    const MediaSnapshot snapshot = m_clock->snapshot();
    const bool heardNow = snapshot.heardAt && !m_audio.heard;
    setAudio({snapshot.playing, snapshot.capturing, snapshot.deviceLost, m_audio.heard || snapshot.heardAt});
    if (heardNow)
        Q_EMIT heard(*snapshot.heardAt);
}

void CallMedia::refreshFigures()
{
    refreshAudio(); // a device that hangs brings no bodies
    if (!m_clock)
        return;
    const MediaSnapshot snapshot = m_clock->snapshot();
    MediaFigures figures;
    figures.lossPercent = snapshot.lossPercent;
    figures.jitterMs = milliseconds(snapshot.jitter);
    figures.playoutDelayMs = milliseconds(snapshot.playoutDelay);
    figures.kbps = snapshot.kbps;
    Q_EMIT figuresRefreshed(figures);
}

void CallMedia::setAudio(const AudioState &state)
{
    if (m_audio == state)
        return;
    m_audio = state;
    Q_EMIT audioChanged(m_audio);
}

} // namespace ringlift::engine
