#include "platform/plmn/at/gsmalphabet.h"
#include "platform/plmn/at/smscodec.h"

#include <QString>

#include <algorithm>

namespace ringlift::plmn::at {

namespace {

constexpr std::uint8_t kUcs2 = 0x08;
constexpr std::uint8_t kConcatenation8 = 0x00;
constexpr std::uint8_t kConcatenation16 = 0x08;
/// In a part: 140 octets less 6 of header.
constexpr std::size_t kPartSeptets = 153;
constexpr std::size_t kPartUnits = 67;

/// Septets that a header of so many octets takes.
std::size_t headerSeptets(std::size_t octets)
{
    return (octets * 8 + 6) / 7;
}

Bytes concatenationHeader(std::uint8_t reference, std::size_t count, std::size_t number)
{
    return {5, kConcatenation8, 3, reference, static_cast<std::uint8_t>(count), static_cast<std::uint8_t>(number)};
}

SmsBody sevenBitPart(Bytes header, ByteView septets)
{
    SmsBody body;
    body.hasHeader = !header.empty();
    const std::size_t taken = headerSeptets(header.size());
    body.length = static_cast<std::uint8_t>(taken + septets.size());
    const Bytes packed = packSeptets(septets, taken * 7 - header.size() * 8);
    body.data = std::move(header);
    body.data.insert(body.data.end(), packed.begin(), packed.end());
    return body;
}

SmsBody ucs2Part(Bytes header, std::u16string_view text)
{
    SmsBody body{kUcs2, !header.empty(), 0, std::move(header)};
    for (const char16_t unit : text) {
        body.data.push_back(static_cast<std::uint8_t>(unit >> 8U));
        body.data.push_back(static_cast<std::uint8_t>(unit & 0xffU));
    }
    body.length = static_cast<std::uint8_t>(body.data.size());
    return body;
}

/// Where texts of that many units end, none of them in the middle of what isPair says belongs together.
template<typename IsPair>
std::vector<std::size_t> cuts(std::size_t size, std::size_t whole, std::size_t part, IsPair isPair)
{
    std::vector<std::size_t> ends;
    if (size <= whole)
        return {size};
    for (std::size_t start = 0; start < size;) {
        std::size_t end = std::min(start + part, size);
        if (end < size && isPair(end - 1))
            --end;
        ends.push_back(end);
        start = end;
    }
    return ends;
}

} // namespace

SmsAlphabet SmsCodec::alphabetOf(std::uint8_t coding)
{
    if ((coding & 0xf0U) == 0xf0U)
        return (coding & 4U) != 0 ? SmsAlphabet::Octets : SmsAlphabet::SevenBit;
    if ((coding & 0xc0U) != 0)
        return (coding & 0xf0U) == 0xe0U ? SmsAlphabet::Ucs2 : SmsAlphabet::SevenBit;
    const unsigned bits = (coding >> 2U) & 3U;
    return bits == 1 ? SmsAlphabet::Octets : bits == 2 ? SmsAlphabet::Ucs2 : SmsAlphabet::SevenBit;
}

std::vector<SmsBody> SmsCodec::split(std::string_view text, std::uint8_t reference)
{
    const std::u16string units = QString::fromUtf8(text.data(), qsizetype(text.size())).toStdU16String();
    const auto septets = toSeptets(units);
    const auto ends =
        septets ? cuts(septets->size(), 160, kPartSeptets, [&](std::size_t at) { return (*septets)[at] == 0x1b; })
                : cuts(units.size(), 70, kPartUnits, [&](std::size_t at) { return (units[at] & 0xfc00U) == 0xd800U; });
    std::vector<SmsBody> bodies;
    if (ends.size() > kMaxParts)
        return bodies;
    std::size_t start = 0;
    for (const std::size_t end : ends) {
        Bytes header = ends.size() == 1 ? Bytes{} : concatenationHeader(reference, ends.size(), bodies.size() + 1);
        if (septets)
            bodies.push_back(sevenBitPart(std::move(header), ByteView(*septets).subspan(start, end - start)));
        else
            bodies.push_back(ucs2Part(std::move(header), std::u16string_view(units).substr(start, end - start)));
        start = end;
    }
    return bodies;
}

std::string SmsCodec::textOf(const SmsBody &body)
{
    const std::size_t header = body.hasHeader && !body.data.empty() ? std::size_t(body.data[0]) + 1 : 0;
    if (header > body.data.size())
        return {};
    const ByteView rest = ByteView(body.data).subspan(header);
    std::u16string text;
    if (alphabetOf(body.coding) == SmsAlphabet::SevenBit) {
        const std::size_t taken = headerSeptets(header);
        if (taken < body.length)
            text = fromSeptets(unpackSeptets(rest, body.length - taken, taken * 7 - header * 8));
    } else if (alphabetOf(body.coding) == SmsAlphabet::Ucs2) {
        for (std::size_t i = 0; i + 1 < rest.size(); i += 2)
            text += static_cast<char16_t>(rest[i] << 8U | rest[i + 1]);
    } else {
        text.assign(rest.size(), u'?');
    }
    return QString::fromStdU16String(text).toStdString();
}

SmsPart SmsCodec::partOf(const SmsBody &body)
{
    if (!body.hasHeader || body.data.empty())
        return {};
    ByteReader reader(ByteView(body.data).subspan(1, std::min<std::size_t>(body.data[0], body.data.size() - 1)));
    while (!reader.atEnd() && !reader.failed()) {
        const auto element = reader.u8();
        const auto length = reader.u8();
        const auto value = length ? reader.take(*length) : std::nullopt;
        if (!element || !value)
            break;
        if (*element == kConcatenation8 && value->size() == 3)
            return {(*value)[0], (*value)[1], (*value)[2]};
        if (*element == kConcatenation16 && value->size() == 4)
            return {(*value)[0] << 8 | (*value)[1], (*value)[2], (*value)[3]};
    }
    return {};
}

} // namespace ringlift::plmn::at
