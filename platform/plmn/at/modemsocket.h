#pragma once

#include "core/base/result.h"

#include <QObject>

class QIODevice;
class QLocalServer;
class QTcpServer;

namespace ringlift::plmn::at {

/// One port of a modem: listens, and serves one host at a time, the newest.
class ModemSocket : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~ModemSocket() override;

    /// "abstract:NAME", literally the name of an abstract Unix socket; "tcp:HOST:PORT" on loopback; else a socket's
    /// path.
    Result<void> listen(const QString &address);
    /// As given to listen(), with the real port.
    QString address() const { return m_address; }
    bool isConnected() const { return m_host != nullptr; }
    void write(const QByteArray &bytes);
    /// Bytes that the host has not taken yet.
    qint64 queued() const;
    void hangUp();

Q_SIGNALS:
    void opened();
    void received(const QByteArray &bytes);
    void closed();

private:
    Result<void> listenLocal(const QString &address);
    Result<void> listenTcp(const QString &address);
    void accept(QIODevice *host);

    QString m_address;
    QLocalServer *m_local = nullptr;
    QTcpServer *m_tcp = nullptr;
    QIODevice *m_host = nullptr;
};

} // namespace ringlift::plmn::at
