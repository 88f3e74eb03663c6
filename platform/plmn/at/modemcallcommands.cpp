#include "platform/plmn/at/modemprivate.h"

#include <algorithm>

namespace ringlift::plmn::at {

namespace {

constexpr std::string_view kBlanks = " -()";

std::vector<SwitchInput> hangUps(const std::vector<LineCallId> &calls)
{
    std::vector<SwitchInput> inputs;
    inputs.reserve(calls.size());
    for (const LineCallId id : calls)
        inputs.emplace_back(HangUp{id});
    return inputs;
}

} // namespace

Final Modem::Private::askEach(Port &port, const std::vector<SwitchInput> &inputs)
{
    if (inputs.empty())
        return equipmentError(kNotAllowed);
    for (const SwitchInput &input : inputs)
        ask(input, &input == &inputs.back() ? &port : nullptr);
    return kPending;
}

Final Modem::Private::dial(Port &port, const AtCommand &command)
{
    const std::size_t end = command.arguments.find(';');
    if (end == std::string::npos)
        return {Final::Code::NoCarrier, 0};
    Dial dial{sim ? sim->msisdn : std::string(), {}, {}};
    std::string prefix;
    for (const char c : std::string_view(command.arguments).substr(0, end)) {
        if (c == 'I' || c == 'i')
            prefix = c == 'I' ? "#31#" : "*31#";
        else if (c != 'G' && c != 'g' && kBlanks.find(c) == std::string_view::npos)
            dial.number += c;
    }
    if ((dial.number.starts_with('*') || dial.number.starts_with('#')) && dial.number.ends_with('#'))
        return askUssd(port, dial.number);
    dial.number.insert(0, prefix);
    lastDialled.reset();
    port.dialled.emplace();
    const auto trouble = simTrouble();
    port.refusal = trouble.value_or(Final{Final::Code::NoCarrier, 0});
    if (trouble)
        ask(SwitchInput(DialEmergency{dial.number, config.name}), &port);
    else
        ask(SwitchInput(std::move(dial)), &port);
    return kPending;
}

Final Modem::Private::answer(Port &port, const AtCommand &)
{
    const std::vector<LineCallId> ringing = callsIn({LegState::Ringing});
    if (ringing.empty())
        return {Final::Code::NoCarrier, 0};
    return askEach(port, {Answer{ringing.front()}});
}

Final Modem::Private::hangUp(Port &port, const AtCommand &)
{
    std::vector<LineCallId> all;
    all.reserve(calls.size());
    for (const auto &[id, call] : calls)
        all.push_back(id);
    return all.empty() ? kOk : askEach(port, hangUps(all));
}

Final Modem::Private::hangUpCalls(Port &port, const AtCommand &command)
{
    if (command.kind == AtCommand::Kind::Test)
        return kOk;
    std::vector<LineCallId> chosen = callsIn({LegState::Active, LegState::Dialling, LegState::Alerting});
    if (chosen.empty())
        chosen = callsIn({LegState::Ringing});
    if (chosen.empty())
        chosen = callsIn({LegState::Held});
    return chosen.empty() ? kOk : askEach(port, hangUps(chosen));
}

Final Modem::Private::hold(Port &port, const AtCommand &command)
{
    if (command.kind == AtCommand::Kind::Test) {
        port.io.reply("+CHLD: (0,1,1x,2,2x)");
        return kOk;
    }
    const std::string &action = command.arguments;
    const auto number = toNumber(action);
    if (command.kind != AtCommand::Kind::Set || !number)
        return kError;
    if (action.size() > 1)
        return holdOne(port, action.front(), *number % 10);
    std::vector<SwitchInput> inputs;
    if (*number == 0) {
        const std::vector<LineCallId> ringing = callsIn({LegState::Ringing});
        inputs = hangUps(ringing.empty() ? callsIn({LegState::Held}) : ringing);
    } else if (*number == 1) {
        inputs = hangUps(callsIn({LegState::Active}));
    }
    if (const auto turn = nextTurn(*number); turn)
        inputs.push_back(*turn);
    return askEach(port, inputs);
}

std::optional<SwitchInput> Modem::Private::nextTurn(int action) const
{
    const std::vector<LineCallId> ringing = callsIn({LegState::Ringing});
    const std::vector<LineCallId> held = callsIn({LegState::Held});
    const std::vector<LineCallId> active = callsIn({LegState::Active});
    if ((action == 1 || action == 2) && !ringing.empty())
        return Answer{ringing.front()};
    // When the active call ends, the switch retrieves a held one by itself.
    if (action != 2)
        return std::nullopt;
    if (!held.empty())
        return Hold{held.front(), false};
    return active.empty() ? std::nullopt : std::optional<SwitchInput>(Hold{active.front(), true});
}

Final Modem::Private::holdOne(Port &port, char action, int index)
{
    const auto found =
        std::find_if(calls.begin(), calls.end(), [&](const auto &entry) { return entry.second.index == index; });
    if (found == calls.end() || (action != '1' && action != '2'))
        return equipmentError(kNotAllowed);
    if (action == '1')
        return askEach(port, {HangUp{found->first}});
    const LegState state = found->second.leg.line.state;
    if (state == LegState::Active)
        return kOk;
    if (state != LegState::Held)
        return equipmentError(kNotAllowed);
    return askEach(port, {Hold{found->first, false}});
}

Final Modem::Private::tones(Port &port, const AtCommand &command)
{
    if (command.kind == AtCommand::Kind::Test) {
        port.io.reply("+VTS: (0-9,*,#,A,B,C,D)");
        return kOk;
    }
    const std::vector<LineCallId> active = callsIn({LegState::Active});
    if (command.kind != AtCommand::Kind::Set || active.empty())
        return equipmentError(kNotAllowed);
    return askEach(port, {SendDigits{active.front(), splitArguments(command.arguments).front()}});
}

Final Modem::Private::callList(Port &port, const AtCommand &command)
{
    const bool tellsChanges = config.mode == ModemMode::Simtech;
    if (command.kind == AtCommand::Kind::Set) {
        int value = 0;
        const Final result = tellsChanges ? set(command, 1, value) : kError;
        switches.callList = result == kOk ? value == 1 : switches.callList;
        return result;
    }
    if (command.kind == AtCommand::Kind::Execute) {
        for (const auto &[id, call] : calls)
            port.io.reply("+CLCC: " + callRow(call, false));
    } else if (tellsChanges) {
        port.io.reply(command.kind == AtCommand::Kind::Test ? "+CLCC: (0-1)"
                      : switches.callList                   ? "+CLCC: 1"
                                                            : "+CLCC: 0");
    }
    return kOk;
}

Final Modem::Private::callerId(Port &port, const AtCommand &command)
{
    int value = switches.callerId ? 1 : 0;
    if (command.kind == AtCommand::Kind::Query) {
        port.io.reply("+CLIP: " + std::to_string(value) + ",1");
        return kOk;
    }
    const Final result = report(port, command, 1, value);
    switches.callerId = value == 1;
    return result;
}

Final Modem::Private::ringKinds(Port &port, const AtCommand &command)
{
    int value = switches.ringKinds ? 1 : 0;
    const Final result = report(port, command, 1, value);
    switches.ringKinds = value == 1;
    return result;
}

Final Modem::Private::callWaiting(Port &port, const AtCommand &command)
{
    if (command.kind != AtCommand::Kind::Set) {
        int value = switches.waitingShown ? 1 : 0;
        return report(port, command, 1, value);
    }
    const std::vector<std::string> arguments = splitArguments(command.arguments);
    const std::string mode = arguments.size() > 1 ? arguments[1] : std::string();
    if (arguments[0] == "0" || arguments[0] == "1")
        switches.waitingShown = arguments[0] == "1";
    else if (!arguments[0].empty())
        return kError;
    if (mode.empty())
        return kOk;
    if (const auto trouble = simTrouble(); trouble)
        return *trouble;
    if (mode == "2") {
        port.io.reply(sim->callWaiting ? "+CCWA: 1,1" : "+CCWA: 0,1");
        return kOk;
    }
    if (mode != "0" && mode != "1")
        return kError;
    sim->callWaiting = mode == "1";
    return askEach(port, {Provision{*sim}});
}

Final Modem::Private::activity(Port &port, const AtCommand &command)
{
    if (command.kind == AtCommand::Kind::Test)
        port.io.reply("+CPAS: (0,3,4)");
    else if (!callsIn({LegState::Ringing}).empty())
        port.io.reply("+CPAS: 3");
    else
        port.io.reply(calls.empty() ? "+CPAS: 0" : "+CPAS: 4");
    return kOk;
}

} // namespace ringlift::plmn::at
