#include "core/call/phonecontext.h"

namespace ringlift::call {

namespace {

ServerLinkConfig linkConfig(const PhoneConfig &config)
{
    ServerLinkConfig link;
    link.idleDisconnect = config.idleDisconnect;
    link.acceptZeroChannelBinding = config.acceptZeroChannelBinding;
    return link;
}

} // namespace

PhoneContext::PhoneContext(PhoneConfig phoneConfig, const crypto::DeviceIdentity &device, PhoneMemory &&memory,
                           RandomSource &source)
    : config(std::move(phoneConfig)),
      identity(device),
      random(source),
      account(std::move(memory.account)),
      settings(memory.settings),
      rules(std::move(memory.rules)),
      pins(std::move(memory.pins)),
      link(linkConfig(config), device, source)
{
    if (isRegistered())
        link.setAccount(account);
}

PolicyFacts PhoneContext::facts(TimePoint now) const
{
    return {account, settings, sims, rules, network, emergency.inEmergencyMode(now)};
}

std::optional<PinChange> PhoneContext::pinChange(const protocol::Msisdn &peer) const
{
    return pins.change(peer, identity.card(), account ? std::optional(account->msisdn) : std::nullopt);
}

void PhoneContext::storePin(const protocol::Msisdn &peer, const Pin *pin)
{
    if (pin != nullptr)
        push(StorePin{peer, *pin});
}

std::optional<PhoneOutput> PhoneContext::take()
{
    if (m_outputs.empty())
        return std::nullopt;
    std::optional<PhoneOutput> output = std::move(m_outputs.front());
    m_outputs.pop_front();
    return output;
}

std::int64_t PhoneContext::unixNow(TimePoint now) const
{
    if (!m_wallAt)
        return 0;
    return m_wallUnix + std::chrono::duration_cast<std::chrono::seconds>(now - *m_wallAt).count();
}

void PhoneContext::setWallTime(TimePoint now, std::int64_t unixSeconds)
{
    m_wallAt = now;
    m_wallUnix = unixSeconds;
}

} // namespace ringlift::call
