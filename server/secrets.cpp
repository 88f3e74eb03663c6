#include "server/secrets.h"

#include "core/base/bytes.h"

namespace ringlift::server {

namespace {

crypto::SecretKey randomKey(RandomSource &random)
{
    crypto::SecretKey key;
    random.fill(key.writable());
    return key;
}

} // namespace

Secrets Secrets::generate(RandomSource &random)
{
    crypto::SecretKey tagKey = randomKey(random);
    crypto::SecretKey otpKey = randomKey(random);
    const crypto::SecretKey seed = randomKey(random);
    return Secrets{std::move(tagKey), std::move(otpKey), crypto::SigningKey::fromSeed(seed.view()),
                   toBase64Url(random.array<32>())};
}

} // namespace ringlift::server
