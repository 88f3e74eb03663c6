#include "platform/plmn/switch.h"

#include "platform/plmn/switchprivate.h"

#include <algorithm>

namespace ringlift::plmn {

namespace {

constexpr Duration kMaxLag = std::chrono::milliseconds(200);
constexpr std::size_t kShortFrame = 480;
constexpr std::size_t kLongFrame = 960;
constexpr std::string_view kKeys = "0123456789*#ABCD";

} // namespace

Switch::Switch(SwitchConfig config, RandomSource &random) : d(std::make_unique<Private>(std::move(config), random)) { }

Switch::~Switch() = default;

void Switch::handle(TimePoint now, const SwitchInput &input)
{
    handleTimeout(now);
    d->now = std::max(d->now, now);
    std::visit([this](const auto &concrete) { d->on(concrete); }, input);
}

void Switch::handleTimeout(TimePoint now)
{
    while (!d->timers.empty() && d->timers.begin()->first.first <= now) {
        const auto node = d->timers.extract(d->timers.begin());
        // A driver that was stalled does not get every tone frame of the gap.
        d->now = std::max({d->now, node.key().first, now - kMaxLag});
        d->fire(node.mapped());
    }
}

std::optional<SwitchOutput> Switch::poll()
{
    if (d->outputs.empty())
        return std::nullopt;
    SwitchOutput output = std::move(d->outputs.front());
    d->outputs.pop_front();
    return output;
}

std::optional<TimePoint> Switch::nextTimeout() const
{
    if (d->timers.empty())
        return std::nullopt;
    return d->timers.begin()->first.first;
}

std::vector<Leg> Switch::legs() const
{
    std::vector<Leg> legs;
    legs.reserve(d->legs.size());
    for (const auto &[id, leg] : d->legs)
        legs.push_back(leg);
    return legs;
}

std::optional<Leg> Switch::leg(LineCallId id) const
{
    const auto found = d->legs.find(id);
    return found == d->legs.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Subscriber> Switch::subscribers() const
{
    std::vector<Subscriber> subscribers;
    for (const auto &[msisdn, entry] : d->directory.entries())
        subscribers.push_back(entry.subscriber);
    return subscribers;
}

std::optional<Subscriber> Switch::subscriber(const std::string &msisdn) const
{
    const Directory::Entry *const entry = d->directory.find(msisdn);
    return entry == nullptr ? std::nullopt : std::optional(entry->subscriber);
}

bool Switch::isAttached(const std::string &msisdn) const
{
    const Directory::Entry *const entry = d->directory.find(msisdn);
    return entry != nullptr && entry->attached;
}

bool Switch::isCovered(const std::string &msisdn) const
{
    const Directory::Entry *const entry = d->directory.find(msisdn);
    return entry != nullptr && entry->covered && d->networkUp;
}

const SwitchConfig &Switch::config() const
{
    return d->config;
}

void Switch::Private::on(const Provision &input)
{
    if (const auto done = directory.put(input.subscriber, config.maxSubscribers); !done)
        refuse(done.error().message);
}

void Switch::Private::on(const Withdraw &input)
{
    if (directory.find(input.msisdn) == nullptr)
        return refuse("no such subscriber");
    cutSubscriber(input.msisdn, LegEnd::NetworkLost, false);
    directory.remove(input.msisdn);
}

void Switch::Private::on(const Attach &input)
{
    Directory::Entry *const entry = directory.find(input.msisdn);
    if (entry == nullptr)
        return refuse("no such subscriber");
    entry->attached = true;
}

void Switch::Private::on(const Detach &input)
{
    Directory::Entry *const entry = directory.find(input.msisdn);
    if (entry == nullptr)
        return refuse("no such subscriber");
    entry->attached = false;
    cutSubscriber(input.msisdn, LegEnd::LocalHangUp, false);
}

void Switch::Private::on(const Dial &input)
{
    const Directory::Entry *const entry = directory.find(input.msisdn);
    if (entry == nullptr || !entry->attached)
        return refuse("no phone has joined for this subscriber");
    const auto dialled = parseDialled(input.number);
    if (!dialled)
        return refuse(dialled.error().message);
    if (calls.size() >= config.maxCalls || legsOfPhone(input.msisdn).size() >= config.maxLegsOfPhone)
        return refuse("too many calls");

    const Subscriber &dialler = entry->subscriber;
    const bool emergency = isEmergency(dialled->number, &dialler);
    Leg leg;
    leg.subscriber = input.msisdn;
    leg.ref = input.ref;
    leg.line.sim = dialler.slot;
    leg.line.number = Redacted(dialled->number);
    leg.line.international = dialled->number.starts_with('+');
    leg.line.emergency = emergency && dialler.marksEmergency;
    leg.line.ownNumberWithheld = dialled->hideCallerId.value_or(dialler.hidesCallerId);
    Call &call = startCall(std::move(leg));
    call.emergency = emergency;
    call.shown = dialler.presentedNumber.empty() ? dialler.msisdn : toE164(dialler, dialler.presentedNumber);
    call.withheld = legs.at(call.caller).line.ownNumberWithheld;
    if (!emergency && !(entry->covered && networkUp))
        return endLeg(call.caller, LegEnd::NetworkLost);
    route(call, emergency ? dialled->number : toE164(dialler, dialled->number));
}

void Switch::Private::on(const DialEmergency &input)
{
    if (!isEmergency(input.number, nullptr))
        return refuse("this is no emergency number");
    if (calls.size() >= config.maxCalls)
        return refuse("too many calls");
    Leg leg;
    leg.ref = input.phone;
    leg.line.number = Redacted(input.number);
    leg.line.emergency = true;
    Call &call = startCall(std::move(leg));
    call.emergency = true;
    route(call, input.number);
}

void Switch::Private::on(const Answer &input)
{
    Leg *const leg = liveLeg(input.leg);
    if (leg == nullptr || leg->line.state != LegState::Ringing)
        return refuse("no such ringing call");
    answer(*leg);
}

void Switch::Private::on(const HangUp &input)
{
    Leg *const leg = liveLeg(input.leg);
    if (leg == nullptr)
        return refuse("no such call");
    if (leg->line.state == LegState::Ringing)
        return divertOrFail(*callOf(*leg), Diversion::Busy, LegEnd::LocalHangUp, LegEnd::Rejected);
    release(input.leg, LegEnd::LocalHangUp, LegEnd::RemoteHangUp);
}

void Switch::Private::on(const Hold &input)
{
    Leg *const leg = liveLeg(input.leg);
    const LegState from = input.held ? LegState::Active : LegState::Held;
    if (leg == nullptr || leg->line.state != from)
        return refuse(input.held ? "no such active call" : "no such held call");
    if (!input.held)
        holdOthers(*leg);
    setState(*leg, input.held ? LegState::Held : LegState::Active);
}

void Switch::Private::on(const SendDigits &input)
{
    const bool valid = !input.digits.empty() && input.digits.size() <= kMaxDigits
        && input.digits.find_first_not_of(kKeys) == std::string::npos;
    if (!valid)
        return refuse("digits are 1 to 32 of 0-9, *, # and A-D");
    Leg *const leg = liveLeg(input.leg);
    if (leg == nullptr || leg->line.state != LegState::Active)
        return refuse("no such active call");
    const Leg *const other = otherEnd(*leg);
    if (other != nullptr && other->line.state == LegState::Active)
        outputs.emplace_back(DigitsHeard{other->line.id, other->subscriber, input.digits});
}

void Switch::Private::on(const Voice &input)
{
    if (input.samples.size() != kShortFrame && input.samples.size() != kLongFrame)
        return refuse("a voice frame has 480 or 960 samples");
    // A call that has just ended is an ordinary race, not a mistake.
    if (const Leg *const leg = liveLeg(input.leg); leg != nullptr)
        carryVoice(*leg, input.samples);
}

void Switch::Private::on(const OutsideCall &input)
{
    const auto callee = parseDialled(input.callee);
    if (!callee)
        return refuse(callee.error().message);
    if (!input.shown.empty() && !parseDialled(input.shown))
        return refuse("the shown number is not a phone number");
    if (calls.size() >= config.maxCalls)
        return refuse("too many calls");
    Leg leg;
    leg.party = Party::Outside;
    leg.ref = input.ref;
    leg.line.number = Redacted(callee->number);
    leg.line.ownNumberWithheld = input.withheld;
    Call &call = startCall(std::move(leg));
    speeches[call.caller] = Speech{input.toneHz, input.echo, 0, std::nullopt};
    call.shown = input.shown;
    call.shownInternational = input.international;
    call.withheld = input.withheld;
    if (!networkUp)
        return endLeg(call.caller, LegEnd::NetworkLost);
    route(call, callee->number);
}

void Switch::Private::on(const SetCoverage &input)
{
    Directory::Entry *const entry = directory.find(input.msisdn);
    if (entry == nullptr)
        return refuse("no such subscriber");
    entry->covered = input.covered;
    if (!input.covered)
        cutSubscriber(input.msisdn, LegEnd::NetworkLost, true);
}

void Switch::Private::on(const SetNetwork &input)
{
    networkUp = input.up;
    if (networkUp)
        return;
    std::vector<LineCallId> lost;
    for (const auto &[id, leg] : legs) {
        if (!calls.at(leg.call).emergency)
            lost.push_back(id);
    }
    for (const LineCallId id : lost)
        endLeg(id, LegEnd::NetworkLost);
}

void Switch::Private::on(const DropCall &input)
{
    const Leg *const leg = liveLeg(input.leg);
    if (leg == nullptr)
        return refuse("no such call");
    const Leg *const other = otherEnd(*leg);
    const std::optional<LineCallId> otherId = other == nullptr ? std::nullopt : std::optional(other->line.id);
    endLeg(input.leg, LegEnd::NetworkLost);
    if (otherId)
        endLeg(*otherId, LegEnd::NetworkLost);
}

} // namespace ringlift::plmn
