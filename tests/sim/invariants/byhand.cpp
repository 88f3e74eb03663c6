#include "tests/sim/invariants/byhand.h"

#include "tests/sim/world.h"

#include <algorithm>

namespace ringlift::sim {

void CallsByHandAreWanted::phoneInput(const SimPhone &phone, const call::PhoneInput &input)
{
    const auto *answer = std::get_if<call::UserAnswer>(&input);
    const call::CallInfo *const info = answer != nullptr ? phone.call(answer->call) : nullptr;
    if (info != nullptr && info->manual)
        m_accepted.emplace(phone.index(), info->peer.reveal());
}

void CallsByHandAreWanted::phoneOutput(const SimPhone &phone, const call::PhoneOutput &output)
{
    const auto *show = std::get_if<call::ShowIncoming>(&output);
    if (show == nullptr || !phone.traits().settings.contactsOnlyManual)
        return;
    const std::vector<call::CallInfo> calls = phone.callsByMachine();
    const auto shown = std::ranges::find(calls, show->call, &call::CallInfo::handle);
    if (shown == calls.end() || !shown->manual)
        return;
    const auto number = protocol::Msisdn::fromE164(shown->peer.reveal());
    if (!number || !phone.pins().contains(*number))
        violated("phone " + std::to_string(phone.index()) + " shows the call of a stranger");
}

void CallsByHandAreWanted::phoneSays(const SimPhone &phone, const protocol::Message &message)
{
    const auto *offer = std::get_if<protocol::CallOffer>(&message);
    if (offer != nullptr && offer->manual != phone.traits().byHand)
        violated("phone " + std::to_string(phone.index()) + " offers a call of the other kind");
    if (const auto *arrive = std::get_if<protocol::CallArrive>(&message))
        says(phone, *arrive);
}

void CallsByHandAreWanted::says(const SimPhone &phone, const protocol::CallArrive &arrive)
{
    if (!arrive.manual) {
        if (phone.traits().byHand)
            violated("a desktop tells of a ring");
        return;
    }
    const auto accepted = [&](const protocol::Msisdn &caller) {
        return m_accepted.contains({phone.index(), caller.e164()});
    };
    if (!std::ranges::all_of(arrive.cli, accepted))
        violated("phone " + std::to_string(phone.index()) + " takes a call by hand that its owner did not accept");
}

} // namespace ringlift::sim
