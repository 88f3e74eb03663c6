#pragma once

#include "core/crypto/handshake.h"
#include "core/crypto/noisestate.h"

namespace ringlift::crypto {

/// The pattern KK of Noise section 7.5 with payloads, which handshake.h forbids. Internal to core/crypto.
/// After an error the object must not be used any more.
class NoiseKk
{
public:
    enum class Role { Initiator, Responder };

    NoiseKk(Role role, const SecretKey &ownStatic, const Key32 &ownStaticPublic, const Key32 &peerStatic,
            EphemeralKey ephemeral, ByteView prologue);

    /// Initiator: -> e, es, ss.
    Expected<Bytes, CryptoError> writeMessage1(ByteView payload);
    Expected<Bytes, CryptoError> readMessage1(ByteView message);
    /// Responder: <- e, ee, se.
    Expected<Bytes, CryptoError> writeMessage2(ByteView payload);
    Expected<Bytes, CryptoError> readMessage2(ByteView message);

    NoiseSplit split() const { return m_state.split(); }
    const Key32 &handshakeHash() const { return m_state.hash(); }

private:
    bool mixDh(const SecretKey &secret, const Key32 &peerPublic);
    Bytes sendEphemeral();
    Expected<ByteView, CryptoError> receiveEphemeral(ByteView message);

    NoiseState m_state;
    SecretKey m_ownStatic;
    Key32 m_peerStatic;
    EphemeralKey m_ephemeral;
    Key32 m_peerEphemeral{};
};

} // namespace ringlift::crypto
