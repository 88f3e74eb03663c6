#include "core/call/candidatecodec.h"

#include "core/ice/ipaddress.h"

namespace ringlift::call {

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kPadding = 256;
constexpr std::uint8_t kLastType = static_cast<std::uint8_t>(ice::CandidateType::Relayed);
constexpr std::uint8_t kFamilyV4 = 4;
constexpr std::uint8_t kFamilyV6 = 6;

void write(ByteWriter &out, const ice::Candidate &candidate, const ice::IpAddress &address)
{
    out.u8(static_cast<std::uint8_t>(candidate.type)).u32(candidate.priority).u16(candidate.address.port);
    out.u8(address.family() == ice::IpAddress::Family::V4 ? kFamilyV4 : kFamilyV6).bytes(address.bytes());
}

std::optional<ice::IpAddress> readAddress(ByteReader &in)
{
    const std::uint8_t family = in.u8().value_or(0);
    if (family != kFamilyV4 && family != kFamilyV6)
        return std::nullopt;
    const auto bytes = in.take(family == kFamilyV4 ? 4 : 16);
    return bytes ? ice::IpAddress::fromBytes(*bytes) : std::nullopt;
}

std::optional<ice::Candidate> read(ByteReader &in)
{
    const auto type = in.u8();
    const auto priority = in.u32();
    const auto port = in.u16();
    const auto address = readAddress(in);
    if (!address || *type > kLastType || *port == 0)
        return std::nullopt;
    return ice::Candidate{{Redacted(address->text()), *port}, static_cast<ice::CandidateType>(*type), *priority};
}

} // namespace

Bytes encodeCandidates(const std::vector<ice::Candidate> &candidates)
{
    ByteWriter body;
    std::uint8_t count = 0;
    for (const ice::Candidate &candidate : candidates) {
        const auto address = ice::IpAddress::parse(candidate.address.address.reveal());
        if (!address || candidate.address.port == 0 || count == kMaxCandidates)
            continue;
        write(body, candidate, *address);
        ++count;
    }
    Bytes bytes = ByteWriter().u8(kVersion).u8(count).bytes(body.view()).take();
    bytes.resize((bytes.size() + kPadding - 1) / kPadding * kPadding, 0);
    return bytes;
}

std::optional<std::vector<ice::Candidate>> decodeCandidates(ByteView plaintext)
{
    ByteReader in(plaintext);
    const auto version = in.u8();
    const auto count = in.u8();
    const bool fits = !plaintext.empty() && plaintext.size() % kPadding == 0;
    if (!fits || version != kVersion || *count > kMaxCandidates)
        return std::nullopt;
    std::vector<ice::Candidate> candidates;
    for (std::size_t i = 0; i < *count; ++i) {
        const auto candidate = read(in);
        if (!candidate)
            return std::nullopt;
        candidates.push_back(*candidate);
    }
    if (in.rest().size() >= kPadding)
        return std::nullopt;
    return candidates;
}

} // namespace ringlift::call
