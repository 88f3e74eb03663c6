#pragma once

#include "core/crypto/identity.h"

/// Noise revision 34, sections 5.1 and 5.2, for ChaChaPoly and SHA256. Internal to core/crypto.
namespace ringlift::crypto {

inline constexpr std::size_t kNoiseTagSize = 16;

/// CipherState.
class NoiseCipher
{
public:
    explicit NoiseCipher(SecretKey key) : m_key(std::move(key)) { }
    Bytes encrypt(ByteView associated, ByteView plaintext);
    /// ERR_LENGTH or ERR_AUTH; neither uses up a nonce.
    Expected<Bytes, CryptoError> decrypt(ByteView associated, ByteView ciphertext);

private:
    SecretKey m_key;
    std::uint64_t m_nonce = 0;
};

/// What Split() gives.
struct NoiseSplit
{
    SecretKey initiatorToResponder;
    SecretKey responderToInitiator;
};

/// SymmetricState.
class NoiseState
{
public:
    /// A name of at most 32 bytes, so that h starts as the name itself.
    explicit NoiseState(std::string_view protocolName);

    void mixHash(ByteView data);
    void mixKey(const SecretKey &material);
    /// Only after the first mixKey().
    Bytes encryptAndHash(ByteView plaintext);
    Expected<Bytes, CryptoError> decryptAndHash(ByteView ciphertext);
    NoiseSplit split() const;
    const Key32 &hash() const { return m_hash; }

private:
    Key32 m_hash{};
    SecretKey m_chainingKey;
    std::optional<NoiseCipher> m_cipher;
};

} // namespace ringlift::crypto
