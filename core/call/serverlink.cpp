#include "core/call/serverlink.h"

#include "core/call/retrydelay.h"
#include "core/call/servertrust.h"

#include <algorithm>
#include <deque>

namespace ringlift::call {

using protocol::ErrorCode;
using protocol::Key32;
using protocol::Message;

namespace {

constexpr int kClosePolicy = 1008;
constexpr int kCloseGone = 4001;
/// A challenge is valid for 5 s (protocol.md 3.4); later logins need a new connection.
constexpr Duration kChallengeLife = std::chrono::seconds(4);

bool isOfRegistration(const Message &message)
{
    return std::holds_alternative<protocol::RegisterSent>(message)
           || std::holds_alternative<protocol::RegisterDone>(message)
           || std::holds_alternative<protocol::ErrorMessage>(message);
}

} // namespace

struct ServerLink::Private
{
    enum class State { Closed, Opening, AwaitingChallenge, Ready, LoggingIn, Up };
    struct Waiting { Message message; bool needsLogin = true; };

    Private(ServerLinkConfig linkConfig, const crypto::DeviceIdentity &device, RandomSource &source)
        : config(linkConfig), identity(device), random(source), retryDelay(linkConfig.retryFirst, linkConfig.retryMost)
    {
    }

    void connect(TimePoint now);
    void close();
    void fail(TimePoint now, LinkDown down, bool mayRetry = true);
    /// A cancelled offer or arrival that has not been sent yet never is.
    bool takeBack(const Message &message);
    bool enqueue(TimePoint now, const Message &message, bool needsLogin);
    void want(TimePoint now);

    void challenged(TimePoint now, const protocol::Challenge &challenge);
    void noteKeys();
    void proceed(TimePoint now);
    void logIn(TimePoint now);
    void flush(TimePoint now, bool withLogin);
    void becomeUp(TimePoint now, const protocol::Welcome &welcome);
    void transmit(TimePoint now, Message message);
    void received(TimePoint now, const Message &message);
    bool isRefusal(TimePoint now, const Message &message);
    void fault(std::string_view name) { outputs.emplace_back(Fault{name}); }

    const ServerLinkConfig config;
    const crypto::DeviceIdentity &identity;
    RandomSource &random;

    std::optional<Account> account;
    ServerTrust trust;
    State state = State::Closed;
    bool kept = false;
    bool wantsLogin = false;

    // Of the current connection
    std::optional<Key32> channelBinding;
    std::optional<protocol::Challenge> challenge;
    TimePoint begunAt;
    TimePoint challengedAt;
    TimePoint lastMessage;
    std::optional<TimePoint> loginDeadline;

