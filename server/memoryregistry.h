#pragma once

#include "server/registry.h"

#include <map>
#include <utility>

namespace ringlift::server {

/// Accounts in RAM only: for the simulation and tests.
class MemoryRegistry final : public Registry
{
public:
    RegistryResult<std::optional<Account>> find(const AccountId &id) override;
    RegistryResult<std::optional<Account>> findByNumber(const protocol::Key32 &numberTag,
                                                        protocol::AccountKind kind) override;
    RegistryResult<void> replace(const Account &account, std::span<const protocol::Key32> olderTags) override;
    RegistryResult<void> update(const Account &account) override;
    RegistryResult<void> remove(const AccountId &id) override;
    RegistryResult<void> removeTaggedBefore(std::uint32_t tagKeyId) override;
    RegistryResult<void> touch(std::span<const AccountId> ids, std::int32_t day) override;

    /// Every call fails with this until it is taken back.
    void setFault(std::optional<RegistryError> fault) { m_fault = fault; }
    std::size_t size() const { return m_accounts.size(); }

private:
    using NumberKey = std::pair<protocol::Key32, protocol::AccountKind>;

    void drop(const NumberKey &number);

    std::map<AccountId, Account> m_accounts;
    std::map<NumberKey, AccountId> m_byNumber;
    std::optional<RegistryError> m_fault;
};

} // namespace ringlift::server
