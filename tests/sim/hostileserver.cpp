#include "tests/sim/hostileserver.h"

#include "core/protocol/codec.h"
#include "tests/sim/world.h"

namespace ringlift::sim {

using namespace std::chrono_literals;

HostileServer::HostileServer(World &world)
    : m_world(world),
      m_random(world.stage().draw().seed()),
      m_identity(crypto::DeviceIdentity::fromSeed(crypto::SecretKey(m_random.array<32>()), 1))
{
}

HostileServer::~HostileServer() = default;

void HostileServer::begin()
{
    if (m_world.plan().hostility != Hostility::None)
        m_world.signals().setMiddlebox(this);
}

std::vector<std::string> HostileServer::toServer(ClientId client, std::string text)
{
    const auto message = protocol::decode(text, protocol::UnknownKeys::Ignore);
    const Hostility hostility = m_world.plan().hostility;
    if (message) {
        const auto *noise = std::get_if<protocol::CallNoise1>(&*message);
        if (hostility == Hostility::AnswersInPlaceOfCaller && noise != nullptr) {
            answerInPlaceOfCaller(client, *noise);
            return {};
        }
        const auto *arrive = std::get_if<protocol::CallArrive>(&*message);
        if (hostility == Hostility::InventsMatched && arrive != nullptr)
            inventMatch(*arrive, client);
    }
    if (hostility == Hostility::TalksGarbage)
        talkGarbage(client);
    return {std::move(text)};
}

std::vector<std::string> HostileServer::toClient(ClientId client, std::string text)
{
    const auto message = protocol::decode(text, protocol::UnknownKeys::Ignore);
    if (!message)
        return {std::move(text)};
    std::vector<std::string> texts;
    for (const protocol::Message &passing : changed(client, *message))
        texts.push_back(protocol::encode(passing));
    return texts;
}

std::vector<protocol::Message> HostileServer::changed(ClientId client, protocol::Message message)
{
    const Hostility hostility = m_world.plan().hostility;
    if (const auto *matched = std::get_if<protocol::CallMatched>(&message))
        return changedMatch(client, *matched);
    if (auto *noise1 = std::get_if<protocol::CallNoise1>(&message)) {
        if (hostility == Hostility::TampersNoise1)
            noise1->m1[40] ^= 1U;
        if (hostility == Hostility::SwapsCaps)
            noise1->caps.push_back(0);
        if (hostility == Hostility::RepeatsNoise1)
            return {message, message};
    } else if (auto *noise2 = std::get_if<protocol::CallNoise2>(&message)) {
        if (hostility == Hostility::TampersNoise2)
            noise2->m2[m_random.uniform(48)] ^= 1U;
    } else if (auto *sealed = std::get_if<protocol::CallSealed>(&message)) {
        if (hostility == Hostility::TampersSealed)
            sealed->box[m_random.uniform(static_cast<std::uint32_t>(sealed->box.size()))] ^= 1U;
        if (hostility == Hostility::ReplaysSealed) {
            const auto last = std::exchange(m_lastSealed, *sealed);
            return last ? std::vector<protocol::Message>{message, message, *last} : std::vector{message, message};
        }
    }
    const bool refuses = std::holds_alternative<protocol::CallAccepted>(message)
        || std::holds_alternative<protocol::CallWaiting>(message);
    if (hostility == Hostility::RefusesEverything && refuses) {
        protocol::ErrorMessage error;
        error.code = static_cast<protocol::ErrorCode>(m_random.uniform(14));
        error.re = "call.offer";
        return {error};
    }
    return {std::move(message)};
}

std::vector<protocol::Message> HostileServer::changedMatch(ClientId, const protocol::CallMatched &matched)
{
    protocol::CallMatched other = matched;
    const bool toCallee = matched.role == protocol::Role::Callee;
    if (toCallee)
        m_matches.insert_or_assign(matched.callId, matched);
    switch (m_world.plan().hostility) {
    case Hostility::SwapsIdentityCards: other.peerIdcard = m_identity.card().bytes; return {other};
    case Hostility::AnswersInPlaceOfCaller:
        if (toCallee)
            other.peerIdcard = m_identity.card().bytes;
        return {other};
    case Hostility::RepeatsMatched: return {matched, matched};
    case Hostility::SendsSecondMatched:
        other.callId = m_random.id<CallId>();
        other.commit = toCallee ? std::optional(m_random.array<32>()) : std::nullopt;
        return {matched, other};
    case Hostility::SwapsCaps:
        if (other.caps)
            other.caps->push_back(0);
        return {other};
    default: return {matched};
    }
}

void HostileServer::answerInPlaceOfCaller(ClientId client, const protocol::CallNoise1 &noise)
{
    const auto told = m_matches.find(noise.callId);
    SimPhone *callee = nullptr;
    for (const auto &phone : m_world.phones()) {
        if (phone->client() == client)
            callee = phone.get();
    }
    if (told == m_matches.end() || callee == nullptr)
        return;
    const protocol::CallMatched &match = told->second;
    crypto::PrologueFields fields{1, noise.callId, *match.caller, *protocol::Msisdn::fromE164(callee->number()),
        m_identity.card().idHash(), callee->identity().card().idHash(), *match.commit, *match.caps, noise.caps};
    crypto::CallerHandshake handshake(m_identity.xSecret(), m_identity.card().xPublic,
        callee->identity().card().xPublic, crypto::EphemeralKey::generate(m_random), fields);
    if (const auto answer = handshake.answer(noise.m1))
        m_world.signals().inject(client, protocol::encode(protocol::CallNoise2{noise.callId, answer->message2}));
}

void HostileServer::inventMatch(const protocol::CallArrive &arrive, ClientId client)
{
    if (arrive.cli.empty())
        return;
    protocol::CallMatched match;
    match.callId = m_random.id<CallId>();
    match.arriveId = arrive.arriveId;
    match.role = protocol::Role::Callee;
    match.peerIdcard = m_identity.card().bytes;
    match.caller = arrive.cli.front();
    match.commit = m_random.array<32>();
    match.caps = Bytes{1};
    m_matches.insert_or_assign(match.callId, match);
    m_world.signals().inject(client, protocol::encode(match));
}

void HostileServer::talkGarbage(ClientId client)
{
    std::string text;
    switch (m_random.uniform(5)) {
    case 0: text = "{"; break;
    case 1: text = std::string(20'000, '['); break;
    case 2: text = R"({"type":"call.matched"})"; break;
    case 3: text = R"({"type":"error","code":"E_GONE","re":"auth"})"; break;
    default: text = "\xff\x00garbage"; break;
    }
    m_world.stage().after(10ms, [this, client, text] { m_world.signals().inject(client, text); });
}

} // namespace ringlift::sim
