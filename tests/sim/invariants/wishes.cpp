#include "tests/sim/invariants/wishes.h"

#include "tests/sim/wishes.h"
#include "tests/sim/world.h"

#include <algorithm>

namespace ringlift::sim {

void WishesHold::phoneInput(const SimPhone &phone, const call::PhoneInput &input)
{
    if (const auto *allow = std::get_if<call::UserAllowMove>(&input))
        m_allowed.insert({phone.index(), allow->call});
}

void WishesHold::phoneKilled(const SimPhone &phone)
{
    std::erase_if(m_allowed, [&](const Ear &ear) { return ear.first == phone.index(); });
}

bool WishesHold::waitsForYes(const SimPhone &phone, call::CallHandle handle) const
{
    const call::CallInfo *const info = phone.call(handle);
    return info != nullptr && !info->manual && asksFirst(phone.traits(), info->peer.reveal()) &&
           !m_allowed.contains({phone.index(), handle});
}

void WishesHold::phoneOutput(const SimPhone &phone, const call::PhoneOutput &output)
{
    if (const auto *milestone = std::get_if<call::Milestone>(&output))
        return checkStep(phone, *milestone);
    if (const auto *hold = std::get_if<call::LineHoldRing>(&output))
        return checkHold(phone, *hold);
    const auto *microphone = std::get_if<call::MicrophoneOpen>(&output);
    const auto *body = std::get_if<call::AudioBody>(&output);
    if (microphone != nullptr && waitsForYes(phone, microphone->call))
        violated("the microphone opens before the yes");
    if (body != nullptr && waitsForYes(phone, body->call))
        violated("the peer is heard before the yes");
    const auto *ring = std::get_if<call::ShowIncoming>(&output);
    if (ring != nullptr && waitsForYes(phone, ring->call))
        violated("a ring takes the place of the phone's before the yes");
    const auto *changed = std::get_if<call::CallChanged>(&output);
    const bool moves = changed != nullptr && changed->info.moved && changed->info.ip != call::IpState::Ended;
    if (moves && waitsForYes(phone, changed->info.handle))
        violated("a call moves before the yes");
}

void WishesHold::checkStep(const SimPhone &phone, const call::Milestone &milestone) const
{
    const bool isOfHandOver =
        milestone.name == "ho_ack" || milestone.name == "ho_ready" || milestone.name == "releasing";
    if (!isOfHandOver)
        return;
    if (waitsForYes(phone, milestone.call))
        violated("a hand-over goes on before the yes");
    const call::CallInfo *const info = phone.call(milestone.call);
    if (info != nullptr && !mayMove(phone.traits(), phone.network(), info->peer.reveal()))
        violated("a hand-over goes on against the user's wishes");
}

// Whose ring it is, a phone that always asks need not know.
void WishesHold::checkHold(const SimPhone &phone, const call::LineHoldRing &output) const
{
    const bool alwaysAsks = phone.traits().settings.prompt == call::Prompt::AskFirst && phone.traits().rules.empty();
    const bool mayHold = std::ranges::any_of(m_allowed, [&](const Ear &ear) { return ear.first == phone.index(); });
    if (output.hold && alwaysAsks && !mayHold)
        violated("a ring is held before the yes");
}

void WishesHold::phoneSays(const SimPhone &phone, const protocol::Message &message)
{
    const auto may = [&](const std::string &peer) { return mayMove(phone.traits(), phone.network(), peer); };
    const auto *offer = std::get_if<protocol::CallOffer>(&message);
    if (offer != nullptr && !offer->manual && !may(offer->callee.e164()))
        violated("a call is offered against the user's wishes");
    const auto *arrive = std::get_if<protocol::CallArrive>(&message);
    if (arrive == nullptr || arrive->manual)
        return;
    const bool mayArrive =
        arrive->cli.empty()
            ? may({})
            : std::ranges::all_of(arrive->cli, [&](const protocol::Msisdn &peer) { return may(peer.e164()); });
    if (!mayArrive)
        violated("a ring is announced against the user's wishes");
}

} // namespace ringlift::sim
