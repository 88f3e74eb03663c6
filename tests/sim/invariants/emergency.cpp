#include "tests/sim/invariants/emergency.h"

#include "tests/sim/world.h"

#include <algorithm>

namespace ringlift::sim {

void EmergencyStaysUntouched::phoneInput(const SimPhone &phone, const call::PhoneInput &input)
{
    if (std::holds_alternative<call::UserDial>(input))
        m_mustDial.insert(phone.index());
    const auto *event = std::get_if<call::LineEvent>(&input);
    if (event == nullptr || event->call.direction != CallDirection::Outgoing)
        return;
    const std::vector<std::string> &numbers = world().plan().exchange.emergencyNumbers;
    if (std::find(numbers.begin(), numbers.end(), event->call.number.reveal()) != numbers.end())
        m_inMode.insert(phone.index());
}

void EmergencyStaysUntouched::phoneOutput(const SimPhone &phone, const call::PhoneOutput &output)
{
    if (std::holds_alternative<call::LineDial>(output))
        m_mustDial.erase(phone.index());
    if (!m_inMode.contains(phone.index()))
        return;
    const auto *hangUp = std::get_if<call::LineHangUp>(&output);
    if (hangUp != nullptr && hangUp->cause == call::HangUpCause::HandOver)
        violated("a leg is released in emergency mode");
    const auto *hold = std::get_if<call::LineHoldRing>(&output);
    if (hold != nullptr && hold->hold)
        violated("a ring is silenced in emergency mode");
    const auto *milestone = std::get_if<call::Milestone>(&output);
    if (milestone != nullptr && (milestone->name == "ho_ack" || milestone->name == "ho_ready"))
        violated("a hand-over goes on in emergency mode");
}

void EmergencyStaysUntouched::phoneSays(const SimPhone &phone, const protocol::Message &message)
{
    const bool submits = std::holds_alternative<protocol::CallOffer>(message)
        || std::holds_alternative<protocol::CallArrive>(message);
    if (submits && m_inMode.contains(phone.index()))
        violated("the server is told of a call in emergency mode");
    const auto *offer = std::get_if<protocol::CallOffer>(&message);
    if (offer != nullptr && offer->callee.e164().size() < 8)
        violated("a short number is offered");
}

// A run is shorter than the hour of EM3, which a killed app has to remember.
void EmergencyStaysUntouched::phoneWiped(const SimPhone &phone)
{
    m_inMode.erase(phone.index());
}

void EmergencyStaysUntouched::settled()
{
    if (!m_mustDial.empty())
        violated("a dial was not placed at once");
}

} // namespace ringlift::sim
