#include "core/crypto/replaywindow.h"

namespace ringlift::crypto {

namespace {

constexpr std::size_t wordOf(std::uint64_t counter)
{
    return counter % ReplayWindow::kSize / 64;
}

constexpr std::uint64_t bitOf(std::uint64_t counter)
{
    return std::uint64_t(1) << (counter % 64);
}

} // namespace

ReplayWindow::Verdict ReplayWindow::check(std::uint64_t counter) const
{
    if (!m_any || counter > m_highest)
        return Verdict::Fresh;
    if (m_highest - counter >= kSize)
        return Verdict::TooOld;
    return (m_bits[wordOf(counter)] & bitOf(counter)) != 0 ? Verdict::Seen : Verdict::Fresh;
}

void ReplayWindow::accept(std::uint64_t counter)
{
    if (m_any && counter <= m_highest) {
        if (m_highest - counter < kSize)
            m_bits[wordOf(counter)] |= bitOf(counter);
        return;
    }
    if (!m_any || counter - m_highest >= kSize) {
        m_bits.fill(0);
    } else {
        for (std::uint64_t skipped = m_highest + 1; skipped < counter; ++skipped)
            m_bits[wordOf(skipped)] &= ~bitOf(skipped);
    }
    m_bits[wordOf(counter)] |= bitOf(counter);
    m_highest = counter;
    m_any = true;
}

} // namespace ringlift::crypto
