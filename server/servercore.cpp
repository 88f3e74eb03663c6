#include "server/servercore.h"

#include "server/accountdesk.h"
#include "server/calldesk.h"
#include "server/logindesk.h"
#include "server/registrar.h"
#include "server/retention.h"

namespace ringlift::server {

using protocol::ErrorCode;

struct ServerCore::Private {
    Private(const Limits &limits, const Secrets &secrets, Registry &registry, const WallClock &clock,
            RandomSource &random)
        : context(limits, secrets, registry, clock, random)
    {
    }

    void handle(TimePoint now, const ConnectionOpened &input) { login.opened(now, input); }
    void handle(TimePoint now, const TextReceived &input);
    void handle(TimePoint now, const ConnectionClosed &input);
    void handle(TimePoint now, const PinChecked &input);
    void handle(TimePoint now, const PinHashed &input);
    void handle(TimePoint now, const ProxyLeafChanged &input)
    {
        context.proxyLeaves.replace(now, input.from, input.to);
    }

    std::optional<protocol::Message> read(TimePoint now, Session &session, const std::string &text);
    void refuse(const Session &session, protocol::DecodeError error);
    void dispatch(TimePoint now, Session &session, const protocol::Message &message);
    void dispatchLoggedIn(TimePoint now, Session &session, const protocol::Message &message);
    void handleTimeout(TimePoint now);
    void settle(TimePoint now);

