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

HeadlessTerminal::HeadlessTerminal(const AppOptions &options, Composition &composition, QObject *parent)
    : QObject(parent), m_server(std::make_unique<HeadlessServer>(options, composition, writeLine))
{
    std::signal(SIGPIPE, SIG_IGN);
    HeadlessServer *const server = m_server.get();
    auto *const reader = new LineReader(STDIN_FILENO, kMaxCommandLine, this);
    auto *const quitSignals = new QuitSignals(this);
    connect(reader, &LineReader::lineRead, server, &HeadlessServer::onLine);
    connect(reader, &LineReader::tooLong, server, &HeadlessServer::onLineTooLong);
    if (!options.echo) // that one serves without anybody at its input
        connect(reader, &LineReader::finished, server, &HeadlessServer::quit);
    connect(quitSignals, &QuitSignals::received, server, &HeadlessServer::quit);
    connect(server, &HeadlessServer::finished, this, &HeadlessTerminal::finished);
}

HeadlessTerminal::~HeadlessTerminal() = default;

void HeadlessTerminal::start()
{
    m_server->start();
}

int runHeadless(const AppOptions &options)
{
    auto composition = Composition::make(options);
    if (!composition) {
        const auto &[code, error] = composition.error();
        const QJsonObject event{{u"event"_s, u"error"_s}, {u"code"_s, code}, {u"error"_s, error}};
        writeLine(QJsonDocument(HeadlessEvents::stamped(event)).toJson(QJsonDocument::Compact));
        return kExitCannotStart;
    }
    HeadlessTerminal terminal(options, **composition);
    QObject::connect(&terminal, &HeadlessTerminal::finished, [](int status) { QCoreApplication::exit(status); });
    terminal.start();
    return QCoreApplication::exec();
}

} // namespace ringlift::app
