#include "core/crypto/sodium.h"

#include <cstdlib>

namespace ringlift::crypto {

void ensureSodium()
{
    static const int status = sodium_init();
    // Fails only where the system has no source of randomness: nothing safe can be done then.
    if (status < 0)
        std::abort();
}

} // namespace ringlift::crypto
