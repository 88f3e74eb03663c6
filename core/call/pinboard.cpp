#include "core/call/pinboard.h"

#include "core/crypto/tags.h"

#include <algorithm>

namespace ringlift::call {

namespace {

Pin pinOf(const crypto::IdentityCard &card, std::int64_t now, HandOver handOver = HandOver::ByTrust)
{
    return {.idHash = card.idHash(),
            .edPublic = card.edPublic,
            .xPublic = card.xPublic,
            .firstSeen = now,
            .lastSeen = now,
            .level = TrustLevel::Tofu,
            .legCount = 0,
            .pendingCard = std::nullopt,
            .handOver = handOver};
}

} // namespace

Pin *PinBoard::find(const protocol::Msisdn &peer)
{
    const auto found = m_pins.find(peer);
    return found == m_pins.end() ? nullptr : &found->second;
}

PinVerdict PinBoard::check(const protocol::Msisdn &peer, const crypto::IdentityCard &card) const
{
    const auto found = m_pins.find(peer);
    if (found == m_pins.end())
        return PinVerdict::New;
    return found->second.idHash == card.idHash() ? PinVerdict::Same : PinVerdict::Changed;
}

TrustLevel PinBoard::level(const protocol::Msisdn &peer) const
{
    const auto found = m_pins.find(peer);
    return found == m_pins.end() || found->second.pendingCard ? TrustLevel::None : found->second.level;
}

HandOver PinBoard::handOver(const protocol::Msisdn &peer) const
{
    const auto found = m_pins.find(peer);
    return found == m_pins.end() || found->second.pendingCard ? HandOver::ByTrust : found->second.handOver;
}

const Pin *PinBoard::seen(const protocol::Msisdn &peer, const crypto::IdentityCard &card, std::int64_t now)
{
    const auto [at, isNew] = m_pins.try_emplace(peer, pinOf(card, now));
    if (at->second.idHash != card.idHash())
        return nullptr;
    at->second.lastSeen = now;
    // The known owner is back; whoever showed the other card has gone.
    at->second.pendingCard.reset();
    return &at->second;
}

const Pin *PinBoard::legBound(const protocol::Msisdn &peer, std::int64_t now)
{
    Pin *const pin = find(peer);
    if (pin == nullptr)
        return nullptr;
    pin->level = std::max(pin->level, TrustLevel::Leg);
    pin->lastSeen = now;
    ++pin->legCount;
    return pin;
}

const Pin *PinBoard::verified(const protocol::Msisdn &peer, std::int64_t now)
{
    Pin *const pin = find(peer);
    if (pin == nullptr)
        return nullptr;
    pin->level = TrustLevel::Verified;
    pin->lastSeen = now;
    return pin;
}

const Pin *PinBoard::changed(const protocol::Msisdn &peer, const crypto::IdentityCard &card)
{
    Pin *const pin = find(peer);
    if (pin != nullptr)
        pin->pendingCard = card.bytes;
    return pin;
}

std::optional<PinChange> PinBoard::change(const protocol::Msisdn &peer, const crypto::IdentityCard &own,
                                          const std::optional<protocol::Msisdn> &number) const
{
    const auto found = m_pins.find(peer);
    if (found == m_pins.end() || !found->second.pendingCard)
        return std::nullopt;
    const auto card = crypto::IdentityCard::parse(*found->second.pendingCard);
    if (!card)
        return std::nullopt;
    return PinChange{peer, number ? crypto::safetyNumber(own, *number, *card, peer) : std::string(),
                     found->second.level == TrustLevel::Verified};
}

const Pin *PinBoard::confirm(const protocol::Msisdn &peer, bool compared, std::int64_t now)
{
    Pin *const pin = find(peer);
    if (pin == nullptr || !pin->pendingCard || (pin->level == TrustLevel::Verified && !compared))
        return nullptr;
    const auto card = crypto::IdentityCard::parse(*pin->pendingCard);
    if (!card)
        return nullptr;
    *pin = pinOf(*card, now, pin->handOver);
    if (compared)
        pin->level = TrustLevel::Verified;
    return pin;
}

const Pin *PinBoard::setHandOver(const protocol::Msisdn &peer, HandOver handOver)
{
    Pin *const pin = find(peer);
    if (pin != nullptr)
        pin->handOver = handOver;
    return pin;
}

} // namespace ringlift::call
