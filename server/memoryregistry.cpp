#include "server/memoryregistry.h"

namespace ringlift::server {

RegistryResult<std::optional<Account>> MemoryRegistry::find(const AccountId &id)
{
    if (m_fault)
        return Unexpected(*m_fault);
    const auto found = m_accounts.find(id);
    return found == m_accounts.end() ? std::nullopt : std::optional(found->second);
}

RegistryResult<std::optional<Account>> MemoryRegistry::findByNumber(const protocol::Key32 &numberTag,
                                                                    protocol::AccountKind kind)
{
    if (m_fault)
        return Unexpected(*m_fault);
    const auto found = m_byNumber.find({numberTag, kind});
    return found == m_byNumber.end() ? std::nullopt : std::optional(m_accounts.at(found->second));
}

void MemoryRegistry::drop(const NumberKey &number)
{
    const auto found = m_byNumber.find(number);
    if (found == m_byNumber.end())
        return;
    m_accounts.erase(found->second);
    m_byNumber.erase(found);
}

RegistryResult<void> MemoryRegistry::replace(const Account &account, std::span<const protocol::Key32> olderTags)
{
    if (m_fault)
        return Unexpected(*m_fault);
    drop({account.numberTag, account.kind});
    for (const protocol::Key32 &tag : olderTags)
        drop({tag, account.kind});
    m_byNumber.insert_or_assign({account.numberTag, account.kind}, account.id);
    m_accounts.insert_or_assign(account.id, account);
    return {};
}

RegistryResult<void> MemoryRegistry::update(const Account &account)
{
    if (m_fault)
        return Unexpected(*m_fault);
    const auto found = m_accounts.find(account.id);
    if (found == m_accounts.end())
        return {};
    const auto holder = m_byNumber.find({account.numberTag, account.kind});
    if (holder != m_byNumber.end() && holder->second != account.id)
        return Unexpected(RegistryError::Failed);
    m_byNumber.erase({found->second.numberTag, found->second.kind});
    m_byNumber.insert_or_assign({account.numberTag, account.kind}, account.id);
    found->second = account;
    return {};
}

RegistryResult<void> MemoryRegistry::remove(const AccountId &id)
{
    if (m_fault)
        return Unexpected(*m_fault);
    if (const auto found = m_accounts.find(id); found != m_accounts.end()) {
        m_byNumber.erase({found->second.numberTag, found->second.kind});
        m_accounts.erase(found);
    }
    return {};
}

RegistryResult<void> MemoryRegistry::removeTaggedBefore(std::uint32_t tagKeyId)
{
    if (m_fault)
        return Unexpected(*m_fault);
    std::erase_if(m_byNumber, [&](const auto &entry) { return m_accounts.at(entry.second).tagKeyId < tagKeyId; });
    std::erase_if(m_accounts, [&](const auto &entry) { return entry.second.tagKeyId < tagKeyId; });
    return {};
}

RegistryResult<void> MemoryRegistry::touch(std::span<const AccountId> ids, std::int32_t day)
{
    if (m_fault)
        return Unexpected(*m_fault);
    for (const AccountId &id : ids) {
        if (const auto found = m_accounts.find(id); found != m_accounts.end())
            found->second.lastSeenDay = day;
    }
    return {};
}

} // namespace ringlift::server
