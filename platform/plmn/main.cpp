#include "platform/plmn/plmnserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <cstdio>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

std::array<int, 2> signalPipe{};

void onSignal(int)
{
    const char byte = 1;
    static_cast<void>(::write(signalPipe[0], &byte, 1));
}

/// SIGTERM and SIGINT end the event loop, so that sockets are removed.
void quitOnSignals(QCoreApplication &app)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, signalPipe.data()) != 0)
        return;
    auto *const notifier = new QSocketNotifier(signalPipe[1], QSocketNotifier::Read, &app);
    QObject::connect(notifier, &QSocketNotifier::activated, &app, [] { QCoreApplication::quit(); });
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
}

int refuse(const std::string &reason)
{
    std::fprintf(stderr, "ringlift-plmn: %s\n", reason.c_str());
    return 2;
}

void say(const QJsonObject &event)
{
    std::printf("%s\n", QJsonDocument(event).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"The virtual phone network that Ringlift's demo and tests call through."_s);
    parser.addHelpOption();
    parser.addOptions({{u"socket"_s, u"Unix socket to serve, or tcp:127.0.0.1:PORT."_s, u"PATH"_s},
        {u"seed"_s, u"Seed of the paging jitter."_s, u"N"_s, u"1"_s},
        {u"config"_s, u"Timing and subscribers; see platform/plmn/README.md."_s, u"FILE"_s}});
    parser.process(app);
    if (!parser.isSet(u"socket"_s))
        return refuse("--socket is missing; see --help");

    ringlift::plmn::PlmnServerConfig config;
    if (parser.isSet(u"config"_s)) {
        QFile file(parser.value(u"config"_s));
        if (!file.open(QIODevice::ReadOnly))
            return refuse("cannot read the configuration: " + file.errorString().toStdString());
        const auto read = ringlift::plmn::readServerConfig(file.readAll());
        if (!read)
            return refuse(read.error().message);
        config = *read;
    }
    bool isNumber = false;
    config.seed = parser.value(u"seed"_s).toULongLong(&isNumber);
    if (!isNumber)
        return refuse("--seed is not a number");

    ringlift::plmn::PlmnServer server(config);
    if (const auto listening = server.listen(parser.value(u"socket"_s)); !listening)
        return refuse(listening.error().message);
    quitOnSignals(app);
    say({{u"event"_s, u"listening"_s}, {u"socket"_s, server.address()}, {u"pid"_s, QCoreApplication::applicationPid()}});
    return QCoreApplication::exec();
}
