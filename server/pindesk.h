#pragma once

#include "server/context.h"

namespace ringlift::server {

/// Lends the one worker that runs Argon2id, 0.1 s and 64 MiB each, to those who wait for it (protocol.md 3.3).
class PinDesk
{
public:
    /// Somebody who registers claims to know the PIN of a lock.
    struct Check {
        SessionId registration;
        ConnectionId connection{};
        AccountId lockOwner;
    };
    /// A logged-in account sets its lock.
    struct Setting {
        ConnectionId connection{};
        AccountId account;
    };

    explicit PinDesk(Context &context) : m_context(context) { }

    bool hasRoom() const { return m_checks.size() + m_settings.size() <= m_context.limits.pinQueue; }
    /// This account waits already.
    bool isHashingFor(const AccountId &account) const;
    void check(const Check &check, const std::string &hash, const protocol::Key32 &proof);
    void hash(const Setting &setting, const protocol::Key32 &proof);

    std::optional<Check> takeCheck(std::uint64_t ticket) { return take(m_checks, ticket); }
    std::optional<Setting> takeSetting(std::uint64_t ticket) { return take(m_settings, ticket); }

private:
    template<typename Job> static std::optional<Job> take(std::map<std::uint64_t, Job> &jobs, std::uint64_t ticket)
    {
        const auto found = jobs.find(ticket);
        if (found == jobs.end())
            return std::nullopt;
        std::optional<Job> job(found->second);
        jobs.erase(found);
        return job;
    }

    Context &m_context;
    std::uint64_t m_lastTicket = 0;
    std::map<std::uint64_t, Check> m_checks;
    std::map<std::uint64_t, Setting> m_settings;
};

} // namespace ringlift::server
