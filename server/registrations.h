#pragma once

#include "server/connectionid.h"
#include "server/deadlines.h"
#include "server/registry.h"
#include "server/tagkeys.h"

namespace ringlift::server {

/// Somebody proves that a number is his. In RAM only, and without the number: its tag is enough.
struct Registration {
    /// Code: waits for it. Pin: the code was right, the number has a lock. Busy: a worker or the registry has it.
    enum class Stage { Code, Pin, Busy };

    SessionId id;
    protocol::Key32 numberTag{};
    protocol::AccountKind kind = protocol::AccountKind::Sim;
    std::optional<protocol::Key32> imsiTag;
    /// Under older keys, which the account to replace may still be under.
    std::vector<TagsOfKey> olderTags;
    std::optional<SimHandle> simHandle;
    protocol::IdCardBytes idcard{};
    protocol::Key32 codeTag{};
    std::uint32_t triesLeft = 0;
    Stage stage = Stage::Code;
    bool pinProven = false;
};

/// The registrations under way, each with its end.
class Registrations
{
public:
    Registration &add(TimePoint ends, Registration registration);
    Registration *find(const SessionId &id);
    void extend(const SessionId &id, TimePoint ends) { m_ends.arm(id, ends); }
    void remove(const SessionId &id);
    /// Takes away one whose time is over.
    std::optional<Registration> takeOverdue(TimePoint now);

    std::optional<TimePoint> nextTimeout() const { return m_ends.next(); }
    std::size_t size() const { return m_registrations.size(); }

private:
    std::map<SessionId, Registration> m_registrations;
    Deadlines<SessionId> m_ends;
};

} // namespace ringlift::server
