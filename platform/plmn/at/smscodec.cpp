#include "platform/plmn/at/smscodec.h"

#include "platform/plmn/at/gsmalphabet.h"

#include <QString>

#include <algorithm>

namespace ringlift::plmn::at {

namespace {

constexpr std::uint8_t kDeliver = 0x00;
constexpr std::uint8_t kSubmit = 0x01;
constexpr std::uint8_t kTypeMask = 0x03;
constexpr std::uint8_t kNoMoreMessages = 0x04;
constexpr std::uint8_t kHasHeader = 0x40;
constexpr std::uint8_t kInternational = 0x91;
constexpr std::uint8_t kUnknownNumber = 0x81;
constexpr std::uint8_t kName = 0xd0;
constexpr std::size_t kMaxAddressDigits = 20;
constexpr std::size_t kMaxName = 11;

std::size_t octetsOf(const SmsBody &body)
{
    return SmsCodec::alphabetOf(body.coding) == SmsAlphabet::SevenBit ? (std::size_t(body.length) * 7 + 7) / 8
                                                                      : body.length;
}

bool isNumber(std::string_view address)
{
    const std::string_view digits = address.substr(address.starts_with('+') ? 1 : 0);
    return !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Two decimal digits a byte, the lower one first.
std::uint8_t swapped(int value)
{
    return static_cast<std::uint8_t>((value % 10) << 4 | (value / 10) % 10);
}

int unswapped(std::uint8_t byte)
{
    return (byte & 0x0f) * 10 + (byte >> 4);
}

void writeAddress(ByteWriter &writer, const std::string &address)
{
    if (!isNumber(address)) {
        const Bytes septets =
            toSeptets(QString::fromStdString(address).left(kMaxName).toStdU16String()).value_or(Bytes{});
        writer.u8(static_cast<std::uint8_t>((septets.size() * 7 + 3) / 4)).u8(kName).bytes(packSeptets(septets));
        return;
    }
    const bool international = address.starts_with('+');
    const std::string_view digits = std::string_view(address).substr(international ? 1 : 0, kMaxAddressDigits);
    writer.u8(static_cast<std::uint8_t>(digits.size())).u8(international ? kInternational : kUnknownNumber);
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const unsigned low = static_cast<unsigned>(digits[i] - '0');
        const unsigned high = i + 1 < digits.size() ? static_cast<unsigned>(digits[i + 1] - '0') : 0xfU;
        writer.u8(static_cast<std::uint8_t>(high << 4U | low));
    }
}

std::optional<std::string> readAddress(ByteReader &reader)
{
    const auto length = reader.u8();
    const auto type = reader.u8();
    if (!length || !type || *length > kMaxAddressDigits + 2)
        return std::nullopt;
    const auto octets = reader.take((std::size_t(*length) + 1) / 2);
    if (!octets)
        return std::nullopt;
    if ((*type & 0x70U) == 0x50U)
        return QString::fromStdU16String(fromSeptets(unpackSeptets(*octets, std::size_t(*length) * 4 / 7)))
            .toStdString();
    if (*length > kMaxAddressDigits)
        return std::nullopt;
    std::string digits = (*type & 0x70U) == 0x10U ? "+" : "";
    for (std::size_t i = 0; i < *length; ++i) {
        const unsigned digit = i % 2 == 0 ? (*octets)[i / 2] & 0xfU : unsigned((*octets)[i / 2]) >> 4U;
        if (digit > 9)
            return std::nullopt;
        digits += static_cast<char>('0' + digit);
    }
    return digits;
}

void writeBody(ByteWriter &writer, const SmsBody &body)
{
    writer.u8(body.length).bytes(body.data);
}

Result<SmsBody> readBody(ByteReader &reader, std::uint8_t coding, bool hasHeader)
{
    SmsBody body{coding, hasHeader, 0, {}};
    const auto length = reader.u8();
    if (!length)
        return failure("the message ends before its text");
    body.length = *length;
    const std::size_t octets = octetsOf(body);
    const auto data = reader.take(octets);
    if (!data || octets > SmsCodec::kMaxUserData || !reader.atEnd())
        return failure("the message does not have the length that it tells");
    if (hasHeader && (octets == 0 || std::size_t((*data)[0]) + 1 > octets))
        return failure("the header of the text is longer than the text");
    body.data = copyOf(*data);
    return body;
}

} // namespace

Bytes SmsCodec::encode(const SmsSubmit &message)
{
    ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(kSubmit | (message.body.hasHeader ? kHasHeader : 0U))).u8(0);
    writeAddress(writer, message.destination);
    writer.u8(message.protocol).u8(message.body.coding);
    writeBody(writer, message.body);
    return writer.take();
}

Bytes SmsCodec::encode(const SmsDeliver &message)
{
    ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(kDeliver | kNoMoreMessages | (message.body.hasHeader ? kHasHeader : 0U)));
    writeAddress(writer, message.originator);
    writer.u8(message.protocol).u8(message.body.coding);
    const SmsTime &time = message.time;
    for (const int value : {time.year, time.month, time.day, time.hour, time.minute, time.second, 0})
        writer.u8(swapped(value));
    writeBody(writer, message.body);
    return writer.take();
}

Result<SmsSubmit> SmsCodec::decodeSubmit(ByteView tpdu)
{
    ByteReader reader(tpdu);
    const auto first = reader.u8();
    if (!first || (*first & kTypeMask) != kSubmit)
        return failure("the message is not an SMS-SUBMIT");
    reader.u8();
    auto destination = readAddress(reader);
    const auto protocol = reader.u8();
    const auto coding = reader.u8();
    const unsigned validity = (*first >> 3U) & 3U;
    reader.take(validity == 0 ? 0 : validity == 2 ? 1 : 7);
    if (!destination || destination->empty() || !isNumber(*destination) || !protocol || !coding || reader.failed())
        return failure("the message's head cannot be read");
    const auto body = readBody(reader, *coding, (*first & kHasHeader) != 0);
    if (!body)
        return Unexpected(body.error());
    return SmsSubmit{std::move(*destination), *protocol, *body};
}

Result<SmsDeliver> SmsCodec::decodeDeliver(ByteView tpdu)
{
    ByteReader reader(tpdu);
    const auto first = reader.u8();
    if (!first || (*first & kTypeMask) != kDeliver)
        return failure("the message is not an SMS-DELIVER");
    auto originator = readAddress(reader);
    const auto protocol = reader.u8();
    const auto coding = reader.u8();
    const auto stamp = reader.take(7);
    if (!originator || !protocol || !coding || !stamp)
        return failure("the message's head cannot be read");
    const ByteView s = *stamp;
    const SmsTime time{unswapped(s[0]), unswapped(s[1]), unswapped(s[2]),
                       unswapped(s[3]), unswapped(s[4]), unswapped(s[5])};
    const auto body = readBody(reader, *coding, (*first & kHasHeader) != 0);
    if (!body)
        return Unexpected(body.error());
    return SmsDeliver{std::move(*originator), *protocol, time, *body};
}

} // namespace ringlift::plmn::at
