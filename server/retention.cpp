#include "server/retention.h"

namespace ringlift::server {

namespace {

constexpr std::uint32_t kFirstKey = 1;
/// How often it looks what day it is.
constexpr Duration kLook = std::chrono::hours(1);
constexpr Duration kRetry = std::chrono::seconds(1);

} // namespace

Retention::Retention(Context &context) : m_context(context), m_done(kFirstKey)
{
    if (context.secrets.tagKeyId > kFirstKey)
        m_next = TimePoint{};
}

void Retention::handleTimeout(TimePoint now)
{
    if (!m_next || *m_next > now)
        return;
    const std::uint32_t oldest = m_context.tags.oldest();
    if (oldest > m_done) {
        if (!m_context.registry.removeTaggedBefore(oldest)) {
            m_next = now + kRetry;
            return;
        }
        m_done = oldest;
    }
    m_next = m_context.tags.areRotating() ? std::optional(now + kLook) : std::nullopt;
}

} // namespace ringlift::server
