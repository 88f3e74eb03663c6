#include "tests/sim/plan.h"

#include <algorithm>

namespace ringlift::sim {

using namespace std::chrono_literals;

namespace {

constexpr Duration kPeerWaits = 6s;
/// Until the code and the PIN have had their effect.
constexpr Duration kTakeover = 4s;
/// Their numbers follow those of all phones.
constexpr int kFirstOtherSim = 20;

} // namespace

std::string_view nameOf(FaultKind kind)
{
    switch (kind) {
    case FaultKind::ServerKilled: return "fault: server killed";
    case FaultKind::ServerUnreachable: return "fault: server unreachable";
    case FaultKind::ServerBlackHole: return "fault: black hole";
    case FaultKind::ServerUntrusted: return "fault: server untrusted";
    case FaultKind::ConnectionCut: return "fault: connection cut";
    case FaultKind::PathCut: return "fault: path cut one way";
    case FaultKind::PathCutBothWays: return "fault: path cut both ways";
    case FaultKind::AppKilled: return "fault: app killed";
    case FaultKind::CoverageLost: return "fault: coverage lost";
    case FaultKind::CallDropped: return "fault: call dropped";
    case FaultKind::ExchangeDown: return "fault: exchange down";
    case FaultKind::AddressChanged: return "fault: address changed";
    case FaultKind::ServerClockSkewed: return "fault: server clock skewed";
    case FaultKind::RegistryBusy: return "fault: registry busy";
    case FaultKind::LineServiceLost: return "fault: line service lost";
    case FaultKind::PhoneWiped: break;
    }
    return "fault: phone wiped";
}

bool Plan::isQuiet() const
{
    const bool isPeaceful = sprayers == 0 && !staleOwner && !takeover && hostility == Hostility::None;
    return isPeaceful && faults.empty() && spoofs.empty();
}

Duration Plan::lastFaultEnds() const
{
    Duration last{};
    for (const FaultPlan &fault : faults) {
        // Nobody will ever place the calls of a wiped phone again; its peers find out by waiting.
        const Duration aftermath = fault.kind == FaultKind::PhoneWiped ? kPeerWaits : Duration::zero();
        last = std::max({last, fault.at, fault.until + aftermath});
    }
    for (const SpoofPlan &spoof : spoofs)
        last = std::max(last, spoof.at + spoof.hangsUpAfter);
    if (takeover)
        last = std::max(last, takeover->at + takeover->winsBackAfter.value_or(0s) + kTakeover);
    return last;
}

std::string numberOf(int phone)
{
    return "+86138001380" + std::to_string(10 + phone);
}

PhoneTraits ordinaryPhone(int index)
{
    PhoneTraits traits;
    traits.subscriber.msisdn = numberOf(index);
    traits.subscriber.imsi = "4600012345678" + std::to_string(10 + index);
    traits.subscriber.homeRegion = "CN";
    return traits;
}

void addOtherSim(PhoneTraits &traits, int index, bool swapped)
{
    plmn::Subscriber &own = traits.subscriber;
    own.phone = "phone " + std::to_string(index);
    own.slot = swapped ? 1 : 0;
    plmn::Subscriber other = ordinaryPhone(kFirstOtherSim + index).subscriber;
    other.phone = own.phone;
    other.slot = swapped ? 0 : 1;
    other.imsiHidden = own.imsiHidden;
    traits.otherSim = other;
}

} // namespace ringlift::sim
