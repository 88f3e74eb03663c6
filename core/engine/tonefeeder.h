#pragma once

#include "core/engine/toneplayer.h"

#include <optional>

namespace ringlift::engine {

/// The part of a TonePlayer that lives on its thread: opens the loudspeaker and keeps it fed.
class ToneFeeder : public QObject
{
    Q_OBJECT

public:
    explicit ToneFeeder(TonePlayer::DeviceFactory makeDevice);
    ~ToneFeeder() override;

    void play(media::Tone tone, quint64 request);
    void fadeOut();
    /// Closes the device, and ends this thread when the device's library has come to rest.
    void retire();

Q_SIGNALS:
    /// The first that comes of a request, and only that.
    void sounding(quint64 request);
    void unavailable(quint64 request);

private:
    void step();
    bool openDevice();
    void closeDevice();

    const TonePlayer::DeviceFactory m_makeDevice;
    std::unique_ptr<ports::AudioDevice> m_device;
    std::optional<media::ToneCadence> m_cadence;
    std::optional<quint64> m_request; // nothing came of it yet
    QTimer m_tick;
    QTimer m_closing;
    TimePoint m_retryAt;
};

} // namespace ringlift::engine
