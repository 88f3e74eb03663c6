#include "app/window.h"

#include "app/gui.h"
#include "app/headless.h"

#include <QGuiApplication>

#include <cstdio>

namespace ringlift::app {

namespace {

constexpr int kExitCannotStart = 3;

} // namespace

int runWindow(QGuiApplication &application, const AppOptions &options)
{
    auto composition = Composition::make(options);
    if (!composition) {
        std::fprintf(stderr, "ringlift: %s\n", qPrintable(composition.error().error));
        return kExitCannotStart;
    }
    std::unique_ptr<HeadlessTerminal> terminal;
    if (options.control) {
        terminal = std::make_unique<HeadlessTerminal>(options, **composition);
        QObject::connect(
            terminal.get(), &HeadlessTerminal::finished, &application, [](int status) { QCoreApplication::exit(status); });
    }
    return runGui(application, (*composition)->engine(), options.window,
        [&phone = **composition](const QString &passphrase) { phone.usePassphrase(passphrase); },
        (*composition)->loudspeakerFactory());
}

} // namespace ringlift::app
