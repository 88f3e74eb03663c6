#pragma once

#include <sodium.h>

namespace ringlift::crypto {

/// Initialises libsodium on the first call of the process; cheap and thread-safe on every later one. Internal.
void ensureSodium();

} // namespace ringlift::crypto
