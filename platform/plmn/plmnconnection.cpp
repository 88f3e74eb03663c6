#include "platform/plmn/plmnconnection.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QTcpSocket>

namespace ringlift::plmn {

namespace {

constexpr qint64 kReadPerTurn = 1 << 16;

} // namespace

std::optional<TcpAddress> parseTcpAddress(const QString &address)
{
    if (!address.startsWith(QLatin1StringView("tcp:")))
        return std::nullopt;
    const qsizetype colon = address.lastIndexOf(QLatin1Char(':'));
    QString host = address.mid(4, colon - 4);
    if (host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']')))
        host = host.mid(1, host.size() - 2);
    bool isNumber = false;
    const uint port = QStringView(address).mid(colon + 1).toUInt(&isNumber);
    if (!isNumber || port > 65535 || !QHostAddress(host).isLoopback())
        return std::nullopt;
    return TcpAddress{host, static_cast<quint16>(port)};
}

PlmnConnection *PlmnConnection::open(const QString &address, QObject *parent)
{
    if (const auto tcp = parseTcpAddress(address); tcp) {
        auto *const socket = new QTcpSocket;
        auto *const connection = new PlmnConnection(socket, parent);
        connect(socket, &QTcpSocket::connected, connection, &PlmnConnection::opened);
        socket->connectToHost(tcp->host, tcp->port);
        return connection;
    }
    auto *const socket = new QLocalSocket;
    auto *const connection = new PlmnConnection(socket, parent);
    connect(socket, &QLocalSocket::connected, connection, &PlmnConnection::opened);
    // A Unix socket may answer at once: the caller must have had the time to listen.
    QMetaObject::invokeMethod(socket, [socket, address] { socket->connectToServer(address); }, Qt::QueuedConnection);
    return connection;
}

PlmnConnection::PlmnConnection(QIODevice *socket, QObject *parent) : QObject(parent), m_socket(socket)
{
    socket->setParent(this);
    if (auto *const tcp = qobject_cast<QTcpSocket *>(socket); tcp != nullptr) {
        tcp->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_abort = [tcp] { tcp->abort(); };
        m_close = [tcp] { tcp->disconnectFromHost(); };
        connect(tcp, &QTcpSocket::connected, this, [tcp] { tcp->setSocketOption(QAbstractSocket::LowDelayOption, 1); });
        connect(tcp, &QTcpSocket::disconnected, this, &PlmnConnection::cut);
        connect(tcp, &QTcpSocket::errorOccurred, this, &PlmnConnection::cut);
    } else if (auto *const local = qobject_cast<QLocalSocket *>(socket); local != nullptr) {
        m_abort = [local] { local->abort(); };
        m_close = [local] { local->disconnectFromServer(); };
        connect(local, &QLocalSocket::disconnected, this, &PlmnConnection::cut);
        connect(local, &QLocalSocket::errorOccurred, this, &PlmnConnection::cut);
    }
    connect(socket, &QIODevice::readyRead, this, &PlmnConnection::read);
}

void PlmnConnection::send(const QJsonObject &message)
{
    const QByteArray line = QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n';
    write(viewOf({line.constData(), static_cast<std::size_t>(line.size())}));
}

void PlmnConnection::sendVoice(LineCallId leg, VoiceSpan samples)
{
    if (m_socket->bytesToWrite() < kMaxQueuedVoice)
        write(encodeVoice(leg, samples));
}

void PlmnConnection::write(ByteView bytes)
{
    if (m_closed || !m_socket->isOpen())
        return;
    m_socket->write(reinterpret_cast<const char *>(bytes.data()), static_cast<qint64>(bytes.size()));
    if (m_socket->bytesToWrite() > kMaxQueued)
        QMetaObject::invokeMethod(this, &PlmnConnection::cut, Qt::QueuedConnection);
}

void PlmnConnection::close()
{
    if (!m_closed)
        m_close();
}

void PlmnConnection::cut()
{
    if (m_closed)
        return;
    m_closed = true;
    m_abort();
    Q_EMIT closed();
}

void PlmnConnection::read()
{
    if (m_closed)
        return;
    const QByteArray bytes = m_socket->read(kReadPerTurn);
    m_reader.feed(viewOf({bytes.constData(), static_cast<std::size_t>(bytes.size())}));
    while (const auto frame = m_reader.next()) {
        take(*frame);
        if (m_closed)
            return;
    }
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &PlmnConnection::read, Qt::QueuedConnection);
}

void PlmnConnection::take(const Frame &frame)
{
    if (const auto *line = std::get_if<TextLine>(&frame)) {
        takeLine(line->text);
    } else if (const auto *voice = std::get_if<VoiceChunk>(&frame)) {
        Q_EMIT voiceReceived(voice->leg, voice->samples);
    } else if (const auto *bad = std::get_if<MalformedFrame>(&frame)) {
        Q_EMIT malformed(QString::fromStdString(bad->reason));
        if (bad->fatal)
            close();
    }
}

void PlmnConnection::takeLine(const std::string &text)
{
    const QByteArray line = QByteArray::fromStdString(text).trimmed();
    if (line.isEmpty())
        return;
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (document.isObject())
        Q_EMIT received(document.object());
    else
        Q_EMIT malformed(QStringLiteral("the line is not a JSON object"));
}

} // namespace ringlift::plmn
