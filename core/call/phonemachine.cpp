#include "core/call/phonemachine.h"

#include "core/call/phoneprivate.h"

namespace ringlift::call {

RegistrationChanged registrationOf(const std::optional<Account> &account)
{
    if (account && account->gone)
        return {RegistrationState::Failed, RegistrationFault::ReplacedElsewhere};
    return {account ? RegistrationState::Registered : RegistrationState::None};
}

PhoneMachine::PhoneMachine(PhoneConfig config, const crypto::DeviceIdentity &identity, PhoneMemory memory,
    RandomSource &random)
    : d(std::make_unique<Private>(std::move(config), identity, std::move(memory), random))
{
}

PhoneMachine::~PhoneMachine() = default;

void PhoneMachine::handle(TimePoint now, const PhoneInput &input)
{
    std::visit([this, now](const auto &typed) { d->on(now, typed); }, input);
    d->settle(now);
}

void PhoneMachine::handleTimeout(TimePoint now)
{
    d->phone.link.handleTimeout(now);
    d->registration.handleTimeout(now);
    for (auto &[handle, call] : d->calls) {
        if (const auto at = call->nextTimeout(); at && *at <= now)
            call->handleTimeout(now);
    }
    d->settle(now);
}

std::optional<PhoneOutput> PhoneMachine::poll()
{
    return d->phone.take();
}

std::optional<TimePoint> PhoneMachine::nextTimeout() const
{
    auto next = earlier(d->phone.link.nextTimeout(), d->registration.nextTimeout());
    for (const auto &[handle, call] : d->calls)
        next = earlier(next, call->nextTimeout());
    return next;
}

std::vector<CallInfo> PhoneMachine::calls() const
{
    std::vector<CallInfo> infos;
    for (const auto &[handle, call] : d->calls)
        infos.push_back(call->info());
    return infos;
}

PathFigures PhoneMachine::pathFigures(CallHandle call, TimePoint now) const
{
    const auto found = d->calls.find(call);
    return found == d->calls.end() ? PathFigures{} : found->second->pathFigures(now);
}

const std::optional<Account> &PhoneMachine::account() const
{
    return d->phone.account;
}

const Pins &PhoneMachine::pins() const
{
    return d->phone.pins.pins();
}

std::optional<PinChange> PhoneMachine::pinChange(const protocol::Msisdn &peer) const
{
    return d->phone.pinChange(peer);
}

} // namespace ringlift::call
