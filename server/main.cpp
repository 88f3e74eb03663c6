#include "server/commandline.h"
#include "server/configkeys.h"
#include "server/configvalue.h"
#include "server/daemon.h"
#include "server/log.h"
#include "server/processlimits.h"
#include "server/secretstask.h"
#include "server/systemdnotify.h"
#include "server/unixsignals.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>
#include <cstdio>
#include <sys/stat.h>

namespace {

using namespace ringlift;
using namespace ringlift::server;
using namespace Qt::StringLiterals;

/// The operator has to change something.
constexpr int kExitUsage = 2;

int refuse(const std::string &reason)
{
    std::fprintf(stderr, "ringliftd: %s\n", reason.c_str());
    return kExitUsage;
}

// Qt's own messages may quote the wire: only that there was one is told.
void onQtMessage(QtMsgType type, const QMessageLogContext &, const QString &)
{
    if (type == QtWarningMsg || type == QtCriticalMsg)
        log("qt.warning");
}

void announce(const Daemon &daemon, const Options &options, const Paths &paths)
{
    QJsonArray addresses;
    for (const Endpoint &endpoint : daemon.endpoints())
        addresses.append(QString::fromStdString(EndpointRule().print(endpoint)));
    QJsonObject line{{u"event"_s, u"listening"_s},
                     {u"port"_s, daemon.endpoints().front().port},
                     {u"addresses"_s, addresses},
                     {u"tls"_s, !options.plain},
                     {u"data"_s, QString::fromStdString(paths.data)},
                     {u"pid"_s, QCoreApplication::applicationPid()}};
    if (const std::string ca = daemon.authorityFile(); !ca.empty())
        line.insert(u"ca"_s, QString::fromStdString(ca));
    if (options.otp == OtpRoute::Spool)
        line.insert(u"spool"_s, QString::fromStdString(paths.spool));
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

void serveSystemdWatchdog(QTimer &timer)
{
    const auto interval = systemdWatchdog();
    if (!interval)
        return;
    QObject::connect(&timer, &QTimer::timeout, &timer, [] { notifySystemd("WATCHDOG=1"); });
    timer.start(*interval);
}

void onSignal(Daemon &daemon, int number)
{
    if (number == SIGHUP) {
        notifySystemd("RELOADING=1");
        daemon.reload();
        notifySystemd("READY=1");
        return;
    }
    notifySystemd("STOPPING=1");
    daemon.stop();
}

int changeSecrets(const CommandLine &line, const Paths &paths)
{
    SystemRandom random;
    const auto said = doSecretsTask(line, paths, SystemWallClock().today(), random);
    if (!said)
        return refuse(said.error().message);
    std::printf("ringliftd: %s\n", said->c_str());
    return 0;
}

int serve(const Options &options, const Paths &paths, Task task)
{
    Daemon daemon(options, paths);
    if (const auto ready = daemon.prepare(); !ready)
        return refuse(ready.error().message);
    if (task == Task::Check) {
        std::printf("ringliftd: everything is in order\n");
        return 0;
    }
    UnixSignals signals({SIGTERM, SIGINT, SIGHUP});
    QObject::connect(&signals, &UnixSignals::raised, &daemon, [&](int number) { onSignal(daemon, number); });
    QObject::connect(&daemon, &Daemon::stopped, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    if (const auto listening = daemon.listen(); !listening)
        return refuse(listening.error().message);
    QTimer watchdog;
    serveSystemdWatchdog(watchdog);
    announce(daemon, options, paths);
    notifySystemd("READY=1");
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    forbidCoreDumps();
    ::umask(077);
    std::signal(SIGPIPE, SIG_IGN); // NOLINT(cert-err33-c)
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"ringliftd"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(RINGLIFT_VERSION));
    const auto line = readCommandLine(QCoreApplication::arguments(), systemEnvironment);
    if (!line)
        return refuse(line.error().message);
    switch (line->task) {
    case Task::Help:
        std::fputs(line->help.c_str(), stdout);
        return 0;
    case Task::Version:
        std::printf("ringliftd %s\n", RINGLIFT_VERSION);
        return 0;
    case Task::PrintConfig:
        std::fputs(printConfig(line->options).c_str(), stdout);
        return 0;
    case Task::Check:
    case Task::RotateTagKey:
    case Task::PrepareIdentityKey:
    case Task::SwitchIdentityKey:
    case Task::Serve:
        break;
    }
    const auto paths = Paths::resolve(line->options, systemEnvironment);
    if (!paths)
        return refuse(paths.error().message);
    qInstallMessageHandler(onQtMessage);
    if (line->task == Task::Serve || line->task == Task::Check)
        return serve(line->options, *paths, line->task);
    return changeSecrets(*line, *paths);
}
