#include "core/engine/callengineprivate.h"

/// Would a call be caught? And the server is tried, when somebody asks for it.
namespace ringlift::engine {

using namespace call;

HookFacts CallEngine::Private::hookFacts() const
{
    HookFacts facts;
    facts.manualLine = ports.line.isManual();
    facts.line = ports.line.presence();
    facts.canEndCalls = ports.line.canEndCalls();
    facts.sims = ports.sims.sims();
    facts.account = machine->account();
    facts.standing = hook->standing();
    facts.settings = records.settings();
    facts.network = ports.network.info();
    facts.login = hook->login();
    facts.decision = hook->decision();
    facts.ring = ports.line.ringHold();
    return facts;
}

void CallEngine::askHealth(bool probe)
{
    if (!d->machine)
        return;
    if (!probe)
        return d->tellHealth(ProbeOutcome::None);
    if (!d->machine->account() || d->machine->account()->gone)
        return d->tellHealth(ProbeOutcome::NotRegistered);
    if (!d->machine->calls().empty())
        return d->tellHealth(ProbeOutcome::CallUp);
    if (d->hook->isOnline())
        return d->tellHealth(ProbeOutcome::Done);
    d->probing = true;
    d->feed(ServerProbe{});
}

void CallEngine::makeTestCall()
{
    if (!d->machine || d->shuttingDown || d->test.isRunning())
        return;
    d->test.want();
    d->feed(UserTestCall{});
}

void CallEngine::Private::act(const TestCallBegun &output)
{
    test.begun(output.call);
}

void CallEngine::Private::act(const TestCallRefused &output)
{
    test.refused(output.reason);
}

void CallEngine::Private::endProbe()
{
    if (!std::exchange(probing, false))
        return;
    feed(ServerProbe{true});
    tellHealth(ProbeOutcome::Done);
}

void CallEngine::Private::tellHealth(ProbeOutcome probe)
{
    Q_EMIT q.healthTold(checkHook(hookFacts()), probe);
}

} // namespace ringlift::engine
