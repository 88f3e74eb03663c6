#include "platform/plmn/at/modemprivate.h"
#include "platform/plmn/at/simfiles.h"

namespace ringlift::plmn::at {

namespace {

constexpr int kMaxTries = 3;
constexpr int kReadBinary = 176;
constexpr int kReadRecord = 178;
constexpr int kGetResponse = 192;
/// 4-byte words of status: done; file not found; out of range; wrong parameters.
constexpr std::string_view kDone = "144,0";
constexpr std::string_view kNotFound = "148,4";
constexpr std::string_view kOutOfRange = "148,2";
constexpr std::string_view kWrongParameters = "107,0";

/// What a read command gets from a file, or the reason why it gets nothing.
Expected<Bytes, std::string_view> readFile(const SimFile &file, const std::vector<int> &arguments)
{
    const auto p1 = static_cast<std::size_t>(arguments[2]);
    const auto p2 = static_cast<std::size_t>(arguments[3]);
    auto length = static_cast<std::size_t>(arguments[4]);
    std::size_t start = 0;
    if (arguments[0] == kReadBinary && file.recordLength == 0) {
        start = p1 * 256 + p2;
        length = length == 0 && start < file.content.size() ? file.content.size() - start : length;
    } else if (arguments[0] == kReadRecord && file.recordLength != 0 && p1 > 0) {
        start = (p1 - 1) * file.recordLength;
        length = length == 0 ? file.recordLength : length;
    } else {
        return Unexpected(kWrongParameters);
    }
    if (start + length > file.content.size())
        return Unexpected(kOutOfRange);
    return copyOf(ByteView(file.content).subspan(start, length));
}

} // namespace

void Modem::Private::on(const SimInserted &input)
{
    const int before = registration();
    sim = input.sim;
    unlocked = input.sim.pin.empty();
    triesLeft = kMaxTries;
    notify(unlocked ? "+CPIN: READY" : "+CPIN: SIM PIN");
    updateAttachment();
    tellRegistration(before);
}

void Modem::Private::on(const SimRemoved &)
{
    const int before = registration();
    if (std::exchange(attached, false))
        ask(SwitchInput(Detach{sim->msisdn}));
    sim.reset();
    unlocked = false;
    messages.clear();
    overflow.clear();
    arriving.clear();
    for (auto &[id, call] : std::exchange(calls, {})) {
        call.leg.line.state = LegState::Ended;
        call.leg.line.end = LegEnd::NetworkLost;
        tellEnd(call);
    }
    notify("+CPIN: NOT READY");
    tellRegistration(before);
}

void Modem::Private::on(const SimUpdated &input)
{
    sim = input.sim;
    if (sim->pin.empty())
        unlocked = true;
    updateAttachment();
}

void Modem::Private::updateAttachment()
{
    const bool wanted = simReady() && radioOn;
    if (wanted == attached)
        return;
    attached = wanted;
    if (wanted)
        ask(SwitchInput(Attach{sim->msisdn}));
    else
        ask(SwitchInput(Detach{sim->msisdn}));
}

std::optional<Final> Modem::Private::simTrouble() const
{
    if (!sim)
        return equipmentError(kNoSim);
    if (!unlocked)
        return equipmentError(triesLeft > 0 ? kPinRequired : kPukRequired);
    return std::nullopt;
}

Final Modem::Private::pin(Port &port, const AtCommand &command)
{
    if (!sim)
        return equipmentError(kNoSim);
    if (command.kind == AtCommand::Kind::Query) {
        port.io.reply(unlocked ? "+CPIN: READY" : triesLeft > 0 ? "+CPIN: SIM PIN" : "+CPIN: SIM PUK");
        return kOk;
    }
    if (command.kind != AtCommand::Kind::Set)
        return kOk;
    if (unlocked)
        return equipmentError(kNotAllowed);
    if (triesLeft == 0)
        return equipmentError(kPukRequired);
    if (splitArguments(command.arguments).front() != sim->pin) {
        --triesLeft;
        return equipmentError(kWrongPassword);
    }
    const int before = registration();
    triesLeft = kMaxTries;
    unlocked = true;
    updateAttachment();
    tellRegistration(before);
    return kOk;
}

Final Modem::Private::imsi(Port &port, const AtCommand &command)
{
    if (const auto trouble = simTrouble(); trouble)
        return *trouble;
    if (command.kind == AtCommand::Kind::Execute)
        port.io.reply(sim->imsi);
    return kOk;
}

Final Modem::Private::iccid(Port &port, const AtCommand &)
{
    if (!sim)
        return equipmentError(kNoSim);
    port.io.reply("+CCID: " + iccidOf(*sim));
    return kOk;
}

Final Modem::Private::ownNumber(Port &port, const AtCommand &command)
{
    if (const auto trouble = simTrouble(); trouble)
        return *trouble;
    if (command.kind == AtCommand::Kind::Execute && sim->ownNumberOnSim)
        port.io.reply("+CNUM: \"Own\",\"" + sim->msisdn + "\",145");
    return kOk;
}

Final Modem::Private::simAccess(Port &port, const AtCommand &command)
{
    if (!sim)
        return equipmentError(kNoSim);
    if (command.kind == AtCommand::Kind::Test)
        return kOk;
    std::vector<int> arguments;
    for (const std::string &argument : splitArguments(command.arguments)) {
        const auto number = toNumber(argument);
        if (!number)
            break;
        arguments.push_back(*number);
    }
    if (arguments.size() < 2)
        return kError;
    arguments.resize(5);
    const auto file = readSimFile(*sim, arguments[1]);
    const auto answer = [&](std::string_view status) {
        port.io.reply("+CRSM: " + std::string(status));
        return kOk;
    };
    if (!file)
        return answer(kNotFound);
    if (arguments[0] == kGetResponse)
        return answer(std::string(kDone) + ",\"" + toUpperHex(simFileHeader(arguments[1], *file)) + '"');
    const auto content = readFile(*file, arguments);
    return content ? answer(std::string(kDone) + ",\"" + toUpperHex(*content) + '"') : answer(content.error());
}

Final Modem::Private::facilityLock(Port &port, const AtCommand &command)
{
    if (!sim)
        return equipmentError(kNoSim);
    if (command.kind == AtCommand::Kind::Test) {
        port.io.reply(R"(+CLCK: ("SC"))");
        return kOk;
    }
    const std::vector<std::string> arguments = splitArguments(command.arguments);
    if (arguments.size() < 2 || arguments[0] != "SC" || arguments[1] != "2")
        return equipmentError(kNotAllowed);
    port.io.reply(sim->pin.empty() ? "+CLCK: 0" : "+CLCK: 1");
    return kOk;
}

} // namespace ringlift::plmn::at
