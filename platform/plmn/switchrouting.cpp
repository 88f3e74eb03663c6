#include "platform/plmn/switchprivate.h"

#include <algorithm>

namespace ringlift::plmn {

Call &Switch::Private::startCall(Leg caller)
{
    Call &call = calls[++lastCall];
    call.number = lastCall;
    caller.call = lastCall;
    caller.line.direction = CallDirection::Outgoing;
    caller.line.state = LegState::Dialling;
    Leg &leg = addLeg(std::move(caller));
    call.caller = leg.line.id;
    holdOthers(leg);
    return call;
}

void Switch::Private::route(Call &call, std::string target)
{
    call.target = std::move(target);
    if (!call.emergency && divert(call, Diversion::Unconditional, LegEnd::NotEnded))
        return;
    const auto jitter = static_cast<std::uint32_t>(std::clamp<std::int64_t>(config.pagingJitter.count(), 0, 60'000'000));
    armRoute(call, config.pagingDelay + Duration(random.uniform(jitter + 1)), TimerKind::Page);
}

bool Switch::Private::isEmergency(const std::string &number, const Subscriber *dialler) const
{
    const auto holds = [&](const std::vector<std::string> &list) {
        return std::find(list.begin(), list.end(), number) != list.end();
    };
    return holds(config.emergencyNumbers) || (dialler != nullptr && holds(dialler->emergencyNumbers));
}

void Switch::Private::page(Call &call)
{
    if (call.emergency)
        return ringService(call, Party::EmergencyCentre, config.emergencyAnswerAfter, Speech{});
    const Directory::Entry *const entry = directory.find(call.target);
    if (entry == nullptr && config.elsewhere)
        return ringScript(call, *config.elsewhere, std::string());
    if (entry == nullptr)
        return endLeg(call.caller, LegEnd::Unreachable);
    if (legs.at(call.caller).subscriber == call.target)
        return endLeg(call.caller, LegEnd::Busy);
    const Subscriber &callee = entry->subscriber;
    if (!entry->covered || !networkUp || !(entry->attached || callee.script))
        return divertOrFail(call, Diversion::Unreachable, LegEnd::NotEnded, LegEnd::Unreachable);
    if (isBusy(callee))
        return divertOrFail(call, Diversion::Busy, LegEnd::NotEnded, LegEnd::Busy);
    if (entry->attached)
        ringPhone(call, callee);
    else
        ringScript(call, *callee.script, callee.msisdn);
}

bool Switch::Private::isBusy(const Subscriber &callee) const
{
    const std::vector<LineCallId> present = legsOfPhone(callee.msisdn);
    if (present.empty())
        return false;
    const bool rings = std::any_of(
        present.begin(), present.end(), [this](LineCallId id) { return legs.at(id).line.state == LegState::Ringing; });
    return rings || !callee.callWaiting || present.size() >= config.maxLegsOfPhone;
}

LineCall Switch::Private::incomingLine(const Call &call, const Subscriber &callee) const
{
    LineCall line;
    line.sim = callee.slot;
    line.direction = CallDirection::Incoming;
    line.state = LegState::Ringing;
    line.callerId = CallerIdPresence::Unknown;
    if (callee.callerIdForm == CallerIdForm::NotDelivered)
        return line;
    if (call.withheld) {
        line.callerId = CallerIdPresence::Withheld;
    } else if (!call.shown.empty()) {
        const ShownNumber shown = shownTo(callee, call.shown, call.shownInternational);
        line.callerId = CallerIdPresence::Known;
        line.number = Redacted(shown.number);
        line.international = shown.international;
    }
    return line;
}

void Switch::Private::ringPhone(Call &call, const Subscriber &callee)
{
    Leg leg;
    leg.subscriber = callee.msisdn;
    leg.call = call.number;
    leg.waiting = !legsOfPhone(callee.msisdn).empty();
    leg.line = incomingLine(call, callee);
    if (callee.callerIdDelay > Duration::zero()) {
        leg.line.callerId = CallerIdPresence::Unknown;
        leg.line.number = Redacted<std::string>();
        leg.line.international = false;
    }
    const Leg &added = addLeg(std::move(leg));
    call.callee = added.line.id;
    if (callee.callerIdDelay > Duration::zero())
        armLeg(added, callee.callerIdDelay, TimerKind::ShowCallerId);
    armRoute(call, config.alertDelay, TimerKind::AlertCaller);
    armNoReply(call, callee);
}

void Switch::Private::armNoReply(const Call &call, const Subscriber &callee)
{
    armRoute(call, config.noAnswerAfter, TimerKind::GiveUp);
    if (!callee.forwarding.noReply.empty())
        armRoute(call, callee.forwarding.noReplyAfter, TimerKind::NoReply);
    else if (callee.voicemail)
        armRoute(call, callee.voicemail->after, TimerKind::NoReply);
}

void Switch::Private::showCallerId(const Call &call, Leg &leg)
{
    const Directory::Entry *const entry = directory.find(leg.subscriber);
    if (entry == nullptr)
        return;
    const LineCall shown = incomingLine(call, entry->subscriber);
    leg.line.number = shown.number;
    leg.line.international = shown.international;
    leg.line.callerId = shown.callerId;
    tell(leg);
}

void Switch::Private::ringScript(Call &call, const Script &script, const std::string &subscriber)
{
    if (script.behaviour == Script::Behaviour::Busy)
        return divertOrFail(call, Diversion::Busy, LegEnd::NotEnded, LegEnd::Busy);
    const Directory::Entry *const entry = directory.find(subscriber);
    const Subscriber callee = entry == nullptr ? Subscriber{} : entry->subscriber;
    Leg leg;
    leg.party = Party::Script;
    leg.subscriber = subscriber;
    leg.call = call.number;
    leg.line = incomingLine(call, callee);
    const Leg &added = addLeg(std::move(leg));
    call.callee = added.line.id;
    speeches[added.line.id] = Speech{script.toneHz, script.echo, 0, script.hangUpAfter};
    armRoute(call, config.alertDelay, TimerKind::AlertCaller);
    armNoReply(call, callee);
    if (script.behaviour == Script::Behaviour::Answers)
        armRoute(call, script.answerAfter, TimerKind::Answer);
    else if (script.behaviour == Script::Behaviour::Rejects)
        armRoute(call, script.answerAfter, TimerKind::Reject);
}

void Switch::Private::ringService(Call &call, Party party, Duration answerAfter, const Speech &speech)
{
    Leg leg;
    leg.party = party;
    leg.call = call.number;
    leg.line = incomingLine(call, Subscriber{});
    const Leg &added = addLeg(std::move(leg));
    call.callee = added.line.id;
    speeches[added.line.id] = speech;
    if (answerAfter > config.alertDelay)
        armRoute(call, config.alertDelay, TimerKind::AlertCaller);
    armRoute(call, answerAfter, TimerKind::Answer);
}

bool Switch::Private::divert(Call &call, Diversion why, LegEnd calleeEnd)
{
    const Directory::Entry *const entry = directory.find(call.target);
    const bool callerWaits = legs.contains(call.caller);
    if (entry == nullptr || !callerWaits || call.diversions >= config.maxDiversions)
        return false;
    const Subscriber &diverter = entry->subscriber;
    const Forwarding &forwarding = diverter.forwarding;
    const std::optional<Voicemail> &voicemail = diverter.voicemail;
    std::string target;
    bool toVoicemail = false;
    switch (why) {
    case Diversion::Unconditional: target = forwarding.unconditional; break;
    case Diversion::Busy: target = forwarding.busy; toVoicemail = voicemail && voicemail->onBusy; break;
    case Diversion::NoReply: target = forwarding.noReply; toVoicemail = voicemail.has_value(); break;
    case Diversion::Unreachable: target = forwarding.unreachable; toVoicemail = voicemail && voicemail->onUnreachable; break;
    }
    if (target.empty() && !toVoicemail)
        return false;

    ++call.diversions;
    endRoute(call);
    if (call.callee)
        endLeg(*std::exchange(call.callee, std::nullopt), calleeEnd);
    if (!target.empty())
        route(call, toE164(diverter, target));
    else
        ringService(call, Party::Voicemail, Duration::zero(), Speech{voicemail->toneHz, false, 0, voicemail->hangUpAfter});
    return true;
}

void Switch::Private::divertOrFail(Call &call, Diversion why, LegEnd calleeEnd, LegEnd callerEnd)
{
    if (divert(call, why, calleeEnd))
        return;
    if (call.callee)
        release(*call.callee, calleeEnd, callerEnd);
    else
        endLeg(call.caller, callerEnd);
}

void Switch::Private::answer(Leg &leg)
{
    Call &call = *callOf(leg);
    endRoute(call);
    call.answered = true;
    holdOthers(leg);
    setState(leg, LegState::Active);
    if (const Leg *const caller = liveLeg(call.caller); caller != nullptr)
        armLeg(*caller, config.connectDelay, TimerKind::ConnectCaller);
}

} // namespace ringlift::plmn
