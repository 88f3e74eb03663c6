#pragma once

#include "core/media/tonecadence.h"
#include "core/ports/audiodevice.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

class QThread;

namespace ringlift::engine {

class ToneFeeder;

/// Sounds one tone at a time through a loudspeaker of its own, which is driven on a thread of its own: nothing here blocks.
class TonePlayer : public QObject
{
    Q_OBJECT

public:
    /// Called on the player's thread, where the device lives and dies; may return null, and is called again then.
    using DeviceFactory = std::function<std::unique_ptr<ports::AudioDevice>()>;

    /// @param makeDevice empty: there is no loudspeaker at all.
    explicit TonePlayer(DeviceFactory makeDevice, QObject *parent = nullptr);
    /// Takes 0.2 s after a tone was played (the exit race of Qt's PulseAudio client), 2 s at most for a device that hangs.
    ~TonePlayer() override;

public Q_SLOTS:
    /// From its beginning, in place of what sounds. sounding() or unavailable() follows once, within 2 s. A loudspeaker
    /// that is missing is looked for again until stop().
    void start(ringlift::media::Tone tone);
    /// Fades out at once; it is silent within 0.2 s.
    void stop();

Q_SIGNALS:
    void sounding();
    /// No loudspeaker opens.
    void unavailable();

private:
    void startThread();
    void onSounding(quint64 request);
    void onUnavailable(quint64 request);
    /// True for the first that came of the newest request.
    bool settle(quint64 request);

    DeviceFactory m_makeDevice;
    std::unique_ptr<QThread> m_thread;
    ToneFeeder *m_feeder = nullptr; // lives on m_thread, and ends with it
    QTimer m_patience;
    quint64 m_request = 0; // of the newest start()
    bool m_waiting = false; // for what comes of it
};

} // namespace ringlift::engine
