#pragma once

#include "core/protocol/messages.h"

namespace ringlift::call {

enum class ServerVerdict { Trusted, Untrusted, UnknownVersion };

/// Whether a challenge comes from our server (protocol.md 3.4): it has to be signed, for this very connection, with the
/// pinned key, or with the next one that the pinned key announced.
class ServerTrust
{
public:
    /// Nothing: any key will do, behind TLS, as at the first registration. announced: the next key, where one is known;
    /// otherwise another pin forgets what was announced.
    void pin(const std::optional<protocol::Key32> &serverPublic,
             const std::optional<protocol::Key32> &announced = std::nullopt);
    /// Remembers the next key when a trusted challenge announces one; the key that signed it is the pinned one then.
    ServerVerdict judge(const protocol::Challenge &challenge, const protocol::Key32 &channelBinding);
    const std::optional<protocol::Key32> &pinned() const { return m_pinned; }
    const std::optional<protocol::Key32> &announced() const { return m_announced; }

private:
    std::optional<protocol::Key32> m_pinned;
    std::optional<protocol::Key32> m_announced;
};

} // namespace ringlift::call
