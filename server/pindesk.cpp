#include "server/pindesk.h"

#include <algorithm>

namespace ringlift::server {

bool PinDesk::isHashingFor(const AccountId &account) const
{
    return std::any_of(m_settings.begin(), m_settings.end(),
                       [&](const auto &waiting) { return waiting.second.account == account; });
}

void PinDesk::check(const Check &check, const std::string &hash, const protocol::Key32 &proof)
{
    m_checks.emplace(++m_lastTicket, check);
    m_context.outbox.push(CheckPin{m_lastTicket, hash, proof});
}

void PinDesk::hash(const Setting &setting, const protocol::Key32 &proof)
{
    m_settings.emplace(++m_lastTicket, setting);
    m_context.outbox.push(HashPin{m_lastTicket, proof});
}

} // namespace ringlift::server
