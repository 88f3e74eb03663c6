#pragma once

namespace ringlift::engine {
class CallEngine;
}

namespace ringlift::app {

class Phone;

/// Joins the interface to the engine on the call thread, by queued signals that carry values.
void link(Phone &phone, engine::CallEngine &engine);

} // namespace ringlift::app
