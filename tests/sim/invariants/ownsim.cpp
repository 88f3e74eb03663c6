#include "tests/sim/invariants/ownsim.h"

#include "tests/sim/world.h"

namespace ringlift::sim {

void AccountsSpeakForTheirSim::legChanged(const plmn::Leg &leg)
{
    if (leg.line.direction == CallDirection::Outgoing)
        m_dialled.emplace(leg.subscriber, world().calledNumber(leg.line.number.reveal()));
    else
        m_rung.insert(leg.subscriber);
}

void AccountsSpeakForTheirSim::phoneSays(const SimPhone &phone, const protocol::Message &message)
{
    const auto *offer = std::get_if<protocol::CallOffer>(&message);
    if (offer != nullptr && !offer->manual && !m_dialled.contains({phone.number(), offer->callee.e164()}))
        violated("phone " + std::to_string(phone.index()) + " offers what its registered SIM never dialled");
    const auto *arrive = std::get_if<protocol::CallArrive>(&message);
    if (arrive != nullptr && !arrive->manual && !m_rung.contains(phone.number()))
        violated("phone " + std::to_string(phone.index()) + " tells of a ring that its registered SIM never had");
}

void AccountsSpeakForTheirSim::phoneOutput(const SimPhone &phone, const call::PhoneOutput &output)
{
    const auto *hangUp = std::get_if<call::LineHangUp>(&output);
    if (hangUp == nullptr || hangUp->cause != call::HangUpCause::HandOver)
        return;
    const plmn::Leg *const leg = world().exchange().leg(hangUp->line);
    if (leg != nullptr && leg->subscriber != phone.number())
        violated("phone " + std::to_string(phone.index()) + " releases the leg of a SIM without account");
}

void AccountsSpeakForTheirSim::ended()
{
    for (const auto &conversation : world().conversations()) {
        if (conversation->hasMoved() && !conversation->isOfAccounts())
            violated("a call of a SIM without account moved");
    }
}

} // namespace ringlift::sim
