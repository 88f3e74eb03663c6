#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// A message bus of this test alone.
namespace ringlift::tests {

class BusRig
{
public:
    /// @param services folder of the services that the bus starts; then it is a session bus. Empty: none.
    explicit BusRig(const QString &services = {})
    {
        QFile config(m_folder.filePath(QStringLiteral("bus.conf")));
        if (!config.open(QFile::WriteOnly))
            return;
        const QByteArray activation = services.isEmpty()
                                          ? "<type>custom</type>"
                                          : "<type>session</type><servicedir>" + services.toUtf8() + "</servicedir>";
        config.write("<busconfig>" + activation + "<listen>unix:tmpdir=" + m_folder.path().toUtf8() +
                     "</listen><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
                     "<allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>");
        config.close();
        m_daemon.setStandardErrorFile(QProcess::nullDevice());
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--config-file=") + config.fileName(), QStringLiteral("--nofork"),
                        QStringLiteral("--print-address=1")});
        while (m_daemon.state() != QProcess::NotRunning && !m_daemon.canReadLine()) {
            if (!m_daemon.waitForReadyRead(10'000))
                return;
        }
        m_address = QString::fromUtf8(m_daemon.readLine().trimmed());
    }

    ~BusRig()
    {
        for (const QString &name : std::as_const(m_connections))
            QDBusConnection::disconnectFromBus(name);
        m_daemon.terminate();
        m_daemon.waitForFinished();
    }

    bool isRunning() const { return !m_address.isEmpty(); }
    QString address() const { return m_address; }

    /// Another participant.
    QDBusConnection connection()
    {
        static int made = 0;
        m_connections.append(QStringLiteral("bus-rig-%1").arg(++made));
        return QDBusConnection::connectToBus(m_address, m_connections.last());
    }

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
    QStringList m_connections;
};

} // namespace ringlift::tests
