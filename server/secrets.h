#pragma once

#include "core/base/random.h"
#include "core/crypto/secretkey.h"
#include "core/crypto/signingkey.h"

#include <optional>
#include <string>
#include <vector>

namespace ringlift::server {

/// A key that tags were made with before a rotation (protocol.md 3.2).
struct OldTagKey {
    std::uint32_t id = 0;
    crypto::SecretKey key;
    /// The day since 1970-01-01 UTC on which the next one took its place.
    std::int32_t rotatedDay = 0;
};

/// The server's long-term secrets, kept apart from the database (protocol.md 3.2).
struct Secrets {
    crypto::SecretKey tagKey;
    crypto::SecretKey otpKey;
    crypto::SigningKey serverKey;
    /// Shared with the relay (4.2).
    std::string turnSecret;
    std::uint32_t tagKeyId = 1;
    /// Oldest first; ids follow each other up to the current one's.
    std::vector<OldTagKey> oldTagKeys{};
    /// Announced to the phones, which will trust it as well (protocol.md 3.5).
    std::optional<crypto::SigningKey> nextServerKey{};

    static Secrets generate(RandomSource &random);

    /// The current tag key becomes an old one.
    void rotateTagKey(RandomSource &random, std::int32_t today);
    /// Old tag keys, counted from the oldest, whose time is over after this many days.
    std::size_t lapsedTagKeys(std::int32_t today, int days) const;
    /// Forgets those; true when there were any.
    bool dropLapsedTagKeys(std::int32_t today, int days);

    void prepareServerKey(RandomSource &random);
    /// The next server key becomes the current one; false when there is none.
    bool switchServerKey();
};

} // namespace ringlift::server
