#include "platform/plmn/at/modemprivate.h"

namespace ringlift::plmn::at {

namespace {

/// Location area, cell, LTE (TS 27.007, 7.2).
constexpr const char *kCell = R"(,"00C3","0000A1B0",7)";

} // namespace

int Modem::Private::registration() const
{
    if (!simReady() || !radioOn)
        return kOff;
    if (!serving.covered)
        return kSearching;
    return serving.roaming ? kRoaming : kHome;
}

std::string Modem::Private::registrationText(int mode) const
{
    const int state = registration();
    return std::to_string(state) + (mode == 2 && (state == kHome || state == kRoaming) ? kCell : "");
}

void Modem::Private::tellRegistration(int before)
{
    if (registration() == before)
        return;
    if (switches.gsmRegistration > 0)
        notify("+CREG: " + registrationText(switches.gsmRegistration));
    if (switches.packetRegistration > 0)
        notify("+CGREG: " + registrationText(switches.packetRegistration));
    if (switches.epsRegistration > 0)
        notify("+CEREG: " + registrationText(switches.epsRegistration));
}

void Modem::Private::on(const ServingChanged &input)
{
    const int before = registration();
    serving = input.serving;
    tellRegistration(before);
}

Final Modem::Private::functionality(Port &port, const AtCommand &command)
{
    if (command.kind == AtCommand::Kind::Test) {
        port.io.reply("+CFUN: (0,1,4),(0,1)");
        return kOk;
    }
    if (command.kind == AtCommand::Kind::Query) {
        port.io.reply(radioOn ? "+CFUN: 1" : "+CFUN: 4");
        return kOk;
    }
    int level = 0;
    if (set(command, 4, level) != kOk || level == 2 || level == 3)
        return kError;
    const int before = registration();
    radioOn = level == 1;
    updateAttachment();
    tellRegistration(before);
    return kOk;
}

Final Modem::Private::gsmRegistration(Port &port, const AtCommand &command)
{
    int &mode = switches.gsmRegistration;
    if (command.kind != AtCommand::Kind::Query)
        return report(port, command, 2, mode);
    port.io.reply("+CREG: " + std::to_string(mode) + ',' + registrationText(mode));
    return kOk;
}

Final Modem::Private::packetRegistration(Port &port, const AtCommand &command)
{
    int &mode = switches.packetRegistration;
    if (command.kind != AtCommand::Kind::Query)
        return report(port, command, 2, mode);
    port.io.reply("+CGREG: " + std::to_string(mode) + ',' + registrationText(mode));
    return kOk;
}

Final Modem::Private::epsRegistration(Port &port, const AtCommand &command)
{
    int &mode = switches.epsRegistration;
    if (command.kind != AtCommand::Kind::Query)
        return report(port, command, 2, mode);
    port.io.reply("+CEREG: " + std::to_string(mode) + ',' + registrationText(mode));
    return kOk;
}

Final Modem::Private::operatorName(Port &port, const AtCommand &command)
{
    const std::string quoted = '"' + serving.name + "\",\"" + serving.name + "\",\"" + serving.plmn + '"';
    const int state = registration();
    const bool served = state == kHome || state == kRoaming;
    if (command.kind == AtCommand::Kind::Test) {
        port.io.reply(served ? "+COPS: (2," + quoted + ",7),,(0,1,3),(0-2)" : "+COPS: ,,(0,1,3),(0-2)");
    } else if (command.kind == AtCommand::Kind::Query) {
        const std::string &shown = switches.operatorFormat == 2 ? serving.plmn : serving.name;
        port.io.reply(served ? "+COPS: 0," + std::to_string(switches.operatorFormat) + ",\"" + shown + "\",7"
                             : "+COPS: 0");
    } else {
        const std::vector<std::string> arguments = splitArguments(command.arguments);
        const int format = arguments.size() > 1 ? toNumber(arguments[1]).value_or(-1) : -1;
        if (arguments[0] == "3" && format >= 0 && format <= 2)
            switches.operatorFormat = format;
        else if (arguments[0] != "0")
            return equipmentError(kNotAllowed);
    }
    return kOk;
}

Final Modem::Private::signalQuality(Port &port, const AtCommand &command)
{
    if (command.kind == AtCommand::Kind::Test)
        port.io.reply("+CSQ: (0-31,99),(0-7,99)");
    else
        port.io.reply(registration() == kHome || registration() == kRoaming ? "+CSQ: 20,99" : "+CSQ: 99,99");
    return kOk;
}

} // namespace ringlift::plmn::at
