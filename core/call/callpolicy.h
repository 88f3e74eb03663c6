#pragma once

#include "core/base/networkinfo.h"
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
    const ContactRules &rules;
    const NetworkInfo &network;
    bool emergencyMode = false;
};

/// An emergency call by the platform's word or by its number (protocol.md 5.5, EM1).
bool isEmergency(const LineCall &call, const std::vector<SimInfo> &sims);

/// The callee's number of an outgoing call that may be offered, or why it stays cellular.
Expected<protocol::Msisdn, StayReason> mayOffer(const LineCall &call, const PolicyFacts &facts);

/// The readings of the caller-ID of an incoming call; none where the platform cannot know it (M5). Or why it cannot
/// move, whatever its user wishes.
Expected<std::vector<protocol::Msisdn>, StayReason> readCallerId(const LineCall &call, const PolicyFacts &facts);

/// Those readings for which the incoming call may arrive.
Expected<std::vector<protocol::Msisdn>, StayReason> mayArrive(const LineCall &call, const PolicyFacts &facts);

/// The caller-ID, which some platforms tell after the ring, may still lift this refusal.
bool mayCallerIdLift(StayReason refusal, const LineCall &call, const PolicyFacts &facts);

/// Why the user's wishes keep a call with this peer, where it is known, on the phone network. An unknown connection
/// restricts nothing; what costs while roaming is known from the SIM as well.
std::optional<StayReason> wishToStay(const std::optional<protocol::Msisdn> &peer, const PolicyFacts &facts);

/// What a move of a call with this peer is like for the user.
Prompt promptFor(const std::optional<protocol::Msisdn> &peer, const CallSettings &settings, const ContactRules &rules);

/// Home and serving region of the SIM that carries a call; empty when it is not known.
numbers::Regions regionsOf(int slot, const std::vector<SimInfo> &sims);

/// The SIM that knows this number as its own, else the first there is: the one that an account with this number speaks for
/// where the platform hides the IMSIs.
const SimInfo *simWith(const protocol::Msisdn &number, const std::vector<SimInfo> &sims);

/// What stands for a SIM at the server: its IMSI; a handle where the platform hides it.
std::optional<protocol::SimProof> simProofOf(const SimInfo &sim, const std::optional<Account> &account, RandomSource &random);

} // namespace ringlift::call
