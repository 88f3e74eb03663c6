#pragma once

#include "tests/sim/invariants.h"

#include <set>

namespace ringlift::sim {

/// Manual mode (protocol.md 3.5): a call by hand reaches only who accepts it on screen, shows strangers where their
/// owner wants so, and belongs to desktops alone as far as its caller goes.
class CallsByHandAreWanted final : public Invariant
{
public:
    explicit CallsByHandAreWanted(World &world) : Invariant(world, "a call by hand is wanted") { }

private:
    void phoneInput(const SimPhone &phone, const call::PhoneInput &input) override;
    void phoneOutput(const SimPhone &phone, const call::PhoneOutput &output) override;
    void phoneSays(const SimPhone &phone, const protocol::Message &message) override;
    void says(const SimPhone &phone, const protocol::CallArrive &arrive);

    /// Whose calls the owner of a phone has accepted.
    std::set<std::pair<int, std::string>> m_accepted;
};

} // namespace ringlift::sim
