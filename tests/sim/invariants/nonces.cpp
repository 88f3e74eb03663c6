#include "tests/sim/invariants/nonces.h"

#include "tests/sim/world.h"

#include <functional>

namespace ringlift::sim {

namespace {

constexpr std::uint8_t kVersionMask = 0xf0;
constexpr std::uint8_t kOurs = 0x80;
constexpr std::uint8_t kKindMask = 0x0f;

} // namespace

void NoncesNeverRepeat::datagramSent(const SimPhone &phone, call::CallHandle call, ByteView bytes)
{
    if (bytes.size() < 28 || (bytes[0] & kVersionMask) != kOurs)
        return;
    Sender &sender = m_senders[{phone.index(), call}];
    const std::uint64_t digest = std::hash<std::string_view>{}(textOf(bytes));
    if (sender.digestOfCounter.try_emplace(counterOf(bytes), digest).first->second != digest)
        return violated("two packets have one counter");
    if ((bytes[0] & kKindMask) != 0)
        return;
    if (sender.audioSize != 0 && sender.audioSize != bytes.size())
        violated("audio packets differ in size");
    sender.audioSize = bytes.size();
}

void NoncesNeverRepeat::phoneKilled(const SimPhone &phone)
{
    std::erase_if(m_senders, [&](const auto &sender) { return sender.first.first == phone.index(); });
}

} // namespace ringlift::sim
