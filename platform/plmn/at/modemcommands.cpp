#include "platform/plmn/at/modemprivate.h"

namespace ringlift::plmn::at {

namespace {

std::string imeiOf(const ModemConfig &config)
{
    if (!config.imei.empty())
        return config.imei;
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (const char c : config.name)
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 1'099'511'628'211U;
    return "35" + std::to_string(1'000'000'000'000U + hash % 9'000'000'000'000U);
}

} // namespace

const Modem::Private::Handlers &Modem::Private::handlers()
{
    static const Handlers table = [] {
        Handlers all = deviceHandlers();
        all.merge(serviceHandlers());
        return all;
    }();
    return table;
}

Modem::Private::Handlers Modem::Private::deviceHandlers()
{
    using P = Private;
    return {// Accepted, and without effect here
            {"V", &P::accept},
            {"X", &P::accept},
            {"Z", &P::accept},
            {"Q", &P::accept},
            {"S", &P::accept},
            {"&C", &P::accept},
            {"&D", &P::accept},
            {"&F", &P::accept},
            {"+CSSN", &P::accept},
            // Identity and settings
            {"E", &P::echo},
            {"I", &P::identity},
            {"+GMI", &P::identity},
            {"+GMM", &P::identity},
            {"+GMR", &P::identity},
            {"+GSN", &P::identity},
            {"+CGMI", &P::identity},
            {"+CGMM", &P::identity},
            {"+CGMR", &P::identity},
            {"+CGSN", &P::identity},
            {"+GCAP", &P::identity},
            {"+CMEE", &P::errors},
            {"+CSCS", &P::characterSet},
            // SIM
            {"+CPIN", &P::pin},
            {"+CIMI", &P::imsi},
            {"+CCID", &P::iccid},
            {"+CNUM", &P::ownNumber},
            {"+CRSM", &P::simAccess},
            {"+CLCK", &P::facilityLock},
            // Network
            {"+CFUN", &P::functionality},
            {"+CREG", &P::gsmRegistration},
            {"+CGREG", &P::packetRegistration},
            {"+CEREG", &P::epsRegistration},
            {"+COPS", &P::operatorName},
            {"+CSQ", &P::signalQuality}};
}

Modem::Private::Handlers Modem::Private::serviceHandlers()
{
    using P = Private;
    return {// Messages
            {"+CMGF", &P::messageFormat},
            {"+CPMS", &P::messageStorage},
            {"+CNMI", &P::messageIndications},
            {"+CSMS", &P::messageService},
            {"+CSCA", &P::serviceCentre},
            {"+CMGL", &P::listMessages},
            {"+CMGR", &P::readMessage},
            {"+CMGD", &P::deleteMessages},
            {"+CMGS", &P::sendMessage},
            {"+CGSMS", &P::accept},
            {"+CNMA", &P::accept},
            {"+CUSD", &P::ussd},
            // Calls
            {"D", &P::dial},
            {"A", &P::answer},
            {"H", &P::hangUp},
            {"+CHUP", &P::hangUpCalls},
            {"+CHLD", &P::hold},
            {"+VTS", &P::tones},
            {"+CLCC", &P::callList},
            {"+CLIP", &P::callerId},
            {"+CRC", &P::ringKinds},
            {"+CCWA", &P::callWaiting},
            {"+CPAS", &P::activity}};
}

Final Modem::Private::echo(Port &port, const AtCommand &command)
{
    if (command.arguments.size() > 1 || command.arguments > "1")
        return kError;
    port.io.setEcho(command.arguments == "1");
    return kOk;
}

Final Modem::Private::identity(Port &port, const AtCommand &command)
{
    if (command.kind == AtCommand::Kind::Test)
        return kOk;
    if (command.name == "+GCAP")
        port.io.reply("+GCAP: +CGSM");
    else if (command.name.ends_with("GMI"))
        port.io.reply("Ringlift");
    else if (command.name.ends_with("GMM"))
        port.io.reply(config.mode == ModemMode::Simtech ? "PLMN modem (simtech)" : "PLMN modem (generic)");
    else if (command.name.ends_with("GMR"))
        port.io.reply("1");
    else if (command.name.ends_with("GSN"))
        port.io.reply(imeiOf(config));
    else
        port.io.reply("Ringlift PLMN modem");
    return kOk;
}

Final Modem::Private::set(const AtCommand &command, int most, int &target)
{
    const auto value = toNumber(splitArguments(command.arguments).front());
    if (command.kind != AtCommand::Kind::Set || !value || *value > most)
        return kError;
    target = *value;
    return kOk;
}

Final Modem::Private::report(Port &port, const AtCommand &command, int most, int &target)
{
    if (command.kind == AtCommand::Kind::Test)
        port.io.reply(command.name + ": (0-" + std::to_string(most) + ")");
    else if (command.kind == AtCommand::Kind::Query)
        port.io.reply(command.name + ": " + std::to_string(target));
    else
        return set(command, most, target);
    return kOk;
}

Final Modem::Private::errors(Port &port, const AtCommand &command)
{
    return report(port, command, 1, switches.errors);
}

Final Modem::Private::characterSet(Port &port, const AtCommand &command)
{
    if (command.kind == AtCommand::Kind::Test) {
        port.io.reply(R"(+CSCS: ("GSM","IRA"))");
    } else if (command.kind == AtCommand::Kind::Query) {
        port.io.reply("+CSCS: \"" + switches.characterSet + '"');
    } else {
        const std::string wanted = splitArguments(command.arguments).front();
        if (wanted != "GSM" && wanted != "IRA")
            return kError;
        switches.characterSet = wanted;
    }
    return kOk;
}

} // namespace ringlift::plmn::at
