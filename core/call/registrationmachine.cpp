#include "core/call/registrationmachine.h"

#include "core/call/codemessage.h"

#include <algorithm>
#include <deque>

namespace ringlift::call {

using protocol::ErrorCode;

namespace {

constexpr std::string_view kBegin = "register.begin";
constexpr std::string_view kVerify = "register.verify";
constexpr std::string_view kUnlock = "register.unlock";
/// Longer than a server may keep a session; what it says beyond is not believed.
constexpr Duration kLongestSession = std::chrono::hours(1);

bool isCode(const std::string &code)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    return code.size() == kCodeLength && std::ranges::all_of(code, isDigit);
}

} // namespace

RegistrationFault faultOf(ServerFailure failure)
{
    switch (failure) {
    case ServerFailure::Untrusted: return RegistrationFault::ServerUntrusted;
    case ServerFailure::Refused: return RegistrationFault::ServerRefused;
    case ServerFailure::Unreachable:
    case ServerFailure::Closed: break;
    }
    return RegistrationFault::ServerUnreachable;
}

struct RegistrationMachine::Private
{
    Private(RegistrationConfig configuration, const crypto::DeviceIdentity &device)
        : config(std::move(configuration)), identity(device)
    {
    }

    void forget();
    void enter(RegistrationChanged changed);
    void request(TimePoint now, RegistrationState whileWaiting, const protocol::Message &message);
    void requestFailed(RegistrationFault fault, std::uint32_t retryAfter = 0, std::uint32_t triesLeft = 0);
    void giveUp(RegistrationFault fault, std::uint32_t retryAfter = 0);

    void sent(TimePoint now, const protocol::RegisterSent &message);
    void done(const protocol::RegisterDone &message, const std::optional<protocol::Key32> &serverKey);
    void beginRefused(const protocol::ErrorMessage &error);
    void verifyRefused(const protocol::ErrorMessage &error);
    bool refused(const protocol::ErrorMessage &error);

    const RegistrationConfig config;
    const crypto::DeviceIdentity &identity;

    RegistrationState state = RegistrationState::None;
    std::optional<protocol::Msisdn> number;
    protocol::AccountKind kind = protocol::AccountKind::Sim;
    protocol::SimProof sim;
    std::optional<SessionId> session;
    std::optional<TimePoint> sessionEnds;
    /// register.begin messages without an answer: only the last one's counts.
    unsigned unanswered = 0;
    bool verifySent = false;
    /// The right code came, the PIN has not.
    bool locked = false;
    std::optional<TimePoint> answerDue;
    std::deque<RegistrationOutput> outputs;
};

void RegistrationMachine::Private::forget()
{
    session.reset();
    sessionEnds.reset();
    answerDue.reset();
    verifySent = false;
    locked = false;
}

void RegistrationMachine::Private::enter(RegistrationChanged changed)
{
    state = changed.state;
    outputs.emplace_back(changed);
}

void RegistrationMachine::Private::request(TimePoint now, RegistrationState whileWaiting,
                                           const protocol::Message &message)
{
    answerDue = now + config.answerPatience;
    enter({whileWaiting});
    outputs.emplace_back(RegistrationSend{message});
}

/// The session, if there is one, stays: the user may try again.
void RegistrationMachine::Private::requestFailed(RegistrationFault fault, std::uint32_t retryAfter,
                                                 std::uint32_t triesLeft)
{
    if (!session)
        return giveUp(fault, retryAfter);
    answerDue.reset();
    enter({locked ? RegistrationState::Locked : RegistrationState::CodeSent, fault, triesLeft, retryAfter});
}

void RegistrationMachine::Private::giveUp(RegistrationFault fault, std::uint32_t retryAfter)
{
    forget();
    enter({RegistrationState::Failed, fault, 0, retryAfter});
}

void RegistrationMachine::Private::sent(TimePoint now, const protocol::RegisterSent &message)
{
    unanswered -= std::min(unanswered, 1U);
    if (state != RegistrationState::Connecting || unanswered > 0)
        return;
    answerDue.reset();
    session = message.sessionId;
    sessionEnds = now + std::min<Duration>(std::chrono::seconds(message.expiresIn), kLongestSession);
    enter({RegistrationState::CodeSent});
}

void RegistrationMachine::Private::done(const protocol::RegisterDone &message,
                                        const std::optional<protocol::Key32> &serverKey)
{
    // Late is fine: the server has registered us, whether or not we still waited.
    if (!session || !verifySent)
        return;
    if (serverKey != message.serverPk)
        return giveUp(RegistrationFault::ServerUntrusted);
    const bool proven = locked; // by its PIN, so that lock goes on
    forget();
    Account account{message.accountId, message.serverPk, *number, sim, kind};
    account.locked = proven;
    outputs.emplace_back(RegistrationDone{std::move(account)});
    enter({RegistrationState::Registered});
}

void RegistrationMachine::Private::beginRefused(const protocol::ErrorMessage &error)
{
    unanswered -= std::min(unanswered, 1U);
    if (state != RegistrationState::Connecting || unanswered > 0)
        return;
    switch (error.code) {
    case ErrorCode::Number: return giveUp(RegistrationFault::BadNumber);
    case ErrorCode::Rate: return giveUp(RegistrationFault::RateLimited, error.retryAfter.value_or(0));
    default: return giveUp(RegistrationFault::ServerRefused);
    }
}

