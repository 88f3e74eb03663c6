#pragma once

#include "platform/plmn/switch.h"
#include "tests/sim/stage.h"

#include <map>

namespace ringlift::sim {

/// Both ends of a cellular call; a leg stays known after it has ended.
struct Trunk
{
    LineCallId callerLeg{};
    std::string caller;
    std::optional<LineCallId> calleeLeg;
    std::string callee;
};

/// The real switch in virtual time, and the truth about every leg.
class PhoneNetwork final : public Timed
{
public:
    /// A phone that hears of its own legs.
    using Listener = std::function<void(const plmn::Leg &)>;

    PhoneNetwork(Stage &stage, plmn::SwitchConfig config);

    void join(const plmn::Subscriber &subscriber, Listener listener);
    void handle(const plmn::SwitchInput &input);
    void change(const std::string &msisdn, const std::function<void(plmn::Subscriber &)> &apply);

    std::optional<TimePoint> nextTimeout() const override { return m_switch.nextTimeout(); }
    void handleTimeout() override;

    /// Legs that are up.
    const std::map<LineCallId, plmn::Leg> &legs() const { return m_legs; }
    const plmn::Leg *leg(LineCallId id) const;
    bool isUp(LineCallId id) const { return m_legs.contains(id); }
    /// Of the call that the leg belongs or belonged to; nothing for a leg that never was.
    const Trunk *trunkOf(LineCallId leg) const;
    /// Somebody can speak through this leg and is heard at its other end.
    bool carriesVoice(LineCallId leg) const;

private:
    void drain();
    void note(const plmn::Leg &leg);

    Stage &m_stage;
    SeededRandom m_random;
    plmn::Switch m_switch;
    std::map<std::string, Listener> m_listeners;
    std::map<LineCallId, plmn::Leg> m_legs;
    std::map<std::uint32_t, Trunk> m_trunks;
    std::map<LineCallId, std::uint32_t> m_callOfLeg;
};

} // namespace ringlift::sim
