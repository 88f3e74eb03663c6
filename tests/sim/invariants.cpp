#include "tests/sim/invariants.h"

#include "tests/sim/invariants/audio.h"
#include "tests/sim/invariants/byhand.h"
#include "tests/sim/invariants/doubt.h"
#include "tests/sim/invariants/emergency.h"
#include "tests/sim/invariants/locks.h"
#include "tests/sim/invariants/lostcalls.h"
#include "tests/sim/invariants/matching.h"
#include "tests/sim/invariants/nonces.h"
#include "tests/sim/invariants/ownsim.h"
#include "tests/sim/invariants/release.h"
#include "tests/sim/invariants/rest.h"
#include "tests/sim/invariants/wishes.h"
#include "tests/sim/world.h"

namespace ringlift::sim {

namespace {

constexpr auto kStableWithin = std::chrono::seconds(20);

} // namespace

TimePoint Invariant::now() const
{
    return m_world.stage().now();
}

void Invariant::violated(std::string what) const
{
    m_world.stage().violate(m_name, std::move(what));
}

Invariants::Invariants(World &world) : m_world(world)
{
    auto traffic = std::make_unique<Traffic>(world);
    auto answers = std::make_unique<Answers>(world);
    const Traffic &seen = *traffic;
    const Answers &told = *answers;
    m_all.push_back(std::move(traffic));
    m_all.push_back(std::move(answers));
    m_all.push_back(std::make_unique<ReleaseIsProven>(world, seen, told));
    m_all.push_back(std::make_unique<OneEndReleases>(world));
    m_all.push_back(std::make_unique<NoCallIsLost>(world, seen));
    m_all.push_back(std::make_unique<MicrophoneFollowsAnswer>(world, seen, told));
    m_all.push_back(std::make_unique<OneCallHasTheMicrophone>(world));
    m_all.push_back(std::make_unique<OneLegIsHeard>(world, seen));
    m_all.push_back(std::make_unique<EmergencyStaysUntouched>(world));
    m_all.push_back(std::make_unique<DoubtStaysCellular>(world));
    m_all.push_back(std::make_unique<MatchesAreRight>(world));
    m_all.push_back(std::make_unique<CallsByHandAreWanted>(world));
    m_all.push_back(std::make_unique<AccountsSpeakForTheirSim>(world));
    m_all.push_back(std::make_unique<LocksHold>(world));
    m_all.push_back(std::make_unique<WishesHold>(world));
    m_all.push_back(std::make_unique<NoncesNeverRepeat>(world));
    m_all.push_back(std::make_unique<MemoryIsBounded>(world));
    m_all.push_back(std::make_unique<GuardsAreSilent>(world));
    m_all.push_back(std::make_unique<CallsSettle>(world));
    m_all.push_back(std::make_unique<AllComesToRest>(world));
    for (const auto &invariant : m_all)
        world.stage().watch(*invariant);
}

void Invariants::faultsEnded()
{
    m_faultsEnded = m_world.stage().now();
    m_world.stage().after(kStableWithin, [this] { checkSettled(); });
}

void Invariants::beforeFinish()
{
    if (m_faultsEnded && m_world.stage().now() >= *m_faultsEnded + kStableWithin)
        checkSettled();
}

void Invariants::checkSettled()
{
    for (const auto &invariant : m_all)
        invariant->faultsLongOver();
}

} // namespace ringlift::sim
