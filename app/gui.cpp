#include "app/gui.h"

#include "app/enginelink.h"
#include "app/mainwindow.h"
#include "app/phone.h"
#include "app/ringer.h"
#include "app/scenephotographer.h"
#include "core/base/log.h"
#include "core/engine/callengine.h"

#include <QGuiApplication>
#include <QTimer>

#include <memory>

namespace ringlift::app {

namespace {

constexpr auto kShutDownTime = std::chrono::seconds(5);

void join(const Ringer &ringer, const engine::TonePlayer &player)
{
    using engine::TonePlayer;
    QObject::connect(&ringer, &Ringer::toneRequested, &player, &TonePlayer::start);
    QObject::connect(&ringer, &Ringer::silenceRequested, &player, &TonePlayer::stop);
    for (const auto settled : {&TonePlayer::sounding, &TonePlayer::unavailable})
        QObject::connect(&player, settled, &ringer, &Ringer::onToneSettled);
}

/// Leaves the event loop when the engine has shut down, or does not within the time it has.
void quitAfterShutDown(QGuiApplication &application, engine::CallEngine &engine)
{
    QObject::connect(
        &engine, &engine::CallEngine::shutDownDone, &application, [] { QCoreApplication::quit(); }, Qt::QueuedConnection);
    QTimer::singleShot(kShutDownTime, &application, [] { QCoreApplication::quit(); });
    QMetaObject::invokeMethod(&engine, &engine::CallEngine::shutDown, Qt::QueuedConnection);
}

} // namespace

int runGui(QGuiApplication &application, engine::CallEngine &engine, const GuiOptions &options,
           const PassphraseDoor &passphrase, const engine::TonePlayer::DeviceFactory &makeLoudspeaker)
{
    Phone phone(options.preferencesFile);
    Ringer ringer;
    engine::TonePlayer player(makeLoudspeaker);
    join(ringer, player);
    link(phone, ringer, engine);
    phone.setPassphraseFile(passphrase.hasFile);
    QObject::connect(&phone, &Phone::passphraseGiven, &application, passphrase.use);
    QObject::connect(&phone, &Phone::passphraseForgotten, &application, passphrase.forget);
    MainWindow window(phone, options);
    if (const auto shown = window.show(); !shown) {
        qCCritical(lcApp, "%s", shown.error().message.c_str());
        return EXIT_FAILURE;
    }
    std::unique_ptr<ScenePhotographer> photographer;
    if (!options.screenshotFolder.isEmpty())
        photographer = std::make_unique<ScenePhotographer>(window, options.screenshotFolder);
    QObject::connect(
        &engine, &engine::CallEngine::incomingShown, &window, [&window] { window.callAttention(); }, Qt::QueuedConnection);
    QObject::connect(phone.calls(), &CallController::questionAsked, &window, &MainWindow::callAttention);
    QGuiApplication::setQuitOnLastWindowClosed(false);
    QObject::connect(&application, &QGuiApplication::lastWindowClosed, &application,
        [&application, &engine] { quitAfterShutDown(application, engine); });
    QMetaObject::invokeMethod(&engine, &engine::CallEngine::start, Qt::QueuedConnection);
    return QGuiApplication::exec();
}

} // namespace ringlift::app
