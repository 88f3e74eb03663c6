#pragma once

#include "core/base/bytes.h"
#include "core/engine/mediatick.h"

#include <QObject>

#include <functional>
#include <memory>
#include <thread>

class QSocketNotifier;

namespace ringlift::engine {

/// The media thread of one call: a 10 ms tick that owns the audio device and the two pipelines. Lives on the call thread;
/// between the threads there are only rings and single values (MediaExchange).
class MediaClock : public QObject
{
    Q_OBJECT

public:
    /// Called on the media thread, where the device lives and dies; may return null, and is called again then.
    using DeviceFactory = std::function<std::unique_ptr<ports::AudioDevice>()>;

    explicit MediaClock(const MediaSettings &settings = {}, QObject *parent = nullptr);
    /// Waits until the media thread has ended, which takes stop()'s time, but not for a device that hangs.
    ~MediaClock() override;

    /// Loudspeaker on, microphone closed: encoded silence is sent from now on, 50 bodies a second. Once in a lifetime.
    void start(DeviceFactory factory);
    /// Ends the sound within a tick and returns at once; stopped() follows, 0.2 s later (the exit race of Qt's PulseAudio
    /// client: a stopped device must go on for a while).
    void stop();
    void openMicrophone();
    void setMuted(bool muted);
    /// On hold, the clock has no device: silence is sent, and what arrives is not heard. Within a tick.
    void setHeld(bool held);
    /// What the peer's reports say of our packets, 0 to 100: above 0, each carries its predecessor too, at the same size.
    void setExpectedLoss(int percent);

    /// An authentic body from the peer. False when it is too long, or the media thread is seconds behind.
    bool pushReceived(std::uint32_t timestamp, TimePoint arrived, ByteView body);
    /// The next body to send; false when there is none, and only then will wakeFd() rouse again.
    bool popEncoded(media::MediaSlot &slot);
    /// Readable when popEncoded() has something. bodiesReady() watches it already.
    int wakeFd() const;
    /// deviceLost also tells of a device that blocks the tick.
    MediaSnapshot snapshot() const;

Q_SIGNALS:
    /// popEncoded() until it is false.
    void bodiesReady();
    void stopped();

private:
    struct Shared;
    class Worker;
    void roused();

    std::shared_ptr<Shared> m_shared;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::thread m_thread;
    bool m_started = false;
    bool m_toldStopped = false;
};

} // namespace ringlift::engine