    Context context;
    DeferredWrites writes{context};
    Retention retention{context};
    PinDesk pins{context};
    Registrations registrations;
    Enroller enroller{context, registrations, pins};
    LoginDesk login{context, writes};
    Registrar registrar{context, registrations, enroller};
    AccountDesk accounts{context, pins};
    CallDesk calls{context, writes};
};

namespace {

template<typename... Handlers> struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template<typename... Handlers> Overloaded(Handlers...) -> Overloaded<Handlers...>;

} // namespace

void ServerCore::Private::handle(TimePoint now, const TextReceived &input)
{
    Session *const session = context.sessions.find(input.id);
    if (session == nullptr)
        return;
    if (const auto message = read(now, *session, input.text))
        dispatch(now, *session, *message);
}

std::optional<protocol::Message> ServerCore::Private::read(TimePoint now, Session &session, const std::string &text)
{
    const Duration wait = session.messages.wait(now, context.limits.messages); // L7
    if (wait > Duration::zero()) {
        context.outbox.refuse(session.id, Problem(ErrorCode::Rate).retryAfter(wait), {});
        return std::nullopt;
    }
    session.messages.take(now, context.limits.messages);
    using protocol::UnknownKeys;
    const UnknownKeys unknownKeys = session.account ? UnknownKeys::Ignore : UnknownKeys::Refuse;
    auto message = protocol::decode(text, unknownKeys, context.limits.json);
    if (!message) {
        refuse(session, message.error());
        return std::nullopt;
    }
    return std::move(*message);
}

void ServerCore::Private::refuse(const Session &session, protocol::DecodeError error)
{
    const bool isTooBig = error == protocol::DecodeError::TooBig;
    context.outbox.refuse(session.id, isTooBig ? ErrorCode::TooBig : ErrorCode::Proto, {});
    if (isTooBig)
        context.close(session.id, CloseCode::TooBig);
    else if (!session.account)
        context.close(session.id, CloseCode::Protocol);
}

void ServerCore::Private::dispatch(TimePoint now, Session &session, const protocol::Message &message)
{
    const auto other = [&](const protocol::Message &any) {
        if (session.account)
            return dispatchLoggedIn(now, session, any);
        context.outbox.refuse(session.id, ErrorCode::Auth, protocol::typeOf(any));
    };
    std::visit(Overloaded{
                   [&](const protocol::Auth &auth) { login.auth(now, session, auth); },
                   [&](const protocol::RegisterBegin &begin) { registrar.begin(now, session, begin); },
                   [&](const protocol::RegisterVerify &verify) { registrar.verify(now, session, verify); },
                   [&](const protocol::RegisterUnlock &unlock) { enroller.unlock(now, session, unlock); },
                   [&](const auto &) { other(message); },
               },
               message);
}

void ServerCore::Private::dispatchLoggedIn(TimePoint now, Session &session, const protocol::Message &message)
{
    const auto remove = [&](const protocol::AccountDelete &request) {
        if (const auto gone = accounts.remove(session, request))
            calls.accountGone(*gone);
    };
    std::visit(
        Overloaded{
            [&](const protocol::CallOffer &offer) { calls.offer(now, session, offer); },
            [&](const protocol::CallArrive &arrive) { calls.arrive(now, session, arrive); },
            [&](const protocol::CallCancel &cancel) { calls.cancel(now, session, cancel); },
            [&](const protocol::CallDecline &decline) { calls.decline(now, session, decline); },
            [&](const protocol::CallTurnRequest &turn) { calls.turn(now, session, turn); },
            [&](const protocol::CallNoise1 &noise) { calls.forward(now, session, noise); },
            [&](const protocol::CallNoise2 &noise) { calls.forward(now, session, noise); },
            [&](const protocol::CallSealed &sealed) { calls.forward(now, session, sealed); },
            [&](const protocol::CallAbort &abort) { calls.forward(now, session, abort); },
            [&](const protocol::ReglockSet &lock) { accounts.setLock(session, lock); },
            remove,
            [&](const auto &) { context.outbox.refuse(session.id, ErrorCode::Proto, protocol::typeOf(message)); },
        },
        message);
}

void ServerCore::Private::handle(TimePoint now, const ConnectionClosed &input)
{
    const Session *const session = context.sessions.find(input.id);
    if (session == nullptr)
        return;
    // Its last day counts, also when it stayed connected for many.
    if (session->account && session->account->lastSeenDay != context.today())
        writes.seen(now, session->account->id);
    context.lose(input.id);
}

void ServerCore::Private::handle(TimePoint now, const PinChecked &input)
{
    if (const auto check = pins.takeCheck(input.ticket))
        enroller.pinChecked(now, *check, input.correct);
}

void ServerCore::Private::handle(TimePoint, const PinHashed &input)
{
    if (const auto setting = pins.takeSetting(input.ticket))
        accounts.lockHashed(*setting, input.hash);
}

void ServerCore::Private::handleTimeout(TimePoint now)
{
    context.limiter.rotate(now);
    retention.handleTimeout(now);
    while (const auto id = context.sessions.takeOverdue(now))
        context.close(*id, CloseCode::Policy);
    registrar.handleTimeout(now);
    enroller.handleTimeout(now);
    calls.handleTimeout(now);
    writes.handleTimeout(now);
    settle(now);
}

// What ended in passing takes its offers, arrivals and routes along.
void ServerCore::Private::settle(TimePoint now)
{
    for (const ConnectionId id : context.takeLost())
        calls.connectionLost(now, id);
    for (const AccountId &id : enroller.takeReplaced())
        calls.accountGone(id);
}

ServerCore::ServerCore(const Limits &limits, const Secrets &secrets, Registry &registry, const WallClock &clock,
                       RandomSource &random)
    : d(std::make_unique<Private>(limits, secrets, registry, clock, random))
{
}

ServerCore::~ServerCore() = default;

void ServerCore::handle(TimePoint now, const ServerInput &input)
{
    d->handleTimeout(now);
    std::visit([&](const auto &value) { d->handle(now, value); }, input);
    d->settle(now);
}

void ServerCore::handleTimeout(TimePoint now)
{
    d->handleTimeout(now);
}

std::optional<ServerOutput> ServerCore::poll()
{
    return d->context.outbox.take();
}

std::optional<TimePoint> ServerCore::nextTimeout() const
{
    std::optional<TimePoint> next = d->context.sessions.nextTimeout();
    next = earlier(next, d->registrations.nextTimeout());
    next = earlier(next, d->retention.nextTimeout());
    next = earlier(next, d->enroller.nextTimeout());
    next = earlier(next, d->calls.nextTimeout());
    next = earlier(next, d->context.limiter.nextTimeout());
    return earlier(next, d->writes.nextTimeout());
}

ServerCore::Figures ServerCore::figures() const
{
    Figures figures;
    figures.connections = d->context.sessions.size();
    figures.loggedIn = d->context.sessions.loggedIn();
    figures.offers = d->calls.matcher().offers();
    figures.arrivals = d->calls.matcher().arrivals();
    figures.routes = d->calls.routes().size();
    figures.sessions = d->registrations.size();
    figures.usedCallIds = d->calls.matcher().usedCallIds();
    figures.limiterKeys = d->context.limiter.mostKeys();
    figures.matches = d->calls.matches();
    return figures;
}

} // namespace ringlift::server
