#pragma once

#include "tests/sim/invariants/traffic.h"

namespace ringlift::sim {

/// The server hears nothing of a call that its user wishes to stay, none is released then, and where the user is to be
/// asked nothing moves, speaks or silences the phone before the yes.
class WishesHold final : public Invariant
{
public:
    explicit WishesHold(World &world) : Invariant(world, "wishes hold") { }

private:
    void phoneInput(const SimPhone &phone, const call::PhoneInput &input) override;
    void phoneOutput(const SimPhone &phone, const call::PhoneOutput &output) override;
    void phoneSays(const SimPhone &phone, const protocol::Message &message) override;
    void phoneKilled(const SimPhone &phone) override;
    bool waitsForYes(const SimPhone &phone, call::CallHandle handle) const;
    void checkStep(const SimPhone &phone, const call::Milestone &milestone) const;
    void checkHold(const SimPhone &phone, const call::LineHoldRing &output) const;

    std::set<Ear> m_allowed;
};

} // namespace ringlift::sim
