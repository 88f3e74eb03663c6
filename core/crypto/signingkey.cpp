#include "core/crypto/signingkey.h"

#include "core/crypto/sodium.h"

#include <algorithm>

namespace ringlift::crypto {

namespace {

// libsodium's form of a secret key: the seed, then the public key.
class ExpandedSecret
{
public:
    ExpandedSecret() = default;
    ExpandedSecret(const SecretKey &seed, const protocol::Key32 &publicKey)
    {
        std::ranges::copy(seed.view(), m_bytes.begin());
        std::ranges::copy(publicKey, m_bytes.begin() + crypto_sign_SEEDBYTES);
    }
    ExpandedSecret(const ExpandedSecret &) = delete;
    ExpandedSecret &operator=(const ExpandedSecret &) = delete;
    ~ExpandedSecret() { sodium_memzero(m_bytes.data(), m_bytes.size()); }
    std::uint8_t *data() { return m_bytes.data(); }
    const std::uint8_t *data() const { return m_bytes.data(); }

private:
    ByteArray<crypto_sign_SECRETKEYBYTES> m_bytes{};
};

} // namespace

SigningKey SigningKey::fromSeed(std::span<const std::uint8_t, SecretKey::kSize> edSeed)
{
    ensureSodium();
    SigningKey key;
    key.m_seed = SecretKey(edSeed);
    ExpandedSecret expanded;
    crypto_sign_seed_keypair(key.m_public.data(), expanded.data(), key.m_seed.view().data());
    return key;
}

protocol::Signature SigningKey::sign(ByteView message) const
{
    const ExpandedSecret expanded(m_seed, m_public);
    protocol::Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), expanded.data());
    return signature;
}

} // namespace ringlift::crypto
