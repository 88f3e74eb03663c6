#pragma once

#include "server/context.h"

namespace ringlift::server {

/// Facts that may reach the registry a little later: who was seen today, who was flagged. Kept until they are written.
class DeferredWrites
{
public:
    explicit DeferredWrites(Context &context) : m_context(context) { }

    void seen(TimePoint now, const AccountId &account);
    void flag(TimePoint now, const AccountId &account);

    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const { return m_next; }

private:
    bool writeFlags();
    bool writeDays();

    Context &m_context;
    std::set<AccountId> m_seen;
    std::set<AccountId> m_flagged;
    std::optional<TimePoint> m_next;
};

} // namespace ringlift::server
