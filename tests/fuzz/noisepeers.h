#pragma once

#include "core/crypto/handshake.h"
#include "core/crypto/x25519.h"

/// Two phones with fixed keys in the middle of a call's key agreement.
namespace ringlift::fuzz {

struct NoisePeers {
    crypto::SecretKey callerSecret = filled(1);
    crypto::SecretKey calleeSecret = filled(2);
    protocol::Key32 callerPublic = crypto::x25519Public(callerSecret);
    protocol::Key32 calleePublic = crypto::x25519Public(calleeSecret);

    static crypto::SecretKey filled(std::uint8_t byte)
    {
        protocol::Key32 bytes;
        bytes.fill(byte);
        return crypto::SecretKey(bytes);
    }
    static crypto::EphemeralKey ephemeral(std::uint8_t byte)
    {
        return crypto::EphemeralKey::fromSecret(filled(byte).view());
    }
    static crypto::PrologueFields prologue()
    {
        crypto::PrologueFields fields{.callId = {},
                                      .caller = *protocol::Msisdn::fromE164("+8613800138000"),
                                      .callee = *protocol::Msisdn::fromE164("+4915550123456"),
                                      .callerCaps = {1},
                                      .calleeCaps = {1}};
        fields.commit = crypto::commitment(fields.callId, ephemeral(3).publicKey);
        return fields;
    }
    crypto::CallerHandshake caller() const
    {
        return {callerSecret, callerPublic, calleePublic, ephemeral(3), prologue()};
    }
    crypto::CalleeHandshake callee() const
    {
        return {calleeSecret, calleePublic, callerPublic, ephemeral(4), prologue()};
    }
};

} // namespace ringlift::fuzz
