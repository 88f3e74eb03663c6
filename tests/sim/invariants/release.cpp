#include "tests/sim/invariants/release.h"

#include "tests/sim/world.h"

#include <algorithm>

namespace ringlift::sim {

using namespace std::chrono_literals;

namespace {

/// Until a REPORT, sent four times a second and valid for one, has crossed a slow path.
constexpr Duration kReportAge = 1500ms + 1000ms + 500ms;
constexpr Duration kPathLost = 1500ms;
/// Until both phones have noticed that a ring was diverted.
constexpr Duration kNotice = 1s;
/// HO_ACK counts for two seconds; it travels.
constexpr Duration kConsentAge = 2000ms + 500ms;

} // namespace

void ReleaseIsProven::phoneOutput(const SimPhone &phone, const call::PhoneOutput &output)
{
    if (const auto *milestone = std::get_if<call::Milestone>(&output)) {
        if (milestone->name == "releasing") {
            m_releasing[phone.index()] = milestone->call;
            m_released[{phone.index(), milestone->call}] = TimePoint::max();
        }
        if (milestone->name != "ho_ack")
            return;
        m_consents[{phone.index(), milestone->call}] = {now(), hasRing(phone)};
    }
    const auto *hangUp = std::get_if<call::LineHangUp>(&output);
    if (hangUp != nullptr && hangUp->cause == call::HangUpCause::HandOver)
        released(phone, hangUp->line);
}

void ReleaseIsProven::legChanged(const plmn::Leg &leg)
{
    if (leg.line.direction == CallDirection::Incoming && leg.line.state == LegState::Ended)
        m_ringEnded[leg.subscriber] = now();
}

// A phone may take as long to notice an end as its line says.
bool ReleaseIsProven::hasRing(const SimPhone &phone) const
{
    for (const auto &[id, leg] : world().exchange().legs()) {
        if (leg.subscriber == phone.number() && leg.line.direction == CallDirection::Incoming)
            return true;
    }
    const auto ended = m_ringEnded.find(phone.number());
    return ended != m_ringEnded.end() && now() - ended->second <= call::PhoneConfig{}.hangUpNoticeBound;
}

void ReleaseIsProven::phoneKilled(const SimPhone &phone)
{
    const auto isIts = [&](const Ear &ear) { return ear.first == phone.index(); };
    std::erase_if(m_consents, [&](const auto &consent) { return isIts(consent.first); });
    for (auto &[ear, known] : m_released) {
        if (isIts(ear))
            known = std::min(known, now() + kPathLost);
    }
    m_releasing.erase(phone.index());
}

void ReleaseIsProven::released(const SimPhone &phone, LineCallId line)
{
    const auto releasing = m_releasing.extract(phone.index());
    const plmn::Leg *const leg = world().exchange().leg(line);
    if (leg == nullptr)
        return; // it ended by itself, a moment ago
    const call::CallInfo *const carried = releasing ? phone.call(releasing.mapped()) : keptBeside(phone, *leg);
    if (carried == nullptr || carried->ip < call::IpState::Proven || carried->ip >= call::IpState::Ended)
        return violated("no call of the phone has a proven path");
    checkPeer(phone, *carried, line);
}

// Of two crossing dials the one that is kept (rule 11).
const call::CallInfo *ReleaseIsProven::keptBeside(const SimPhone &phone, const plmn::Leg &leg)
{
    for (const auto &[handle, info] : phone.calls()) {
        const Traffic::Flow *const flow = m_traffic.at(phone, handle);
        const auto released = flow == nullptr ? m_released.end() : m_released.find({flow->from->index(), flow->fromCall});
        const bool kept = info.direction == CallDirection::Incoming && released != m_released.end() && now() <= released->second;
        if (kept && leg.line.number.reveal().ends_with(info.peer.reveal().substr(3)))
            return &info;
    }
    return nullptr;
}

void ReleaseIsProven::checkPeer(const SimPhone &phone, const call::CallInfo &info, LineCallId line)
{
    const Traffic::Flow *const flow = m_traffic.at(phone, info.handle);
    if (flow == nullptr)
        return violated("nothing ever came from the peer");
    const SimPhone &peer = *flow->from;
    if (peer.number() != info.peer.reveal())
        return violated("the peer is not the one who was dialled");
    const call::CallInfo *const theirs = peer.call(flow->fromCall);
    // An app that died a moment ago cannot be asked; rule 8 is for that.
    if (theirs == nullptr)
        return;
    if (theirs->sas.empty() || theirs->sas != info.sas)
        return violated("the two ends have different keys");
    checkPath(phone, info, *flow);
    checkTrust(phone, info, *flow);
    // Two rings from one number are told apart by which of them vanishes (5.3), not before.
    const Trunk *const trunk = world().exchange().trunkOf(line);
    const auto isDial = [&](const auto &leg) {
        return leg.second.subscriber == phone.number() && leg.second.line.direction == CallDirection::Outgoing;
    };
    const auto ended = m_ringEnded.find(peer.number());
    const bool justDiverted = ended != m_ringEnded.end() && now() - ended->second <= kNotice;
    const bool ambiguous = !world().plan().spoofs.empty() || justDiverted
        || std::count_if(world().exchange().legs().begin(), world().exchange().legs().end(), isDial) > 1;
    const bool diverted = trunk->calleeLeg && trunk->callee != peer.number();
    if (diverted && !ambiguous && info.direction == CallDirection::Outgoing)
        violated("the leg rings at somebody else");
}

void ReleaseIsProven::checkPath(const SimPhone &phone, const call::CallInfo &info, const Traffic::Flow &flow)
{
    const SimPhone &peer = *flow.from;
    const Traffic::Flow *const back = m_traffic.at(peer, flow.fromCall);
    if (!flow.wasGood || now() - flow.last > kPathLost)
        return violated("too little came from the peer");
    if (back == nullptr || back->from != &phone || !back->wasGood || now() - back->last > kReportAge)
        return violated("too little reached the peer");
    if (info.direction == CallDirection::Incoming)
        return; // glare: the kept call was released by the peer
    const auto consent = m_consents.find({peer.index(), flow.fromCall});
    if (consent == m_consents.end() || now() - consent->second.at > kConsentAge)
        violated("the peer did not consent");
    else if (!consent->second.legWasUp)
        violated("the peer consented without a leg");
}

void ReleaseIsProven::checkTrust(const SimPhone &phone, const call::CallInfo &info, const Traffic::Flow &flow)
{
    const auto number = protocol::Msisdn::fromE164(info.peer.reveal());
    const auto pin = number ? phone.pins().find(*number) : phone.pins().end();
    if (info.direction != CallDirection::Outgoing || m_answers.has(*flow.from, flow.fromCall, phone.number()))
        return;
    if (pin == phone.pins().end())
        return violated("nobody has answered, and the peer is not known");
    const call::HandOver wish = pin->second.handOver;
    if (wish == call::HandOver::AtAnswer)
        return violated("nobody has answered, and the user wants that");
    if (wish == call::HandOver::ByTrust && pin->second.level < call::TrustLevel::Leg)
        return violated("nobody has answered, and the peer was never leg-bound");
    const call::CallInfo *const theirs = flow.from->call(flow.fromCall);
    if (theirs != nullptr && theirs->ip < call::IpState::Alerting)
        violated("it does not even ring");
}

void OneEndReleases::phoneInput(const SimPhone &phone, const call::PhoneInput &input)
{
    if (std::holds_alternative<call::UserHangUp>(input) || std::holds_alternative<call::UserDecline>(input))
        m_askedToEnd[phone.index()] = now();
    const auto *answer = std::get_if<call::UserAnswer>(&input);
    const call::CallInfo *const info = answer != nullptr ? phone.call(answer->call) : nullptr;
    if (info != nullptr)
        m_wanted.insert({phone.index(), info->peer.reveal()});
}

void OneEndReleases::phoneKilled(const SimPhone &phone)
{
    std::erase_if(m_wanted, [&](const auto &wanted) { return wanted.first == phone.index(); });
}

void OneEndReleases::phoneOutput(const SimPhone &phone, const call::PhoneOutput &output)
{
    if (const auto *hangUp = std::get_if<call::LineHangUp>(&output))
        hungUp(phone, *hangUp);
    else if (const auto *answer = std::get_if<call::LineAnswer>(&output))
        answered(phone, answer->line);
    else if (const auto *changed = std::get_if<call::CallChanged>(&output)) {
        // Answered natively in the last moment before it moved.
        if (changed->info.moved && changed->info.answeredAt)
            m_wanted.insert({phone.index(), changed->info.peer.reveal()});
    } else if (const auto *finished = std::get_if<call::CallFinished>(&output)) {
        if (finished->record.direction == CallDirection::Incoming)
            m_wanted.erase({phone.index(), finished->record.peer.reveal()});
    }
}

void OneEndReleases::hungUp(const SimPhone &phone, const call::LineHangUp &output)
{
    if (phone.traits().byHand && output.cause == call::HangUpCause::User)
        return; // there is no leg
    const auto asked = m_askedToEnd.find(phone.index());
    if (output.cause == call::HangUpCause::User) {
        if (asked == m_askedToEnd.end() || asked->second != now())
            violated("a leg is ended in the name of a user who did not ask");
        return;
    }
    const Trunk *const trunk = world().exchange().trunkOf(output.line);
    if (trunk == nullptr || trunk->callerLeg != output.line)
        return violated("an app releases a leg that it did not dial");
    if (!m_releasedTrunks.insert(output.line).second)
        violated("a leg is released twice");
}

void OneEndReleases::answered(const SimPhone &phone, LineCallId line)
{
    const Trunk *const trunk = world().exchange().trunkOf(line);
    if (trunk == nullptr)
        return violated("an app answers a leg that never was");
    bool wanted = m_wanted.contains({phone.index(), trunk->caller});
    // Spoofers and withheld numbers look like somebody else to the phone.
    wanted = wanted || trunk->caller.empty() || m_wanted.contains({phone.index(), std::string()});
    if (!wanted)
        violated("an app answers a call that its user did not");
}

} // namespace ringlift::sim
