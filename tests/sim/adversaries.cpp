#include "tests/sim/adversaries.h"

#include "tests/sim/world.h"

namespace ringlift::sim {

using namespace std::chrono_literals;

namespace {

constexpr int kFirstAdversary = 60;

} // namespace

Adversaries::Adversaries(World &world) : m_world(world)
{
    world.stage().watch(*this);
    for (int i = 0; i < world.plan().sprayers; ++i) {
        const std::string imsi = "4600098765432" + std::to_string(10 + i);
        m_sprayers.push_back(
            std::make_unique<RawClient>(world.stage(), world.signals(), numberOf(kFirstAdversary + i), imsi));
    }
    if (world.plan().staleOwner)
        m_staleOwner = std::make_unique<RawClient>(
            world.stage(), world.signals(), numberOf(0), world.plan().phones.front().subscriber.imsi);
    if (const auto &plan = world.plan().takeover) {
        const plmn::Subscriber &owner = world.plan().phones.at(static_cast<std::size_t>(plan->who)).subscriber;
        m_taker = std::make_unique<RawClient>(world.stage(), world.signals(), owner.msisdn, owner.imsi);
        m_taker->setPinProof(plan->knowsPin ? kRightPin : kWrongPin);
    }
}

void Adversaries::takeOver()
{
    if (m_taker)
        m_taker->registerNumber();
}

void Adversaries::registerStaleOwner()
{
    if (!m_staleOwner)
        return;
    m_staleOwner->registerNumber();
    if (!m_world.passUntil([this] { return m_staleOwner->isRegistered(); }, 10s))
        m_world.stage().violate("everybody can register", "the former owner could not");
}

bool Adversaries::codeSent(const protocol::Msisdn &to, const std::string &code)
{
    for (const auto &sprayer : m_sprayers) {
        if (sprayer->number() == to) {
            sprayer->codeSent(code);
            return true;
        }
    }
    if (m_taker && m_taker->number() == to && m_taker->awaitsCode()) {
        m_taker->codeSent(code);
        return true;
    }
    if (m_staleOwner && m_staleOwner->number() == to && !m_staleOwner->isRegistered()) {
        m_staleOwner->codeSent(code);
        return true;
    }
    return false;
}

void Adversaries::begin()
{
    for (const auto &sprayer : m_sprayers) {
        sprayer->registerNumber();
        spray(*sprayer);
    }
    if (m_staleOwner)
        spray(*m_staleOwner);
}

void Adversaries::serverSays(server::ConnectionId, const protocol::Message &message)
{
    if (const auto *matched = std::get_if<protocol::CallMatched>(&message))
        m_overheard = matched->callId;
}

void Adversaries::spray(RawClient &client)
{
    const Duration pause = m_world.stage().draw().between(400ms, 2500ms);
    m_world.stage().after(pause, [this, &client] {
        if (!m_active)
            return client.disconnect();
        if (client.isRegistered())
            client.send(wrongMessage(client));
        spray(client);
    });
}

protocol::Message Adversaries::wrongMessage(const RawClient &client)
{
    switch (m_world.stage().draw().below(8)) {
    case 0: return arrival(client, false);
    case 1:
    case 2:
    case 3: return arrival(client, true);
    case 4:
    case 5: return offer(client);
    default: return meddling();
    }
}

protocol::Msisdn Adversaries::victim()
{
    const int phone = m_world.stage().draw().below(static_cast<int>(m_world.phones().size()));
    return *protocol::Msisdn::fromE164(m_world.phone(phone).number());
}

protocol::Message Adversaries::arrival(const RawClient &client, bool ownSim)
{
    RandomSource &random = m_world.stage().draw().source();
    protocol::CallArrive arrive;
    arrive.arriveId = random.id<ArriveId>();
    const std::string stolen = m_world.phone(0).traits().subscriber.imsi;
    arrive.sim = ownSim ? client.imsi() : *protocol::Imsi::fromDigits(stolen);
    if (m_world.stage().draw().chance(0.8))
        arrive.cli = {victim()};
    return arrive;
}

protocol::Message Adversaries::offer(const RawClient &client)
{
    RandomSource &random = m_world.stage().draw().source();
    const bool lies = m_world.stage().draw().chance(0.3);
    return protocol::CallOffer{random.id<CallId>(), lies ? victim() : client.number(), victim(), random.array<32>(),
        Bytes{1}, false};
}

protocol::Message Adversaries::meddling()
{
    Draw &draw = m_world.stage().draw();
    const CallId id = m_overheard.value_or(draw.source().id<CallId>());
    switch (draw.below(5)) {
    case 0: return protocol::CallCancel{id};
    case 1: return protocol::CallAbort{id, "ERR_AUTH"};
    case 2: return protocol::CallNoise1{id, draw.source().array<48>(), Bytes{1}};
    case 3: return protocol::CallNoise2{id, draw.source().array<48>()};
    default: return protocol::CallSealed{id, 0, Bytes(272)};
    }
}

} // namespace ringlift::sim
