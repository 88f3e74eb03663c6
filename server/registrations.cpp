#include "server/registrations.h"

namespace ringlift::server {

Registration &Registrations::add(TimePoint ends, Registration registration)
{
    const SessionId id = registration.id;
    m_ends.arm(id, ends);
    return m_registrations.insert_or_assign(id, std::move(registration)).first->second;
}

Registration *Registrations::find(const SessionId &id)
{
    const auto found = m_registrations.find(id);
    return found == m_registrations.end() ? nullptr : &found->second;
}

void Registrations::remove(const SessionId &id)
{
    m_ends.disarm(id);
    m_registrations.erase(id);
}

std::optional<Registration> Registrations::takeOverdue(TimePoint now)
{
    const auto id = m_ends.takeDue(now);
    if (!id)
        return std::nullopt;
    const auto found = m_registrations.find(*id);
    std::optional<Registration> lapsed(std::move(found->second));
    m_registrations.erase(found);
    return lapsed;
}

} // namespace ringlift::server
