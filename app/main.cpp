#include "app/headless.h"
#include "app/optionsfile.h"
#include "app/singleinstance.h"
#include "app/window.h"
#include "platform/linux/ringkeeper.h"

#include <QGuiApplication>

#include <cstdio>

using namespace ringlift;

namespace {

constexpr int kExitUsage = 2;

std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("ringlift"));
    if (app::needsNoDisplay(argc, argv))
        return std::make_unique<QCoreApplication>(argc, argv);
    QGuiApplication::setDesktopFileName(QString::fromLatin1(app::SingleInstance::kName));
    return std::make_unique<QGuiApplication>(argc, argv);
}

int refuse(const Error &error)
{
    std::fprintf(stderr, "ringlift: %s\n", error.message.c_str());
    return kExitUsage;
}

} // namespace

int main(int argc, char **argv)
{
    const std::unique_ptr<QCoreApplication> application = makeApplication(argc, argv);
    const auto arguments = app::withOptionsOfFile(QCoreApplication::arguments(), app::optionsFile());
    if (!arguments)
        return refuse(arguments.error());
    const auto options = app::parseCommandLine(*arguments);
    if (!options)
        return refuse(options.error());
    if (options->help) {
        std::fputs(qPrintable(app::commandLineHelp()), stdout);
        return 0;
    }
    if (options->ringTask != app::RingTask::None)
        return options->ringTask == app::RingTask::Keep ? modem::keepRing() : modem::restoreRing();
    if (auto *const gui = qobject_cast<QGuiApplication *>(application.get()); gui != nullptr)
        return app::runWindow(*gui, *options);
    return app::runHeadless(*options);
}
