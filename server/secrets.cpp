#include "server/secrets.h"

#include "core/base/bytes.h"

#include <algorithm>

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

void Secrets::rotateTagKey(RandomSource &random, std::int32_t today)
{
    // A clock that was set back must not make a key outlive the one before it.
    const std::int32_t day = oldTagKeys.empty() ? today : std::max(today, oldTagKeys.back().rotatedDay);
    oldTagKeys.push_back({tagKeyId, std::move(tagKey), day});
    tagKey = randomKey(random);
    ++tagKeyId;
}

std::size_t Secrets::lapsedTagKeys(std::int32_t today, int days) const
{
    const auto lives = [&](const OldTagKey &old) { return today - old.rotatedDay < days; };
    const auto first = std::find_if(oldTagKeys.begin(), oldTagKeys.end(), lives);
    return static_cast<std::size_t>(first - oldTagKeys.begin());
}

bool Secrets::dropLapsedTagKeys(std::int32_t today, int days)
{
    const std::size_t lapsed = lapsedTagKeys(today, days);
    oldTagKeys.erase(oldTagKeys.begin(), oldTagKeys.begin() + static_cast<std::ptrdiff_t>(lapsed));
    return lapsed > 0;
}

void Secrets::prepareServerKey(RandomSource &random)
{
    nextServerKey = crypto::SigningKey::fromSeed(randomKey(random).view());
}

bool Secrets::switchServerKey()
{
    if (!nextServerKey)
        return false;
    serverKey = std::move(*nextServerKey);
    nextServerKey.reset();
    return true;
}

} // namespace ringlift::server
