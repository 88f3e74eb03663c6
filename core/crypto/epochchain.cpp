#include "core/crypto/epochchain.h"

#include "core/crypto/sodium.h"
#include "core/crypto/tags.h"

#include <algorithm>

namespace ringlift::crypto {

EpochKeys EpochChain::take()
{
    ByteArray<44> output{};
    hkdfExpand(m_chain.view(), "rl1 key", output);
    EpochKeys keys;
    std::copy_n(output.begin(), SecretKey::kSize, keys.key.writable().begin());
    std::copy_n(output.begin() + SecretKey::kSize, keys.salt.size(), keys.salt.begin());
    sodium_memzero(output.data(), output.size());
    skip();
    return keys;
}

void EpochChain::skip()
{
    m_chain = expandKey(m_chain, "rl1 chain");
    ++m_epoch;
}

} // namespace ringlift::crypto
