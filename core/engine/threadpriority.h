#pragma once

namespace ringlift::engine {

/// Asks the system to run the calling thread, and those that it starts from now on, before ordinary ones: on a busy machine
/// sound would stutter. Where the system does not allow it, nothing changes.
void preferThisThread();

} // namespace ringlift::engine
