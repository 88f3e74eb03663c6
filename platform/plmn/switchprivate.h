#pragma once

#include "platform/plmn/directory.h"
#include "platform/plmn/switch.h"

#include <deque>

namespace ringlift::plmn {

/// Why a call does not stay with the subscriber it was for (3GPP TS 22.082).
enum class Diversion { Unconditional, Busy, NoReply, Unreachable };

/// One call from the dial until both ends are gone.
struct Call
{
    std::uint32_t number = 0;
    LineCallId caller{};
    std::optional<LineCallId> callee;
    /// E.164 or short number that is being reached.
    std::string target;
    /// As the callee may see it; empty when there is none.
    std::string shown;
    bool withheld = false;
    bool shownInternational = true;
    bool emergency = false;
    int diversions = 0;
    bool answered = false;
};

enum class TimerKind { Page, AlertCaller, ConnectCaller, Release, ShowCallerId, NoReply, GiveUp, Answer, Reject, HangUp, Tone };

struct Timer
{
    TimerKind kind = TimerKind::Page;
    std::uint32_t call = 0;
    /// Timers without a leg belong to the route of the call, and go with it.
    LineCallId leg{};
    LegEnd end = LegEnd::NotEnded;
};

/// What a machine-driven leg does with voice.
struct Speech
{
    int toneHz = 0;
    bool echo = false;
    std::uint64_t spoken = 0;
    std::optional<Duration> hangUpAfter;
};

struct Switch::Private
{
    Private(SwitchConfig startConfig, RandomSource &randomSource) : config(std::move(startConfig)), random(randomSource) { }

    SwitchConfig config;
    RandomSource &random;
    Directory directory;
    bool networkUp = true;
    std::map<std::uint32_t, Call> calls;
    std::map<LineCallId, Leg> legs;
    std::map<LineCallId, Speech> speeches;
    std::map<std::pair<TimePoint, std::uint64_t>, Timer> timers;
    std::deque<SwitchOutput> outputs;
    std::uint32_t lastCall = 0;
    std::uint32_t lastLeg = 0;
    std::uint64_t lastTimer = 0;
    TimePoint now{};

    // switch.cpp: inputs
    void on(const Provision &input);
    void on(const Withdraw &input);
    void on(const Reconfigure &input) { config = input.config; }
    void on(const Attach &input);
    void on(const Detach &input);
    void on(const Dial &input);
    void on(const DialEmergency &input);
    void on(const Answer &input);
    void on(const HangUp &input);
    void on(const Hold &input);
    void on(const SendDigits &input);
    void on(const Voice &input);
    void on(const OutsideCall &input);
    void on(const SetCoverage &input);
    void on(const SetNetwork &input);
    void on(const DropCall &input);
    void refuse(std::string reason) { outputs.emplace_back(Refused{std::move(reason)}); }

    // switchrouting.cpp: from a dial to an answer
    Call &startCall(Leg caller);
    void route(Call &call, std::string target);
    void page(Call &call);
    bool isBusy(const Subscriber &callee) const;
    void ringPhone(Call &call, const Subscriber &callee);
    void ringScript(Call &call, const Script &script, const std::string &subscriber);
    void ringService(Call &call, Party party, Duration answerAfter, const Speech &speech);
    void armNoReply(const Call &call, const Subscriber &callee);
    LineCall incomingLine(const Call &call, const Subscriber &callee) const;
    void showCallerId(const Call &call, Leg &leg);
    bool isEmergency(const std::string &number, const Subscriber *dialler) const;
    bool divert(Call &call, Diversion why, LegEnd calleeEnd);
    void divertOrFail(Call &call, Diversion why, LegEnd calleeEnd, LegEnd callerEnd);
    void answer(Leg &leg);

    // switchlegs.cpp: legs, timers, voice
    Leg &addLeg(Leg leg);
    Leg *liveLeg(LineCallId id);
    Call *callOf(const Leg &leg);
    Leg *otherEnd(const Leg &leg);
    void setState(Leg &leg, LegState state);
    void tell(const Leg &leg, bool isNew = false) { outputs.emplace_back(LegChanged{leg, isNew}); }
    void endLeg(LineCallId id, LegEnd end);
    /// Ends this leg now and the other after the release delay.
    void release(LineCallId id, LegEnd end, LegEnd otherEnd);
    void cutSubscriber(const std::string &msisdn, LegEnd end, bool spareEmergency);
    bool isOfPhone(const Leg &leg, const Subscriber &subscriber) const;
    std::vector<LineCallId> legsOfPhone(const std::string &msisdn) const;
    void holdOthers(const Leg &leg);
    void retrieveHeld(const Leg &ended);
    void arm(Duration delay, Timer timer);
    void armRoute(const Call &call, Duration delay, TimerKind kind) { arm(delay, Timer{kind, call.number, {}, {}}); }
    void armLeg(const Leg &leg, Duration delay, TimerKind kind) { arm(delay, Timer{kind, leg.call, leg.line.id, {}}); }
    void endRoute(const Call &call);
    void fire(const Timer &timer);
    void fireOnRoute(Call &call, TimerKind kind);
    void fireOnLeg(Leg &leg, const Timer &timer);
    void carryVoice(const Leg &from, const std::vector<std::int16_t> &samples);
    void speak(const Leg &leg);
};

} // namespace ringlift::plmn
