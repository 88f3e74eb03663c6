#include "core/base/bytes.h"

namespace ringlift {

namespace {

constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::optional<std::uint8_t> hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return static_cast<std::uint8_t>(c - '0');
    if (c >= 'a' && c <= 'f')
        return static_cast<std::uint8_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F')
        return static_cast<std::uint8_t>(c - 'A' + 10);
    return std::nullopt;
}

} // namespace

ByteView viewOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

std::string_view textOf(ByteView bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

Bytes copyOf(ByteView bytes)
{
    return {bytes.begin(), bytes.end()};
}

std::string toHex(ByteView bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 15U];
    }
    return hex;
}

std::optional<Bytes> fromHex(std::string_view hex)
{
    if (hex.size() % 2 != 0)
        return std::nullopt;
    Bytes bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const auto high = hexDigit(hex[i]);
        const auto low = hexDigit(hex[i + 1]);
        if (!high || !low)
            return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(*high << 4U | *low));
    }
    return bytes;
}

std::string toBase64Url(ByteView bytes)
{
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = bits << 8U | byte;
        count += 8;
        while (count >= 6) {
            count -= 6;
            text += kBase64Url[bits >> count & 63U];
        }
    }
    if (count > 0)
        text += kBase64Url[bits << (6 - count) & 63U];
    return text;
}

std::optional<Bytes> fromBase64Url(std::string_view text)
{
    Bytes bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const auto digit = kBase64Url.find(c);
        if (digit == std::string_view::npos)
            return std::nullopt;
        bits = bits << 6U | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<std::uint8_t>(bits >> count));
        }
        bits &= (1U << count) - 1;
    }
    if (text.size() % 4 == 1 || bits != 0)
        return std::nullopt;
    return bytes;
}

std::optional<std::uint64_t> ByteReader::number(std::size_t width)
{
    const auto field = take(width);
    if (!field)
        return std::nullopt;
    std::uint64_t value = 0;
    for (const std::uint8_t byte : *field)
        value = value << 8U | byte;
    return value;
}

std::optional<std::uint8_t> ByteReader::u8()
{
    const auto value = number(1);
    return value ? std::optional(static_cast<std::uint8_t>(*value)) : std::nullopt;
}

std::optional<std::uint16_t> ByteReader::u16()
{
    const auto value = number(2);
    return value ? std::optional(static_cast<std::uint16_t>(*value)) : std::nullopt;
}

std::optional<std::uint32_t> ByteReader::u32()
{
    const auto value = number(4);
    return value ? std::optional(static_cast<std::uint32_t>(*value)) : std::nullopt;
}

std::optional<std::uint64_t> ByteReader::u48()
{
    return number(6);
}

std::optional<std::uint64_t> ByteReader::u64()
{
    return number(8);
}

std::optional<ByteView> ByteReader::take(std::size_t count)
{
    if (m_failed || count > m_rest.size()) {
        m_failed = true;
        return std::nullopt;
    }
    const ByteView taken = m_rest.first(count);
    m_rest = m_rest.subspan(count);
    return taken;
}

ByteWriter &ByteWriter::number(std::uint64_t value, std::size_t width)
{
    for (std::size_t i = width; i-- > 0;)
        m_bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    return *this;
}

ByteWriter &ByteWriter::u8(std::uint8_t value)
{
    return number(value, 1);
}

ByteWriter &ByteWriter::u16(std::uint16_t value)
{
    return number(value, 2);
}

ByteWriter &ByteWriter::u32(std::uint32_t value)
{
    return number(value, 4);
}

ByteWriter &ByteWriter::u48(std::uint64_t value)
{
    return number(value, 6);
}

ByteWriter &ByteWriter::u64(std::uint64_t value)
{
    return number(value, 8);
}

ByteWriter &ByteWriter::bytes(ByteView bytes)
{
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    return *this;
}

ByteWriter &ByteWriter::label(std::string_view text)
{
    return bytes(viewOf(text)).u8(0);
}

} // namespace ringlift
