#include "tests/sim/invariants/doubt.h"

#include "core/crypto/identity.h"
#include "tests/sim/world.h"

#include <algorithm>

namespace ringlift::sim {

void DoubtStaysCellular::phoneSays(const SimPhone &phone, const protocol::Message &message)
{
    std::visit([&](const auto &concrete) { says(phone, concrete); }, message);
}

void DoubtStaysCellular::phoneHears(const SimPhone &phone, const protocol::Message &message)
{
    std::visit([&](const auto &concrete) { hears(phone, concrete); }, message);
}

void DoubtStaysCellular::says(const SimPhone &phone, const protocol::CallOffer &offer)
{
    if (!m_ephemerals.insert(offer.commit).second)
        violated("two offers promise the same key");
    m_offers[offer.callId] = {phone.index(), offer.callee.e164(), offer.commit, offer.caps};
}

void DoubtStaysCellular::says(const SimPhone &phone, const protocol::CallArrive &arrive)
{
    std::vector<std::string> &readings = m_arrivals[{phone.index(), arrive.arriveId}];
    for (const protocol::Msisdn &number : arrive.cli)
        readings.push_back(number.e164());
}

void DoubtStaysCellular::says(const SimPhone &phone, const protocol::CallNoise1 &noise)
{
    const Side side(phone.index(), noise.callId);
    if (m_distrusted.contains(side))
        return violated("a callee begins the key agreement with somebody it must not trust");
    if (!m_saidNoise1.insert(side).second)
        return violated("a callee sends two first messages for one call");
    if (!m_ephemerals.insert(*toArray<32>(ByteView(noise.m1).first(32))).second)
        return violated("a callee uses an ephemeral key twice");
    const auto arrive = m_arriveOfCall.find(side);
    if (arrive == m_arriveOfCall.end())
        return violated("a callee begins without a match");
    if (!m_ringsUsed.insert({phone.index(), arrive->second}).second)
        return violated("a callee answers two matches for one ring");
    m_noise1[noise.callId] = noise;
}

void DoubtStaysCellular::says(const SimPhone &phone, const protocol::CallNoise2 &noise)
{
    const Side side(phone.index(), noise.callId);
    if (m_distrusted.contains(side) || m_keyless.contains(side))
        return violated("a caller answers a key agreement that it must refuse");
    if (!m_saidNoise2.insert(side).second)
        return violated("a caller answers twice");
    if (!m_ephemerals.insert(*toArray<32>(ByteView(noise.m2).first(32))).second)
        return violated("a caller uses an ephemeral key twice");
    m_noise2[noise.callId] = noise;
}

void DoubtStaysCellular::says(const SimPhone &phone, const protocol::CallSealed &sealed)
{
    const Side side(phone.index(), sealed.callId);
    if (m_distrusted.contains(side) || m_keyless.contains(side))
        violated("a phone has keys from a key agreement that was tampered with");
}

void DoubtStaysCellular::says(const SimPhone &phone, const protocol::CallAbort &abort)
{
    m_distrusted.insert({phone.index(), abort.callId});
}

void DoubtStaysCellular::hears(const SimPhone &phone, const protocol::CallMatched &matched)
{
    const Side side(phone.index(), matched.callId);
    const auto offer = m_offers.find(matched.callId);
    if (matched.role == protocol::Role::Caller) {
        if (offer == m_offers.end())
            m_distrusted.insert(side);
        else
            checkPin(phone, matched, offer->second.callee);
        return;
    }
    if (!matched.arriveId)
        return;
    m_arriveOfCall.try_emplace(side, *matched.arriveId);
    const auto arrival = m_arrivals.find({phone.index(), *matched.arriveId});
    if (arrival == m_arrivals.end()) {
        m_distrusted.insert(side);
        return;
    }
    if (matched.caller)
        checkPin(phone, matched, matched.caller->e164());
    const bool genuine = offer != m_offers.end() && matched.commit == offer->second.commit
        && matched.caps == offer->second.caps
        && matched.peerIdcard == world().phone(offer->second.phone).identity().card().bytes;
    if (!genuine)
        m_keyless.insert(side);
    if (!genuine && offer != m_offers.end())
        m_keyless.insert({offer->second.phone, matched.callId});
}

void DoubtStaysCellular::checkPin(
    const SimPhone &phone, const protocol::CallMatched &matched, const std::string &peer)
{
    const auto number = protocol::Msisdn::fromE164(peer);
    const auto card = crypto::IdentityCard::parse(matched.peerIdcard);
    const auto pin = number ? phone.pins().find(*number) : phone.pins().end();
    const bool known = pin != phone.pins().end();
    if (!card || (known && (pin->second.idHash != card->idHash() || pin->second.pendingCard)))
        m_distrusted.insert({phone.index(), matched.callId});
}

void DoubtStaysCellular::hears(const SimPhone &phone, const protocol::CallNoise1 &noise)
{
    const auto said = m_noise1.find(noise.callId);
    if (said == m_noise1.end() || said->second != noise)
        m_keyless.insert({phone.index(), noise.callId});
}

void DoubtStaysCellular::hears(const SimPhone &phone, const protocol::CallNoise2 &noise)
{
    const auto said = m_noise2.find(noise.callId);
    if (said == m_noise2.end() || said->second != noise)
        m_keyless.insert({phone.index(), noise.callId});
}

} // namespace ringlift::sim
