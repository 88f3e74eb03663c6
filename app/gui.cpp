#include "app/gui.h"

#include "app/enginelink.h"
#include "app/mainwindow.h"
#include "app/phone.h"
#include "app/ringer.h"
#include "app/scenephotographer.h"
#include "app/singleinstance.h"
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

void join(const SingleInstance &instance, Phone &phone, MainWindow &window)
{
    DialController *const dialling = phone.dialling();
    QObject::connect(&instance, &SingleInstance::activated, &window, &MainWindow::present);
    QObject::connect(&instance, &SingleInstance::numberOpened, dialling, &DialController::fillIn);
    QObject::connect(&instance, &SingleInstance::badLinkOpened, dialling, &DialController::onBadLink);
    QObject::connect(dialling, &DialController::linkFollowed, &window, &MainWindow::present);
}

} // namespace

void quitAfterShutDown(QGuiApplication &application, engine::CallEngine &engine)
{
    QObject::connect(
        &engine, &engine::CallEngine::shutDownDone, &application, [] { QCoreApplication::quit(); }, Qt::QueuedConnection);
    QTimer::singleShot(kShutDownTime, &application, [] { QCoreApplication::quit(); });
    QMetaObject::invokeMethod(&engine, &engine::CallEngine::shutDown, Qt::QueuedConnection);
}

int runGui(QGuiApplication &application, engine::CallEngine &engine, const GuiOptions &options,
           const PassphraseDoor &passphrase, const engine::TonePlayer::DeviceFactory &makeLoudspeaker,
           const SingleInstance &instance)
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
    join(instance, phone, window);
    if (!options.number.isEmpty())
        phone.dialling()->fillIn(options.number);
    std::unique_ptr<ScenePhotographer> photographer;
    if (!options.screenshotFolder.isEmpty())
        photographer = std::make_unique<ScenePhotographer>(window, options.screenshotFolder);
    QObject::connect(
        &engine, &engine::CallEngine::incomingShown, &window, [&window] { window.callAttention(); }, Qt::QueuedConnection);
    QObject::connect(phone.calls(), &CallController::questionAsked, &window, &MainWindow::callAttention);
    QGuiApplication::setQuitOnLastWindowClosed(false);
    if (!options.background)
        QObject::connect(&application, &QGuiApplication::lastWindowClosed, &application,
            [&application, &engine] { quitAfterShutDown(application, engine); });
    QMetaObject::invokeMethod(&engine, &engine::CallEngine::start, Qt::QueuedConnection);
    return QGuiApplication::exec();
}

} // namespace ringlift::app
