#pragma once

#include "tests/platform/waiting.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <csignal>

namespace ringlift::tests {

using namespace Qt::StringLiterals;

/// A real ringliftd whose home is a temporary folder.
class ServerProcess
{
public:
    ~ServerProcess()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.kill();
        m_process.waitForFinished();
    }

    QString home() const { return m_home.path(); }
    QString path(const QString &name) const { return m_home.filePath(name); }
    QString dataFolder() const { return path(u".local/share/ringliftd"_s); }
    QString spoolFolder() const { return path(u".local/share/ringliftd-spool"_s); }
    QString secretsFile() const { return path(u".local/share/ringliftd-secrets/secrets"_s); }
    QString caFile() const { return listening().value("ca"_L1).toString(); }

    void setEnvironment(const QString &name, const QString &value) { m_environment.insert(name, value); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
    }

    /// Runs until it listens, or ends.
    bool start(const QStringList &arguments = {u"--listen"_s, u"127.0.0.1:0"_s})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *const name : {"XDG_DATA_HOME", "STATE_DIRECTORY", "CREDENTIALS_DIRECTORY", "NOTIFY_SOCKET",
                                       "CONFIGURATION_DIRECTORY", "WATCHDOG_USEC"})
            environment.remove(QString::fromLatin1(name));
        environment.insert(u"HOME"_s, home());
        for (auto extra = m_environment.cbegin(); extra != m_environment.cend(); ++extra)
            environment.insert(extra.key(), extra.value());
        m_process.setProcessEnvironment(environment);
        m_out.clear();
        m_process.start(QStringLiteral(RINGLIFTD), arguments);
        return waitUntil([this] { return hasEnded() || !readLines().isEmpty(); }) && !listening().isEmpty();
    }

    /// Runs a task that ends; true when nothing was wrong.
    bool runs(const QStringList &arguments)
    {
        start(arguments);
        return ends() && exitCode() == 0;
    }
    /// The content of the secrets file.
    QByteArray secrets() const
    {
        QFile file(secretsFile());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    qint64 processId() const { return m_process.processId(); }
    bool hasEnded() const { return m_process.state() == QProcess::NotRunning; }
    bool ends()
    {
        return waitUntil([this] { return hasEnded(); });
    }
    int exitCode() const { return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1; }
    void signal(int number) { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    QByteArray log()
    {
        m_log += m_process.readAllStandardError();
        return m_log;
    }
    bool logs(const QByteArray &text)
    {
        return waitUntil([&] { return log().contains(text) || hasEnded(); }) && log().contains(text);
    }
    QByteArrayList readLines()
    {
        m_out += m_process.readAllStandardOutput();
        QByteArrayList lines = m_out.split('\n');
        lines.removeLast();
        return lines;
    }
    QByteArray output() { return m_out += m_process.readAllStandardOutput(); }

    /// The line that tells where it listens.
    QJsonObject listening() const
    {
        const QJsonObject line = QJsonDocument::fromJson(m_out.left(m_out.indexOf('\n'))).object();
        return line.value("event"_L1) == "listening"_L1 ? line : QJsonObject();
    }
    QUrl url() const
    {
        const bool tls = listening().value("tls"_L1).toBool();
        return QUrl(u"%1://127.0.0.1:%2/"_s.arg(tls ? u"wss"_s : u"ws"_s).arg(listening().value("port"_L1).toInt()));
    }

    /// The code that was spooled for a number; empty when there is none.
    std::string codeFor(const std::string &number) const
    {
        const QDir spool(spoolFolder());
        const auto names = spool.entryList({u"*.json"_s}, QDir::Files);
        for (const QString &name : names) {
            QFile file(spool.filePath(name));
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QJsonObject content = QJsonDocument::fromJson(file.readAll()).object();
            if (content.value("to"_L1).toString().toStdString() == number)
                return content.value("code"_L1).toString().toStdString();
        }
        return {};
    }

private:
    QTemporaryDir m_home;
    QMap<QString, QString> m_environment;
    QProcess m_process;
    QByteArray m_out;
    QByteArray m_log;
};

} // namespace ringlift::tests
