#pragma once

#include "core/base/random.h"
#include "core/crypto/secretkey.h"
#include "core/crypto/signingkey.h"

#include <string>

namespace ringlift::server {

/// The server's long-term secrets, kept apart from the database (protocol.md 3.2).
struct Secrets {
    crypto::SecretKey tagKey;
    crypto::SecretKey otpKey;
    crypto::SigningKey serverKey;
    /// Shared with the relay (4.2).
    std::string turnSecret;
    std::uint32_t tagKeyId = 1;

    static Secrets generate(RandomSource &random);
};

} // namespace ringlift::server
