#include "server/tagkeys.h"

#include "core/crypto/tags.h"

namespace ringlift::server {

using protocol::AccountKind;

TagKeys::TagKeys(const Secrets &secrets, const WallClock &clock, int days)
    : m_secrets(secrets), m_clock(clock), m_days(days)
{
}

std::span<const OldTagKey> TagKeys::oldKeys() const
{
    return std::span(m_secrets.oldTagKeys).subspan(m_secrets.lapsedTagKeys(m_clock.today(), m_days));
}

std::uint32_t TagKeys::oldest() const
{
    return oldKeys().empty() ? m_secrets.tagKeyId : oldKeys().front().id;
}

const crypto::SecretKey *TagKeys::keyOf(std::uint32_t id) const
{
    if (id == m_secrets.tagKeyId)
        return &m_secrets.tagKey;
    for (const OldTagKey &old : oldKeys()) {
        if (old.id == id)
            return &old.key;
    }
    return nullptr;
}

protocol::Key32 TagKeys::numberTag(const protocol::Msisdn &number) const
{
    return crypto::msisdnTag(m_secrets.tagKey.view(), number);
}

protocol::Key32 TagKeys::imsiTag(const protocol::Imsi &imsi) const
{
    return crypto::imsiTag(m_secrets.tagKey.view(), imsi);
}

std::vector<TagsOfKey> TagKeys::olderTags(const protocol::Msisdn &number, const protocol::SimProof &sim) const
{
    std::vector<TagsOfKey> all;
    for (const OldTagKey &old : oldKeys()) {
        TagsOfKey tags{old.id, crypto::msisdnTag(old.key.view(), number), std::nullopt};
        if (const auto *imsi = std::get_if<protocol::Imsi>(&sim))
            tags.imsi = crypto::imsiTag(old.key.view(), *imsi);
        all.push_back(tags);
    }
    return all;
}

bool TagKeys::fitNumber(const Account &account, const protocol::Msisdn &number) const
{
    const crypto::SecretKey *const key = keyOf(account.tagKeyId);
    return key != nullptr && crypto::constantTimeEqual(crypto::msisdnTag(key->view(), number), account.numberTag);
}

bool TagKeys::fitSim(const Account &account, const protocol::SimProof &sim) const
{
    if (const auto *imsi = std::get_if<protocol::Imsi>(&sim)) {
        const crypto::SecretKey *const key = keyOf(account.tagKeyId);
        return key != nullptr && account.imsiTag &&
               crypto::constantTimeEqual(crypto::imsiTag(key->view(), *imsi), *account.imsiTag);
    }
    const auto *handle = std::get_if<SimHandle>(&sim);
    return handle != nullptr && account.simHandle && crypto::constantTimeEqual(handle->bytes, account.simHandle->bytes);
}

std::optional<Account> TagKeys::moved(const Account &account, const protocol::Auth &message) const
{
    const bool showsSim = account.kind == AccountKind::Manual || fitSim(account, message.sim);
    if (account.tagKeyId == m_secrets.tagKeyId || !message.msisdn || !fitNumber(account, *message.msisdn) || !showsSim)
        return std::nullopt;
    Account next = account;
    next.tagKeyId = m_secrets.tagKeyId;
    next.numberTag = numberTag(*message.msisdn);
    if (const auto *imsi = std::get_if<protocol::Imsi>(&message.sim); imsi != nullptr && account.imsiTag)
        next.imsiTag = imsiTag(*imsi);
    return next;
}

} // namespace ringlift::server
