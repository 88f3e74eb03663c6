#include "platform/plmn/at/simfiles.h"

#include "platform/plmn/directory.h"
#include "platform/plmn/regions.h"

namespace ringlift::plmn::at {

namespace {

constexpr int kIccid = 0x2fe2;
constexpr int kImsi = 0x6f07;
constexpr int kServiceTable = 0x6f38;
constexpr int kMsisdn = 0x6f40;
constexpr int kProviderName = 0x6f46;
constexpr int kAdministrative = 0x6fad;
constexpr int kEmergency = 0x6fb7;
constexpr int kPhase = 0x6fae;

constexpr std::size_t kIccidDigits = 19;
/// As much as ModemManager reads: five numbers.
constexpr std::size_t kEmergencyLength = 15;
constexpr std::size_t kAlphaLength = 14;
constexpr std::size_t kMsisdnLength = kAlphaLength + 14;
constexpr std::uint8_t kInternational = 0x91;

char luhnDigit(std::string_view digits)
{
    int sum = 0;
    bool doubled = true;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        const int value = (*digit - '0') * (doubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
        doubled = !doubled;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

Bytes padded(std::string_view text, std::size_t size)
{
    Bytes bytes = copyOf(viewOf(text.substr(0, size)));
    bytes.resize(size, 0xff);
    return bytes;
}

Bytes imsiFile(const Subscriber &sim)
{
    Bytes file{8};
    const Bytes digits = toBcd('9' + sim.imsi, 8);
    file.insert(file.end(), digits.begin(), digits.end());
    return file;
}

Bytes msisdnFile(const Subscriber &sim)
{
    if (!sim.ownNumberOnSim)
        return Bytes(kMsisdnLength, 0xff);
    Bytes file = padded("Own", kAlphaLength);
    const Bytes digits = toBcd(std::string_view(sim.msisdn).substr(1), 10);
    file.push_back(static_cast<std::uint8_t>(1 + sim.msisdn.size() / 2));
    file.push_back(kInternational);
    file.insert(file.end(), digits.begin(), digits.end());
    file.resize(kMsisdnLength, 0xff);
    return file;
}

Bytes providerFile()
{
    Bytes file{1};
    const Bytes name = padded("Ringlift", 16);
    file.insert(file.end(), name.begin(), name.end());
    return file;
}

Bytes emergencyFile(const Subscriber &sim)
{
    Bytes file;
    for (const std::string &number : sim.emergencyNumbers) {
        const Bytes digits = toBcd(number, 3);
        file.insert(file.end(), digits.begin(), digits.end());
    }
    file.resize(std::max(file.size(), kEmergencyLength), 0xff);
    return file;
}

} // namespace

Bytes toBcd(std::string_view digits, std::size_t size)
{
    Bytes bytes(size, 0xff);
    for (std::size_t i = 0; i < digits.size() && i < 2 * size; ++i) {
        const auto value = static_cast<unsigned>(digits[i] - '0') & 0xfU;
        std::uint8_t &byte = bytes[i / 2];
        byte = i % 2 == 0 ? static_cast<std::uint8_t>((byte & 0xf0U) | value)
                          : static_cast<std::uint8_t>((byte & 0x0fU) | value << 4U);
    }
    return bytes;
}

std::string iccidOf(const Subscriber &sim)
{
    if (!sim.iccid.empty())
        return sim.iccid;
    std::string digits = "89" + (sim.countryCode.empty() ? countryCodeOf(sim.homeRegion) : sim.countryCode);
    digits += sim.imsi;
    digits.erase(6, digits.size() > kIccidDigits - 1 ? digits.size() - (kIccidDigits - 1) : 0);
    digits.resize(kIccidDigits - 1, '0');
    return digits + luhnDigit(digits);
}

std::optional<SimFile> readSimFile(const Subscriber &sim, int fileId)
{
    switch (fileId) {
    case kIccid:
        return SimFile{0, toBcd(iccidOf(sim), 10)};
    case kImsi:
        return SimFile{0, imsiFile(sim)};
    case kServiceTable:
        return SimFile{0, Bytes(10, 0xff)};
    case kMsisdn:
        return SimFile{kMsisdnLength, msisdnFile(sim)};
    case kProviderName:
        return SimFile{0, providerFile()};
    case kAdministrative:
        return SimFile{0, {0, 0, 0, mncLengthOf(sim.imsi)}};
    case kEmergency:
        return SimFile{0, emergencyFile(sim)};
    case kPhase:
        return SimFile{0, {3}};
    default:
        return std::nullopt;
    }
}

Bytes simFileHeader(int fileId, const SimFile &file)
{
    ByteWriter header;
    header.u16(0).u16(static_cast<std::uint16_t>(file.content.size())).u16(static_cast<std::uint16_t>(fileId));
    header.u8(4).u8(0).bytes(Bytes{0, 0xf0, 0xff}).u8(1).u8(2);
    header.u8(file.recordLength == 0 ? 0 : 1).u8(file.recordLength);
    return header.take();
}

} // namespace ringlift::plmn::at