    std::optional<TimePoint> retryAt;
    RetryDelay retryDelay;
    std::deque<Waiting> queue;
    std::deque<LinkOutput> outputs;
};

void ServerLink::Private::connect(TimePoint now)
{
    state = State::Opening;
    begunAt = now;
    retryAt.reset();
    loginDeadline = now + config.loginPatience;
    lastMessage = now;
    outputs.emplace_back(ServerConnect{});
}

void ServerLink::Private::close()
{
    state = State::Closed;
    channelBinding.reset();
    challenge.reset();
    loginDeadline.reset();
    retryAt.reset();
}

void ServerLink::Private::fail(TimePoint now, LinkDown down, bool mayRetry)
{
    close();
    queue.clear();
    wantsLogin = kept;
    outputs.emplace_back(down);
    if (kept && account && mayRetry)
        retryAt = now + retryDelay.next(random);
}

bool ServerLink::Private::takeBack(const Message &message)
{
    const auto *const cancel = std::get_if<protocol::CallCancel>(&message);
    if (cancel == nullptr)
        return false;
    return std::erase_if(queue, [&](const Waiting &waiting) {
        if (const auto *const offer = std::get_if<protocol::CallOffer>(&waiting.message))
            return cancel->id == protocol::CallCancel{offer->callId}.id;
        const auto *const arrive = std::get_if<protocol::CallArrive>(&waiting.message);
        return arrive != nullptr && cancel->id == protocol::CallCancel{arrive->arriveId}.id;
    }) > 0;
}

bool ServerLink::Private::enqueue(TimePoint now, const Message &message, bool needsLogin)
{
    if (takeBack(message))
        return true;
    if (queue.size() >= config.maxQueued)
        return false;
    queue.push_back({message, needsLogin});
    if (state == State::Closed)
        connect(now);
    else if (challenge)
        proceed(now);
    return true;
}

void ServerLink::Private::want(TimePoint now)
{
    if (!account)
        return;
    wantsLogin = true;
    if (state == State::Closed)
        connect(now);
    else if (state == State::Ready)
        proceed(now);
}

void ServerLink::Private::challenged(TimePoint now, const protocol::Challenge &received)
{
    const ServerVerdict verdict = trust.judge(received, *channelBinding);
    if (verdict != ServerVerdict::Trusted) {
        const bool isUntrusted = verdict == ServerVerdict::Untrusted;
        fault(isUntrusted ? "server_untrusted" : "server_version");
        outputs.emplace_back(ServerDisconnect{});
        return fail(now, {isUntrusted ? ServerFailure::Untrusted : ServerFailure::Refused});
    }
    noteKeys();
    challenge = received;
    challengedAt = now;
    state = State::Ready;
    proceed(now);
}

/// An announcement has to outlive the process: after the change the server signs with the next key only.
void ServerLink::Private::noteKeys()
{
    if (!account || (account->serverPublic == trust.pinned() && account->nextServerPublic == trust.announced()))
        return;
    account->serverPublic = *trust.pinned();
    account->nextServerPublic = trust.announced();
    outputs.emplace_back(LinkServerKeys{account->serverPublic, account->nextServerPublic});
}

/// Does what the challenge has made possible.
void ServerLink::Private::proceed(TimePoint now)
{
    flush(now, state == State::LoggingIn || state == State::Up);
    if (state != State::Ready)
        return;
    if (account && (wantsLogin || !queue.empty()))
        logIn(now);
    else
        loginDeadline.reset();
}

void ServerLink::Private::logIn(TimePoint now)
{
    if (now - challengedAt > kChallengeLife) {
        outputs.emplace_back(ServerDisconnect{});
        close();
        return connect(now);
    }
    state = State::LoggingIn;
    loginDeadline = now + config.loginPatience;
    protocol::Auth auth;
    auth.accountId = account->id;
    auth.clientNonce = random.array<32>();
    auth.sig = identity.sign(crypto::loginMessage(auth.accountId, auth.clientNonce, challenge->serverNonce,
                                                  challenge->serverPk, *channelBinding));
    if (challenge->retag) {
        auth.msisdn = account->msisdn;
        auth.sim = account->sim;
    }
    transmit(now, auth);
    flush(now, true);
}

void ServerLink::Private::flush(TimePoint now, bool withLogin)
{
    const auto maySend = [withLogin](const Waiting &waiting) { return withLogin || !waiting.needsLogin; };
    for (const Waiting &waiting : queue) {
        if (maySend(waiting))
            transmit(now, waiting.message);
    }
    std::erase_if(queue, maySend);
}

void ServerLink::Private::becomeUp(TimePoint now, const protocol::Welcome &welcome)
{
    state = State::Up;
    loginDeadline.reset();
    retryDelay.reset();
    flush(now, true);
    outputs.emplace_back(LinkUp{welcome});
}

void ServerLink::Private::transmit(TimePoint now, Message message)
{
    // Bound to the connection it goes out on, which nobody knew when it was queued (protocol.md 3.3).
    if (auto *verify = std::get_if<protocol::RegisterVerify>(&message))
        verify->sig = identity.sign(
            crypto::registerMessage(verify->sessionId, *channelBinding, identity.card().bytes, verify->code));
    lastMessage = now;
    outputs.emplace_back(ServerSend{protocol::encode(message)});
}

void ServerLink::Private::received(TimePoint now, const Message &message)
{
    lastMessage = now;
    if (isRefusal(now, message))
        return;
    if (const auto *received = std::get_if<protocol::Challenge>(&message)) {
        if (state == State::AwaitingChallenge)
            return challenged(now, *received);
        return fault("challenge_unexpected");
    }
    if (const auto *welcome = std::get_if<protocol::Welcome>(&message)) {
        if (state == State::LoggingIn)
            return becomeUp(now, *welcome);
        return fault("welcome_unexpected");
    }
    if (state != State::Up && !(challenge && isOfRegistration(message)))
        return fault("message_before_login");
    outputs.emplace_back(LinkMessage{message});
}

/// Ends the connection when the message says that this phone may not log in.
bool ServerLink::Private::isRefusal(TimePoint now, const Message &message)
{
    const auto *error = std::get_if<protocol::ErrorMessage>(&message);
    if (error == nullptr)
        return false;
    const bool gone = error->code == ErrorCode::Gone;
    const bool login = state == State::LoggingIn && error->re == protocol::typeOf(protocol::Auth{});
    if (!gone && !login && state != State::AwaitingChallenge)
        return false;
    // Our signature is right and the challenge was not old: it has no such account, which may be because the number moved
    // while this phone was away.
    const bool unknown = login && error->code == ErrorCode::Auth && now - begunAt < kChallengeLife;
    outputs.emplace_back(ServerDisconnect{});
    // A busy server may let us in later; one that does not know us will not.
    fail(now, {ServerFailure::Refused, (gone || unknown) && challenge},
         error->code == ErrorCode::BusyServer || !(gone || login));
    return true;
}

ServerLink::ServerLink(ServerLinkConfig config, const crypto::DeviceIdentity &identity, RandomSource &random)
    : d(std::make_unique<Private>(config, identity, random))
{
}

ServerLink::~ServerLink() = default;

void ServerLink::setAccount(const std::optional<Account> &account)
{
    if (d->account == account)
        return;
    d->trust.pin(account ? std::optional(account->serverPublic) : std::nullopt,
                 account ? account->nextServerPublic : std::nullopt);
    d->account = account;
    std::erase_if(d->queue, [](const Private::Waiting &waiting) { return waiting.needsLogin; });
    d->wantsLogin = d->kept && account.has_value();
    // Its key was checked for, and its login made as, another account.
    if (d->challenge) {
        d->outputs.emplace_back(ServerDisconnect{});
        d->close();
    }
    // There is no "now" here: due at once.
    if (d->wantsLogin && d->state == Private::State::Closed)
        d->retryAt = TimePoint{};
}

void ServerLink::adopt(TimePoint now, const Account &account)
{
    if (!d->challenge || d->challenge->serverPk != account.serverPublic)
        return setAccount(account);
    d->trust.pin(account.serverPublic);
    d->account = account;
    d->becomeUp(now, {});
}

bool ServerLink::send(TimePoint now, const Message &message)
{
    return d->account && d->enqueue(now, message, true);
}

bool ServerLink::sendUnauthenticated(TimePoint now, const Message &message)
{
    return d->enqueue(now, message, false);
}

void ServerLink::warmUp(TimePoint now)
{
    d->lastMessage = now;
    d->want(now);
}

void ServerLink::setKept(TimePoint now, bool kept)
{
    if (d->kept == kept)
        return;
    d->kept = kept;
    d->lastMessage = now;
    if (kept)
        d->want(now);
    else
        d->retryAt.reset();
}

void ServerLink::disconnect(TimePoint)
{
    if (d->state != Private::State::Closed)
        d->outputs.emplace_back(ServerDisconnect{});
    d->close();
    d->queue.clear();
    d->kept = false;
    d->wantsLogin = false;
}

void ServerLink::handle(TimePoint now, const ServerConnected &input)
{
    if (d->state != Private::State::Opening)
        return;
    const bool isZero = std::ranges::all_of(input.channelBinding, [](std::uint8_t byte) { return byte == 0; });
    if (isZero && !d->config.acceptZeroChannelBinding) {
        d->fault("channel_binding_zero");
        d->outputs.emplace_back(ServerDisconnect{});
        return d->fail(now, {ServerFailure::Untrusted});
    }
    d->channelBinding = input.channelBinding;
    d->state = Private::State::AwaitingChallenge;
}

void ServerLink::handle(TimePoint now, const ServerText &input)
{
    using enum Private::State;
    if (d->state == Closed || d->state == Opening)
        return;
    using protocol::UnknownKeys;
    const auto message = protocol::decode(input.text, d->challenge ? UnknownKeys::Ignore : UnknownKeys::Refuse);
    if (message)
        return d->received(now, *message);
    d->fault("server_message_malformed");
    if (d->state == AwaitingChallenge) {
        d->outputs.emplace_back(ServerDisconnect{});
        d->fail(now, {ServerFailure::Refused});
    }
}

void ServerLink::handle(TimePoint now, const ServerFailed &input)
{
    if (d->state == Private::State::Closed)
        return;
    if (input.closeCode == kCloseGone)
        return d->fail(now, {ServerFailure::Refused, d->challenge.has_value()}, false);
    // A newer connection of this account took its place: two that chase each other off would never rest.
    if (input.closeCode == kClosePolicy)
        d->retryDelay.exhaust();
    d->fail(now, {input.failure});
}

void ServerLink::handleTimeout(TimePoint now)
{
    if (d->loginDeadline && now >= *d->loginDeadline) {
        d->outputs.emplace_back(ServerDisconnect{});
        return d->fail(now, {ServerFailure::Unreachable});
    }
    if (d->retryAt && now >= *d->retryAt)
        return d->connect(now);
    if (d->state != Private::State::Closed && !d->loginDeadline && !d->kept
        && now >= d->lastMessage + d->config.idleDisconnect)
        disconnect(now);
}

std::optional<TimePoint> ServerLink::nextTimeout() const
{
    if (d->loginDeadline || d->retryAt)
        return d->loginDeadline ? d->loginDeadline : d->retryAt;
    if (d->state == Private::State::Closed || d->kept)
        return std::nullopt;
    return d->lastMessage + d->config.idleDisconnect;
}

std::optional<LinkOutput> ServerLink::poll()
{
    if (d->outputs.empty())
        return std::nullopt;
    LinkOutput output = std::move(d->outputs.front());
    d->outputs.pop_front();
    return output;
}

bool ServerLink::isUp() const
{
    return d->state == Private::State::Up;
}

std::optional<Key32> ServerLink::channelBinding() const
{
    return d->channelBinding;
}

std::optional<Key32> ServerLink::serverNonce() const
{
    return d->challenge ? std::optional(d->challenge->serverNonce) : std::nullopt;
}

std::optional<Key32> ServerLink::serverKey() const
{
    return d->challenge ? std::optional(d->challenge->serverPk) : std::nullopt;
}

} // namespace ringlift::call
