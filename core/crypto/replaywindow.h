#pragma once

#include <array>
#include <cstdint>

namespace ringlift::crypto {

/// Which of the last 1024 counters were seen (protocol.md 3.7; RFC 6479's idea).
class ReplayWindow
{
public:
    static constexpr std::uint64_t kSize = 1024;
    enum class Verdict { Fresh, Seen, TooOld };

    Verdict check(std::uint64_t counter) const;
    /// Only for a counter whose packet was authentic.
    void accept(std::uint64_t counter);

private:
    std::array<std::uint64_t, kSize / 64> m_bits{};
    std::uint64_t m_highest = 0;
    bool m_any = false;
};

} // namespace ringlift::crypto
