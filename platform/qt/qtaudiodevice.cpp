#include "platform/qt/qtaudiodevice.h"

#include "core/base/log.h"

#include <QAudioDevice>
#include <QAudioSink>
#include <QAudioSource>
#include <QIODevice>
#include <QMediaDevices>
#include <QTimer>

#include <algorithm>
#include <cstring>

namespace ringlift::qt {

namespace {

constexpr int kSourceFrames = 1;
/// PulseAudio has answered everything by then; below the 200 ms for which the thread goes on.
constexpr std::chrono::milliseconds kAnswerTime{150};
constexpr Duration kLookEvery = std::chrono::milliseconds(500);

QAudioDevice pick(const QList<QAudioDevice> &devices, const QAudioDevice &fallback, const QString &choice,
    bool (*matches)(const QAudioDevice &, const QString &))
{
    const auto found = std::find_if(devices.begin(), devices.end(), [&](const QAudioDevice &device) { return matches(device, choice); });
    if (found != devices.end())
        return *found;
    return fallback;
}

} // namespace

QtAudioDevice::QtAudioDevice(QtAudioChoice choice, int sinkFrames) : m_choice(std::move(choice)), m_sinkFrames(sinkFrames)
{
}

QtAudioDevice::~QtAudioDevice()
{
    stop();
}

QAudioFormat QtAudioDevice::format()
{
    QAudioFormat format;
    format.setSampleRate(kSampleRate);
    format.setChannelCount(1);
    format.setSampleFormat(QAudioFormat::Int16);
    return format;
}

bool QtAudioDevice::isChosen(const QAudioDevice &device, const QString &choice)
{
    return !choice.isEmpty() && (QString::fromUtf8(device.id()) == choice || device.description() == choice);
}

QAudioDevice QtAudioDevice::loudspeaker() const
{
    return pick(QMediaDevices::audioOutputs(), QMediaDevices::defaultAudioOutput(), m_choice.loudspeaker, isChosen);
}

QAudioDevice QtAudioDevice::microphone() const
{
    return pick(QMediaDevices::audioInputs(), QMediaDevices::defaultAudioInput(), m_choice.microphone, isChosen);
}

bool QtAudioDevice::start(bool capture)
{
    stop();
    m_superseded = false;
    m_nextLook = monotonicNow() + kLookEvery;
    const QAudioDevice device = loudspeaker();
    if (device.isNull()) {
        qCWarning(lcMedia) << "no loudspeaker";
        return false;
    }
    m_loudspeakerId = device.id();
    if (!m_choice.loudspeaker.isEmpty() && !isChosen(device, m_choice.loudspeaker))
        qCInfo(lcMedia) << "the chosen loudspeaker is not there; using the default";
    m_sink = std::make_unique<QAudioSink>(device, format());
    m_sink->setBufferSize(m_sinkFrames * static_cast<qsizetype>(kFrameBytes));
    m_playing = m_sink->start();
    if (!m_playing || m_sink->error() != QAudio::NoError) {
        qCWarning(lcMedia) << "the loudspeaker does not open";
        stop();
        return false;
    }
    return !capture || startCapture();
}

bool QtAudioDevice::startCapture()
{
    if (m_source)
        return true;
    const QAudioDevice device = microphone();
    if (device.isNull()) {
        qCWarning(lcMedia) << "no microphone";
        return false;
    }
    m_microphoneId = device.id();
    if (!m_choice.microphone.isEmpty() && !isChosen(device, m_choice.microphone))
        qCInfo(lcMedia) << "the chosen microphone is not there; using the default";
    m_source = std::make_unique<QAudioSource>(device, format());
    m_source->setBufferSize(kSourceFrames * static_cast<qsizetype>(kFrameBytes));
    m_pendingSize = 0;
    m_captured = m_source->start();
    if (m_captured && m_source->error() == QAudio::NoError)
        return true;
    qCWarning(lcMedia) << "the microphone does not open";
    m_captured = nullptr;
    m_source.reset();
    return false;
}

void QtAudioDevice::stop()
{
    m_captured = nullptr;
    m_playing = nullptr;
    if (m_source)
        m_source->stop();
    m_source.reset();
    if (!m_sink)
        return;
    m_sink->stop();
    // After an underrun Qt 6.4 has PulseAudio drain the stream, and the answer calls the sink even when it was stopped meanwhile.
    QAudioSink *const stopped = m_sink.release();
    QTimer::singleShot(kAnswerTime, stopped, [stopped] { delete stopped; });
}

bool QtAudioDevice::read(std::span<std::int16_t, kFrameSamples> frame)
{
    if (!m_captured)
        return false;
    if (m_pendingSize < kFrameBytes)
        pullCaptured();
    if (m_pendingSize < kFrameBytes)
        return false;
    std::memcpy(frame.data(), m_pending.data(), kFrameBytes);
    m_pendingSize -= kFrameBytes;
    std::memmove(m_pending.data(), m_pending.data() + kFrameBytes, m_pendingSize);
    return true;
}

void QtAudioDevice::pullCaptured()
{
    const auto room = static_cast<qint64>(m_pending.size() - m_pendingSize);
    const qint64 count = m_captured->read(m_pending.data() + m_pendingSize, room);
    if (count > 0)
        m_pendingSize += static_cast<std::size_t>(count);
}

int QtAudioDevice::writableFrames()
{
    if (!m_playing || broken())
        return 0;
    return static_cast<int>(m_sink->bytesFree() / static_cast<qsizetype>(kFrameBytes));
}

void QtAudioDevice::write(std::span<const std::int16_t, kFrameSamples> frame)
{
    // In a broken state Qt 6.4's PulseAudio sink returns with its main loop locked (toolkit.md section 2, rule 6).
    if (!m_playing || broken())
        return;
    std::array<char, kFrameBytes> bytes{};
    std::memcpy(bytes.data(), frame.data(), kFrameBytes);
    m_playing->write(bytes.data(), static_cast<qint64>(kFrameBytes));
}

Duration QtAudioDevice::latency() const
{
    qsizetype bytes = 0;
    if (m_sink)
        bytes += m_sink->bufferSize();
    if (m_source)
        bytes += static_cast<qsizetype>(kSourceFrames * kFrameBytes);
    constexpr auto kBytesPerSecond = qsizetype{kSampleRate} * qsizetype{sizeof(std::int16_t)};
    return Duration(bytes * 1'000'000 / kBytesPerSecond);
}

bool QtAudioDevice::broken() const
{
    const auto failed = [](const auto &stream) {
        return stream && (stream->error() == QAudio::FatalError || stream->error() == QAudio::IOError || stream->error() == QAudio::OpenError);
    };
    return failed(m_sink) || failed(m_source);
}

bool QtAudioDevice::superseded()
{
    // Qt 6.4 does not signal that another device became the default.
    const TimePoint now = monotonicNow();
    if (m_superseded || !m_sink || now < m_nextLook)
        return m_superseded;
    m_nextLook = now + kLookEvery;
    const auto differs = [](const QAudioDevice &wanted, const QByteArray &open) { return !wanted.isNull() && wanted.id() != open; };
    m_superseded = differs(loudspeaker(), m_loudspeakerId) || (m_source && differs(microphone(), m_microphoneId));
    return m_superseded;
}

} // namespace ringlift::qt
