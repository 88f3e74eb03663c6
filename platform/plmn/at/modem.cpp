#include "platform/plmn/at/modem.h"

#include "platform/plmn/at/modemprivate.h"

#include <algorithm>

namespace ringlift::plmn::at {

Modem::Modem(ModemConfig config) : d(std::make_unique<Private>(std::move(config))) { }

Modem::~Modem() = default;

void Modem::handle(TimePoint now, const ModemInput &input)
{
    handleTimeout(now);
    std::visit([this](const auto &concrete) { d->on(concrete); }, input);
    d->flush();
}

void Modem::handleTimeout(TimePoint now)
{
    d->now = std::max(d->now, now);
    for (auto &[id, call] : d->calls) {
        if (call.leg.line.state == LegState::Ringing && !call.leg.waiting && call.nextRing <= d->now)
            d->ring(call);
    }
    d->takeArriving();
    for (auto &[number, port] : d->ports)
        port.io.handleTimeout(d->now);
    d->flush();
}

std::optional<ModemOutput> Modem::poll()
{
    if (d->outputs.empty())
        return std::nullopt;
    ModemOutput output = std::move(d->outputs.front());
    d->outputs.pop_front();
    return output;
}

std::optional<TimePoint> Modem::nextTimeout() const
{
    std::optional<TimePoint> next;
    const auto consider = [&next](std::optional<TimePoint> time) {
        if (time && (!next || *time < *next))
            next = time;
    };
    for (const auto &[id, call] : d->calls) {
        if (call.leg.line.state == LegState::Ringing && !call.leg.waiting)
            consider(call.nextRing);
    }
    if (!d->arriving.empty())
        consider(d->nextMessage);
    for (const auto &[number, port] : d->ports)
        consider(port.io.nextTimeout());
    return next;
}

const ModemConfig &Modem::config() const
{
    return d->config;
}

std::optional<LineCallId> Modem::activeCall() const
{
    const std::vector<LineCallId> active = d->callsIn({LegState::Active});
    return active.empty() ? std::nullopt : std::optional(active.front());
}

const std::optional<Subscriber> &Modem::sim() const
{
    return d->sim;
}

void Modem::Private::on(const PortReceived &input)
{
    const auto port = ports.find(input.port);
    if (port == ports.end())
        return;
    port->second.io.feed(input.bytes);
    run(port->second);
}

void Modem::Private::on(const PortOpened &input)
{
    Port &port = ports[input.port] = Port{};
    port.io.setNonsense(config.nonsense);
}

void Modem::Private::on(const ConfigChanged &input)
{
    config = input.config;
    for (auto &[number, port] : ports)
        port.io.setNonsense(config.nonsense);
}

void Modem::Private::on(const RawTold &input)
{
    for (auto &[number, port] : ports)
        port.io.raw(input.bytes);
}

void Modem::Private::run(Port &port)
{
    while (const auto input = port.io.next())
        take(port, *input);
}

void Modem::Private::take(Port &port, const AtInput &input)
{
    if (port.messageLength > 0)
        return takeMessage(port, input);
    const auto commands = parseAtLine(input.text);
    if (input.kind != AtInput::Kind::Line || !commands)
        return finish(port, kError);
    port.commands.assign(commands->begin(), commands->end());
    runCommands(port);
}

void Modem::Private::runCommands(Port &port)
{
    while (!port.commands.empty()) {
        const AtCommand command = std::move(port.commands.front());
        port.commands.pop_front();
        const Final result = runCommand(port, command);
        if (result == kPending)
            return;
        if (result != kOk)
            return finish(port, result);
    }
    finish(port, kOk);
}

Final Modem::Private::runCommand(Port &port, const AtCommand &command)
{
    if (config.silent.contains(command.name))
        return kSilence;
    if (const auto answer = config.answers.find(command.name); answer != config.answers.end()) {
        port.io.reply(answer->second);
        return kOk;
    }
    const auto handler = handlers().find(command.name);
    if (handler == handlers().end() || config.disabled.contains(command.name))
        return kError;
    port.refusal = equipmentError(kNotAllowed);
    return (this->*handler->second)(port, command);
}

void Modem::Private::finish(Port &port, const Final &result)
{
    port.commands.clear();
    port.dialled.reset();
    port.accepted.clear();
    if (result == kSilence)
        port.io.abandon();
    else
        port.io.finish(now, textOf(result));
}

std::string Modem::Private::textOf(const Final &result) const
{
    switch (result.code) {
    case Final::Code::Ok:
        return "OK";
    case Final::Code::NoCarrier:
        return "NO CARRIER";
    case Final::Code::Busy:
        return "BUSY";
    case Final::Code::NoAnswer:
        return "NO ANSWER";
    case Final::Code::Equipment:
        return switches.errors == 0 ? "ERROR" : "+CME ERROR: " + std::to_string(result.number);
    case Final::Code::Message:
        return "+CMS ERROR: " + std::to_string(result.number);
    default:
        return "ERROR";
    }
}

void Modem::Private::notify(const std::string &line)
{
    for (auto &[number, port] : ports)
        port.io.notify(now, line);
}

void Modem::Private::ask(Request request, Port *waiting)
{
    asked.push_back(waiting == nullptr ? -1 : numberOf(*waiting));
    outputs.emplace_back(Ask{std::move(request)});
}

int Modem::Private::numberOf(const Port &port) const
{
    const auto found =
        std::find_if(ports.begin(), ports.end(), [&](const auto &entry) { return &entry.second == &port; });
    return found == ports.end() ? -1 : found->first;
}

void Modem::Private::on(const Outcome &input)
{
    if (asked.empty())
        return;
    const auto port = ports.find(asked.front());
    asked.pop_front();
    if (port == ports.end() || !port->second.io.isRunning())
        return;
    settle(port->second, input.accepted);
    run(port->second);
}

void Modem::Private::settle(Port &port, bool accepted)
{
    if (!accepted)
        return finish(port, port.refusal);
    if (!port.accepted.empty())
        port.io.reply(std::exchange(port.accepted, {}));
    if (!port.dialled)
        return runCommands(port);
    if (config.dialResult == DialResult::Immediate)
        return finish(port, kOk);
    if (!lastDialled || !calls.contains(*lastDialled))
        return finish(port, Final{Final::Code::NoCarrier, 0});
    port.dialled = lastDialled;
}

void Modem::Private::flush()
{
    for (auto &[number, port] : ports) {
        run(port);
        if (std::string bytes = port.io.takeOutput(); !bytes.empty())
            outputs.emplace_back(PortSend{number, std::move(bytes)});
    }
}

} // namespace ringlift::plmn::at
