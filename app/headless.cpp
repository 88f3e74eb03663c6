#include "app/headless.h"

#include "app/headlessserver.h"
#include "app/linereader.h"
#include "app/quitsignals.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace ringlift::app {

using namespace Qt::StringLiterals;

namespace {

constexpr int kExitCannotStart = 3;

/// A reader that has gone is noticed by the end of its commands.
void writeLine(const QByteArray &line)
{
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

} // namespace

int runHeadless(const AppOptions &options)
{
    std::signal(SIGPIPE, SIG_IGN);
    auto composition = Composition::make(options);
    if (!composition) {
        const QJsonObject event{{u"event"_s, u"error"_s}, {u"code"_s, composition.error().code}, {u"error"_s, composition.error().error}};
        writeLine(QJsonDocument(HeadlessEvents::stamped(event)).toJson(QJsonDocument::Compact));
        return kExitCannotStart;
    }
    HeadlessServer server(options, **composition, writeLine);
    LineReader reader(STDIN_FILENO, kMaxCommandLine);
    QuitSignals quitSignals;
    QObject::connect(&reader, &LineReader::lineRead, &server, &HeadlessServer::onLine);
    QObject::connect(&reader, &LineReader::tooLong, &server, &HeadlessServer::onLineTooLong);
    QObject::connect(&reader, &LineReader::finished, &server, &HeadlessServer::quit);
    QObject::connect(&quitSignals, &QuitSignals::received, &server, &HeadlessServer::quit);
    QObject::connect(&server, &HeadlessServer::finished, QCoreApplication::instance(), [](int status) { QCoreApplication::exit(status); });
    server.start();
    return QCoreApplication::exec();
}

} // namespace ringlift::app
