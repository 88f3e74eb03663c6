#include "app/headlessserver.h"

#include "core/engine/callnames.h"

#include <QJsonArray>

namespace ringlift::app {

using namespace Qt::StringLiterals;
using call::CallHandle;
using engine::CallEngine;

namespace {

QString comparedIn(const HeadlessCommand &command)
{
    return command.fields["compared"_L1].toString().remove(u' ');
}

} // namespace

const std::map<QString, HeadlessServer::Handler> &HeadlessServer::handlers()
{
    static const std::map<QString, Handler> handlers{{u"register"_s, &HeadlessServer::doRegister},
                                                     {u"verify"_s, &HeadlessServer::doVerify},
                                                     {u"unlock"_s, &HeadlessServer::doUnlock},
                                                     {u"lock"_s, &HeadlessServer::doLock},
                                                     {u"delete_account"_s, &HeadlessServer::doDeleteAccount},
                                                     {u"dial"_s, &HeadlessServer::doDial},
                                                     {u"mute"_s, &HeadlessServer::doMute},
                                                     {u"send_digits"_s, &HeadlessServer::doDigits},
                                                     {u"sas"_s, &HeadlessServer::doSas},
                                                     {u"confirm_pin"_s, &HeadlessServer::doConfirmPin},
                                                     {u"hand_over"_s, &HeadlessServer::doHandOver},
                                                     {u"settings"_s, &HeadlessServer::doSettings},
                                                     {u"contact_rule"_s, &HeadlessServer::doContactRule},
                                                     {u"network"_s, &HeadlessServer::doNetwork},
                                                     {u"play"_s, &HeadlessServer::doPlay},
                                                     {u"history"_s, &HeadlessServer::doHistory},
                                                     {u"clear_history"_s, &HeadlessServer::doClearHistory},
                                                     {u"network_changed"_s, &HeadlessServer::doNetworkChanged},
                                                     {u"status"_s, &HeadlessServer::doStatus},
                                                     {u"health"_s, &HeadlessServer::doHealth},
                                                     {u"test_call"_s, &HeadlessServer::doTestCall},
                                                     {u"quit"_s, &HeadlessServer::doQuit}};
    return handlers;
}

/// Commands that name a call and nothing else.
const std::map<QString, HeadlessServer::CallSlot> &HeadlessServer::callSlots()
{
    static const std::map<QString, CallSlot> slotsByName{
        {u"answer"_s, &CallEngine::answer},  {u"decline"_s, &CallEngine::decline},
        {u"hangup"_s, &CallEngine::hangUp},  {u"stay_cellular"_s, &CallEngine::stayCellular},
        {u"move"_s, &CallEngine::allowMove}, {u"redial"_s, &CallEngine::redial}};
    return slotsByName;
}

void HeadlessServer::onLine(const QByteArray &line)
{
    const auto command = parseCommand(line);
    if (!command)
        return refuse(command.error());
    const bool always = command->name == "status"_L1 || command->name == "quit"_L1;
    if (!always && (!m_ready || m_quitting))
        return refuse({command->id, u"not_ready"_s, u"The phone is not ready."_s});
    const auto handler = handlers().find(command->name);
    (this->*(handler == handlers().end() ? &HeadlessServer::doCallSlot : handler->second))(*command);
}

void HeadlessServer::onLineTooLong()
{
    refuse(lineTooLong());
}

void HeadlessServer::accept(const HeadlessCommand &command, QJsonObject more)
{
    more.insert(u"re"_s, command.id);
    more.insert(u"ok"_s, true);
    write(HeadlessEvents::stamped(more));
}

void HeadlessServer::refuse(const CommandFault &fault)
{
    write(HeadlessEvents::stamped({{u"re"_s, fault.id ? QJsonValue(*fault.id) : QJsonValue()}, {u"ok"_s, false},
        {u"code"_s, fault.code}, {u"error"_s, fault.error}}));
}

std::optional<CallHandle> HeadlessServer::callOf(const HeadlessCommand &command)
{
    const QString name = command.fields["call"_L1].toString();
    if (name.isEmpty() && m_calls.size() == 1)
        return callFromName(m_calls.begin()->first);
    if (!name.isEmpty() && m_calls.contains(name))
        return callFromName(name);
    if (!name.isEmpty())
        refuse({command.id, u"no_such_call"_s, u"No call of this name lives."_s});
    else if (m_calls.empty())
        refuse({command.id, u"no_call"_s, u"There is no call."_s});
    else
        refuse({command.id, u"ambiguous_call"_s, u"There is more than one call: name it in \"call\"."_s});
    return std::nullopt;
}

void HeadlessServer::doRegister(const HeadlessCommand &command)
{
    accept(command);
    onEngine([number = command.fields["number"_L1].toString()](CallEngine &engine) { engine.registerNumber(number); });
}

void HeadlessServer::doVerify(const HeadlessCommand &command)
{
    accept(command);
    onEngine([code = command.fields["code"_L1].toString()](CallEngine &engine) { engine.verifyCode(code); });
}

void HeadlessServer::doUnlock(const HeadlessCommand &command)
{
    accept(command);
    onEngine([pin = command.fields["pin"_L1].toString()](CallEngine &engine) { engine.unlockRegistration(pin); });
}

void HeadlessServer::doLock(const HeadlessCommand &command)
{
    if (!m_registered)
        return refuse({command.id, u"not_registered"_s, u"No number of this phone is registered."_s});
    accept(command);
    onEngine([pin = command.fields["pin"_L1].toString()](CallEngine &engine) { engine.setLock(pin); });
}

void HeadlessServer::doDeleteAccount(const HeadlessCommand &command)
{
    accept(command);
    onEngine([](CallEngine &engine) { engine.deleteAccount(); });
}

void HeadlessServer::doDial(const HeadlessCommand &command)
{
    accept(command);
    const int sim = command.fields["sim"_L1].toInt();
    onEngine([number = command.fields["number"_L1].toString(), sim](CallEngine &engine) { engine.dial(number, sim); });
}

void HeadlessServer::doCallSlot(const HeadlessCommand &command)
{
    const auto call = callOf(command);
    if (!call)
        return;
    accept(command);
    onEngine([call = *call, slot = callSlots().at(command.name)](CallEngine &engine) { (engine.*slot)(call); });
}

void HeadlessServer::doMute(const HeadlessCommand &command)
{
    const auto call = callOf(command);
    if (!call)
        return;
    accept(command);
    onEngine([call = *call, on = command.fields["on"_L1].toBool(true)](CallEngine &engine) { engine.setMuted(call, on); });
}

void HeadlessServer::doDigits(const HeadlessCommand &command)
{
    const auto call = callOf(command);
    if (!call)
        return;
    accept(command);
    onEngine([call = *call, digits = command.fields["digits"_L1].toString()](
                 CallEngine &engine) { engine.sendDigits(call, digits); });
}

void HeadlessServer::doSas(const HeadlessCommand &command)
{
    const auto call = callOf(command);
    if (!call)
        return;
    accept(command);
    onEngine([call = *call, same = command.fields["same"_L1].toBool()](CallEngine &engine) { engine.answerSas(call, same); });
}

void HeadlessServer::doConfirmPin(const HeadlessCommand &command)
{
    if (const auto fault = confirmFault(command))
        return refuse(*fault);
    accept(command);
    onEngine([number = command.fields["number"_L1].toString(), compared = comparedIn(command)](CallEngine &engine) {
        engine.confirmPin(number, compared);
    });
}

std::optional<CommandFault> HeadlessServer::confirmFault(const HeadlessCommand &command) const
{
    const auto waiting = m_identities.find(command.fields["number"_L1].toString());
    if (waiting == m_identities.end())
        return std::nullopt;
    const QString compared = comparedIn(command);
    if (compared.isEmpty() && waiting->second["comparison_needed"_L1].toBool())
        return CommandFault{command.id, u"comparison_needed"_s,
                            u"The known identity was verified: the safety number has to be compared."_s};
    if (!compared.isEmpty() && compared != waiting->second["safety_number"_L1].toString())
        return CommandFault{command.id, u"different_number"_s, u"This is not the safety number of the new identity."_s};
    return std::nullopt;
}

void HeadlessServer::doHandOver(const HeadlessCommand &command)
{
    const QString number = command.fields["number"_L1].toString();
    if (!m_contacts.contains(number))
        return refuse({command.id, u"no_such_contact"_s, u"The identity of this number is not known."_s});
    const auto when = engine::fromName<call::HandOver>(command.fields["when"_L1].toString().toStdString());
    accept(command);
    onEngine(
        [number, when](CallEngine &engine) { engine.setHandOver(number, when.value_or(call::HandOver::ByTrust)); });
}

void HeadlessServer::doPlay(const HeadlessCommand &command)
{
    if (m_options.microphoneFile.isEmpty())
        return refuse({command.id, u"not_possible"_s, u"There is no microphone file: start with --audio file --mic FILE."_s});
    m_composition.fileAudio()->play();
    accept(command);
}

void HeadlessServer::doHistory(const HeadlessCommand &command)
{
    const int limit = command.fields["limit"_L1].toInt(kMaxHistoryLimit);
    QJsonArray history;
    for (auto entry = m_history.crbegin(); entry != m_history.crend() && history.size() < limit; ++entry)
        history.append(toJson(*entry));
    accept(command, {{u"history"_s, history}});
}

void HeadlessServer::doClearHistory(const HeadlessCommand &command)
{
    accept(command);
    onEngine([](CallEngine &engine) { engine.clearHistory(); });
}

void HeadlessServer::doNetworkChanged(const HeadlessCommand &command)
{
    accept(command);
    onEngine([](CallEngine &engine) { engine.networkChanged(); });
}

void HeadlessServer::doStatus(const HeadlessCommand &command)
{
    accept(command, {{u"status"_s, status()}});
}

QJsonObject HeadlessServer::status() const
{
    const auto listOf = [](const std::map<QString, QJsonObject> &events) {
        QJsonArray list;
        for (const auto &entry : events) {
            QJsonObject object = entry.second;
            object.remove("event"_L1);
            list.append(object);
        }
        return list;
    };
    QJsonObject network = m_network;
    QJsonObject line = m_line;
    line.insert(u"kind"_s, m_options.line.kind());
    QJsonObject registration = m_registration;
    QJsonObject account = toJson(call::AccountStanding{});
    for (auto field = m_account.begin(); field != m_account.end(); ++field)
        account.insert(field.key(), field.value());
    for (QJsonObject *const object : {&line, &registration, &account, &network}) {
        object->remove("event"_L1);
        object->remove("t_us"_L1);
    }
    return {{u"ready"_s, m_ready},
            {u"line"_s, line},
            {u"registration"_s, registration},
            {u"account"_s, account},
            {u"server"_s, QJsonObject{{u"online"_s, m_online}}},
            {u"network"_s, network},
            {u"settings"_s, toJson(m_settings)},
            {u"contact_rules"_s, contactRules()},
            {u"identities"_s, listOf(m_identities)},
            {u"contacts"_s, listOf(m_contacts)},
            {u"calls"_s, listOf(m_calls)}};
}

void HeadlessServer::doQuit(const HeadlessCommand &command)
{
    accept(command);
    quit();
}

void HeadlessServer::quit()
{
    if (std::exchange(m_quitting, true))
        return;
    onEngine([](CallEngine &engine) { engine.shutDown(); });
}

} // namespace ringlift::app
