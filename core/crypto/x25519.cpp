#include "core/crypto/x25519.h"

#include "core/crypto/sodium.h"

#include <cstdlib>

namespace ringlift::crypto {

Key32 x25519Public(const SecretKey &secret)
{
    ensureSodium();
    Key32 publicKey{};
    // The base point has prime order and a clamped scalar is never a multiple of it: failure means broken memory.
    if (crypto_scalarmult_base(publicKey.data(), secret.view().data()) != 0)
        std::abort();
    return publicKey;
}

Expected<SecretKey, CryptoError> x25519Shared(const SecretKey &secret, const Key32 &peerPublic)
{
    ensureSodium();
    SecretKey shared;
    if (crypto_scalarmult(shared.writable().data(), secret.view().data(), peerPublic.data()) != 0)
        return Unexpected(CryptoError::Dh);
    return shared;
}

} // namespace ringlift::crypto
