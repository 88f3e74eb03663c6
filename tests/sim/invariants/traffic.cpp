#include "tests/sim/invariants/traffic.h"

#include "tests/sim/world.h"

namespace ringlift::sim {

using namespace std::chrono_literals;

std::uint64_t counterOf(ByteView datagram)
{
    ByteReader reader(datagram);
    reader.u16();
    return reader.u48().value_or(0);
}

const Traffic::Flow *Traffic::at(const SimPhone &phone, call::CallHandle handle) const
{
    const auto found = m_flows.find({phone.index(), handle});
    return found == m_flows.end() ? nullptr : &found->second;
}

void Traffic::datagramDelivered(const Delivery &delivery)
{
    Flow &flow = m_flows[{delivery.to.index(), delivery.toCall}];
    if (flow.from != &delivery.from || flow.fromCall != delivery.fromCall)
        flow = Flow{&delivery.from, delivery.fromCall, {}, {}, false};
    flow.last = now();
    flow.packets.emplace_back(now(), counterOf(delivery.bytes));
    while (now() - flow.packets.front().first > 1s)
        flow.packets.pop_front();
    if (flow.wasGood)
        return;
    std::uint64_t lowest = flow.packets.front().second;
    std::uint64_t highest = lowest;
    for (const auto &[at, counter] : flow.packets) {
        lowest = std::min(lowest, counter);
        highest = std::max(highest, counter);
    }
    const double expected = static_cast<double>(highest - lowest + 1);
    flow.wasGood = flow.packets.size() >= 10 && static_cast<double>(flow.packets.size()) >= 0.6 * expected;
}

void Traffic::phoneKilled(const SimPhone &phone)
{
    std::erase_if(m_flows, [&](const auto &flow) { return flow.first.first == phone.index(); });
}

bool Answers::has(const SimPhone &phone, call::CallHandle handle, const std::string &peer) const
{
    return m_inApp.contains({phone.index(), handle}) || m_onLeg.contains({phone.index(), peer});
}

void Answers::phoneInput(const SimPhone &phone, const call::PhoneInput &input)
{
    if (const auto *answer = std::get_if<call::UserAnswer>(&input))
        m_inApp.insert({phone.index(), answer->call});
}

void Answers::phoneKilled(const SimPhone &phone)
{
    std::erase_if(m_inApp, [&](const Ear &ear) { return ear.first == phone.index(); });
}

void Answers::legChanged(const plmn::Leg &leg)
{
    const SimPhone *const phone = world().phoneOf(leg.subscriber);
    if (phone == nullptr || leg.line.direction != CallDirection::Incoming)
        return;
    const std::pair key(phone->index(), world().exchange().trunkOf(leg.line.id)->caller);
    if (leg.line.state == LegState::Active)
        m_onLeg.insert(key);
    else if (leg.line.state == LegState::Ringing)
        m_onLeg.erase(key); // another call, another answer
}

} // namespace ringlift::sim
