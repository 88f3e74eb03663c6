#pragma once

#include <optional>

/// What a device's Internet connection is like: a value that crosses the ports.
namespace ringlift {

/// Unknown: the platform does not say.
enum class NetworkKind { Unknown, None, Wifi, Wired, Cellular };

/// What is absent the platform does not say.
struct NetworkInfo {
    NetworkKind kind = NetworkKind::Unknown;
    /// Data may cost money.
    std::optional<bool> metered;
    /// It goes through another operator's network than the SIM's own.
    std::optional<bool> roaming;
    bool operator==(const NetworkInfo &) const = default;
};

} // namespace ringlift
