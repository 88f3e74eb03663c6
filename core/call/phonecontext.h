#pragma once

#include "core/call/callpolicy.h"
#include "core/call/mediasession.h"
#include "core/call/pinboard.h"
#include "core/call/phonemachine.h"
#include "core/call/serverlink.h"

#include <set>

namespace ringlift::call {

/// Pairs that were placed again by cellular: their offers are suppressed for a while (protocol.md 5.2 rule 8).
class RecentRedials
{
public:
    void note(TimePoint until, const protocol::Msisdn &peer) { m_until[peer] = until; }
    bool contains(TimePoint now, const protocol::Msisdn &peer)
    {
        std::erase_if(m_until, [now](const auto &entry) { return entry.second <= now; });
        return m_until.contains(peer);
    }

private:
    std::map<protocol::Msisdn, TimePoint> m_until;
};

/// The server's own account that sends back what it hears.
struct EchoPeer {
    protocol::Msisdn number;
    protocol::IdCardBytes card{};
};

/// What all calls of a phone share.
class PhoneContext
{
public:
    /// The memory's account, pins, settings and rules are kept here.
    PhoneContext(PhoneConfig phoneConfig, const crypto::DeviceIdentity &device, PhoneMemory &&memory,
                 RandomSource &source);

    const PhoneConfig config;
    const crypto::DeviceIdentity &identity;
    RandomSource &random;
    std::optional<Account> account;
    CallSettings settings;
    std::vector<SimInfo> sims;
    ContactRules rules;
    NetworkInfo network;
    PinBoard pins;
    numbers::EmergencyGuard emergency;
    RecentRedials redials;
    ServerLink link;
    /// As this connection's welcome told.
    std::optional<EchoPeer> echo;
    /// Calls that speak over the phone network: the modem has microphone and loudspeaker, and no app takes them from it.
    std::set<CallHandle> lineSpeakers;

    bool lineSpeaksBeside(CallHandle call) const { return lineSpeakers.size() > lineSpeakers.count(call); }
    bool isRegistered() const { return account && !account->gone; }
    PolicyFacts facts(TimePoint now) const;
    void push(PhoneOutput output) { m_outputs.push_back(std::move(output)); }
    std::optional<PinChange> pinChange(const protocol::Msisdn &peer) const;
    void storePin(const protocol::Msisdn &peer, const Pin *pin);
    std::optional<PhoneOutput> take();

    /// By the last WallTime; 0 before the first.
    std::int64_t unixNow(TimePoint now) const;
    void setWallTime(TimePoint now, std::int64_t unixSeconds);
    bool knowsWallTime() const { return m_wallAt.has_value(); }

private:
    std::deque<PhoneOutput> m_outputs;
    std::optional<TimePoint> m_wallAt;
    std::int64_t m_wallUnix = 0;
};

} // namespace ringlift::call
