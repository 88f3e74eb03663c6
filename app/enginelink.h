#pragma once

namespace ringlift::engine {
class CallEngine;
}

namespace ringlift::app {

class Phone;
class Ringer;

/// Joins the interface to the engine on the call thread, by queued signals that carry values.
void link(Phone &phone, Ringer &ringer, engine::CallEngine &engine);

} // namespace ringlift::app
