#pragma once

#include "core/base/random.h"
#include "core/crypto/identity.h"

#include <memory>

/// Key agreement of protocol.md 3.6: Noise_KK_25519_ChaChaPoly_SHA256, the callee initiates.
namespace ringlift::crypto {

using protocol::NoiseMessage;

/// The keys of one direction of a call, derived from Split().
struct DirectionKeys
{
    SecretKey mediaChain0;
    SecretKey signalKey;
};

/// What a finished handshake gives.
struct CallKeys
{
    DirectionKeys send;
    DirectionKeys receive;
    Key32 handshakeHash{};
    /// Six digits.
    std::string sas;
};

/// Everything both sides must agree on; each fills in the numbers from its own knowledge.
struct PrologueFields
{
    std::uint16_t suite = 1;
    CallId callId;
    protocol::Msisdn caller;
    protocol::Msisdn callee;
    Key32 callerIdHash{};
    Key32 calleeIdHash{};
    Key32 commit{};
    Bytes callerCaps;
    Bytes calleeCaps;
};
Bytes buildPrologue(const PrologueFields &fields);

/// An X25519 key pair for one offer or one arrive; used once.
struct EphemeralKey
{
    SecretKey secret;
    Key32 publicKey{};
    static EphemeralKey generate(RandomSource &random);
    static EphemeralKey fromSecret(std::span<const std::uint8_t, 32> secret);
};

/// What an offer promises about the caller's ephemeral key, protocol.md 3.6.
Key32 commitment(const CallId &callId, const Key32 &ephemeralPublic);
/// Six digits, leading zeros kept.
std::string shortAuthenticationString(ByteView prologue, ByteView message1, const Key32 &callerEphemeral);

/// Callee's side. One object, one call: writeMessage1 once, readMessage2 once; anything else is ERR_STATE.
class CalleeHandshake
{
public:
    CalleeHandshake(const SecretKey &ownStatic, const Key32 &ownStaticPublic, const Key32 &peerStatic, EphemeralKey ephemeral, const PrologueFields &prologue);
    CalleeHandshake(CalleeHandshake &&) noexcept;
    CalleeHandshake &operator=(CalleeHandshake &&) noexcept;
    ~CalleeHandshake();
    Expected<NoiseMessage, CryptoError> writeMessage1();
    Expected<CallKeys, CryptoError> readMessage2(ByteView message2);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Caller's side: answer once, to one message 1; anything else is ERR_STATE.
class CallerHandshake
{
public:
    struct Answer { NoiseMessage message2{}; CallKeys keys; };
    CallerHandshake(const SecretKey &ownStatic, const Key32 &ownStaticPublic, const Key32 &peerStatic, EphemeralKey ephemeral, const PrologueFields &prologue);
    /// For known answers: any bytes as prologue, not only what buildPrologue() gives.
    CallerHandshake(const SecretKey &ownStatic, const Key32 &ownStaticPublic, const Key32 &peerStatic, EphemeralKey ephemeral, Bytes prologue);
    CallerHandshake(CallerHandshake &&) noexcept;
    CallerHandshake &operator=(CallerHandshake &&) noexcept;
    ~CallerHandshake();
    Expected<Answer, CryptoError> answer(ByteView message1);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace ringlift::crypto
