#include "tests/sim/invariants/nonces.h"

#include "tests/sim/world.h"

#include <functional>

namespace ringlift::sim {

namespace {

constexpr std::uint8_t kVersionMask = 0xf0;
constexpr std::uint8_t kOurs = 0x80;
constexpr std::uint8_t kKindMask = 0x0f;

std::uint64_t digestOf(ByteView bytes)
{
    return std::hash<std::string_view>{}(textOf(bytes));
}

} // namespace

void NoncesNeverRepeat::datagramSent(const SimPhone &phone, call::CallHandle call, ByteView bytes)
{
    if (bytes.size() < 28 || (bytes[0] & kVersionMask) != kOurs)
        return;
    Sender &sender = m_senders[{phone.index(), call}];
    const std::uint64_t digest = digestOf(bytes);
    if (sender.digestOfCounter.try_emplace(counterOf(bytes), digest).first->second != digest)
        return violated("two packets have one counter");
    if ((bytes[0] & kKindMask) != 0)
        return;
    if (sender.audioSize != 0 && sender.audioSize != bytes.size())
        violated("audio packets differ in size");
    sender.audioSize = bytes.size();
}

void NoncesNeverRepeat::phoneSays(const SimPhone &phone, const protocol::Message &message)
{
    const auto *const sealed = std::get_if<protocol::CallSealed>(&message);
    if (sealed == nullptr)
        return;
    const std::uint64_t digest = digestOf(sealed->box);
    if (m_sealers[{phone.index(), sealed->callId}].try_emplace(sealed->n, digest).first->second != digest)
        violated("two sealed messages have one counter");
}

void NoncesNeverRepeat::phoneKilled(const SimPhone &phone)
{
    const auto ofPhone = [&](const auto &sender) { return sender.first.first == phone.index(); };
    std::erase_if(m_senders, ofPhone);
    std::erase_if(m_sealers, ofPhone);
}

} // namespace ringlift::sim
