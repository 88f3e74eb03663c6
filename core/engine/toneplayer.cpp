#include "core/engine/toneplayer.h"

#include "core/base/log.h"
#include "core/engine/tonefeeder.h"

#include <QThread>

namespace ringlift::engine {

namespace {

/// A device that takes longer to open hangs.
constexpr std::chrono::milliseconds kPatience{2000};

} // namespace

TonePlayer::TonePlayer(DeviceFactory makeDevice, QObject *parent) : QObject(parent), m_makeDevice(std::move(makeDevice))
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { onUnavailable(m_request); });
}

TonePlayer::~TonePlayer()
{
    if (!m_thread)
        return;
    QMetaObject::invokeMethod(m_feeder, &ToneFeeder::retire, Qt::QueuedConnection);
    if (m_thread->wait(QDeadlineTimer(kPatience)))
        return;
    qCWarning(lcMedia) << "the loudspeaker hangs; leaving its thread behind";
    static_cast<void>(m_thread.release());
}

void TonePlayer::startThread()
{
    m_thread = std::make_unique<QThread>();
    m_thread->setObjectName(QStringLiteral("tones"));
    m_feeder = new ToneFeeder(m_makeDevice);
    m_feeder->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_feeder, &QObject::deleteLater);
    connect(m_feeder, &ToneFeeder::sounding, this, &TonePlayer::onSounding, Qt::QueuedConnection);
    connect(m_feeder, &ToneFeeder::unavailable, this, &TonePlayer::onUnavailable, Qt::QueuedConnection);
    m_thread->start();
}

void TonePlayer::start(media::Tone tone)
{
    ++m_request;
    m_waiting = true;
    m_patience.start(m_makeDevice ? kPatience : std::chrono::milliseconds(0));
    if (!m_makeDevice)
        return;
    if (!m_thread)
        startThread();
    QMetaObject::invokeMethod(m_feeder, [feeder = m_feeder, tone, request = m_request] { feeder->play(tone, request); });
}

void TonePlayer::stop()
{
    ++m_request;
    m_waiting = false;
    m_patience.stop();
    if (m_thread)
        QMetaObject::invokeMethod(m_feeder, &ToneFeeder::fadeOut, Qt::QueuedConnection);
}

void TonePlayer::onSounding(quint64 request)
{
    if (settle(request))
        Q_EMIT sounding();
}

void TonePlayer::onUnavailable(quint64 request)
{
    if (settle(request))
        Q_EMIT unavailable();
}

bool TonePlayer::settle(quint64 request)
{
    if (request != m_request || !m_waiting)
        return false;
    m_patience.stop();
    m_waiting = false;
    return true;
}

} // namespace ringlift::engine
