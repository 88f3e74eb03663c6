#pragma once

#include <cstdint>

namespace ringlift::server {

/// Names a connection for as long as the process lives; never used twice.
enum class ConnectionId : std::uint64_t {};

} // namespace ringlift::server
