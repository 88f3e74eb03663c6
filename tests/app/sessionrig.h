#pragma once

#include "app/singleinstance.h"
#include "tests/platform/busrig.h"

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDir>
#include <QProcess>

#include <csignal>

/// A desktop session of its own: folders of a user, options of the program that keep it from keyring and network, a
/// bus.
namespace ringlift::tests {

class SessionRig
{
public:
    /// @param services as in BusRig.
    explicit SessionRig(const QString &services = {})
        : m_folder(QDir::tempPath() + QStringLiteral("/ringlift-session-XXXXXX")),
          m_settled(prepare()),
          m_bus(services),
          m_connection(m_bus.connection())
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.address().toUtf8());
    }

    bool isRunning() const { return m_settled && m_bus.isRunning(); }
    QDBusConnection bus() const { return m_connection; }
    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// What a method of the program answers; an error message when it does not.
    QDBusMessage call(const QString &method, const QVariantList &arguments) const
    {
        auto message = QDBusMessage::createMethodCall(QString::fromLatin1(app::SingleInstance::kName),
                                                      QString::fromLatin1(app::SingleInstance::kPath),
                                                      QStringLiteral("org.freedesktop.Application"), method);
        message.setArguments(arguments);
        return m_connection.call(message, QDBus::Block, 60'000);
    }
    QDBusMessage open(const QString &link) const
    {
        return call(QStringLiteral("Open"), {QStringList{link}, QVariantMap()});
    }

    bool programRuns() const
    {
        return m_connection.interface()->isServiceRegistered(QString::fromLatin1(app::SingleInstance::kName));
    }
    qint64 programPid() const
    {
        return m_connection.interface()->servicePid(QString::fromLatin1(app::SingleInstance::kName));
    }
    /// As systemd and the end of a session do.
    void terminateProgram() const
    {
        if (const qint64 pid = programRuns() ? programPid() : 0; pid > 1)
            ::kill(static_cast<pid_t>(pid), SIGTERM);
    }

    /// Pictures that the program took of this scene.
    QStringList pictures(const QString &scene) const
    {
        QDir folder(path(QStringLiteral("pictures")));
        QStringList found;
        for (const QString &name : folder.entryList({QStringLiteral("*-%1.png").arg(scene)}, QDir::Files, QDir::Name))
            found.append(folder.filePath(name));
        return found;
    }

private:
    bool prepare()
    {
        for (const char *const variable :
             {"XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME"})
            qputenv(variable, m_folder.path().toUtf8());
        QFile options(path(QStringLiteral("ringlift/options")));
        return QDir(m_folder.path()).mkpath(QStringLiteral("ringlift")) &&
               QDir(m_folder.path()).mkpath(QStringLiteral("pictures")) && options.open(QFile::WriteOnly) &&
               options.write("# of a test\ninsecure-key-file = " + path(QStringLiteral("key")).toUtf8() +
                             "\nscreenshots = " + path(QStringLiteral("pictures")).toUtf8() +
                             "\naudio = none\nlanguage = en\nnetwork = none\n") > 0;
    }

    QTemporaryDir m_folder;
    bool m_settled;
    BusRig m_bus;
    QDBusConnection m_connection;
};

} // namespace ringlift::tests
