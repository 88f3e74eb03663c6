#include "tests/sim/invariants/lostcalls.h"

#include "tests/sim/world.h"

namespace ringlift::sim {

using namespace std::chrono_literals;

namespace {

/// Rule 8: one second of silence, five more after an answer, and a little for the last packet.
constexpr Duration kSilenceBound = 7s;

} // namespace

void NoCallIsLost::personEnds(const SimPhone &phone, const std::string &peer)
{
    const auto ends = [this](const Pair &pair) {
        m_released.erase(pair);
        m_ended.insert(pair);
    };
    ends({phone.index(), peer});
    if (const SimPhone *const other = world().phoneOf(peer))
        ends({other->index(), phone.number()});
}

void NoCallIsLost::phoneInput(const SimPhone &phone, const call::PhoneInput &input)
{
    const auto *hangUp = std::get_if<call::UserHangUp>(&input);
    const call::CallInfo *const info = hangUp != nullptr ? phone.call(hangUp->call) : nullptr;
    if (info != nullptr)
        personEnds(phone, info->peer.reveal());
}

void NoCallIsLost::phoneOutput(const SimPhone &phone, const call::PhoneOutput &output)
{
    const auto *milestone = std::get_if<call::Milestone>(&output);
    if (milestone != nullptr && milestone->name == "releasing")
        m_releasing.insert(phone.index());
    const auto *hangUp = std::get_if<call::LineHangUp>(&output);
    if (hangUp != nullptr && hangUp->cause == call::HangUpCause::HandOver)
        released(phone, hangUp->line);
    m_changed = m_changed || std::holds_alternative<call::CallChanged>(output)
        || std::holds_alternative<call::CallFinished>(output) || std::holds_alternative<call::StoreJournal>(output);
}

void NoCallIsLost::released(const SimPhone &phone, LineCallId line)
{
    const bool glaring = m_releasing.erase(phone.index()) == 0;
    const plmn::Leg *const leg = world().exchange().leg(line);
    if (leg == nullptr || !phone.traits().canEndCalls || phone.traits().ignoresHangUps)
        return;
    const Pair pair(phone.index(), world().calledNumber(leg->line.number.reveal()));
    if (m_ended.contains(pair))
        return;
    m_released.insert(pair);
    if (glaring)
        m_glaring.insert(pair);
    else
        m_glaring.erase(pair);
}

void NoCallIsLost::legChanged(const plmn::Leg &leg)
{
    m_changed = true;
    const SimPhone *const phone = world().phoneOf(leg.subscriber);
    if (phone == nullptr || leg.line.direction != CallDirection::Outgoing)
        return;
    const Pair pair(phone->index(), world().calledNumber(leg.line.number.reveal()));
    if (leg.line.state == LegState::Dialling)
        m_ended.erase(pair);
    // The phone network has ended a call that was placed again: nothing is left to keep alive.
    else if (leg.line.state == LegState::Ended && leg.line.end != LegEnd::LocalHangUp)
        m_released.erase(pair);
}

bool NoCallIsLost::isAlive(const Pair &pair) const
{
    const SimPhone &phone = world().phone(pair.first);
    for (const auto &[id, leg] : world().exchange().legs()) {
        const bool back = world().exchange().trunkOf(id)->caller == pair.second;
        if (leg.subscriber == phone.number() && (leg.line.direction == CallDirection::Outgoing || back))
            return true;
    }
    const SimPhone *const peer = world().phoneOf(pair.second);
    // The kept call of a glare is the peer's to bring back, also when our app was killed and has come up without it.
    const bool peerFinds = m_glaring.contains(pair) && peer != nullptr && hasWayBack(*peer, phone.number());
    return hasWayBack(phone, pair.second) || peerFinds;
}

bool NoCallIsLost::hasWayBack(const SimPhone &phone, const std::string &peer) const
{
    // Also while it runs: the line has not yet told that the leg is gone, and the app will place the call again then.
    if (phone.journal())
        return true;
    for (const auto &[handle, info] : phone.calls()) {
        const bool going = info.end == call::CallEnd::NotEnded && info.ip != call::IpState::Ended;
        if (info.peer.reveal() == peer && (info.offersRedial || info.reconnecting || going))
            return true;
    }
    return false;
}

void NoCallIsLost::settled()
{
    if (now() >= m_nextSilenceCheck)
        checkSilence();
    if (!std::exchange(m_changed, false))
        return;
    for (const Pair &pair : m_released) {
        if (!isAlive(pair))
            return violated("phone " + std::to_string(pair.first) + " has neither leg nor a way back");
    }
}

void NoCallIsLost::checkSilence()
{
    m_nextSilenceCheck = now() + 250ms;
    for (const auto &phone : world().phones()) {
        for (const auto &[handle, info] : phone->calls()) {
            const Traffic::Flow *const flow = m_traffic.at(*phone, handle);
            const bool relies = (info.moved || info.manual) && info.carrier == call::Carrier::Internet;
            if (!relies) {
                m_movedAt.erase({phone->index(), handle});
                continue;
            }
            const TimePoint movedAt = m_movedAt.try_emplace({phone->index(), handle}, now()).first->second;
            if (flow != nullptr && now() - std::max(flow->last, movedAt) > kSilenceBound)
                return violated("phone " + std::to_string(phone->index()) + " waits too long on a dead path");
        }
    }
}

} // namespace ringlift::sim
