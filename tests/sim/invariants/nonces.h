#pragma once

#include "tests/sim/invariants/traffic.h"

#include <unordered_map>

namespace ringlift::sim {

/// I8: no counter is used for two different packets, or two sealed messages, under one key; and all audio of a call has
/// one size (D11).
class NoncesNeverRepeat final : public Invariant
{
public:
    explicit NoncesNeverRepeat(World &world) : Invariant(world, "I8 no nonce repeats") { }

private:
    void datagramSent(const SimPhone &phone, call::CallHandle call, ByteView bytes) override;
    void phoneSays(const SimPhone &phone, const protocol::Message &message) override;
    void phoneKilled(const SimPhone &phone) override;

    using DigestOfCounter = std::unordered_map<std::uint64_t, std::uint64_t>;
    struct Sender
    {
        DigestOfCounter digestOfCounter;
        std::size_t audioSize = 0;
    };
    std::map<Ear, Sender> m_senders;
    /// Of the sealed messages that a phone sent in a call.
    std::map<std::pair<int, CallId>, DigestOfCounter> m_sealers;
};

} // namespace ringlift::sim
