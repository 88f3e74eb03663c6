#include "tests/fuzz/serverstage.h"

#include "core/crypto/tags.h"

namespace ringlift::fuzz {

using namespace protocol;
using server::ConnectionId;

namespace {

constexpr std::size_t kPhones = 3;
constexpr std::array<const char *, 3> kSources{"192.0.2.1", "2001:db8::1", "no address"};
/// Ids, as many as a script is to tell apart.
constexpr std::uint8_t kIds = 4;

template<typename Id> Id idOf(Script &script)
{
    Id id;
    id.bytes.fill(static_cast<std::uint8_t>(script.below(kIds)));
    return id;
}

crypto::DeviceIdentity identityOf(std::uint8_t phone)
{
    Key32 seed;
    seed.fill(phone);
    return crypto::DeviceIdentity::fromSeed(crypto::SecretKey(seed), 1'700'000'000);
}

} // namespace

// Small bounds, so that scripts reach them, and generous rates, so that these do not hide everything else.
server::Limits ServerStage::limits()
{
    server::Limits limits;
    limits.messages = {1'000, std::chrono::milliseconds(1)};
    limits.loggedIn = 3;
    limits.registrations = 3;
    limits.sessionsOfNumberHour = {20, std::chrono::hours(1)};
    limits.sessionsOfNumberDay = {40, std::chrono::hours(24)};
    limits.offers = 3;
    limits.arrivals = 3;
    limits.callIds = 8;
    limits.routes = 2;
    limits.offerRate = {50, std::chrono::seconds(1)};
    limits.arrivalRate = {50, std::chrono::seconds(1)};
    limits.turnUrls = {"turn:relay.example:3478"};
    limits.limiterKeys = 16;
    limits.pinQueue = 2;
    return limits;
}

ServerStage::ServerStage(Repertoire repertoire) : m_repertoire(repertoire)
{
    for (std::uint8_t i = 0; i < kPhones; ++i) {
        const std::string digit(1, static_cast<char>('0' + i));
        m_phones.push_back({*Msisdn::fromE164("+861380013800" + digit), *Imsi::fromDigits("46000123456789" + digit),
                            identityOf(i), std::nullopt});
    }
}

void ServerStage::play(Script &script)
{
    while (!script.atEnd()) {
        step(script);
        settle();
        m_audit.check(m_core.figures());
    }
}

void ServerStage::step(Script &script)
{
    const std::size_t what = script.below(16);
    Wire &wire = m_wires[script.below(m_wires.size())];
    Phone &phone = m_phones[script.below(kPhones)];
    switch (what) {
    case 0:
        return open(wire, script.u8());
    case 1:
        return close(wire);
    case 2:
        return advance(std::chrono::milliseconds(script.u16()));
    case 3:
        return advance(std::chrono::minutes(script.u16()));
    case 4:
        return sendText(wire, std::string(textOf(script.block())));
    case 5:
        m_fault = wire.open ? std::nullopt : std::optional(server::RegistryError::Busy);
        return m_registry.setFault(m_fault);
    case 6:
        return feed(server::PinChecked{script.u8() % (m_tickets + 2), wire.open});
    case 7:
        return feed(server::PinHashed{script.u8() % (m_tickets + 2), wire.open ? "hash" : ""});
    case 8:
        return begin(script, wire, phone);
    case 9:
        return verify(script, wire);
    case 10:
    case 11:
        return account(script, wire, phone);
    default:
        return m_repertoire == Repertoire::Registration ? registration(script, wire) : rendezvous(script, wire, phone);
    }
}

void ServerStage::open(Wire &wire, std::uint8_t source)
{
    close(wire);
    wire = {ConnectionId{m_nextConnection++}, {}, true};
    m_audit.opened(wire.id);
    feed(server::ConnectionOpened{wire.id, kSources[source % kSources.size()], {}});
}

void ServerStage::close(Wire &wire)
{
    if (!wire.open)
        return;
    wire.open = false;
    m_audit.closed(wire.id);
    feed(server::ConnectionClosed{wire.id});
}

void ServerStage::send(Wire &wire, const Message &message)
{
    sendText(wire, encode(message));
}

// Also to connections that are gone: their last messages may still be on their way.
void ServerStage::sendText(Wire &wire, std::string text)
{
    if (const auto message = decode(text, UnknownKeys::Ignore))
        m_audit.received(wire.id, *message);
    feed(server::TextReceived{wire.id, std::move(text)});
}

void ServerStage::advance(Duration time)
{
    m_now += time;
    m_clock.seconds = std::chrono::duration_cast<std::chrono::seconds>(m_now.time_since_epoch()).count();
    m_core.handleTimeout(m_now);
    drain();
}

// A timer may be due at once, but not again and again: its driver would spin.
void ServerStage::settle()
{
    const auto isDue = [&] {
        const auto next = m_core.nextTimeout();
        return next && *next <= m_now;
    };
    if (isDue())
        advance(Duration::zero());
    require(!isDue());
}

void ServerStage::feed(const server::ServerInput &input)
{
    m_core.handle(m_now, input);
    drain();
}

void ServerStage::drain()
{
    while (const auto output = m_core.poll()) {
        m_audit.said(*output);
        learn(*output);
    }
}

void ServerStage::learn(const server::ServerOutput &output)
{
    if (const auto *const code = std::get_if<server::SendCode>(&output)) {
        const auto phone = std::ranges::find(m_phones, code->to, &Phone::number);
        if (phone != m_phones.end())
            m_registrations.push_back({code->session, code->code, std::size_t(phone - m_phones.begin())});
    } else if (const auto *const close = std::get_if<server::CloseConnection>(&output)) {
        if (Wire *const wire = wireOf(close->id))
            wire->open = false;
    } else if (const auto *const check = std::get_if<server::CheckPin>(&output)) {
        m_tickets = std::max(m_tickets, check->ticket);
    } else if (const auto *const hash = std::get_if<server::HashPin>(&output)) {
        m_tickets = std::max(m_tickets, hash->ticket);
    } else if (const auto *const text = std::get_if<server::SendText>(&output)) {
        const auto message = decode(text->text, UnknownKeys::Refuse);
        if (const auto *const challenge = std::get_if<Challenge>(&*message))
            wireOf(text->id)->nonce = challenge->serverNonce;
    }
}

ServerStage::Wire *ServerStage::wireOf(ConnectionId id)
{
    const auto found = std::ranges::find(m_wires, id, &Wire::id);
    return found == m_wires.end() ? nullptr : &*found;
}

// Asks the registry, whatever fault it simulates; an account that nobody of us made has no number.
std::string ServerStage::numberOfAccount(const AccountId &id)
{
    m_registry.setFault(std::nullopt);
    const auto account = m_registry.find(id);
    m_registry.setFault(m_fault);
    require(account && *account);
    for (Phone &phone : m_phones) {
        if (crypto::msisdnTag(m_secrets.tagKey.view(), phone.number) == (*account)->numberTag) {
            phone.account = id;
            return phone.number.e164();
        }
    }
    return "somebody else";
}

void ServerStage::begin(Script &script, Wire &wire, const Phone &phone)
{
    RegisterBegin begin{phone.number, phone.imsi, phone.identity.card().bytes, "linux"};
    const std::size_t kind = script.below(8);
    if (kind == 1) {
        begin.kind = AccountKind::Manual;
        begin.sim = {};
    } else if (kind == 2) {
        begin.sim = idOf<SimHandle>(script);
    } else if (kind == 3) {
        begin.sim = m_phones.front().imsi;
    } else if (kind == 4) {
        begin.msisdn = *Msisdn::fromE164("+493012345678"); // a fixed line
    } else if (kind == 5) {
        begin.idcard.fill(0);
    }
    send(wire, begin);
}

void ServerStage::registration(Script &script, Wire &wire)
{
    if (m_registrations.empty())
        return;
    const Registration &registration = m_registrations[script.u8() % m_registrations.size()];
    send(wire, RegisterUnlock{registration.id, {}});
}

void ServerStage::verify(Script &script, Wire &wire)
{
    if (m_registrations.empty())
        return;
    const Registration &registration = m_registrations[script.u8() % m_registrations.size()];
    const Phone &phone = m_phones[registration.phone];
    const std::size_t flaw = script.below(8);
    const std::string code = flaw == 1 ? "none" : registration.code;
    const Bytes text = crypto::registerMessage(registration.id, {}, phone.identity.card().bytes, code);
    const Phone &signer = flaw == 2 ? m_phones.front() : phone;
    send(wire, RegisterVerify{registration.id, code, signer.identity.sign(text)});
}

void ServerStage::account(Script &script, Wire &wire, Phone &phone)
{
    if (!phone.account)
        return;
    const Key32 serverKey = m_secrets.serverKey.publicKey();
    switch (script.below(6)) {
    case 0:
        return send(wire, ReglockSet{Key32{}, phone.identity.sign(crypto::reglockMessage(*phone.account, wire.nonce))});
    case 1:
        return send(wire, ReglockSet{{}, phone.identity.sign(crypto::reglockMessage(*phone.account, wire.nonce))});
    case 2:
        return send(wire, AccountDelete{phone.identity.sign(crypto::deleteMessage(*phone.account, wire.nonce))});
    case 3:
        return send(wire, Auth{*phone.account, {}, {}, {}, {}});
    default:
        break;
    }
    const Bytes text = crypto::loginMessage(*phone.account, {}, wire.nonce, serverKey, {});
    send(wire, Auth{*phone.account, {}, phone.identity.sign(text), {}, {}});
}

void ServerStage::rendezvous(Script &script, Wire &wire, const Phone &phone)
{
    // What the connection claims to be, mostly truthfully.
    const std::string own = m_audit.numberOf(wire.id);
    const auto self = std::ranges::find_if(m_phones, [&](const Phone &each) { return each.number.e164() == own; });
    const Phone &claimed = self == m_phones.end() || script.below(16) == 0 ? m_phones.front() : *self;
    const bool manual = script.below(4) == 0;
    switch (script.below(8)) {
    case 0:
    case 1:
        return send(wire, CallOffer{idOf<CallId>(script), claimed.number, phone.number, {}, {1}, manual});
    case 2:
    case 3: {
        CallArrive arrive{idOf<ArriveId>(script), claimed.imsi, {}, {phone.number}, Verstat::None, manual};
        if (script.below(4) == 0)
            arrive.cli.clear();
        return send(wire, arrive);
    }
    case 4:
        return send(wire, CallCancel{idOf<CallId>(script)});
    case 5:
        return send(wire, CallCancel{idOf<ArriveId>(script)});
    case 6:
        return send(wire, CallDecline{idOf<CallId>(script)});
    default:
        return forward(script, wire);
    }
}

void ServerStage::forward(Script &script, Wire &wire)
{
    const CallId call = idOf<CallId>(script);
    switch (script.below(5)) {
    case 0:
        return send(wire, CallNoise1{call, {}, {1}});
    case 1:
        return send(wire, CallNoise2{call, {}});
    case 2:
        return send(wire, CallSealed{call, script.u8(), {1, 2, 3}});
    case 3:
        return send(wire, CallAbort{call, "ERR_AUTH"});
    default:
        return send(wire, CallTurnRequest{call});
    }
}

} // namespace ringlift::fuzz
