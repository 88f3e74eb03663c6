#pragma once

#include "tests/sim/invariants.h"

#include <set>

namespace ringlift::sim {

/// An account speaks for its own SIM: what another SIM of the phone dials, or is rung by, is no business of the
/// server's, and such a leg is nobody's to release (protocol.md 3.5, M3 and M4).
class AccountsSpeakForTheirSim final : public Invariant
{
public:
    explicit AccountsSpeakForTheirSim(World &world) : Invariant(world, "an account speaks for its own SIM") { }

private:
    void legChanged(const plmn::Leg &leg) override;
    void phoneSays(const SimPhone &phone, const protocol::Message &message) override;
    void phoneOutput(const SimPhone &phone, const call::PhoneOutput &output) override;
    void ended() override;

    /// What registered SIMs ever dialled, and who was rung.
    std::set<std::pair<std::string, std::string>> m_dialled;
    std::set<std::string> m_rung;
};

} // namespace ringlift::sim
