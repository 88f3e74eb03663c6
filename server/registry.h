#pragma once

#include "core/base/result.h"
#include "core/protocol/messages.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace ringlift::server {

/// One row of what the server keeps of a subscriber: tags and days, no number and no IMSI (protocol.md 3.2).
struct Account {
    AccountId id;
    protocol::Key32 numberTag{};
    std::optional<protocol::Key32> imsiTag;
    std::optional<SimHandle> simHandle;
    protocol::AccountKind kind = protocol::AccountKind::Sim;
    protocol::IdCardBytes idcard{};
    std::uint32_t tagKeyId = 1;
    /// Days since 1970-01-01 UTC.
    std::int32_t createdDay = 0;
    std::int32_t verifiedDay = 0;
    std::int32_t lastSeenDay = 0;
    /// crypto_pwhash_str of the PIN proof; empty: no registration lock.
    std::string reglock;
    /// It has to prove its number again before it matches (T01, T07).
    bool flagged = false;
    /// Login is suspended: somebody had the right code but a wrong PIN (protocol.md 3.3).
    bool frozen = false;
    /// Hours since 1970 until which it does not match; 0: no quarantine.
    std::uint32_t quarantineUntilHour = 0;
    /// PIN tries used up to pinTriesDay; one comes back each day.
    std::uint32_t pinTriesUsed = 0;
    std::int32_t pinTriesDay = 0;
    bool operator==(const Account &) const = default;
};

/// Busy: somebody else holds the store, try again soon. Failed: it does not work now, for a reason that the store logs.
enum class RegistryError { Busy, Failed };

template<typename T> using RegistryResult = Expected<T, RegistryError>;

/// Where accounts are kept. Every call is one transaction, durable when it returns, and none waits for long.
class Registry
{
public:
    virtual ~Registry() = default;

    virtual RegistryResult<std::optional<Account>> find(const AccountId &id) = 0;
    virtual RegistryResult<std::optional<Account>> findByNumber(const protocol::Key32 &numberTag,
                                                                protocol::AccountKind kind) = 0;
    /// Removes the account of this kind with this number tag, or with one of those that older keys give the same
    /// number, and inserts the new one.
    virtual RegistryResult<void> replace(const Account &account, std::span<const protocol::Key32> olderTags) = 0;
    /// Overwrites the account with this id; nothing happens when there is none. Fails when another one of its kind has
    /// its number tag.
    virtual RegistryResult<void> update(const Account &account) = 0;
    virtual RegistryResult<void> remove(const AccountId &id) = 0;
    /// Removes all accounts whose tags are of an older key than this.
    virtual RegistryResult<void> removeTaggedBefore(std::uint32_t tagKeyId) = 0;
    /// Sets lastSeenDay of all of them.
    virtual RegistryResult<void> touch(std::span<const AccountId> ids, std::int32_t day) = 0;
};

} // namespace ringlift::server
