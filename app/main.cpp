#include "app/commandline.h"
#include "app/headless.h"

#include <QCoreApplication>

#include <cstdio>

using namespace ringlift;

namespace {

constexpr int kExitUsage = 2;

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("ringlift"));
    const auto options = app::parseCommandLine(QCoreApplication::arguments());
    if (!options) {
        std::fprintf(stderr, "ringlift: %s\n", options.error().message.c_str());
        return kExitUsage;
    }
    if (options->help) {
        std::fputs(qPrintable(app::commandLineHelp()), stdout);
        return 0;
    }
    if (!options->headless) {
        std::fputs("ringlift: there is no window in this build; use --headless.\n", stderr);
        return kExitUsage;
    }
    return app::runHeadless(*options);
}
