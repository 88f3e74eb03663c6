#pragma once

#include "core/engine/callengine.h"
#include "core/engine/mediaclock.h"

#include <QTimer>

namespace ringlift::engine {

/// Socket and sound of one call, on the call thread.
class CallMedia : public QObject
{
    Q_OBJECT

public:
    explicit CallMedia(MediaClock::DeviceFactory makeAudio, QObject *parent = nullptr);
    ~CallMedia() override;

    /// The addresses at which the socket can be reached; none when it does not open.
    std::vector<ice::TransportAddress> openSocket(std::unique_ptr<ports::DatagramSocket> socket);
    void closeSocket();
    void send(const ice::TransportAddress &to, ByteView datagram);

    /// Loudspeaker on. The microphone opens with openMicrophone() only (protocol.md D10).
    void startAudio();
    void openMicrophone();
    void setMuted(bool muted);
    /// On hold: neither microphone nor loudspeaker, while silence is sent.
    void setHeld(bool held);
    /// An authentic body from the peer.
    void play(std::uint32_t timestamp, TimePoint arrived, ByteView body);
    void stopAudio();
    /// Neither socket nor sound are left.
    bool isIdle() const { return !m_socket && !m_clock && m_ending == 0; }

    /// What the peer reports of our packets, 0 to 100.
    void setExpectedLoss(double percent);
    AudioState audio() const { return m_audio; }

Q_SIGNALS:
    /// The bytes of these two are valid during the signal only.
    void datagramReceived(const ringlift::ice::TransportAddress &from, ringlift::ByteView datagram);
    void bodyEncoded(std::uint32_t timestamp, ringlift::ByteView body);
    void audioChanged(const ringlift::engine::AudioState &state);
    /// The first audible frame from the peer was played at that moment.
    void heard(ringlift::TimePoint at);
    /// Twice a second while there is sound; the round trip is left out.
    void figuresRefreshed(const ringlift::engine::MediaFigures &figures);
    void becameIdle();

private:
    void takeBodies(MediaClock *clock);
    void refreshAudio();
    void refreshFigures();
    void setAudio(const AudioState &state);
    void onStopped(MediaClock *clock);

    const MediaClock::DeviceFactory m_makeAudio;
    std::unique_ptr<ports::DatagramSocket> m_socket;
    MediaClock *m_clock = nullptr; // a child
    int m_ending = 0;              // clocks that stop
    QTimer m_figuresTimer;
    media::MediaSlot m_slot;
    AudioState m_audio;
    bool m_microphoneWanted = false;
    bool m_muted = false;
    bool m_held = false;
};

} // namespace ringlift::engine
