#include "platform/plmn/at/modemsocket.h"

#include "platform/plmn/plmnconnection.h"

#include <QFile>
#include <QHostAddress>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>

namespace ringlift::plmn::at {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxName = 100;
constexpr qint64 kMaxQueued = 1 << 20;

} // namespace

ModemSocket::~ModemSocket()
{
    if (m_host != nullptr)
        m_host->disconnect(this);
}

Result<void> ModemSocket::listen(const QString &address)
{
    return address.startsWith("tcp:"_L1) ? listenTcp(address) : listenLocal(address);
}

Result<void> ModemSocket::listenLocal(const QString &address)
{
    const bool isAbstract = address.startsWith("abstract:"_L1);
    if (address.isEmpty() || QFile::encodeName(address).size() > kMaxName)
        return failure("a modem port's name is empty or longer than 100 bytes");
    QLocalSocket probe;
    probe.setSocketOptions(isAbstract ? QLocalSocket::AbstractNamespaceOption : QLocalSocket::NoOptions);
    probe.connectToServer(address);
    if (probe.state() == QLocalSocket::ConnectedState)
        return failure("another program listens at a modem port");
    if (!isAbstract)
        QLocalServer::removeServer(address);
    m_local = new QLocalServer(this);
    m_local->setSocketOptions(isAbstract ? QLocalServer::AbstractNamespaceOption : QLocalServer::UserAccessOption);
    if (!m_local->listen(address))
        return failure("cannot listen at a modem port: " + m_local->errorString().toStdString());
    connect(m_local, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *const host = m_local->nextPendingConnection()) {
            connect(host, &QLocalSocket::disconnected, this, [this, host] {
                if (host == m_host)
                    hangUp();
            });
            accept(host);
        }
    });
    m_address = address;
    return {};
}

Result<void> ModemSocket::listenTcp(const QString &address)
{
    const auto tcp = parseTcpAddress(address);
    if (!tcp)
        return failure("a modem port is not tcp:HOST:PORT with a loopback address");
    m_tcp = new QTcpServer(this);
    if (!m_tcp->listen(QHostAddress(tcp->host), tcp->port))
        return failure("cannot listen at a modem port: " + m_tcp->errorString().toStdString());
    connect(m_tcp, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *const host = m_tcp->nextPendingConnection()) {
            host->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            connect(host, &QTcpSocket::disconnected, this, [this, host] {
                if (host == m_host)
                    hangUp();
            });
            accept(host);
        }
    });
    m_address = u"tcp:%1:%2"_s.arg(tcp->host).arg(m_tcp->serverPort());
    return {};
}

void ModemSocket::accept(QIODevice *host)
{
    hangUp();
    m_host = host;
    connect(host, &QIODevice::readyRead, this, [this, host] {
        const QByteArray bytes = host->readAll();
        if (host == m_host)
            Q_EMIT received(bytes);
    });
    Q_EMIT opened();
}

void ModemSocket::write(const QByteArray &bytes)
{
    if (m_host == nullptr)
        return;
    m_host->write(bytes);
    if (m_host->bytesToWrite() > kMaxQueued)
        QMetaObject::invokeMethod(this, &ModemSocket::hangUp, Qt::QueuedConnection);
}

qint64 ModemSocket::queued() const
{
    return m_host == nullptr ? 0 : m_host->bytesToWrite();
}

void ModemSocket::hangUp()
{
    QIODevice *const host = std::exchange(m_host, nullptr);
    if (host == nullptr)
        return;
    host->disconnect(this);
    host->close();
    host->deleteLater();
    Q_EMIT closed();
}

} // namespace ringlift::plmn::at
