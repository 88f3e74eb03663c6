#include "core/call/phoneprivate.h"

/// What the user wants, and what comes for one of the calls.
namespace ringlift::call {

namespace {

LineCall outgoingCall(const UserDial &input)
{
    LineCall call;
    call.sim = input.sim;
    call.number = Redacted(input.number);
    return call;
}

} // namespace

void PhoneMachine::Private::on(TimePoint now, const SocketOpened &input)
{
    if (CallMachine *const call = find(input.call))
        call->socketOpened(now, input.addresses);
}

void PhoneMachine::Private::on(TimePoint now, const DatagramReceived &input)
{
    if (CallMachine *const call = find(input.call))
        call->datagram(now, input.from, input.bytes);
}

void PhoneMachine::Private::on(TimePoint now, const AudioEncoded &input)
{
    if (CallMachine *const call = find(input.call))
        call->audioEncoded(now, input.timestamp, input.body);
}

void PhoneMachine::Private::on(TimePoint now, const NetworkChanged &)
{
    for (auto &[handle, call] : calls)
        call->networkChanged(now);
}

void PhoneMachine::Private::on(TimePoint, const UserDial &input)
{
    if (phone.config.manualLine && isEmergency(outgoingCall(input), phone.sims))
        return phone.push(EmergencyRefused{});
    // EM4: nothing comes before the dial.
    phone.push(LineDial{input.number, input.sim});
}

void PhoneMachine::Private::on(TimePoint now, const UserAnswer &input)
{
    if (CallMachine *const call = find(input.call))
        call->answer(now);
}

void PhoneMachine::Private::on(TimePoint now, const UserDecline &input)
{
    if (CallMachine *const call = find(input.call))
        call->decline(now);
}

void PhoneMachine::Private::on(TimePoint now, const UserHangUp &input)
{
    if (CallMachine *const call = find(input.call))
        call->hangUp(now);
}

void PhoneMachine::Private::on(TimePoint now, const UserMute &input)
{
    if (CallMachine *const call = find(input.call))
        call->setMuted(now, input.muted);
}

void PhoneMachine::Private::on(TimePoint now, const UserDigits &input)
{
    if (CallMachine *const call = find(input.call))
        call->sendDigits(now, input.digits);
}

void PhoneMachine::Private::on(TimePoint now, const UserStayCellular &input)
{
    if (CallMachine *const call = find(input.call))
        call->stayCellular(now);
}

void PhoneMachine::Private::on(TimePoint now, const UserAllowMove &input)
{
    if (CallMachine *const call = find(input.call))
        call->allowMove(now);
}

void PhoneMachine::Private::on(TimePoint now, const UserRedial &input)
{
    if (CallMachine *const call = find(input.call))
        call->redial(now);
}

void PhoneMachine::Private::on(TimePoint now, const UserSas &input)
{
    if (CallMachine *const call = find(input.call))
        call->answerSas(now, input.same);
}

void PhoneMachine::Private::on(TimePoint now, const RingShown &input)
{
    if (CallMachine *const call = find(input.call))
        call->ringShown(now);
}

} // namespace ringlift::call
