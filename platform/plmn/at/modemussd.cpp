#include "platform/plmn/at/modemprivate.h"

#include <algorithm>

namespace ringlift::plmn::at {

namespace {

constexpr const char *kCodingScheme = "15";

bool isUssd(std::string_view text)
{
    return !text.empty() && text.size() <= Modem::kMaxUssd &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

} // namespace

Final Modem::Private::ussd(Port &port, const AtCommand &command)
{
    if (command.kind == AtCommand::Kind::Test || command.kind == AtCommand::Kind::Query) {
        port.io.reply(command.kind == AtCommand::Kind::Test ? "+CUSD: (0-2)" : "+CUSD: 1");
        return kOk;
    }
    const std::vector<std::string> arguments = splitArguments(command.arguments);
    const int mode = toNumber(arguments[0]).value_or(3);
    if (mode > 2)
        return kError;
    if (mode == 2 || arguments.size() < 2)
        return kOk;
    if (const auto trouble = simTrouble(); trouble)
        return *trouble;
    const auto octets = fromHex(arguments[1]);
    const std::string decoded = octets ? std::string(ringlift::textOf(*octets)) : std::string();
    ussdInHex = isUssd(decoded);
    return askUssd(port, ussdInHex ? decoded : arguments[1]);
}

Final Modem::Private::askUssd(Port &port, const std::string &text)
{
    if (!isUssd(text) || (registration() != kHome && registration() != kRoaming))
        return equipmentError(kNotAllowed);
    ask(UssdDialled{text}, &port);
    return kPending;
}

void Modem::Private::on(const UssdTold &input)
{
    std::string line = "+CUSD: " + std::to_string(static_cast<int>(input.kind));
    if (!input.text.empty()) {
        const std::string shown = ussdInHex ? toUpperHex(viewOf(input.text)) : input.text;
        line += ",\"" + shown + "\"," + kCodingScheme;
    }
    notify(line);
}

} // namespace ringlift::plmn::at
