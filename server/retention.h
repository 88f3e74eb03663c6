#pragma once

#include "server/context.h"

namespace ringlift::server {

/// Deletes the accounts that stayed under a tag key until it was dropped (protocol.md 3.2): at the start, and as days
/// pass.
class Retention
{
public:
    explicit Retention(Context &context);

    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const { return m_next; }

private:
    Context &m_context;
    /// Nothing is left that is older than this key.
    std::uint32_t m_done;
    std::optional<TimePoint> m_next;
};

} // namespace ringlift::server
