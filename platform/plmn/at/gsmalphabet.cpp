#include "platform/plmn/at/gsmalphabet.h"

#include <array>

namespace ringlift::plmn::at {

namespace {

constexpr std::uint8_t kEscape = 0x1b;
constexpr std::u16string_view kAlphabet = u"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                                          u"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
static_assert(kAlphabet.size() == 128);

constexpr std::array<std::pair<std::uint8_t, char16_t>, 10> kExtension{{{0x0a, u'\f'},
                                                                        {0x14, u'^'},
                                                                        {0x28, u'{'},
                                                                        {0x29, u'}'},
                                                                        {0x2f, u'\\'},
                                                                        {0x3c, u'['},
                                                                        {0x3d, u'~'},
                                                                        {0x3e, u']'},
                                                                        {0x40, u'|'},
                                                                        {0x65, u'€'}}};

} // namespace

std::optional<Bytes> toSeptets(std::u16string_view text)
{
    Bytes septets;
    for (const char16_t character : text) {
        const std::size_t at = kAlphabet.find(character);
        if (at != std::u16string_view::npos && at != kEscape) {
            septets.push_back(static_cast<std::uint8_t>(at));
            continue;
        }
        bool found = false;
        for (const auto &[code, extended] : kExtension) {
            if (extended == character) {
                septets.insert(septets.end(), {kEscape, code});
                found = true;
            }
        }
        if (!found)
            return std::nullopt;
    }
    return septets;
}

std::u16string fromSeptets(ByteView septets)
{
    std::u16string text;
    bool escaped = false;
    for (const std::uint8_t septet : septets) {
        char16_t character = kAlphabet[septet & 0x7fU];
        if (escaped) {
            for (const auto &[code, extended] : kExtension)
                character = code == septet ? extended : character;
        }
        escaped = !escaped && septet == kEscape;
        if (!escaped)
            text += character;
    }
    return text;
}

Bytes packSeptets(ByteView septets, std::size_t fillBits)
{
    Bytes octets((fillBits + septets.size() * 7 + 7) / 8);
    std::size_t bit = fillBits;
    for (const std::uint8_t septet : septets) {
        const auto shifted = static_cast<unsigned>((septet & 0x7fU) << (bit % 8));
        octets[bit / 8] = static_cast<std::uint8_t>(octets[bit / 8] | (shifted & 0xffU));
        if (shifted > 0xff)
            octets[bit / 8 + 1] = static_cast<std::uint8_t>(shifted >> 8U);
        bit += 7;
    }
    return octets;
}

Bytes unpackSeptets(ByteView octets, std::size_t count, std::size_t fillBits)
{
    Bytes septets;
    for (std::size_t bit = fillBits; septets.size() < count && bit + 7 <= octets.size() * 8; bit += 7) {
        const unsigned low = octets[bit / 8];
        const unsigned high = bit / 8 + 1 < octets.size() ? octets[bit / 8 + 1] : 0U;
        septets.push_back(static_cast<std::uint8_t>(((low | high << 8U) >> (bit % 8)) & 0x7fU));
    }
    return septets;
}

} // namespace ringlift::plmn::at
