#pragma once

#include "core/ports/audiodevice.h"

#include <QAudioFormat>
#include <QByteArray>
#include <QString>

#include <array>
#include <memory>

class QAudioDevice;
class QAudioSink;
class QAudioSource;
class QIODevice;

namespace ringlift::qt {

/// Which devices to use: an id or a description of QMediaDevices; empty, or no longer there: the system's default.
struct QtAudioChoice
{
    QString loudspeaker;
    QString microphone;
    bool operator==(const QtAudioChoice &) const = default;
};

/// Microphone and loudspeaker through Qt Multimedia, in push mode on the thread that made it, which needs an event loop.
/// After stop() that loop must go on for 200 ms before the process may end (QPulseAudioEngine's exit race).
class QtAudioDevice final : public ports::AudioDevice
{
public:
    /// Four frames: with fewer PulseAudio starves or never starts, with more the delay grows (measured, 30 ms loop).
    static constexpr int kSinkFrames = 4;

    /// @param sinkFrames what the loudspeaker buffers, in frames of 10 ms.
    explicit QtAudioDevice(QtAudioChoice choice = {}, int sinkFrames = kSinkFrames);
    ~QtAudioDevice() override;

    bool start(bool capture) override;
    bool startCapture() override;
    void stop() override;
    bool read(std::span<std::int16_t, kFrameSamples> frame) override;
    int writableFrames() override;
    void write(std::span<const std::int16_t, kFrameSamples> frame) override;
    Duration latency() const override;
    bool broken() const override;
    bool superseded() override;

private:
    static constexpr std::size_t kFrameBytes = kFrameSamples * sizeof(std::int16_t);

    static QAudioFormat format();
    static bool isChosen(const QAudioDevice &device, const QString &choice);
    QAudioDevice loudspeaker() const;
    QAudioDevice microphone() const;
    void pullCaptured();

    QtAudioChoice m_choice;
    bool m_superseded = false;
    TimePoint m_nextLook;
    QByteArray m_loudspeakerId;
    QByteArray m_microphoneId;
    int m_sinkFrames;
    std::unique_ptr<QAudioSink> m_sink;
    std::unique_ptr<QAudioSource> m_source;
    QIODevice *m_playing = nullptr;  // of m_sink
    QIODevice *m_captured = nullptr; // of m_source
    // Microphone bytes that do not make a frame yet, or more than one; the oldest go first when nobody reads.
    std::array<char, 16 * kFrameBytes> m_pending{};
    std::size_t m_pendingSize = 0;
};

} // namespace ringlift::qt
