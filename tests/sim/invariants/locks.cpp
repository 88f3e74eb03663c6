#include "tests/sim/invariants/locks.h"

#include "tests/sim/adversaries.h"
#include "tests/sim/world.h"

#include <algorithm>

namespace ringlift::sim {

void LocksHold::serverHears(server::ConnectionId id, const protocol::Message &message)
{
    if (const auto *unlock = std::get_if<protocol::RegisterUnlock>(&message))
        m_showedRightPin[id] = unlock->pinProof == kRightPin;
}

void LocksHold::serverSays(server::ConnectionId id, const protocol::Message &message)
{
    const auto &plan = world().plan().takeover;
    if (!plan || !plan->isLocked)
        return;
    const SimPhone *const phone = world().phoneOf(id);
    const bool isOwner = phone != nullptr && phone->index() == plan->who;
    const bool isTaker = world().signals().clientOf(id) == world().adversaries().taker()->client();
    const auto *error = std::get_if<protocol::ErrorMessage>(&message);
    if (error != nullptr && error->code == protocol::ErrorCode::RegLocked && error->re == "register.unlock")
        m_isFrozen = true;
    if (std::holds_alternative<protocol::RegisterDone>(message) &&
        (isOwner || isTaker || m_showedRightPin.contains(id)))
        done(id);
    if (std::holds_alternative<protocol::Welcome>(message) && isOwner && m_isFrozen)
        violated("a frozen phone logs in");
    if (std::holds_alternative<protocol::CallMatched>(message) && isOwner && m_isFrozen)
        violated("a frozen phone is matched");
}

void LocksHold::done(server::ConnectionId id)
{
    m_isFrozen = false;
    const auto &faults = world().plan().faults;
    if (std::ranges::find(faults, FaultKind::ServerClockSkewed, &FaultPlan::kind) != faults.end())
        return; // a lock lapses after a week
    const SimPhone &owner = world().phone(world().plan().takeover->who);
    // In the set-up there is no lock yet.
    if (owner.account() && owner.account()->locked && !m_showedRightPin[id])
        violated("a locked number changes hands without its PIN");
}

void LocksHold::ended()
{
    const auto &plan = world().plan().takeover;
    const bool isUndisturbed = world().plan().faults.empty() && world().plan().hostility == Hostility::None;
    if (!plan || !isUndisturbed)
        return;
    const bool mayHaveIt = !plan->isLocked || plan->knowsPin;
    if (world().adversaries().taker()->isRegistered() != mayHaveIt)
        violated(mayHaveIt ? "who has the code and the PIN does not get the number"
                           : "a number was taken from its owner");
    if (plan->winsBackAfter && m_isFrozen)
        violated("an owner with the PIN stays frozen");
}

} // namespace ringlift::sim
