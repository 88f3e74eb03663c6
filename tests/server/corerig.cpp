#include "tests/server/corerig.h"

#include "core/crypto/tags.h"

#include <cstdio>
#include <cstdlib>

namespace ringlift::server {

using protocol::AccountKind;

namespace {

constexpr std::string_view kHashPrefix = "hash of ";

std::string digitsOf(int value, int width)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%0*d", width, value);
    return text.data();
}

crypto::DeviceIdentity identityOf(int index)
{
    protocol::Key32 seed{};
    seed[0] = static_cast<std::uint8_t>(index);
    seed[1] = static_cast<std::uint8_t>(index >> 8);
    seed[31] = 1;
    return crypto::DeviceIdentity::fromSeed(crypto::SecretKey(seed), 1'760'000'000);
}

std::string hashOf(const protocol::Key32 &proof)
{
    return std::string(kHashPrefix) + toHex(proof);
}

[[noreturn]] void fail(const char *why)
{
    std::fprintf(stderr, "the rig is broken: %s\n", why);
    std::abort();
}

} // namespace

protocol::Msisdn numberOf(int index)
{
    return *protocol::Msisdn::fromE164("+861380013" + digitsOf(index, 4));
}

protocol::Imsi imsiOf(int index)
{
    return *protocol::Imsi::fromDigits("46000123456" + digitsOf(index, 4));
}

TestPhone::TestPhone(int index, AccountKind accountKind)
    : number(numberOf(index)), kind(accountKind), identity(identityOf(index))
{
    if (kind == AccountKind::Sim)
        sim = imsiOf(index);
}

CoreRig::CoreRig(Limits limits)
    : m_limits(std::move(limits)),
      m_secrets(Secrets::generate(random)),
      m_core(std::make_unique<ServerCore>(m_limits, m_secrets, registry, wall, random))
{
}

ConnectionId CoreRig::open(std::string source, const protocol::Key32 &binding)
{
    const ConnectionId id{++m_lastConnection};
    m_open.insert(id);
    handle(ConnectionOpened{id, std::move(source), binding});
    const auto challenge = take<protocol::Challenge>(id);
    if (!challenge)
        fail("no challenge");
    m_challenges[id] = *challenge;
    return id;
}

void CoreRig::sendText(ConnectionId to, const std::string &text)
{
    handle(TextReceived{to, text});
}

void CoreRig::close(ConnectionId id)
{
    m_open.erase(id);
    handle(ConnectionClosed{id});
}

void CoreRig::advance(Duration duration)
{
    const TimePoint end = now + duration;
    const auto moveTo = [&](TimePoint then) {
        const auto wholeSeconds = [](TimePoint at) {
            return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
        };
        wall.seconds += wholeSeconds(then) - wholeSeconds(now);
        now = then;
    };
    for (int rounds = 0; rounds < 1'000'000; ++rounds) {
        const auto next = m_core->nextTimeout();
        if (!next || *next > end)
            return moveTo(end);
        moveTo(std::max(now, *next));
        m_core->handleTimeout(now);
        drain();
    }
    fail("a deadline that never passes");
}

const char *CoreRig::answer(ConnectionId id)
{
    std::deque<protocol::Message> &waiting = m_inbox[id];
    if (waiting.empty())
        return "nothing";
    const protocol::Message message = std::move(waiting.front());
    waiting.pop_front();
    if (const auto *error = std::get_if<protocol::ErrorMessage>(&message))
        return nameOf(error->code).data();
    return typeOf(message).data();
}

protocol::RegisterBegin CoreRig::beginOf(const TestPhone &phone) const
{
    return {.msisdn = phone.number,
            .sim = phone.sim,
            .idcard = phone.identity.card().bytes,
            .platform = "linux",
            .kind = phone.kind};
}

protocol::RegisterVerify CoreRig::verifyOf(const TestPhone &phone, const SessionId &session, const std::string &code,
                                           const protocol::Key32 &binding) const
{
    const Bytes text = crypto::registerMessage(session, binding, phone.identity.card().bytes, code);
    return {session, code, phone.identity.sign(text)};
}

SessionId CoreRig::begin(ConnectionId connection, const TestPhone &phone)
{
    send(connection, beginOf(phone));
    const auto sent = take<protocol::RegisterSent>(connection);
    return sent ? sent->sessionId : SessionId{};
}

void CoreRig::verify(ConnectionId connection, const TestPhone &phone, const SessionId &session)
{
    send(connection, verifyOf(phone, session, codes[session]));
}

bool CoreRig::enrol(ConnectionId connection, TestPhone &phone)
{
    verify(connection, phone, begin(connection, phone));
    const auto done = take<protocol::RegisterDone>(connection);
    if (done)
        phone.account = done->accountId;
    return done.has_value();
}

void CoreRig::know(TestPhone &phone)
{
    Account account;
    account.id = phone.account = random.id<AccountId>();
    account.numberTag = crypto::msisdnTag(m_secrets.tagKey.view(), phone.number);
    if (const auto *imsi = std::get_if<protocol::Imsi>(&phone.sim))
        account.imsiTag = crypto::imsiTag(m_secrets.tagKey.view(), *imsi);
    if (const auto *handle = std::get_if<SimHandle>(&phone.sim))
        account.simHandle = *handle;
    account.kind = phone.kind;
    account.tagKeyId = m_secrets.tagKeyId;
    account.idcard = phone.identity.card().bytes;
    account.createdDay = account.verifiedDay = account.lastSeenDay = static_cast<std::int32_t>(wall.seconds / 86'400);
    if (!registry.accounts.replace(account, {}))
        fail("the registry refuses");
}

Account CoreRig::accountOf(const TestPhone &phone)
{
    const auto found = registry.accounts.find(phone.account);
    return found && *found ? **found : Account{};
}

void CoreRig::change(const TestPhone &phone, const std::function<void(Account &)> &change)
{
    Account account = accountOf(phone);
    change(account);
    if (!registry.accounts.update(account))
        fail("the registry refuses");
}

protocol::Auth CoreRig::authOf(const TestPhone &phone, ConnectionId connection, const protocol::Key32 &binding) const
{
    const protocol::Challenge &challenge = m_challenges.at(connection);
    protocol::Auth auth;
    auth.accountId = phone.account;
    auth.clientNonce = {1, 2, 3};
    if (challenge.retag) {
        auth.msisdn = phone.number;
        auth.sim = phone.sim;
    }
    auth.sig = phone.identity.sign(
        crypto::loginMessage(phone.account, auth.clientNonce, challenge.serverNonce, challenge.serverPk, binding));
    return auth;
}

ConnectionId CoreRig::logIn(const TestPhone &phone)
{
    const ConnectionId id = open();
    send(id, authOf(phone, id));
    if (!take<protocol::Welcome>(id))
        fail("no welcome");
    return id;
}

protocol::CallOffer CoreRig::offerOf(const TestPhone &caller, const protocol::Msisdn &callee)
{
    return {.callId = random.id<CallId>(),
            .msisdn = caller.number,
            .callee = callee,
            .commit = random.array<32>(),
            .caps = {1, 2}};
}

protocol::CallArrive CoreRig::arriveOf(const TestPhone &callee, std::vector<protocol::Msisdn> cli)
{
    return {.arriveId = random.id<ArriveId>(), .sim = callee.sim, .msisdn = {}, .cli = std::move(cli)};
}

protocol::CallOffer CoreRig::manualOfferOf(const TestPhone &caller, const protocol::Msisdn &callee)
{
    protocol::CallOffer offer = offerOf(caller, callee);
    offer.manual = true;
    return offer;
}

protocol::CallArrive CoreRig::manualArriveOf(const TestPhone &callee, const protocol::Msisdn &caller)
{
    protocol::CallArrive arrive = arriveOf(callee, {caller});
    arrive.sim.emplace<std::monostate>();
    arrive.manual = true;
    return arrive;
}

CallId CoreRig::match(const TestPhone &caller, ConnectionId from, const TestPhone &callee, ConnectionId at)
{
    const protocol::CallOffer offer = offerOf(caller, callee.number);
    send(from, offer);
    send(at, arriveOf(callee, {caller.number}));
    static_cast<void>(take<protocol::CallAccepted>(from));
    static_cast<void>(take<protocol::CallWaiting>(at));
    if (!take<protocol::CallMatched>(from) || !take<protocol::CallMatched>(at))
        fail("no match");
    return offer.callId;
}

void CoreRig::rotateTagKey()
{
    m_secrets.rotateTagKey(random, wall.today());
    restart();
}

void CoreRig::prepareServerKey()
{
    m_secrets.prepareServerKey(random);
    restart();
}

void CoreRig::restart()
{
    m_core = std::make_unique<ServerCore>(m_limits, m_secrets, registry, wall, random);
    m_open.clear();
    m_inbox.clear();
    loggedIn.clear();
    codes.clear();
    m_core->handleTimeout(now);
    drain();
}

void CoreRig::runPinWork()
{
    while (!m_hashings.empty()) {
        const HashPin hashing = m_hashings.front();
        m_hashings.pop_front();
        handle(PinHashed{hashing.ticket, hashOf(hashing.proof)});
    }
    while (!m_checks.empty()) {
        const CheckPin check = m_checks.front();
        m_checks.pop_front();
        handle(PinChecked{check.ticket, check.hash == hashOf(check.proof)});
    }
}

void CoreRig::failPinWork()
{
    for (const HashPin &hashing : std::exchange(m_hashings, {}))
        handle(PinHashed{hashing.ticket, {}});
}

void CoreRig::handle(const ServerInput &input)
{
    m_core->handle(now, input);
    drain();
}

void CoreRig::drain()
{
    while (const auto output = m_core->poll())
        std::visit([&](const auto &value) { note(value); }, *output);
}

void CoreRig::note(const SendText &text)
{
    if (!m_open.contains(text.id)) {
        ++strayTexts;
        return;
    }
    auto message = protocol::decode(text.text, protocol::UnknownKeys::Refuse);
    if (!message)
        fail("the core wrote what nobody can read");
    m_inbox[text.id].push_back(std::move(*message));
}

void CoreRig::note(const CloseConnection &closed)
{
    m_open.erase(closed.id);
    m_closeCodes[closed.id] = closed.code;
}

} // namespace ringlift::server
