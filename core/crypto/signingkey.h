#pragma once

#include "core/crypto/secretkey.h"
#include "core/protocol/messages.h"

namespace ringlift::crypto {

/// An Ed25519 key pair: the server's own, or the signing half of a device identity.
class SigningKey
{
public:
    static SigningKey fromSeed(std::span<const std::uint8_t, SecretKey::kSize> edSeed);

    const protocol::Key32 &publicKey() const { return m_public; }
    const SecretKey &seed() const { return m_seed; }
    protocol::Signature sign(ByteView message) const;

private:
    SigningKey() = default;
    SecretKey m_seed;
    protocol::Key32 m_public{};
};

} // namespace ringlift::crypto
