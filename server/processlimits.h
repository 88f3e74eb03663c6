#pragma once

#include <cstddef>

namespace ringlift::server {

/// Raises the soft limit of open descriptors to the hard one; returns what holds now.
std::size_t raiseDescriptorLimit();
/// How many of the wanted sockets that limit allows, with room for the server's other files.
std::size_t socketsWithin(std::size_t descriptorLimit, std::size_t wanted);
/// Memory of the process, where keys and numbers pass through, is never written to disk.
void forbidCoreDumps();

} // namespace ringlift::server
