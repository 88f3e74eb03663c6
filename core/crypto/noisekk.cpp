#include "core/crypto/noisekk.h"

#include "core/crypto/x25519.h"

namespace ringlift::crypto {

namespace {

constexpr std::string_view kName = "Noise_KK_25519_ChaChaPoly_SHA256";
constexpr std::size_t kPublicSize = 32;

Bytes concatenate(Bytes first, const Bytes &second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

} // namespace

NoiseKk::NoiseKk(Role role, const SecretKey &ownStatic, const Key32 &ownStaticPublic, const Key32 &peerStatic,
                 EphemeralKey ephemeral, ByteView prologue)
    : m_state(kName), m_ownStatic(ownStatic.clone()), m_peerStatic(peerStatic), m_ephemeral(std::move(ephemeral))
{
    const bool initiates = role == Role::Initiator;
    m_state.mixHash(prologue);
    m_state.mixHash(initiates ? ownStaticPublic : peerStatic);
    m_state.mixHash(initiates ? peerStatic : ownStaticPublic);
}

bool NoiseKk::mixDh(const SecretKey &secret, const Key32 &peerPublic)
{
    const auto shared = x25519Shared(secret, peerPublic);
    if (shared)
        m_state.mixKey(*shared);
    return shared.has_value();
}

Bytes NoiseKk::sendEphemeral()
{
    m_state.mixHash(m_ephemeral.publicKey);
    return copyOf(m_ephemeral.publicKey);
}

Expected<ByteView, CryptoError> NoiseKk::receiveEphemeral(ByteView message)
{
    if (message.size() < kPublicSize + kNoiseTagSize)
        return Unexpected(CryptoError::Length);
    m_peerEphemeral = *toArray<kPublicSize>(message.first(kPublicSize));
    m_state.mixHash(m_peerEphemeral);
    return message.subspan(kPublicSize);
}

Expected<Bytes, CryptoError> NoiseKk::writeMessage1(ByteView payload)
{
    Bytes message = sendEphemeral();
    if (!mixDh(m_ephemeral.secret, m_peerStatic) || !mixDh(m_ownStatic, m_peerStatic))
        return Unexpected(CryptoError::Dh);
    return concatenate(std::move(message), m_state.encryptAndHash(payload));
}

Expected<Bytes, CryptoError> NoiseKk::readMessage1(ByteView message)
{
    const auto rest = receiveEphemeral(message);
    if (!rest)
        return Unexpected(rest.error());
    if (!mixDh(m_ownStatic, m_peerEphemeral) || !mixDh(m_ownStatic, m_peerStatic))
        return Unexpected(CryptoError::Dh);
    return m_state.decryptAndHash(*rest);
}

Expected<Bytes, CryptoError> NoiseKk::writeMessage2(ByteView payload)
{
    Bytes message = sendEphemeral();
    if (!mixDh(m_ephemeral.secret, m_peerEphemeral) || !mixDh(m_ephemeral.secret, m_peerStatic))
        return Unexpected(CryptoError::Dh);
    return concatenate(std::move(message), m_state.encryptAndHash(payload));
}

Expected<Bytes, CryptoError> NoiseKk::readMessage2(ByteView message)
{
    const auto rest = receiveEphemeral(message);
    if (!rest)
        return Unexpected(rest.error());
    if (!mixDh(m_ephemeral.secret, m_peerEphemeral) || !mixDh(m_ownStatic, m_peerEphemeral))
        return Unexpected(CryptoError::Dh);
    return m_state.decryptAndHash(*rest);
}

} // namespace ringlift::crypto
