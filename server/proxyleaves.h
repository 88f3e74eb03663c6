#pragma once

#include "core/base/time.h"
#include "core/protocol/messages.h"

#include <map>

namespace ringlift::server {

/// The certificates that a TLS proxy showed, by their hash: one that was replaced is good for a day more (protocol.md
/// 3.5). Those never heard of are good: they are the current one's, or the server's own.
class ProxyLeaves
{
public:
    void replace(TimePoint now, const protocol::Key32 &from, const protocol::Key32 &to)
    {
        m_ends.erase(to);
        m_ends.insert_or_assign(from, now + kGrace);
    }
    bool isGood(TimePoint now, const protocol::Key32 &binding) const
    {
        const auto ends = m_ends.find(binding);
        return ends == m_ends.end() || now <= ends->second;
    }

private:
    static constexpr Duration kGrace = std::chrono::hours(24);

    std::map<protocol::Key32, TimePoint> m_ends;
};

} // namespace ringlift::server
