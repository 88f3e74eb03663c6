#pragma once

#include "core/base/bytes.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

/// What the fuzz targets share.
namespace ringlift::fuzz {

/// A property that must hold for any input. Ends the process otherwise, so that libFuzzer keeps the input. clang 14 has no
/// std::source_location.
inline void require(bool holds, const char *file = __builtin_FILE(), unsigned line = __builtin_LINE())
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s:%u (errno %d)\n", file, line, errno);
    std::abort();
}

/// An input read as a list of decisions. Past its end everything is 0 and empty.
class Script
{
public:
    explicit Script(ByteView bytes) : m_rest(bytes) { }

    bool atEnd() const { return m_rest.empty(); }
    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }
    /// In [0, bound); bound is at most 256.
    std::size_t below(std::size_t bound) { return u8() % bound; }
    ByteView take(std::size_t most)
    {
        const ByteView taken = m_rest.first(std::min(most, m_rest.size()));
        m_rest = m_rest.subspan(taken.size());
        return taken;
    }
    /// A length of two bytes, and so many bytes.
    ByteView block() { return take(u16()); }
    ByteView rest() { return take(m_rest.size()); }

private:
    std::uint64_t number(std::size_t width)
    {
        std::uint64_t value = 0;
        for (const std::uint8_t byte : take(width))
            value = value << 8U | byte;
        return value;
    }

    ByteView m_rest;
};

} // namespace ringlift::fuzz
