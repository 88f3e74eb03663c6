#pragma once

#include "core/crypto/secretkey.h"

namespace ringlift::crypto {

/// The keys of the 65,536 packets of one epoch.
struct EpochKeys
{
    SecretKey key;
    ByteArray<12> salt{};
};

/// The one-way chain of protocol.md 3.7. A link is wiped as soon as its keys have been taken. Internal.
class EpochChain
{
public:
    static constexpr unsigned kCounterBits = 16;

    /// From the link of an epoch on.
    explicit EpochChain(const SecretKey &link, std::uint64_t epoch = 0) : m_chain(link.clone()), m_epoch(epoch) { }
    EpochChain clone() const { return EpochChain(m_chain, m_epoch); }

    /// The epoch whose keys take() gives next.
    std::uint64_t epoch() const { return m_epoch; }
    EpochKeys take();
    void skip();

private:
    SecretKey m_chain;
    std::uint64_t m_epoch;
};

} // namespace ringlift::crypto
