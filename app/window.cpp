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
    Composition &phone = **composition;
    const PassphraseDoor passphrase{phone.hasPassphraseFile(),
                                    [&phone](const QString &chosen) { phone.usePassphrase(chosen); },
                                    [&phone] { phone.forgetPassphrase(); }};
    return runGui(application, phone.engine(), options.window, passphrase, phone.loudspeakerFactory());
}

} // namespace ringlift::app
