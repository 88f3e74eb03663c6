#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ringlift {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
template<std::size_t N>
using ByteArray = std::array<std::uint8_t, N>;

ByteView viewOf(std::string_view text);
std::string_view textOf(ByteView bytes);
Bytes copyOf(ByteView bytes);

std::string toHex(ByteView bytes);
/// Lower or upper case; nothing for odd length or any other character.
std::optional<Bytes> fromHex(std::string_view hex);

/// RFC 4648 section 5, without padding.
std::string toBase64Url(ByteView bytes);
/// Strict: no padding, no white space, unused bits zero.
std::optional<Bytes> fromBase64Url(std::string_view text);

/// Copies exactly N bytes, or nothing when the length differs.
template<std::size_t N>
std::optional<ByteArray<N>> toArray(ByteView bytes)
{
    if (bytes.size() != N)
        return std::nullopt;
    ByteArray<N> array;
    for (std::size_t i = 0; i < N; ++i)
        array[i] = bytes[i];
    return array;
}

/// Reads big-endian fields from a span and never past its end. After one failed read every later one fails.
class ByteReader
{
public:
    explicit ByteReader(ByteView bytes) : m_rest(bytes) { }

    std::optional<std::uint8_t> u8();
    std::optional<std::uint16_t> u16();
    std::optional<std::uint32_t> u32();
    std::optional<std::uint64_t> u48();
    std::optional<std::uint64_t> u64();
    std::optional<ByteView> take(std::size_t count);
    ByteView rest() const { return m_rest; }
    bool failed() const { return m_failed; }
    bool atEnd() const { return !m_failed && m_rest.empty(); }

private:
    std::optional<std::uint64_t> number(std::size_t width);

    ByteView m_rest;
    bool m_failed = false;
};

/// Appends big-endian fields to a growing buffer.
class ByteWriter
{
public:
    ByteWriter &u8(std::uint8_t value);
    ByteWriter &u16(std::uint16_t value);
    ByteWriter &u32(std::uint32_t value);
    ByteWriter &u48(std::uint64_t value);
    ByteWriter &u64(std::uint64_t value);
    ByteWriter &bytes(ByteView bytes);
    /// protocol.md's L("x"): the text followed by one zero byte.
    ByteWriter &label(std::string_view text);
    ByteView view() const { return m_bytes; }
    Bytes take() { return std::move(m_bytes); }

private:
    ByteWriter &number(std::uint64_t value, std::size_t width);

    Bytes m_bytes;
};

} // namespace ringlift
