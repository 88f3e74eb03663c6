#pragma once

#include "core/crypto/identity.h"

/// Sealed signalling of protocol.md 3.6: what the server forwards but cannot read.
namespace ringlift::crypto {

struct SealedBox { std::uint64_t n = 0; Bytes box; };

class SignalSealer
{
public:
    /// first: the n of the first box; every n above it follows in order.
    SignalSealer(const SecretKey &signalKey, const CallId &callId, std::uint64_t first = 0);
    SealedBox seal(ByteView plaintext);

private:
    SecretKey m_key;
    CallId m_callId;
    std::uint64_t m_next = 0;
};

class SignalOpener
{
public:
    SignalOpener(const SecretKey &signalKey, const CallId &callId);
    /// n must be above every n opened before (ERR_REPLAY); gaps are allowed. Else ERR_LENGTH or ERR_AUTH; no error
    /// changes the state.
    Expected<Bytes, CryptoError> open(std::uint64_t n, ByteView box);

private:
    SecretKey m_key;
    CallId m_callId;
    std::optional<std::uint64_t> m_last;
};

} // namespace ringlift::crypto
