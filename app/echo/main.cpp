#include "app/headless.h"

#include <QCoreApplication>

#include <cstdio>

using namespace ringlift;
using namespace Qt::StringLiterals;

/// ringlift-echo: a phone without SIM that answers by itself and sends back what it hears (server/README.md).
int main(int argc, char **argv)
{
    constexpr int kExitUsage = 2;
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"ringlift-echo"_s);
    QStringList arguments = QCoreApplication::arguments();
    if (!arguments.contains(u"--headless"_s))
        arguments.append(u"--headless"_s);
    auto options = app::parseCommandLine(arguments);
    if (!options || options->line.kind() != "manual"_L1) {
        std::fprintf(stderr, "ringlift-echo: %s\n",
                     options ? "it has no phone line but --line manual." : options.error().message.c_str());
        return kExitUsage;
    }
    if (options->help) {
        std::fputs(qPrintable(app::commandLineHelp()), stdout);
        return 0;
    }
    options->echo = true;
    options->audio = app::AudioKind::None;
    return app::runHeadless(*options);
}
