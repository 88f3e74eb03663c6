#include "core/call/phoneprivate.h"

#include <algorithm>

/// A call to the server's echo peer, by which a phone tries itself (mission.md, hook health).
namespace ringlift::call {

void PhoneMachine::Private::on(TimePoint now, const UserTestCall &)
{
    if (!phone.isRegistered())
        return phone.push(TestCallRefused{TestRefusal::NotRegistered});
    if (m_testWanted || isInUse())
        return phone.push(TestCallRefused{TestRefusal::CallUp});
    const bool isUp = phone.link.isUp();
    if (isUp && !phone.echo) { // the welcome of a new login tells who is there now
        phone.link.disconnect(now);
        drainLink(now);
    }
    m_testWanted = true;
    if (isUp && phone.echo)
        return beginTest(now);
    phone.link.warmUp(now);
}

void PhoneMachine::Private::beginTest(TimePoint now)
{
    if (!m_testWanted)
        return;
    if (isInUse())
        return refuseTest(TestRefusal::CallUp);
    if (phone.emergency.inEmergencyMode(now))
        return refuseTest(TestRefusal::EmergencyMode);
    if (!phone.echo)
        return refuseTest(TestRefusal::NoEchoPeer);
    m_testWanted = false;
    const CallHandle handle{++m_lastHandle};
    phone.push(TestCallBegun{handle});
    auto &call = calls[handle];
    call = std::make_unique<CallMachine>(phone, handle, *phone.echo);
    call->begin(now);
}

void PhoneMachine::Private::refuseTest(TestRefusal reason)
{
    if (std::exchange(m_testWanted, false))
        phone.push(TestCallRefused{reason});
}

// A test that is over takes a moment to take leave.
bool PhoneMachine::Private::isInUse() const
{
    const auto isUp = [](const auto &entry) {
        const CallInfo &info = entry.second->info();
        return !info.test || info.end == CallEnd::NotEnded;
    };
    return !m_emergencyCalls.empty() || std::ranges::any_of(calls, isUp);
}

void PhoneMachine::Private::giveWay(TimePoint now)
{
    const auto isOfUser = [](const auto &entry) { return !entry.second->info().test; };
    if (m_emergencyCalls.empty() && std::ranges::none_of(calls, isOfUser))
        return;
    refuseTest(TestRefusal::CallUp);
    for (auto &[handle, call] : calls) {
        if (call->info().test && call->info().end == CallEnd::NotEnded)
            call->hangUp(now);
    }
}

} // namespace ringlift::call
