#pragma once

#include "server/registry.h"
#include "server/secrets.h"
#include "server/wallclock.h"

#include <vector>

namespace ringlift::server {

/// What stands for a number and a SIM under one tag key.
struct TagsOfKey {
    std::uint32_t keyId = 0;
    protocol::Key32 number{};
    std::optional<protocol::Key32> imsi;
};

/// The tag keys that are in force today: the current one, and older ones until their time is over (protocol.md 3.2).
/// Everything that is matched is tagged with the current one.
class TagKeys
{
public:
    /// days: how long an old key lives after its rotation.
    TagKeys(const Secrets &secrets, const WallClock &clock, int days);

    /// An old key lives: phones are asked for what moves their account to the current one.
    bool areRotating() const { return oldest() != m_secrets.tagKeyId; }
    /// The id of the oldest key in force.
    std::uint32_t oldest() const;
    bool hold(std::uint32_t keyId) const { return keyOf(keyId) != nullptr; }

    protocol::Key32 numberTag(const protocol::Msisdn &number) const;
    protocol::Key32 imsiTag(const protocol::Imsi &imsi) const;
    /// Under each old key that lives.
    std::vector<TagsOfKey> olderTags(const protocol::Msisdn &number, const protocol::SimProof &sim) const;

    // Under the account's own key
    bool fitNumber(const Account &account, const protocol::Msisdn &number) const;
    bool fitSim(const Account &account, const protocol::SimProof &sim) const;

    /// The account under the current key; nothing when it is there already, or the message does not show what it is
    /// tagged with.
    std::optional<Account> moved(const Account &account, const protocol::Auth &message) const;

private:
    std::span<const OldTagKey> oldKeys() const;
    const crypto::SecretKey *keyOf(std::uint32_t id) const;

    const Secrets &m_secrets;
    const WallClock &m_clock;
    const int m_days;
};

} // namespace ringlift::server
