#pragma once

#include "core/base/linecall.h"
#include "core/base/random.h"
#include "platform/plmn/subscriber.h"

#include <memory>
#include <variant>

namespace ringlift::plmn {

enum class Party { Phone, Script, Voicemail, EmergencyCentre, Outside };

/// One end of a call.
struct Leg
{
    /// What a phone line tells of it; sim is the subscriber's slot.
    LineCall line;
    Party party = Party::Phone;
    /// E.164 of the subscriber; empty for voicemail, emergency centre and outside callers.
    std::string subscriber;
    /// Both ends of one call carry the same number.
    std::uint32_t call = 0;
    /// Came in while the phone had another call.
    bool waiting = false;
    /// The dialler's own name for this call.
    std::string ref;
    bool operator==(const Leg &) const = default;
};

// ---- Inputs: provisioning
/// Adds a subscriber, or changes the one with this msisdn. Calls that are up go on.
struct Provision { Subscriber subscriber; };
/// Removes a subscriber; its calls are cut.
struct Withdraw { std::string msisdn; };
struct Reconfigure { SwitchConfig config; };

// ---- Inputs: phones
/// A phone with this SIM was switched on, or off: its calls are cut then.
struct Attach { std::string msisdn; };
struct Detach { std::string msisdn; };
/// number: E.164, with 00 or national, after an optional #31# or *31#.
struct Dial { std::string msisdn; std::string number; std::string ref; };
/// An emergency number, dialled on a phone without a usable SIM. Its leg has no subscriber and carries the phone's name as ref.
struct DialEmergency { std::string number; std::string phone; };
/// A second call that is answered puts the first on hold; it comes back when the second ends.
struct Answer { LineCallId leg{}; };
/// Before the answer it rejects an incoming call and cancels an outgoing one.
struct HangUp { LineCallId leg{}; };
struct Hold { LineCallId leg{}; bool held = true; };
struct SendDigits { LineCallId leg{}; std::string digits; };
/// 10 or 20 ms of 48 kHz mono; heard at the other end only while both legs are active.
struct Voice { LineCallId leg{}; std::vector<std::int16_t> samples; };

// ---- Inputs: the rest of the world, and faults
/// A caller from another network. shown is what the callee's phone displays, true or not.
struct OutsideCall
{
    std::string callee;
    std::string shown;
    bool withheld = false;
    bool international = true;
    std::string ref;
    int toneHz = 0;
    bool echo = false;
};
/// The phone left or entered radio coverage; leaving cuts its calls.
struct SetCoverage { std::string msisdn; bool covered = true; };
/// The whole network fails or recovers; emergency calls still go through.
struct SetNetwork { bool up = true; };
/// Radio link failure of one leg's call: both ends lose it.
struct DropCall { LineCallId leg{}; };

using SwitchInput = std::variant<Provision, Withdraw, Reconfigure, Attach, Detach, Dial, DialEmergency, Answer, HangUp, Hold, SendDigits,
    Voice, OutsideCall, SetCoverage, SetNetwork, DropCall>;

// ---- Outputs
/// A new leg, or one that changed; after Ended it is forgotten.
struct LegChanged { Leg leg; bool isNew = false; };
struct VoiceHeard { LineCallId leg{}; std::string subscriber; std::vector<std::int16_t> samples; };
struct DigitsHeard { LineCallId leg{}; std::string subscriber; std::string digits; };
/// The input just handled was refused and changed nothing. reason is English and names no number.
struct Refused { std::string reason; };

using SwitchOutput = std::variant<LegChanged, VoiceHeard, DigitsHeard, Refused>;

/// The virtual phone network: subscribers, call control, voice. Sans-IO: after every handle() and handleTimeout() call
/// poll() until it is empty, and handleTimeout() when nextTimeout() has come.
class Switch
{
public:
    static constexpr std::size_t kMaxNumber = 40;
    static constexpr std::size_t kMaxDigits = 32;

    /// random must outlive the switch; it is drawn from for the paging jitter only.
    Switch(SwitchConfig config, RandomSource &random);
    ~Switch();

    void handle(TimePoint now, const SwitchInput &input);
    void handleTimeout(TimePoint now);
    std::optional<SwitchOutput> poll();
    std::optional<TimePoint> nextTimeout() const;

    std::vector<Leg> legs() const;
    std::optional<Leg> leg(LineCallId id) const;
    std::vector<Subscriber> subscribers() const;
    std::optional<Subscriber> subscriber(const std::string &msisdn) const;
    bool isAttached(const std::string &msisdn) const;
    bool isCovered(const std::string &msisdn) const;
    const SwitchConfig &config() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// What the SIM itself tells the phone about a subscriber.
SimInfo simInfoOf(const Subscriber &subscriber);

} // namespace ringlift::plmn
