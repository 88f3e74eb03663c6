#pragma once

#include "app/commandline.h"

namespace ringlift::app {

/// Runs the phone without a window on the event loop of the application until it is told to quit; the exit status.
int runHeadless(const AppOptions &options);

} // namespace ringlift::app
