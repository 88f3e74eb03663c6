#include "platform/plmn/at/modemprivate.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace ringlift::plmn::at {

namespace {

constexpr int kGone = 6;

int statusOf(const Leg &leg)
{
    switch (leg.line.state) {
    case LegState::Active:
        return 0;
    case LegState::Held:
        return 1;
    case LegState::Dialling:
        return 2;
    case LegState::Alerting:
        return 3;
    case LegState::Ringing:
        return leg.waiting ? 5 : 4;
    default:
        return kGone;
    }
}

/// "number",type; nothing while the number is not known.
std::string numberAndType(const LineCall &line)
{
    if (line.callerId == CallerIdPresence::Unknown)
        return {};
    if (line.number.reveal().empty())
        return R"("",128)";
    return '"' + line.number.reveal() + (line.international ? "\",145" : "\",129");
}

Final finalOf(LegEnd end)
{
    switch (end) {
    case LegEnd::Busy:
    case LegEnd::Rejected:
        return {Final::Code::Busy, 0};
    case LegEnd::NoAnswer:
        return {Final::Code::NoAnswer, 0};
    default:
        return {Final::Code::NoCarrier, 0};
    }
}

} // namespace

void Modem::Private::on(const LegTold &input)
{
    const Leg &leg = input.changed.leg;
    const auto found = calls.find(leg.line.id);
    if (leg.line.state == LegState::Ended) {
        if (found == calls.end())
            return;
        ListedCall call = calls.extract(found).mapped();
        call.leg = leg;
        return tellEnd(call);
    }
    if (found == calls.end())
        return addCall(leg);
    ListedCall &call = found->second;
    const bool stateChanged = call.leg.line.state != leg.line.state;
    const bool numberCame = call.leg.line.callerId != leg.line.callerId && leg.line.state == LegState::Ringing;
    const bool waiting = call.leg.waiting;
    call.leg = leg;
    call.leg.waiting = waiting;
    if (stateChanged) {
        tellCall(call, true);
        finishDial(call);
    } else if (numberCame) {
        tellCall(call, false);
    }
}

void Modem::Private::addCall(const Leg &leg)
{
    int index = 1;
    const auto isTaken = [&](const auto &entry) { return entry.second.index == index; };
    while (std::any_of(calls.begin(), calls.end(), isTaken))
        ++index;
    ListedCall &call = calls[leg.line.id];
    call = ListedCall{index, leg, {}, now};
    if (leg.line.direction == CallDirection::Outgoing)
        lastDialled = leg.line.id;
    tellCall(call, true);
}

void Modem::Private::tellCall(ListedCall &call, bool changed)
{
    const LineCall &line = call.leg.line;
    tellList(nullptr);
    if (line.state == LegState::Ringing && !call.leg.waiting) {
        if (changed)
            ring(call);
        else if (switches.callerId)
            notify("+CLIP: " + numberAndType(line) + ",,,,0");
    } else if (line.state == LegState::Ringing && switches.waitingShown && line.callerId != CallerIdPresence::Unknown) {
        notify("+CCWA: " + numberAndType(line) + ",1");
    }
    if (line.state == LegState::Active && call.answered == TimePoint{}) {
        call.answered = now;
        if (config.mode == ModemMode::Simtech)
            notify("VOICE CALL: BEGIN");
    }
}

void Modem::Private::tellList(const ListedCall *ended)
{
    if (!switches.callList || config.mode != ModemMode::Simtech)
        return;
    std::string list;
    const auto add = [&](const ListedCall &call, bool gone) {
        list += (list.empty() ? "+CLCC: " : "\r\n+CLCC: ") + callRow(call, gone);
    };
    for (const auto &[id, call] : calls)
        add(call, false);
    if (ended != nullptr)
        add(*ended, true);
    notify(list);
}

void Modem::Private::ring(ListedCall &call)
{
    const LineCall &line = call.leg.line;
    notify(switches.ringKinds ? "+CRING: VOICE" : "RING");
    if (switches.callerId && line.callerId != CallerIdPresence::Unknown)
        notify("+CLIP: " + numberAndType(line) + (line.number.reveal().empty() ? ",,,,1" : ",,,,0"));
    call.nextRing = now + config.ringInterval;
}

void Modem::Private::tellEnd(const ListedCall &call)
{
    tellList(&call);
    if (config.mode == ModemMode::Simtech && call.answered != TimePoint{}) {
        std::array<char, 40> text{};
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - call.answered).count();
        std::snprintf(text.data(), text.size(), "VOICE CALL: END: %06lld", static_cast<long long>(seconds));
        notify(text.data());
    }
    const Final result = finalOf(call.leg.line.end);
    bool taken = false;
    for (auto &[number, port] : ports) {
        if (port.dialled == call.leg.line.id) {
            finish(port, result);
            taken = true;
        }
    }
    if (!taken && call.leg.line.end != LegEnd::LocalHangUp)
        notify(textOf(result));
    // What waited rings now.
    for (auto &[id, other] : calls) {
        if (other.leg.waiting && calls.size() == 1) {
            other.leg.waiting = false;
            tellCall(other, true);
        }
    }
}

void Modem::Private::finishDial(const ListedCall &call)
{
    const LegState state = call.leg.line.state;
    for (auto &[number, port] : ports) {
        if (port.dialled == call.leg.line.id && (state == LegState::Alerting || state == LegState::Active))
            finish(port, kOk);
    }
}

std::string Modem::Private::callRow(const ListedCall &call, bool ended) const
{
    const LineCall &line = call.leg.line;
    const std::string number = numberAndType(line);
    return std::to_string(call.index) + (line.direction == CallDirection::Incoming ? ",1," : ",0,") +
           std::to_string(ended ? kGone : statusOf(call.leg)) + ",0,0" + (number.empty() ? "" : ',' + number);
}

std::vector<LineCallId> Modem::Private::callsIn(std::initializer_list<LegState> states) const
{
    std::vector<LineCallId> found;
    for (const auto &[id, call] : calls) {
        if (std::find(states.begin(), states.end(), call.leg.line.state) != states.end())
            found.push_back(id);
    }
    return found;
}

void Modem::Private::on(const DigitsTold &input)
{
    if (config.mode != ModemMode::Simtech)
        return;
    for (const char digit : input.digits)
        notify(std::string("+RXDTMF: ") + digit);
}

} // namespace ringlift::plmn::at
