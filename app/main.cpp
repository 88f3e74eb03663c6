#include "app/headless.h"
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
    return std::make_unique<QGuiApplication>(argc, argv);
}

} // namespace

int main(int argc, char **argv)
{
    const std::unique_ptr<QCoreApplication> application = makeApplication(argc, argv);
    const auto options = app::parseCommandLine(QCoreApplication::arguments());
    if (!options) {
        std::fprintf(stderr, "ringlift: %s\n", options.error().message.c_str());
        return kExitUsage;
    }
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
