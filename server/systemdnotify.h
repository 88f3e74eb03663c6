#pragma once

#include <optional>
#include <string_view>

#include <chrono>

namespace ringlift::server {

/// Tells systemd how the service is, such as "READY=1" (sd_notify(3)). Nothing happens without systemd.
void notifySystemd(std::string_view state);
/// How often systemd wants to hear "WATCHDOG=1", if at all.
std::optional<std::chrono::milliseconds> systemdWatchdog();

} // namespace ringlift::server
