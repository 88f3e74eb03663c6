#pragma once

#include "app/guioptions.h"
#include "core/engine/toneplayer.h"

#include <functional>

class QGuiApplication;

namespace ringlift::engine {
class CallEngine;
}

namespace ringlift::app {

class SingleInstance;

/// Where the passphrase goes that protects the secrets on a machine without a keyring.
struct PassphraseDoor {
    bool hasFile = false; // secrets lie under one already
    std::function<void(const QString &passphrase)> use;
    std::function<void()> forget;
};

/// Shows the window and runs the event loop until the user closes it; then asks the engine to shut down and waits for
/// it. Call it before the engine's start(), so that nothing the engine tells is missed; start() is then asked for here.
/// @param engine lives on its own, running thread.
/// @param passphrase told what the user chose before start() is asked for again.
/// @param makeLoudspeaker for ring and ringback; empty: there is none.
/// @param instance tells what other programs of the session want of this one.
/// @return the exit status for main().
int runGui(QGuiApplication &application, engine::CallEngine &engine, const GuiOptions &options,
           const PassphraseDoor &passphrase, const engine::TonePlayer::DeviceFactory &makeLoudspeaker,
           const SingleInstance &instance);

/// Leaves the event loop when the engine has shut down, or does not within the time it has.
void quitAfterShutDown(QGuiApplication &application, engine::CallEngine &engine);

} // namespace ringlift::app
