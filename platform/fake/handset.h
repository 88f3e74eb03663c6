#pragma once

#include "core/media/audioframe.h"
#include "core/ports/audiodevice.h"
#include "platform/fake/fakeline.h"

#include <deque>
#include <functional>
#include <memory>

namespace ringlift::fake {

/// What microphone and loudspeaker do for the leg that speaks.
struct HandsetAudio
{
    bool playing = false;
    bool capturing = false;
    bool deviceLost = false;
    /// Something audible from the other end was played.
    bool heard = false;
    bool operator==(const HandsetAudio &) const = default;
};

/// A fake phone's own microphone and loudspeaker: carries the voice of the active leg, as the modem of a real phone does.
/// Never while the app has the device.
class Handset : public QObject
{
    Q_OBJECT

public:
    using DeviceFactory = std::function<std::unique_ptr<ports::AudioDevice>()>;

    /// line must outlive the handset. makeDevice may return null.
    Handset(FakeLine &line, DeviceFactory makeDevice, QObject *parent = nullptr);
    ~Handset() override;

    /// The app's own call is on the device, or is not any more.
    void setDeviceTaken(bool taken);
    void setMuted(bool muted) { m_muted = muted; }
    HandsetAudio audio() const { return m_audio; }

Q_SIGNALS:
    void audioChanged(const ringlift::fake::HandsetAudio &audio);
    /// The first audible frame of this leg was played at that moment.
    void heard(ringlift::TimePoint at);

private:
    void onLeg(const LineCall &call);
    void onVoice(LineCallId leg, plmn::VoiceSpan samples);
    void choose();
    void open();
    void close(bool deviceLost);
    void tick();
    void capture();
    void play();
    bool nextFrame(media::TickFrame &frame);
    void setAudio(const HandsetAudio &audio);

    FakeLine &m_line;
    const DeviceFactory m_makeDevice;
    std::map<LineCallId, LegState> m_legs;
    std::optional<LineCallId> m_speaking;
    std::unique_ptr<ports::AudioDevice> m_device;
    QTimer m_tick;
    TimePoint m_retryAt;
    std::deque<std::int16_t> m_received;
    bool m_filling = true;
    bool m_taken = false;
    bool m_muted = false;
    HandsetAudio m_audio;
};

} // namespace ringlift::fake
