#pragma once

#include "app/commandline.h"

class QGuiApplication;

namespace ringlift::app {

/// Runs the phone with its window until it is closed; the exit status.
int runWindow(QGuiApplication &application, const AppOptions &options);

} // namespace ringlift::app
