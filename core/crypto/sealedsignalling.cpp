#include "core/crypto/sealedsignalling.h"

#include "core/crypto/sodium.h"

namespace ringlift::crypto {

namespace {

constexpr std::size_t kTagSize = crypto_aead_chacha20poly1305_ietf_ABYTES;

using Nonce = ByteArray<crypto_aead_chacha20poly1305_ietf_NPUBBYTES>;

// Big-endian, unlike Noise's own nonces.
Nonce nonceOf(std::uint64_t n)
{
    Nonce nonce{};
    for (std::size_t i = 0; i < 8; ++i)
        nonce[11 - i] = static_cast<std::uint8_t>(n >> (8 * i));
    return nonce;
}

Bytes associatedData(const CallId &callId)
{
    return ByteWriter().label("ringlift/v1/sealed").bytes(callId.bytes).take();
}

} // namespace

SignalSealer::SignalSealer(const SecretKey &signalKey, const CallId &callId, std::uint64_t first)
    : m_key(signalKey.clone()), m_callId(callId), m_next(first)
{
}

SealedBox SignalSealer::seal(ByteView plaintext)
{
    const Bytes associated = associatedData(m_callId);
    SealedBox sealed{.n = m_next, .box = Bytes(plaintext.size() + kTagSize)};
    crypto_aead_chacha20poly1305_ietf_encrypt(sealed.box.data(), nullptr, plaintext.data(), plaintext.size(),
                                              associated.data(), associated.size(), nullptr, nonceOf(m_next).data(),
                                              m_key.view().data());
    ++m_next;
    return sealed;
}

SignalOpener::SignalOpener(const SecretKey &signalKey, const CallId &callId)
    : m_key(signalKey.clone()), m_callId(callId)
{
}

Expected<Bytes, CryptoError> SignalOpener::open(std::uint64_t n, ByteView box)
{
    if (box.size() < kTagSize)
        return Unexpected(CryptoError::Length);
    if (m_last && n <= *m_last)
        return Unexpected(CryptoError::Replay);
    const Bytes associated = associatedData(m_callId);
    Bytes plaintext(box.size() - kTagSize);
    if (crypto_aead_chacha20poly1305_ietf_decrypt(plaintext.data(), nullptr, nullptr, box.data(), box.size(),
                                                  associated.data(), associated.size(), nonceOf(n).data(),
                                                  m_key.view().data())
        != 0)
        return Unexpected(CryptoError::Auth);
    m_last = n;
    return plaintext;
}

} // namespace ringlift::crypto
