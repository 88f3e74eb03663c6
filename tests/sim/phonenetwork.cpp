#include "tests/sim/phonenetwork.h"

namespace ringlift::sim {

namespace {

std::string_view nameOf(LegState state)
{
    switch (state) {
    case LegState::None: return "leg none";
    case LegState::Dialling: return "leg dialling";
    case LegState::Alerting: return "leg alerting";
    case LegState::Ringing: return "leg ringing";
    case LegState::Active: return "leg active";
    case LegState::Held: return "leg held";
    case LegState::Ended: return "leg ended";
    case LegState::Unknown: break;
    }
    return "leg unknown";
}

} // namespace

PhoneNetwork::PhoneNetwork(Stage &stage, plmn::SwitchConfig config)
    : m_stage(stage), m_random(stage.draw().seed()), m_switch(std::move(config), m_random)
{
    stage.add(*this);
}

void PhoneNetwork::join(const plmn::Subscriber &subscriber, Listener listener)
{
    m_listeners[subscriber.msisdn] = std::move(listener);
    handle(plmn::Provision{subscriber});
    handle(plmn::Attach{subscriber.msisdn});
}

void PhoneNetwork::handle(const plmn::SwitchInput &input)
{
    m_switch.handle(m_stage.now(), input);
    drain();
}

void PhoneNetwork::change(const std::string &msisdn, const std::function<void(plmn::Subscriber &)> &apply)
{
    auto subscriber = m_switch.subscriber(msisdn);
    if (!subscriber)
        return;
    apply(*subscriber);
    handle(plmn::Provision{*subscriber});
}

void PhoneNetwork::handleTimeout()
{
    m_switch.handleTimeout(m_stage.now());
    drain();
}

void PhoneNetwork::drain()
{
    while (const auto output = m_switch.poll()) {
        if (const auto *changed = std::get_if<plmn::LegChanged>(&*output))
            note(changed->leg);
        else if (std::holds_alternative<plmn::Refused>(*output))
            m_stage.tell(Actor::Exchange, "refused");
    }
}

void PhoneNetwork::note(const plmn::Leg &leg)
{
    const LineCallId id = leg.line.id;
    m_stage.tell(Actor::Exchange, nameOf(leg.line.state), static_cast<std::int64_t>(id));
    Trunk &trunk = m_trunks[leg.call];
    m_callOfLeg[id] = leg.call;
    if (leg.line.direction == CallDirection::Outgoing) {
        trunk.callerLeg = id;
        trunk.caller = leg.subscriber;
    } else {
        trunk.calleeLeg = id;
        trunk.callee = leg.subscriber;
    }
    if (leg.line.state == LegState::Ended)
        m_legs.erase(id);
    else
        m_legs[id] = leg;
    m_stage.show([&](Witness &witness) { witness.legChanged(leg); });
    const auto listener = m_listeners.find(leg.subscriber);
    if (leg.party == plmn::Party::Phone && listener != m_listeners.end())
        listener->second(leg);
}

const plmn::Leg *PhoneNetwork::leg(LineCallId id) const
{
    const auto found = m_legs.find(id);
    return found == m_legs.end() ? nullptr : &found->second;
}

const Trunk *PhoneNetwork::trunkOf(LineCallId leg) const
{
    const auto call = m_callOfLeg.find(leg);
    return call == m_callOfLeg.end() ? nullptr : &m_trunks.at(call->second);
}

bool PhoneNetwork::carriesVoice(LineCallId id) const
{
    const plmn::Leg *const own = leg(id);
    const Trunk *const trunk = trunkOf(id);
    if (own == nullptr || own->line.state != LegState::Active || !trunk->calleeLeg)
        return false;
    const plmn::Leg *const other = leg(trunk->callerLeg == id ? *trunk->calleeLeg : trunk->callerLeg);
    return other != nullptr && other->line.state == LegState::Active;
}

} // namespace ringlift::sim
