#pragma once

#include "tests/sim/invariants/traffic.h"

namespace ringlift::sim {

/// I3: from the dial to a user's hang-up a leg is up or a redial is in progress, unless both networks failed.
class NoCallIsLost final : public Invariant
{
public:
    NoCallIsLost(World &world, const Traffic &traffic) : Invariant(world, "I3 no call is lost"), m_traffic(traffic) { }

private:
    void phoneInput(const SimPhone &phone, const call::PhoneInput &input) override;
    void phoneOutput(const SimPhone &phone, const call::PhoneOutput &output) override;
    void personEnds(const SimPhone &phone, const std::string &peer) override;
    void legChanged(const plmn::Leg &leg) override;
    void phoneKilled(const SimPhone &) override { m_changed = true; }
    void phoneStarted(const SimPhone &) override { m_changed = true; }
    void settled() override;

    /// Caller and callee of a call that was released, and that nobody has ended since.
    using Pair = std::pair<int, std::string>;
    void released(const SimPhone &phone, LineCallId line);
    bool isAlive(const Pair &pair) const;
    bool hasWayBack(const SimPhone &phone, const std::string &peer) const;
    void checkSilence();

    const Traffic &m_traffic;
    std::set<Pair> m_released;
    /// Given up for a crossing call that the peer released (rule 11): the peer finds the way back.
    std::set<Pair> m_glaring;
    std::set<int> m_releasing;
    /// Somebody has hung up, but the apps may not know yet.
    std::set<Pair> m_ended;
    std::map<Ear, TimePoint> m_movedAt;
    bool m_changed = false;
    TimePoint m_nextSilenceCheck;
};

} // namespace ringlift::sim
