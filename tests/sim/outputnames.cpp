#include "tests/sim/outputnames.h"

namespace ringlift::sim {

namespace {

template<typename... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};
template<typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

std::int64_t number(call::CallHandle handle)
{
    return static_cast<std::int64_t>(handle);
}

std::int64_t number(LineCallId line)
{
    return static_cast<std::int64_t>(line);
}

} // namespace

std::string_view nameOf(call::IpState state)
{
    switch (state) {
    case call::IpState::Idle: return "ip idle";
    case call::IpState::Connecting: return "ip connecting";
    case call::IpState::Offered: return "ip offered";
    case call::IpState::Matched: return "ip matched";
    case call::IpState::Keyed: return "ip keyed";
    case call::IpState::Proven: return "ip proven";
    case call::IpState::Alerting: return "ip alerting";
    case call::IpState::Answered: return "ip answered";
    case call::IpState::Ended: break;
    }
    return "ip ended";
}

OutputName nameOf(const call::PhoneOutput &output)
{
    using namespace call;
    return std::visit(
        Overloaded{
            [](const LineDial &) { return OutputName{"dials"}; },
            [](const LineAnswer &o) { return OutputName{"answers leg", number(o.line)}; },
            [](const LineHangUp &o) {
                return OutputName{o.cause == HangUpCause::HandOver ? "releases leg" : "hangs up leg", number(o.line)};
            },
            [](const LineDigits &o) { return OutputName{"sends digits", number(o.line)}; },
            [](const LineHoldRing &o) { return OutputName{o.hold ? "holds ring" : "lets ring", number(o.line)}; },
            [](const ServerConnect &) { return OutputName{"connects"}; },
            [](const ServerDisconnect &) { return OutputName{"disconnects"}; },
            [](const ServerSend &) { return OutputName{"sends", 0, true}; },
            [](const SocketOpen &o) { return OutputName{"opens socket", number(o.call)}; },
            [](const SocketClose &o) { return OutputName{"closes socket", number(o.call)}; },
            [](const DatagramSend &o) { return OutputName{"datagram", number(o.call), true}; },
            [](const AudioStart &o) { return OutputName{"loudspeaker on", number(o.call)}; },
            [](const MicrophoneOpen &o) { return OutputName{"microphone on", number(o.call)}; },
            [](const AudioStop &o) { return OutputName{"audio off", number(o.call)}; },
            [](const AudioMute &o) { return OutputName{o.muted ? "mutes" : "unmutes", number(o.call)}; },
            [](const AudioHold &o) { return OutputName{o.held ? "holds call" : "resumes call", number(o.call)}; },
            [](const AudioBody &o) { return OutputName{"hears", number(o.call), true}; },
            [](const DigitHeard &o) { return OutputName{"hears digit", number(o.call)}; },
            [](const RegistrationChanged &o) { return OutputName{"registration", static_cast<std::int64_t>(o.state)}; },
            [](const AccountStanding &o) { return OutputName{o.proofDue ? "proof due" : o.quarantined ? "quarantined" : "in good standing"}; },
            [](const CallChanged &o) { return OutputName{nameOf(o.info.ip), number(o.info.handle)}; },
            [](const CallFinished &o) { return OutputName{"call finished", number(o.call)}; },
            [](const ShowIncoming &o) { return OutputName{"shows ring", number(o.call)}; },
            [](const ServerStatus &o) { return OutputName{o.online ? "online" : "offline"}; },
            [](const LockAnswered &o) { return OutputName{o.fault == RegistrationFault::None ? "lock done" : "lock refused"}; },
            [](const StoreAccount &o) { return OutputName{o.account ? "keeps account" : "drops account"}; },
            [](const StorePin &o) { return OutputName{o.pin ? "keeps pin" : "drops pin"}; },
            [](const StoreJournal &o) { return OutputName{o.released ? "keeps journal" : "clears journal"}; },
            [](const StoreEmergency &o) { return OutputName{o.lastUpUnix ? "keeps emergency" : "clears emergency"}; },
            [](const EmergencyRefused &) { return OutputName{"refuses emergency"}; },
            [](const TestCallBegun &) { return OutputName{"tests itself"}; },
            [](const TestCallRefused &) { return OutputName{"refuses a test"}; },
            [](const Milestone &o) { return OutputName{o.name, number(o.call)}; },
            [](const Fault &o) { return OutputName{o.name}; },
        },
        output);
}

} // namespace ringlift::sim
