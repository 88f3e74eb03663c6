#pragma once

#include "core/crypto/identity.h"

namespace ringlift::crypto {

/// RFC 7748 section 6.1.
Key32 x25519Public(const SecretKey &secret);
/// ERR_DH when the shared secret is all zeros: the peer's key was of low order.
Expected<SecretKey, CryptoError> x25519Shared(const SecretKey &secret, const Key32 &peerPublic);

} // namespace ringlift::crypto
