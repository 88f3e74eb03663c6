#include "core/crypto/noisestate.h"

#include "core/crypto/sodium.h"
#include "core/crypto/tags.h"

#include <algorithm>
#include <cassert>

namespace ringlift::crypto {

namespace {

using NoiseNonce = ByteArray<crypto_aead_chacha20poly1305_ietf_NPUBBYTES>;

static_assert(kNoiseTagSize == crypto_aead_chacha20poly1305_ietf_ABYTES);

// Four zero bytes, then the counter in little endian (Noise section 12.3).
NoiseNonce nonceOf(std::uint64_t counter)
{
    NoiseNonce nonce{};
    for (std::size_t i = 0; i < 8; ++i)
        nonce[4 + i] = static_cast<std::uint8_t>(counter >> (8 * i));
    return nonce;
}

struct TwoKeys {
    SecretKey first;
    SecretKey second;
};

// Noise's HKDF with two outputs is RFC 5869's with an empty info.
TwoKeys hkdf(const SecretKey &chainingKey, ByteView material)
{
    ByteArray<64> output{};
    Key32 pseudoRandomKey = hmacSha256(chainingKey.view(), material);
    hkdfExpand(pseudoRandomKey, {}, output);
    TwoKeys keys;
    std::copy_n(output.begin(), 32, keys.first.writable().begin());
    std::copy_n(output.begin() + 32, 32, keys.second.writable().begin());
    sodium_memzero(pseudoRandomKey.data(), pseudoRandomKey.size());
    sodium_memzero(output.data(), output.size());
    return keys;
}

} // namespace

Bytes NoiseCipher::encrypt(ByteView associated, ByteView plaintext)
{
    Bytes ciphertext(plaintext.size() + kNoiseTagSize);
    crypto_aead_chacha20poly1305_ietf_encrypt(ciphertext.data(), nullptr, plaintext.data(), plaintext.size(),
                                              associated.data(), associated.size(), nullptr, nonceOf(m_nonce).data(),
                                              m_key.view().data());
    ++m_nonce;
    return ciphertext;
}

Expected<Bytes, CryptoError> NoiseCipher::decrypt(ByteView associated, ByteView ciphertext)
{
    if (ciphertext.size() < kNoiseTagSize)
        return Unexpected(CryptoError::Length);
    Bytes plaintext(ciphertext.size() - kNoiseTagSize);
    if (crypto_aead_chacha20poly1305_ietf_decrypt(plaintext.data(), nullptr, nullptr, ciphertext.data(),
                                                  ciphertext.size(), associated.data(), associated.size(),
                                                  nonceOf(m_nonce).data(), m_key.view().data())
        != 0)
        return Unexpected(CryptoError::Auth);
    ++m_nonce;
    return plaintext;
}

NoiseState::NoiseState(std::string_view protocolName)
{
    assert(protocolName.size() <= m_hash.size());
    std::ranges::copy(viewOf(protocolName), m_hash.begin());
    m_chainingKey = SecretKey(m_hash);
}

void NoiseState::mixHash(ByteView data)
{
    m_hash = sha256(ByteWriter().bytes(m_hash).bytes(data).view());
}

void NoiseState::mixKey(const SecretKey &material)
{
    TwoKeys keys = hkdf(m_chainingKey, material.view());
    m_chainingKey = std::move(keys.first);
    m_cipher.emplace(std::move(keys.second));
}

Bytes NoiseState::encryptAndHash(ByteView plaintext)
{
    assert(m_cipher);
    Bytes ciphertext = m_cipher->encrypt(m_hash, plaintext);
    mixHash(ciphertext);
    return ciphertext;
}

Expected<Bytes, CryptoError> NoiseState::decryptAndHash(ByteView ciphertext)
{
    assert(m_cipher);
    auto plaintext = m_cipher->decrypt(m_hash, ciphertext);
    if (plaintext)
        mixHash(ciphertext);
    return plaintext;
}

NoiseSplit NoiseState::split() const
{
    TwoKeys keys = hkdf(m_chainingKey, {});
    return {.initiatorToResponder = std::move(keys.first), .responderToInitiator = std::move(keys.second)};
}

} // namespace ringlift::crypto
