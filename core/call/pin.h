#pragma once

#include "core/protocol/messages.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace ringlift::call {

/// protocol.md D5; ordered.
enum class TrustLevel { None, Tofu, Leg, Verified };

/// When the caller's cellular leg may go, as the user wants it for a contact (protocol.md 5.2 rule 3).
enum class HandOver { ByTrust, AtRing, AtAnswer };

/// What we know of a peer's identity (protocol.md 3.8).
struct Pin
{
    protocol::Key32 idHash{};
    protocol::Key32 edPublic{};
    protocol::Key32 xPublic{};
    std::int64_t firstSeen = 0; // Unix seconds
    std::int64_t lastSeen = 0;
    TrustLevel level = TrustLevel::None;
    std::uint32_t legCount = 0;
    /// The peer showed another identity; no Internet calls until the user confirms.
    std::optional<protocol::IdCardBytes> pendingCard;
    /// Of the contact rather than of its phone: a confirmed new identity keeps it.
    HandOver handOver = HandOver::ByTrust;
    bool operator==(const Pin &) const = default;
};

/// Another identity of a peer than the pinned one waits for the user's word.
struct PinChange {
    protocol::Msisdn peer;
    /// 60 digits that both people compare, made with the new identity; empty while this phone has no account.
    std::string safetyNumber;
    /// The pinned identity was verified, so the new one has to be compared before it is confirmed.
    bool demandsComparison = false;
    bool operator==(const PinChange &) const = default;
};

using Pins = std::map<protocol::Msisdn, Pin>;

} // namespace ringlift::call
