#pragma once

#include "tests/sim/invariants/traffic.h"

namespace ringlift::sim {

/// I1: without our user asking, a cellular leg is ended only with a path that is proven both ways, the peer's HO_ACK
/// and equal keys; and only as early as the trust in the peer, or the setting of its contact, allows (5.2 rule 3).
class ReleaseIsProven final : public Invariant
{
public:
    ReleaseIsProven(World &world, const Traffic &traffic, const Answers &answers)
        : Invariant(world, "I1 a release is proven"), m_traffic(traffic), m_answers(answers)
    {
    }

private:
    void phoneOutput(const SimPhone &phone, const call::PhoneOutput &output) override;
    void phoneKilled(const SimPhone &phone) override;
    void legChanged(const plmn::Leg &leg) override;
    bool hasRing(const SimPhone &phone) const;
    void released(const SimPhone &phone, LineCallId line);
    const call::CallInfo *keptBeside(const SimPhone &phone, const plmn::Leg &leg);
    void checkPeer(const SimPhone &phone, const call::CallInfo &info, LineCallId line);
    void checkPath(const SimPhone &phone, const call::CallInfo &info, const Traffic::Flow &flow);
    void checkTrust(const SimPhone &phone, const call::CallInfo &info, const Traffic::Flow &flow);

    struct Consent
    {
        TimePoint at;
        bool legWasUp = false;
    };
    const Traffic &m_traffic;
    const Answers &m_answers;
    std::map<Ear, Consent> m_consents;
    std::map<std::string, TimePoint> m_ringEnded;
    /// The call that each phone is about to release the leg of.
    std::map<int, call::CallHandle> m_releasing;
    /// Calls whose leg was released by their dialler, and until when the peer may learn it: last words outlive a killed app.
    std::map<Ear, TimePoint> m_released;
};

/// I2: at most one of the two apps ends a leg, it is the dialler's, and nobody hangs up or answers unasked.
class OneEndReleases final : public Invariant
{
public:
    explicit OneEndReleases(World &world) : Invariant(world, "I2 one end releases, nobody acts unasked") { }

private:
    void phoneInput(const SimPhone &phone, const call::PhoneInput &input) override;
    void phoneOutput(const SimPhone &phone, const call::PhoneOutput &output) override;
    void phoneKilled(const SimPhone &phone) override;
    void hungUp(const SimPhone &phone, const call::LineHangUp &output);
    void answered(const SimPhone &phone, LineCallId line);

    std::set<LineCallId> m_releasedTrunks;
    std::map<int, TimePoint> m_askedToEnd;
    /// Phones whose owners answered a call that goes on, and from whom.
    std::set<std::pair<int, std::string>> m_wanted;
};

} // namespace ringlift::sim
