#pragma once

#include "core/call/callinfo.h"

/// Calls as the engine tells of them, for the tests of what people see.
namespace ringlift::test {

inline call::CallInfo ringingAbroad(std::uint32_t handle = 1)
{
    call::CallInfo info;
    info.handle = call::CallHandle(handle);
    info.peer = Redacted<std::string>("+4915550123456");
    info.leg = LegState::Alerting;
    info.ip = call::IpState::Offered;
    return info;
}

inline call::CallInfo talkingOnInternet(std::uint32_t handle = 1, TimePoint answered = TimePoint())
{
    call::CallInfo info = ringingAbroad(handle);
    info.leg = LegState::Ended;
    info.ip = call::IpState::Answered;
    info.carrier = call::Carrier::Internet;
    info.moved = true;
    info.sas = "481907";
    info.trust = call::TrustLevel::Leg;
    info.answeredAt = answered;
    return info;
}

inline call::CallInfo ringingHere(std::uint32_t handle = 1)
{
    call::CallInfo info = ringingAbroad(handle);
    info.direction = CallDirection::Incoming;
    info.leg = LegState::Ringing;
    info.ip = call::IpState::Proven;
    return info;
}

} // namespace ringlift::test
