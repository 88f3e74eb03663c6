#pragma once

#include "core/engine/callengine.h"
#include "platform/fake/handset.h"

namespace ringlift::app {

/// The app's calls and the phone's own share one device: the handset leaves it to the engine's calls while there are
/// any.
void shareDevice(engine::CallEngine &engine, fake::Handset &handset);

} // namespace ringlift::app
