#pragma once

#include "tests/sim/invariants.h"

#include <map>
#include <set>

namespace ringlift::sim {

/// I5, EM4: nothing of an emergency call or in emergency mode is offered, announced, released or silenced; no dial waits.
class EmergencyStaysUntouched final : public Invariant
{
public:
    explicit EmergencyStaysUntouched(World &world) : Invariant(world, "I5 emergency calls are never touched") { }

private:
    void phoneInput(const SimPhone &phone, const call::PhoneInput &input) override;
    void phoneOutput(const SimPhone &phone, const call::PhoneOutput &output) override;
    void phoneSays(const SimPhone &phone, const protocol::Message &message) override;
    void phoneWiped(const SimPhone &phone) override;
    void settled() override;

    std::set<int> m_inMode;
    /// Phones whose user has tapped "dial" in this event.
    std::set<int> m_mustDial;
};

} // namespace ringlift::sim
