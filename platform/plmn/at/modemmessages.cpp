#include "platform/plmn/at/modemprivate.h"
#include "platform/plmn/at/smscodec.h"

namespace ringlift::plmn::at {

namespace {

constexpr int kCapacity = 50;
constexpr int kReceivedUnread = 0;
constexpr int kReceivedRead = 1;
constexpr int kAllMessages = 4;
/// One message takes so long on the air. ModemManager loses the second of two that are told at once.
constexpr Duration kMessageTime = std::chrono::milliseconds(300);
/// What +CNMI's second number asks for.
constexpr int kToldWhereStored = 1;
constexpr int kTold = 2;

/// The octets of a message with an empty service centre address before it, and how long it is without.
std::string lengthAndPdu(const Bytes &tpdu)
{
    return std::to_string(tpdu.size()) + "\r\n00" + toUpperHex(tpdu);
}

} // namespace

std::string toUpperHex(ByteView bytes)
{
    std::string hex = toHex(bytes);
    for (char &c : hex)
        c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    return hex;
}

void Modem::Private::on(const MessageArrived &input)
{
    arriving.push_back(input.tpdu);
    takeArriving();
}

void Modem::Private::takeArriving()
{
    if (arriving.empty() || now < nextMessage)
        return;
    const Bytes tpdu = std::move(arriving.front());
    arriving.pop_front();
    nextMessage = now + kMessageTime;
    if (switches.newMessages == kTold && !ports.empty())
        notify("+CMT: ," + lengthAndPdu(tpdu));
    else
        store(tpdu);
}

void Modem::Private::store(const Bytes &tpdu)
{
    int index = 1;
    while (messages.contains(index))
        ++index;
    if (index > kCapacity) {
        overflow.push_back(tpdu);
        return;
    }
    messages[index] = StoredMessage{tpdu, false};
    if (switches.newMessages == kToldWhereStored)
        notify("+CMTI: \"SM\"," + std::to_string(index));
}

Final Modem::Private::messageFormat(Port &port, const AtCommand &command)
{
    int format = 0;
    return command.kind == AtCommand::Kind::Test ? (port.io.reply("+CMGF: (0)"), kOk)
                                                 : report(port, command, 0, format);
}

Final Modem::Private::messageStorage(Port &port, const AtCommand &command)
{
    if (const auto trouble = simTrouble(); trouble)
        return *trouble;
    const std::string used = std::to_string(messages.size()) + ',' + std::to_string(kCapacity);
    if (command.kind == AtCommand::Kind::Test) {
        port.io.reply(R"(+CPMS: ("SM"),("SM"),("SM"))");
    } else if (command.kind == AtCommand::Kind::Query) {
        const std::string one = "\"SM\"," + used;
        port.io.reply("+CPMS: " + one + ',' + one + ',' + one);
    } else {
        for (const std::string &storage : splitArguments(command.arguments)) {
            if (storage != "SM")
                return messageError(kInvalidMemory);
        }
        port.io.reply("+CPMS: " + used + ',' + used + ',' + used);
    }
    return kOk;
}

Final Modem::Private::messageIndications(Port &port, const AtCommand &command)
{
    if (command.kind == AtCommand::Kind::Test) {
        port.io.reply("+CNMI: (0-2),(0-2),(0,2),(0-2),(0,1)");
    } else if (command.kind == AtCommand::Kind::Query) {
        port.io.reply("+CNMI: 2," + std::to_string(switches.newMessages) + ",0,0,0");
    } else {
        const std::vector<std::string> arguments = splitArguments(command.arguments);
        const auto kind = arguments.size() > 1 ? toNumber(arguments[1]) : std::optional(0);
        if (command.kind != AtCommand::Kind::Set || !kind || *kind > kTold)
            return kError;
        switches.newMessages = *kind;
    }
    return kOk;
}

Final Modem::Private::messageService(Port &port, const AtCommand &command)
{
    if (command.kind == AtCommand::Kind::Test)
        port.io.reply("+CSMS: (0,1)");
    else if (command.kind == AtCommand::Kind::Query)
        port.io.reply("+CSMS: 1,1,1,1");
    else if (command.arguments == "0" || command.arguments == "1")
        port.io.reply("+CSMS: 1,1,1");
    else
        return kError;
    return kOk;
}

Final Modem::Private::serviceCentre(Port &port, const AtCommand &command)
{
    if (const auto trouble = simTrouble(); trouble)
        return *trouble;
    if (command.kind == AtCommand::Kind::Query)
        port.io.reply(R"(+CSCA: "",129)");
    return kOk;
}

Final Modem::Private::listMessages(Port &port, const AtCommand &command)
{
    if (const auto trouble = simTrouble(); trouble)
        return *trouble;
    if (command.kind == AtCommand::Kind::Test) {
        port.io.reply("+CMGL: (0-4)");
        return kOk;
    }
    const int wanted = toNumber(command.arguments).value_or(kReceivedUnread);
    for (auto &[index, message] : messages) {
        const int status = message.read ? kReceivedRead : kReceivedUnread;
        if (wanted != kAllMessages && wanted != status)
            continue;
        port.io.reply("+CMGL: " + std::to_string(index) + ',' + std::to_string(status) + ",," +
                      lengthAndPdu(message.tpdu));
        message.read = true;
    }
    return kOk;
}

Final Modem::Private::readMessage(Port &port, const AtCommand &command)
{
    if (const auto trouble = simTrouble(); trouble)
        return *trouble;
    if (command.kind == AtCommand::Kind::Test)
        return kOk;
    const auto message = messages.find(toNumber(command.arguments).value_or(0));
    if (message == messages.end())
        return messageError(kInvalidIndex);
    port.io.reply("+CMGR: " + std::to_string(message->second.read ? kReceivedRead : kReceivedUnread) + ",," +
                  lengthAndPdu(message->second.tpdu));
    message->second.read = true;
    return kOk;
}

Final Modem::Private::deleteMessages(Port &port, const AtCommand &command)
{
    if (const auto trouble = simTrouble(); trouble)
        return *trouble;
    if (command.kind == AtCommand::Kind::Test) {
        port.io.reply("+CMGD: (1-" + std::to_string(kCapacity) + "),(0-4)");
        return kOk;
    }
    const std::vector<std::string> arguments = splitArguments(command.arguments);
    const auto index = toNumber(arguments[0]);
    const auto flag = arguments.size() > 1 ? toNumber(arguments[1]) : std::optional(0);
    if (!index || !flag || *flag > kAllMessages)
        return messageError(kInvalidIndex);
    if (*flag == 0) {
        messages.erase(*index);
    } else {
        std::erase_if(messages, [all = *flag == kAllMessages](const auto &entry) { return all || entry.second.read; });
    }
    for (const Bytes &tpdu : std::exchange(overflow, {}))
        store(tpdu);
    return kOk;
}

Final Modem::Private::sendMessage(Port &port, const AtCommand &command)
{
    if (command.kind == AtCommand::Kind::Test)
        return kOk;
    if (const auto trouble = simTrouble(); trouble)
        return *trouble;
    const auto length = toNumber(command.arguments);
    if (command.kind != AtCommand::Kind::Set || !length || *length == 0 || *length > kMaxTpdu)
        return messageError(kInvalidParameter);
    port.messageLength = static_cast<std::size_t>(*length);
    port.io.prompt();
    return kPending;
}

void Modem::Private::takeMessage(Port &port, const AtInput &input)
{
    const std::size_t length = std::exchange(port.messageLength, 0);
    if (input.kind == AtInput::Kind::Cancelled)
        return finish(port, kOk);
    std::string hex;
    for (const char c : input.text) {
        if (c != '\r' && c != '\n' && c != ' ')
            hex += c;
    }
    const auto pdu = fromHex(hex);
    const std::size_t centre = pdu && !pdu->empty() ? std::size_t((*pdu)[0]) + 1 : 0;
    if (!pdu || pdu->size() != centre + length)
        return finish(port, messageError(kInvalidParameter));
    const Bytes tpdu = copyOf(ByteView(*pdu).subspan(centre));
    if (!SmsCodec::decodeSubmit(tpdu))
        return finish(port, messageError(kInvalidParameter));
    if (registration() != kHome && registration() != kRoaming)
        return finish(port, messageError(kNoNetwork));
    port.refusal = messageError(kUnassignedNumber);
    port.accepted = "+CMGS: " + std::to_string(++lastReference);
    ask(SubmitMessage{tpdu}, &port);
}

} // namespace ringlift::plmn::at