void RegistrationMachine::Private::verifyRefused(const protocol::ErrorMessage &error)
{
    if (!session || !verifySent)
        return;
    const std::uint32_t left = error.left.value_or(0);
    switch (error.code) {
    case ErrorCode::RegCode:
        return left > 0 ? requestFailed(RegistrationFault::WrongCode, 0, left) : giveUp(RegistrationFault::WrongCode);
    case ErrorCode::RegExpired: return giveUp(RegistrationFault::CodeExpired);
    case ErrorCode::RegLocked:
        locked = true;
        // The right code came and the server waits for the PIN; how long it says in its own time.
        sessionEnds.reset();
        return requestFailed(RegistrationFault::Locked, error.remaining.value_or(0), left);
    case ErrorCode::Rate: return requestFailed(RegistrationFault::RateLimited, error.retryAfter.value_or(0), left);
    case ErrorCode::BusyServer: return requestFailed(RegistrationFault::ServerRefused, 0, left);
    case ErrorCode::Auth:
        return left > 0 ? requestFailed(RegistrationFault::ServerRefused, 0, left)
                        : giveUp(RegistrationFault::ServerRefused);
    default: return giveUp(RegistrationFault::ServerRefused);
    }
}

bool RegistrationMachine::Private::refused(const protocol::ErrorMessage &error)
{
    if (error.re == kBegin)
        beginRefused(error);
    else if (error.re == kVerify || error.re == kUnlock)
        verifyRefused(error);
    else
        return false;
    return true;
}

RegistrationMachine::RegistrationMachine(RegistrationConfig config, const crypto::DeviceIdentity &identity)
    : d(std::make_unique<Private>(std::move(config), identity))
{
}

RegistrationMachine::~RegistrationMachine() = default;

void RegistrationMachine::begin(TimePoint now, const protocol::Msisdn &number, protocol::AccountKind kind,
                                const protocol::SimProof &sim)
{
    d->forget();
    d->number = number;
    d->kind = kind;
    const bool manual = kind == protocol::AccountKind::Manual;
    d->sim = manual ? protocol::SimProof{} : sim;
    if (!manual && std::holds_alternative<std::monostate>(sim))
        return d->giveUp(RegistrationFault::SimMissing);
    ++d->unanswered;
    d->request(now, RegistrationState::Connecting,
               protocol::RegisterBegin{number, d->sim, d->identity.card().bytes, d->config.platform, kind});
}

void RegistrationMachine::verify(TimePoint now, const std::string &code)
{
    if (!d->session)
        return d->giveUp(RegistrationFault::CodeExpired);
    if (d->state != RegistrationState::CodeSent)
        return;
    if (!isCode(code))
        return d->enter({RegistrationState::CodeSent, RegistrationFault::WrongCode});
    d->verifySent = true;
    d->request(now, RegistrationState::Verifying, protocol::RegisterVerify{*d->session, code, {}});
}

void RegistrationMachine::unlock(TimePoint now, const protocol::Key32 &pinProof)
{
    if (d->state == RegistrationState::Locked && d->session)
        d->request(now, RegistrationState::Verifying, protocol::RegisterUnlock{*d->session, pinProof});
}

void RegistrationMachine::cancel()
{
    d->forget();
    if (d->state != RegistrationState::None)
        d->enter({RegistrationState::None});
}

bool RegistrationMachine::handle(TimePoint now, const protocol::Message &message,
                                 const std::optional<protocol::Key32> &serverKey)
{
    if (const auto *sent = std::get_if<protocol::RegisterSent>(&message))
        d->sent(now, *sent);
    else if (const auto *done = std::get_if<protocol::RegisterDone>(&message))
        d->done(*done, serverKey);
    else if (const auto *error = std::get_if<protocol::ErrorMessage>(&message))
        return d->refused(*error);
    else
        return false;
    return true;
}

void RegistrationMachine::linkDown(TimePoint, ServerFailure failure)
{
    d->unanswered = 0;
    if (d->answerDue)
        d->requestFailed(faultOf(failure));
}

void RegistrationMachine::handleTimeout(TimePoint now)
{
    if (d->answerDue && now >= *d->answerDue) {
        d->unanswered = 0;
        d->requestFailed(RegistrationFault::ServerUnreachable);
    }
    if (d->sessionEnds && now >= *d->sessionEnds && !d->answerDue)
        d->giveUp(RegistrationFault::CodeExpired);
}

std::optional<TimePoint> RegistrationMachine::nextTimeout() const
{
    return d->answerDue ? d->answerDue : d->sessionEnds;
}

std::optional<RegistrationOutput> RegistrationMachine::poll()
{
    if (d->outputs.empty())
        return std::nullopt;
    RegistrationOutput output = std::move(d->outputs.front());
    d->outputs.pop_front();
    return output;
}

RegistrationState RegistrationMachine::state() const
{
    return d->state;
}

} // namespace ringlift::call
