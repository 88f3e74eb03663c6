#pragma once

#include "tests/sim/invariants.h"

#include <map>

namespace ringlift::sim {

/// The registration lock of protocol.md 3.3 and I10: a number that is locked changes hands with its PIN alone, and with
/// it it does; a wrong one freezes the login of its owner until one of them wins.
class LocksHold final : public Invariant
{
public:
    explicit LocksHold(World &world) : Invariant(world, "a lock holds") { }

private:
    void serverHears(server::ConnectionId id, const protocol::Message &message) override;
    void serverSays(server::ConnectionId id, const protocol::Message &message) override;
    void ended() override;
    void done(server::ConnectionId id);

    bool m_isFrozen = false;
    /// Shown since the last verdict.
    std::map<server::ConnectionId, bool> m_showedRightPin;
};

} // namespace ringlift::sim
