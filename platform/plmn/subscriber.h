#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>
#include <vector>

/// What the virtual phone network knows before anybody calls: values.
namespace ringlift::plmn {

/// What a number does that no phone has joined for.
struct Script
{
    enum class Behaviour { Answers, Rejects, Busy, NeverAnswers };

    Behaviour behaviour = Behaviour::Answers;
    /// From the first ring.
    Duration answerAfter = std::chrono::seconds(2);
    /// From the answer; never when absent.
    std::optional<Duration> hangUpAfter;
    /// What it says once answered: a tone of that frequency, 0 for silence.
    int toneHz = 0;
    /// Says what it hears instead.
    bool echo = false;
    bool operator==(const Script &) const = default;
};

/// Answers in place of the subscriber.
struct Voicemail
{
    /// From the first ring.
    Duration after = std::chrono::seconds(15);
    bool onBusy = true;
    bool onUnreachable = true;
    std::optional<Duration> hangUpAfter;
    int toneHz = 0;
    bool operator==(const Voicemail &) const = default;
};

/// Numbers to which calls are diverted (3GPP TS 22.082), as this subscriber would dial them; empty: not diverted.
struct Forwarding
{
    std::string unconditional;
    std::string busy;
    std::string noReply;
    std::string unreachable;
    Duration noReplyAfter = std::chrono::seconds(15);
    bool operator==(const Forwarding &) const = default;
};

/// How a caller's number reaches this subscriber's phone.
enum class CallerIdForm {
    International,     ///< "+8613…", marked international
    BareInternational, ///< "8613…", marked international
    National,          ///< "013…" when the caller is of the same country, else as International; not marked
    NotDelivered       ///< this network or platform tells nothing
};

/// One SIM.
struct Subscriber
{
    /// E.164; the key of a subscriber.
    std::string msisdn;
    /// 15 digits.
    std::string imsi;
    /// Up to 20 digits; made from the imsi when empty.
    std::string iccid;
    /// Asked for by a modem when it is switched on; empty: none.
    std::string pin;
    /// ISO region, such as "CN".
    std::string homeRegion;
    /// Where it is now; the home region when empty.
    std::string servingRegion;
    /// Digits, such as "86"; taken from the home region when empty.
    std::string countryCode;
    /// SIMs of equal phone names sit in one phone; its own phone when empty.
    std::string phone;
    int slot = 0;
    bool ownNumberOnSim = true;
    /// The phone's platform hides the IMSI from apps.
    bool imsiHidden = false;
    /// EF_ECC, as dialled.
    std::vector<std::string> emergencyNumbers;
    /// The phone's platform marks emergency calls as such.
    bool marksEmergency = true;
    /// Withholds its number in every call, unless dialled with *31#.
    bool hidesCallerId = false;
    /// Shown to callees in place of its own number (a private exchange, or a spoofer).
    std::string presentedNumber;
    bool callWaiting = true;
    CallerIdForm callerIdForm = CallerIdForm::International;
    /// The phone learns the caller's number this long after the first ring.
    Duration callerIdDelay{};
    Forwarding forwarding;
    std::optional<Voicemail> voicemail;
    /// Applies while no phone has joined.
    std::optional<Script> script;
    bool operator==(const Subscriber &) const = default;
};

/// Timing and limits of a switch.
struct SwitchConfig
{
    /// From a dial to the callee's first ring, plus a random part of up to pagingJitter.
    Duration pagingDelay = std::chrono::milliseconds(600);
    Duration pagingJitter = std::chrono::milliseconds(100);
    /// From the callee's first ring to the caller's ring-back.
    Duration alertDelay = std::chrono::milliseconds(40);
    /// From an answer to the moment the caller sees it.
    Duration connectDelay = std::chrono::milliseconds(40);
    /// From a hang-up to the moment the other side sees it.
    Duration releaseDelay = std::chrono::milliseconds(40);
    /// How long the callee rings before the network gives up.
    Duration noAnswerAfter = std::chrono::seconds(60);
    Duration emergencyAnswerAfter = std::chrono::seconds(1);
    /// Dialled by anybody, these reach an emergency centre that always answers.
    std::vector<std::string> emergencyNumbers{"000", "110", "112", "118", "119", "120", "122", "911", "999"};
    /// What happens at numbers that nobody has; unreachable when absent.
    std::optional<Script> elsewhere;
    std::size_t maxSubscribers = 4096;
    std::size_t maxCalls = 4096;
    std::size_t maxLegsOfPhone = 8;
    int maxDiversions = 5;
    bool operator==(const SwitchConfig &) const = default;
};

} // namespace ringlift::plmn
