#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/call/callinfo.h"
#include "core/numbers/emergencyguard.h"

/// May this call be lifted to the Internet? Pure decisions, taken before anything is sent.
namespace ringlift::call {

/// What the decisions depend on besides the call.
struct PolicyFacts
{
    const std::optional<Account> &account;
    const CallSettings &settings;
    const std::vector<SimInfo> &sims;
    bool emergencyMode = false;
};

/// An emergency call by the platform's word or by its number (protocol.md 5.5, EM1).
bool isEmergency(const LineCall &call, const std::vector<SimInfo> &sims);

/// The callee's number of an outgoing call that may be offered, or why it stays cellular.
Expected<protocol::Msisdn, StayReason> mayOffer(const LineCall &call, const PolicyFacts &facts);

/// The readings of the caller-ID of an incoming call that may arrive; none where the platform cannot know it (M5).
Expected<std::vector<protocol::Msisdn>, StayReason> mayArrive(const LineCall &call, const PolicyFacts &facts);

/// Home and serving region of the SIM that carries a call; empty when it is not known.
numbers::Regions regionsOf(int slot, const std::vector<SimInfo> &sims);

/// The SIM that knows this number as its own, else the first there is: the one that an account with this number speaks for
/// where the platform hides the IMSIs.
const SimInfo *simWith(const protocol::Msisdn &number, const std::vector<SimInfo> &sims);

/// What stands for a SIM at the server: its IMSI; a handle where the platform hides it.
std::optional<protocol::SimProof> simProofOf(const SimInfo &sim, const std::optional<Account> &account, RandomSource &random);

} // namespace ringlift::call
