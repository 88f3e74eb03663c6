#include "app/window.h"

#include "app/gui.h"
#include "app/headless.h"
#include "app/quitsignals.h"
#include "app/singleinstance.h"

#include <QGuiApplication>

#include <cstdio>

namespace ringlift::app {

namespace {

constexpr int kExitCannotStart = 3;

/// What a second start does; nothing where this is the first, or a phone beside that of the session.
std::optional<int> leaveToTheFirst(SingleInstance &instance, const AppOptions &options)
{
    if (!options.ofSession || instance.claim() != SingleInstance::Claim::Running)
        return {};
    if (options.window.background)
        return EXIT_SUCCESS;
    const auto handed = instance.handOver(options.link);
    if (!handed)
        std::fprintf(stderr, "ringlift: %s\n", handed.error().message.c_str());
    return handed ? EXIT_SUCCESS : kExitCannotStart;
}

} // namespace

int runWindow(QGuiApplication &application, const AppOptions &options)
{
    SingleInstance instance(QDBusConnection::sessionBus());
    if (const auto status = leaveToTheFirst(instance, options); status)
        return *status;
    auto composition = Composition::make(options);
    if (!composition) {
        std::fprintf(stderr, "ringlift: %s\n", qPrintable(composition.error().error));
        return kExitCannotStart;
    }
    Composition &phone = **composition;
    std::unique_ptr<HeadlessTerminal> terminal;
    std::unique_ptr<QuitSignals> quitSignals;
    if (options.control) {
        terminal = std::make_unique<HeadlessTerminal>(options, **composition);
        QObject::connect(
            terminal.get(), &HeadlessTerminal::finished, &application, [](int status) { QCoreApplication::exit(status); });
    } else {
        quitSignals = std::make_unique<QuitSignals>();
        QObject::connect(quitSignals.get(), &QuitSignals::received, &application,
            [&application, &phone] { quitAfterShutDown(application, phone.engine()); });
    }
    const PassphraseDoor passphrase{phone.hasPassphraseFile(),
                                    [&phone](const QString &chosen) { phone.usePassphrase(chosen); },
                                    [&phone] { phone.forgetPassphrase(); }};
    return runGui(application, phone.engine(), options.window, passphrase, phone.loudspeakerFactory(), instance);
}

} // namespace ringlift::app
