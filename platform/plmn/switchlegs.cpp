#include "platform/plmn/switchprivate.h"

#include <cmath>
#include <numbers>

namespace ringlift::plmn {

namespace {

constexpr Duration kToneFrame = std::chrono::milliseconds(20);
constexpr std::size_t kToneSamples = 960;
constexpr double kSampleRate = 48000;
constexpr double kToneAmplitude = 8000;

} // namespace

Leg &Switch::Private::addLeg(Leg leg)
{
    leg.line.id = LineCallId{++lastLeg};
    Leg &added = legs[leg.line.id];
    added = std::move(leg);
    tell(added, true);
    return added;
}

Leg *Switch::Private::liveLeg(LineCallId id)
{
    const auto found = legs.find(id);
    return found == legs.end() ? nullptr : &found->second;
}

Call *Switch::Private::callOf(const Leg &leg)
{
    const auto found = calls.find(leg.call);
    return found == calls.end() ? nullptr : &found->second;
}

Leg *Switch::Private::otherEnd(const Leg &leg)
{
    const Call *const call = callOf(leg);
    if (call == nullptr)
        return nullptr;
    if (call->caller != leg.line.id)
        return liveLeg(call->caller);
    return call->callee ? liveLeg(*call->callee) : nullptr;
}

void Switch::Private::setState(Leg &leg, LegState state)
{
    leg.line.state = state;
    tell(leg);
    const auto speech = speeches.find(leg.line.id);
    if (state != LegState::Active || speech == speeches.end())
        return;
    if (speech->second.toneHz > 0)
        armLeg(leg, kToneFrame, TimerKind::Tone);
    if (speech->second.hangUpAfter)
        armLeg(leg, *speech->second.hangUpAfter, TimerKind::HangUp);
}

void Switch::Private::endLeg(LineCallId id, LegEnd end)
{
    const auto node = legs.extract(id);
    if (node.empty())
        return;
    Leg leg = node.mapped();
    leg.line.state = LegState::Ended;
    leg.line.end = end;
    speeches.erase(id);
    tell(leg);
    std::erase_if(timers, [id](const auto &timer) { return timer.second.leg == id; });
    const Call &call = calls.at(leg.call);
    const bool over = !legs.contains(call.caller) && !(call.callee && legs.contains(*call.callee));
    if (over) {
        endRoute(call);
        calls.erase(leg.call);
    }
    retrieveHeld(leg);
}

void Switch::Private::release(LineCallId id, LegEnd end, LegEnd otherEndReason)
{
    const Leg *const leg = liveLeg(id);
    if (leg == nullptr)
        return;
    endRoute(*callOf(*leg));
    if (const Leg *const other = otherEnd(*leg); other != nullptr)
        arm(config.releaseDelay, Timer{TimerKind::Release, other->call, other->line.id, otherEndReason});
    endLeg(id, end);
}

void Switch::Private::cutSubscriber(const std::string &msisdn, LegEnd end, bool spareEmergency)
{
    std::vector<std::pair<LineCallId, LegEnd>> cut;
    for (const auto &[id, leg] : legs) {
        if (leg.subscriber == msisdn && !(spareEmergency && calls.at(leg.call).emergency))
            cut.emplace_back(id, leg.line.state == LegState::Ringing ? LegEnd::Unreachable : LegEnd::RemoteHangUp);
    }
    for (const auto &[id, other] : cut)
        release(id, end, other);
}

bool Switch::Private::isOfPhone(const Leg &leg, const Subscriber &subscriber) const
{
    if (leg.party != Party::Phone)
        return false;
    if (leg.subscriber == subscriber.msisdn)
        return true;
    const Directory::Entry *const entry = directory.find(leg.subscriber);
    return entry != nullptr && !subscriber.phone.empty() && entry->subscriber.phone == subscriber.phone;
}

std::vector<LineCallId> Switch::Private::legsOfPhone(const std::string &msisdn) const
{
    std::vector<LineCallId> found;
    const Directory::Entry *const entry = directory.find(msisdn);
    if (entry == nullptr)
        return found;
    for (const auto &[id, leg] : legs) {
        if (isOfPhone(leg, entry->subscriber))
            found.push_back(id);
    }
    return found;
}

void Switch::Private::holdOthers(const Leg &leg)
{
    for (const LineCallId id : legsOfPhone(leg.subscriber)) {
        Leg &other = legs.at(id);
        if (id != leg.line.id && other.line.state == LegState::Active)
            setState(other, LegState::Held);
    }
}

void Switch::Private::retrieveHeld(const Leg &ended)
{
    const Directory::Entry *const entry = directory.find(ended.subscriber);
    if (entry == nullptr || !entry->attached || !entry->covered || !networkUp)
        return;
    Leg *held = nullptr;
    for (const LineCallId id : legsOfPhone(ended.subscriber)) {
        Leg &leg = legs.at(id);
        if (leg.line.state == LegState::Held)
            held = &leg;
        else if (leg.line.state != LegState::Ringing)
            return;
    }
    if (held != nullptr)
        setState(*held, LegState::Active);
}

void Switch::Private::arm(Duration delay, Timer timer)
{
    timers.emplace(std::pair(now + delay, ++lastTimer), timer);
}

void Switch::Private::endRoute(const Call &call)
{
    std::erase_if(timers, [number = call.number](const auto &timer) {
        return timer.second.call == number && timer.second.leg == LineCallId{};
    });
}

void Switch::Private::fire(const Timer &timer)
{
    if (timer.leg != LineCallId{}) {
        if (Leg *const leg = liveLeg(timer.leg); leg != nullptr)
            fireOnLeg(*leg, timer);
        return;
    }
    if (const auto call = calls.find(timer.call); call != calls.end())
        fireOnRoute(call->second, timer.kind);
}

void Switch::Private::fireOnRoute(Call &call, TimerKind kind)
{
    if (kind == TimerKind::Page) {
        page(call);
    } else if (kind == TimerKind::AlertCaller) {
        Leg &caller = legs.at(call.caller);
        if (caller.line.state == LegState::Dialling)
            setState(caller, LegState::Alerting);
    } else if (kind == TimerKind::NoReply) {
        divert(call, Diversion::NoReply, LegEnd::NoAnswer);
    } else if (kind == TimerKind::GiveUp) {
        release(*call.callee, LegEnd::NoAnswer, LegEnd::NoAnswer);
    } else if (kind == TimerKind::Answer) {
        answer(legs.at(*call.callee));
    } else if (kind == TimerKind::Reject) {
        divertOrFail(call, Diversion::Busy, LegEnd::LocalHangUp, LegEnd::Rejected);
    }
}

void Switch::Private::fireOnLeg(Leg &leg, const Timer &timer)
{
    switch (timer.kind) {
    case TimerKind::ConnectCaller:
        holdOthers(leg);
        setState(leg, LegState::Active);
        break;
    case TimerKind::Release: endLeg(leg.line.id, timer.end); break;
    case TimerKind::ShowCallerId: showCallerId(*callOf(leg), leg); break;
    case TimerKind::HangUp: release(leg.line.id, LegEnd::LocalHangUp, LegEnd::RemoteHangUp); break;
    case TimerKind::Tone: speak(leg); break;
    default: break;
    }
}

void Switch::Private::carryVoice(const Leg &from, const std::vector<std::int16_t> &samples)
{
    const Leg *const to = otherEnd(from);
    if (from.line.state != LegState::Active || to == nullptr || to->line.state != LegState::Active)
        return;
    if (to->party == Party::Phone) {
        outputs.emplace_back(VoiceHeard{to->line.id, to->subscriber, samples});
        return;
    }
    const auto speech = speeches.find(to->line.id);
    if (speech != speeches.end() && speech->second.echo && from.party == Party::Phone)
        outputs.emplace_back(VoiceHeard{from.line.id, from.subscriber, samples});
}

void Switch::Private::speak(const Leg &leg)
{
    Speech &speech = speeches.at(leg.line.id);
    const double step = 2 * std::numbers::pi * speech.toneHz / kSampleRate;
    std::vector<std::int16_t> samples(kToneSamples);
    for (std::int16_t &sample : samples)
        sample = static_cast<std::int16_t>(kToneAmplitude * std::sin(step * static_cast<double>(speech.spoken++)));
    carryVoice(leg, samples);
    armLeg(leg, kToneFrame, TimerKind::Tone);
}

} // namespace ringlift::plmn
