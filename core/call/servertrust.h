#pragma once

#include "core/protocol/messages.h"

namespace ringlift::call {

enum class ServerVerdict { Trusted, Untrusted, UnknownVersion };

/// Whether a challenge comes from our server (protocol.md 3.4): it has to be signed, for this very connection, with the
/// pinned key, or with the next one that the pinned key announced.
class ServerTrust
{
public:
    /// Nothing: any key will do, behind TLS, as at the first registration. Another pin forgets what was announced.
    void pin(const std::optional<protocol::Key32> &serverPublic);
    /// Remembers the next key when a trusted challenge announces one.
    ServerVerdict judge(const protocol::Challenge &challenge, const protocol::Key32 &channelBinding);

private:
    std::optional<protocol::Key32> m_pinned;
    std::optional<protocol::Key32> m_announced;
};

} // namespace ringlift::call
