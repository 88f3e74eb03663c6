#include "tests/sim/invariants/rest.h"

#include "tests/sim/world.h"

namespace ringlift::sim {

using namespace std::chrono_literals;

namespace {

constexpr Duration kAnsweredLongAgo = 10s;

} // namespace

void MemoryIsBounded::settled()
{
    if (now() < m_next)
        return;
    m_next = now() + 1s;
    const server::ServerCore::Figures figures = world().server().figures();
    const server::Limits &limits = world().server().limits();
    if (figures.offers > limits.offers || figures.arrivals > limits.arrivals || figures.routes > limits.routes ||
        figures.sessions > limits.registrations || figures.usedCallIds > limits.callIds ||
        figures.loggedIn > limits.loggedIn || figures.limiterKeys > limits.limiterKeys)
        violated("the server keeps more than it may");
    for (const auto &phone : world().phones()) {
        const std::size_t most = call::PhoneConfig{}.maxCalls;
        if (phone->calls().size() > most || phone->openSockets() > most)
            violated("phone " + std::to_string(phone->index()) + " keeps more than it may");
    }
}

void GuardsAreSilent::phoneOutput(const SimPhone &phone, const call::PhoneOutput &output)
{
    const auto *fault = std::get_if<call::Fault>(&output);
    if (fault != nullptr && fault->name.starts_with("invariant_"))
        violated("phone " + std::to_string(phone.index()) + " was about to break " + std::string(fault->name));
}

void CallsSettle::faultsLongOver()
{
    for (const auto &phone : world().phones()) {
        for (const auto &[handle, info] : phone->calls()) {
            const bool hanging = info.reconnecting && !info.offersRedial;
            const bool answeredLongAgo = info.answeredAt && now() - *info.answeredAt > kAnsweredLongAgo;
            const bool legIsUp = info.leg != LegState::None && info.leg != LegState::Ended;
            const bool internetToo = info.ip > call::IpState::Idle && info.ip < call::IpState::Ended;
            // A leg that rings elsewhere stays until a person hangs up; the voice has one way all the same.
            const bool undecided = answeredLongAgo && !info.moved && legIsUp && internetToo
                && info.carrier != call::Carrier::Internet;
            if (hanging || undecided)
                violated("phone " + std::to_string(phone->index()) + " has a call that is neither here nor there");
        }
    }
}

void CallsSettle::ended()
{
    for (const auto &conversation : world().conversations()) {
        if (conversation->plan().mustMove && !conversation->hasMoved())
            violated("the call from phone " + std::to_string(conversation->plan().caller) + " did not move");
    }
}

void AllComesToRest::ended()
{
    for (const auto &phone : world().phones()) {
        const std::string who = "phone " + std::to_string(phone->index());
        if (!phone->callsByMachine().empty())
            return violated(who + " still has a call");
        if (!phone->calls().empty())
            return violated(who + " did not tell that a call finished");
        if (phone->openSockets() != 0)
            return violated(who + " still has a socket");
        if (phone->isRunning() && phone->journal())
            return violated(who + " still has a journal");
    }
    if (!world().exchange().legs().empty())
        violated("a leg is still up");
}

} // namespace ringlift::sim
