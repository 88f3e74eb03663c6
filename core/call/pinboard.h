#pragma once

#include "core/call/pin.h"
#include "core/crypto/identity.h"

namespace ringlift::call {

/// What an identity card means for a number that we may know (protocol.md 3.8).
enum class PinVerdict { New, Same, Changed };

/// The pins of this device and the rules by which they change. Times are Unix seconds.
class PinBoard
{
public:
    explicit PinBoard(Pins pins) : m_pins(std::move(pins)) { }

    PinVerdict check(const protocol::Msisdn &peer, const crypto::IdentityCard &card) const;
    /// None while there is no pin, or one that waits for the user's word.
    TrustLevel level(const protocol::Msisdn &peer) const;
    /// ByTrust while there is no pin, or one that waits for the user's word.
    HandOver handOver(const protocol::Msisdn &peer) const;
    bool isKnown(const protocol::Msisdn &peer) const { return m_pins.contains(peer); }

    /// An authentic packet came from the owner of this card. Changes nothing when another card is pinned.
    const Pin *seen(const protocol::Msisdn &peer, const crypto::IdentityCard &card, std::int64_t now);
    /// The leg vanished exactly when the peer said that it would (5.3).
    const Pin *legBound(const protocol::Msisdn &peer, std::int64_t now);
    /// The user compared the digits.
    const Pin *verified(const protocol::Msisdn &peer, std::int64_t now);
    /// Another identity than the pinned one showed up; it waits for confirm().
    const Pin *changed(const protocol::Msisdn &peer, const crypto::IdentityCard &card);
    /// The identity that waits for confirm(), if any; number is our own.
    std::optional<PinChange> change(const protocol::Msisdn &peer, const crypto::IdentityCard &own,
                                    const std::optional<protocol::Msisdn> &number) const;
    /// The user accepts the new identity: as Verified when the safety numbers were compared, else it starts again as
    /// Tofu. Null when none waits, or when the pinned one was verified and this one was not compared.
    const Pin *confirm(const protocol::Msisdn &peer, bool compared, std::int64_t now);
    /// The user's wish for this contact. Null when there is no pin.
    const Pin *setHandOver(const protocol::Msisdn &peer, HandOver handOver);
    void drop(const protocol::Msisdn &peer) { m_pins.erase(peer); }

    const Pins &pins() const { return m_pins; }

private:
    Pin *find(const protocol::Msisdn &peer);

    Pins m_pins;
};

} // namespace ringlift::call
