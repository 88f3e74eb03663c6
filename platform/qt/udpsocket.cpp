#include "platform/qt/udpsocket.h"

#include "core/base/log.h"

#include <QNetworkInterface>
#include <QVariant>

namespace ringlift::qt {

namespace {

constexpr int kReadsPerTurn = 64;
constexpr int kSocketBuffer = 256 * 1024;
// RFC 4594: expedited forwarding, for voice.
constexpr int kTrafficClass = 46 << 2;

bool isOffered(const QHostAddress &address)
{
    if (address.isLoopback() || address.isLinkLocal() || address.isMulticast() || address.isNull())
        return false;
    // Site-local addresses are deprecated by RFC 3879.
    return !address.isSiteLocal() || address.protocol() == QAbstractSocket::IPv4Protocol;
}

} // namespace

std::vector<QHostAddress> hostAddresses(HostAddresses which)
{
    std::vector<QHostAddress> found;
    if (which == HostAddresses::Usual) {
        const QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
        for (const QNetworkInterface &interface : interfaces) {
            const auto flags = interface.flags();
            if (!(flags & QNetworkInterface::IsUp) || !(flags & QNetworkInterface::IsRunning))
                continue;
            const QList<QNetworkAddressEntry> entries = interface.addressEntries();
            for (const QNetworkAddressEntry &entry : entries) {
                if (isOffered(entry.ip()) && found.size() < UdpSocket::kMaxAddresses)
                    found.push_back(entry.ip());
            }
        }
    }
    if (found.empty())
        found = {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
    return found;
}

UdpSocket::UdpSocket(HostAddresses which, QObject *parent) : DatagramSocket(parent), m_which(which) { }

UdpSocket::~UdpSocket() = default;

std::unique_ptr<QUdpSocket> UdpSocket::bind(const QHostAddress &any)
{
    auto socket = std::make_unique<QUdpSocket>();
    if (!socket->bind(any, 0, QAbstractSocket::DontShareAddress))
        return nullptr;
    socket->setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, kSocketBuffer);
    socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, kSocketBuffer);
    socket->setSocketOption(QAbstractSocket::TypeOfServiceOption, kTrafficClass);
    QUdpSocket *const raw = socket.get();
    connect(raw, &QUdpSocket::readyRead, this, [this, raw] { read(raw); });
    return socket;
}

std::vector<ice::TransportAddress> UdpSocket::open()
{
    close();
    const bool loopback = m_which == HostAddresses::LoopbackOnly;
    m_v4 = bind(QHostAddress(loopback ? QHostAddress::LocalHost : QHostAddress::AnyIPv4));
    m_v6 = bind(QHostAddress(loopback ? QHostAddress::LocalHostIPv6 : QHostAddress::AnyIPv6));
    std::vector<ice::TransportAddress> addresses;
    for (const QHostAddress &address : hostAddresses(m_which)) {
        const QUdpSocket *const socket = address.protocol() == QAbstractSocket::IPv4Protocol ? m_v4.get() : m_v6.get();
        if (socket != nullptr)
            addresses.push_back({Redacted(address.toString().toStdString()), socket->localPort()});
    }
    if (addresses.empty())
        qCWarning(lcMedia, "no UDP port could be opened");
    return addresses;
}

void UdpSocket::close()
{
    // May be called from within received().
    for (std::unique_ptr<QUdpSocket> *socket : {&m_v4, &m_v6}) {
        if (*socket == nullptr)
            continue;
        (*socket)->disconnect(this);
        (*socket)->close();
        socket->release()->deleteLater();
    }
}

const QHostAddress &UdpSocket::parsed(const std::string &address)
{
    if (address != m_lastText) {
        m_lastText = address;
        m_lastParsed = QHostAddress(QString::fromStdString(address));
    }
    return m_lastParsed;
}

void UdpSocket::send(const ice::TransportAddress &to, ByteView datagram)
{
    const QHostAddress &address = parsed(to.address.reveal());
    QUdpSocket *const socket = address.protocol() == QAbstractSocket::IPv4Protocol ? m_v4.get() : m_v6.get();
    if (address.isNull() || socket == nullptr)
        return;
    // A datagram that cannot be sent is a lost one: ICE and the media path notice.
    socket->writeDatagram(
        reinterpret_cast<const char *>(datagram.data()), static_cast<qint64>(datagram.size()), address, to.port);
}

void UdpSocket::read(QUdpSocket *socket)
{
    // No look at hasPendingDatagrams() before: once woken, Qt 6.4 listens on only after a read, be it of nothing.
    for (int i = 0; i < kReadsPerTurn; ++i) {
        QHostAddress from;
        quint16 port = 0;
        const qint64 whole = socket->pendingDatagramSize();
        const qint64 size = socket->readDatagram(
            reinterpret_cast<char *>(m_buffer.data()), static_cast<qint64>(m_buffer.size()), &from, &port);
        if (size < 0)
            return;
        if (whole > static_cast<qint64>(m_buffer.size()))
            continue;
        Q_EMIT received({Redacted(from.toString().toStdString()), port},
            ByteView(m_buffer.data(), static_cast<std::size_t>(size)));
        if (socket != m_v4.get() && socket != m_v6.get())
            return; // closed meanwhile
    }
    if (socket->hasPendingDatagrams())
        QMetaObject::invokeMethod(socket, &QUdpSocket::readyRead, Qt::QueuedConnection);
}

} // namespace ringlift::qt
