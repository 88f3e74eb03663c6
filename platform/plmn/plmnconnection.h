#pragma once

#include "platform/plmn/framereader.h"

#include <QIODevice>
#include <QJsonObject>
#include <QObject>

#include <functional>

namespace ringlift::plmn {

using VoiceSpan = std::span<const std::int16_t>;

/// One end of a connection between a phone, or a controlling script, and the virtual network.
class PlmnConnection : public QObject
{
    Q_OBJECT

public:
    /// More than this waiting to be sent means that the peer does not read: the connection is cut.
    static constexpr qint64 kMaxQueued = 1 << 20;
    /// Voice is dropped rather than queued beyond this.
    static constexpr qint64 kMaxQueuedVoice = 1 << 16;

    /// Connects to a Unix socket's path or to "tcp:HOST:PORT"; opened() or closed() follows.
    static PlmnConnection *open(const QString &address, QObject *parent);
    /// Takes over an accepted QLocalSocket or QTcpSocket.
    PlmnConnection(QIODevice *socket, QObject *parent);

    void send(const QJsonObject &message);
    void sendVoice(LineCallId leg, VoiceSpan samples);
    /// Sends what is queued, then closes.
    void close();

Q_SIGNALS:
    void opened();
    void received(const QJsonObject &message);
    /// Valid during the signal only.
    void voiceReceived(ringlift::LineCallId leg, ringlift::plmn::VoiceSpan samples);
    void malformed(const QString &reason);
    /// Once, at the end.
    void closed();

private:
    void read();
    void take(const Frame &frame);
    void takeLine(const std::string &text);
    void cut();
    void write(ByteView bytes);

    QIODevice *m_socket;
    std::function<void()> m_abort;
    std::function<void()> m_close;
    FrameReader m_reader;
    bool m_closed = false;
};

/// HOST and PORT of "tcp:HOST:PORT"; the host is a loopback address.
struct TcpAddress { QString host; quint16 port = 0; };
std::optional<TcpAddress> parseTcpAddress(const QString &address);

} // namespace ringlift::plmn
