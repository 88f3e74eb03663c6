#include "app/headlessserver.h"

#include "core/engine/callnames.h"

#include <QJsonArray>

/// Commands about what the user wishes for the calls, whether calls would be caught, and about the connection that it
/// depends on.
namespace ringlift::app {

using namespace Qt::StringLiterals;
using engine::CallEngine;

namespace {

/// parseCommand() has seen to it that names name something.
template<typename Enum> std::optional<Enum> named(const QJsonValue &value)
{
    return engine::fromName<Enum>(value.toString().toStdString());
}

std::optional<bool> flag(const QJsonValue &value)
{
    return value.isBool() ? std::optional(value.toBool()) : std::nullopt;
}

} // namespace

void HeadlessServer::doSettings(const HeadlessCommand &command)
{
    const auto take = [&command](QLatin1StringView field, bool &setting) {
        setting = command.fields[field].toBool(setting);
    };
    take("move_calls"_L1, m_settings.moveCalls);
    take("redial_automatically_in_call"_L1, m_settings.redialAutomaticallyInCall);
    take("allow_unknown_caller_id"_L1, m_settings.allowUnknownCallerId);
    take("contacts_only_manual"_L1, m_settings.contactsOnlyManual);
    take("move_when_roaming"_L1, m_settings.moveWhenRoaming);
    m_settings.moveOver = named<call::MoveOver>(command.fields["move_over"_L1]).value_or(m_settings.moveOver);
    m_settings.prompt = named<call::Prompt>(command.fields["prompt"_L1]).value_or(m_settings.prompt);
    accept(command, {{u"settings"_s, toJson(m_settings)}});
    if (!command.fields.isEmpty())
        onEngine([settings = m_settings](CallEngine &engine) { engine.applySettings(settings); });
}

void HeadlessServer::doContactRule(const HeadlessCommand &command)
{
    accept(command);
    onEngine([number = command.fields["number"_L1].toString(),
              rule = named<call::ContactRule>(command.fields["rule"_L1])](CallEngine &engine) {
        engine.setContactRule(number, rule);
    });
}

void HeadlessServer::doNetwork(const HeadlessCommand &command)
{
    if (!m_options.network)
        return refuse({command.id, u"not_possible"_s,
                       u"The system tells what the connection is like: start with --network wifi, or another kind."_s});
    accept(command);
    NetworkInfo network;
    network.kind = named<NetworkKind>(command.fields["kind"_L1]).value_or(NetworkKind::Unknown);
    network.metered = flag(command.fields["metered"_L1]);
    network.roaming = flag(command.fields["roaming"_L1]);
    m_composition.setNetwork(network);
}

void HeadlessServer::doHealth(const HeadlessCommand &command)
{
    accept(command);
    onEngine([probe = command.fields["probe"_L1].toBool()](CallEngine &engine) { engine.askHealth(probe); });
}

void HeadlessServer::doTestCall(const HeadlessCommand &command)
{
    accept(command);
    onEngine([](CallEngine &engine) { engine.makeTestCall(); });
}

QJsonArray HeadlessServer::contactRules() const
{
    QJsonArray rules;
    for (const auto &[peer, rule] : m_contactRules)
        rules.append(QJsonObject{{u"peer"_s, peer}, {u"rule"_s, rule}});
    return rules;
}

} // namespace ringlift::app
