#include "core/engine/callengineprivate.h"

/// What the user wishes for the calls, and the connection that it depends on.
namespace ringlift::engine {

using namespace call;

void CallEngine::Private::whenNetworkIsKnown(const std::function<void()> &work)
{
    if (ports.network.isSettled())
        return work();
    networkAwaited = connect(&ports.network, &ports::NetworkState::changed, &q, [this, work] {
        if (ports.network.isSettled() && disconnect(std::exchange(networkAwaited, {})))
            work();
    });
}

void CallEngine::Private::tellNetwork()
{
    const NetworkInfo network = ports.network.info();
    feed(NetworkDescribed{network});
    Q_EMIT q.networkDescribed(network);
}

void CallEngine::Private::tellContactRules()
{
    for (const auto &[peer, rule] : records.contactRules())
        Q_EMIT q.contactRuleChanged(QString::fromStdString(peer.e164()), rule);
}

void CallEngine::applySettings(const CallSettings &settings)
{
    if (!d->machine)
        return;
    d->checkStored(d->records.setSettings(settings));
    d->feed(SettingsChanged{settings});
    Q_EMIT settingsChanged(settings);
}

void CallEngine::setContactRule(const QString &e164, std::optional<ContactRule> rule)
{
    const auto peer = protocol::Msisdn::fromE164(e164.toStdString());
    if (!d->machine || !peer)
        return;
    d->checkStored(d->records.setContactRule(*peer, rule));
    d->feed(ContactRuleChanged{*peer, rule});
    Q_EMIT contactRuleChanged(e164, rule);
}

} // namespace ringlift::engine
