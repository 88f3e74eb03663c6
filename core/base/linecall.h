#pragma once

#include "core/base/redacted.h"
#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a phone line tells of its calls and its SIM: values that cross the ports.
namespace ringlift {

enum class LineCallId : std::uint32_t { };

enum class CallDirection { Outgoing, Incoming };

/// State of a cellular leg. None: a call dialled by hand, which has no leg. Unknown: the telephony service is away, so
/// nothing may be concluded or released.
enum class LegState { None, Dialling, Alerting, Ringing, Active, Held, Ended, Unknown };

enum class LegEnd { NotEnded, LocalHangUp, RemoteHangUp, Busy, NoAnswer, Rejected, Unreachable, NetworkLost };

/// Withheld: the caller hid it. Unknown: this platform cannot know it (protocol.md D2, M5).
enum class CallerIdPresence { Known, Withheld, Unknown };

/// One call of a line as it stands now.
struct LineCall
{
    LineCallId id{};
    /// SIM slot that carries it, from 0.
    int sim = 0;
    CallDirection direction = CallDirection::Outgoing;
    LegState state = LegState::Dialling;
    LegEnd end = LegEnd::NotEnded;
    /// As dialled, or the caller-ID as the network gave it; empty when there is none.
    Redacted<std::string> number;
    /// The caller-ID came marked as international (type of number 145).
    bool international = false;
    CallerIdPresence callerId = CallerIdPresence::Known;
    /// The platform itself says that this is an emergency call.
    bool emergency = false;
    /// The user hid his own number for this call (#31#, *67 or the SIM's default): it is never offered.
    bool ownNumberWithheld = false;
    bool operator==(const LineCall &) const = default;
};

/// One SIM as the platform shows it.
struct SimInfo
{
    int slot = 0;
    bool present = false;
    /// 15 digits; empty where the platform hides it.
    Redacted<std::string> imsi;
    /// E.164; empty when the SIM does not know it.
    Redacted<std::string> ownNumber;
    /// ISO regions, such as "CN"; empty when unknown.
    std::string homeRegion;
    std::string servingRegion;
    /// As dialled; from the platform or EF_ECC.
    std::vector<std::string> emergencyNumbers;
    /// It is in another operator's network; absent when unknown.
    std::optional<bool> roaming;
    bool operator==(const SimInfo &) const = default;
};

} // namespace ringlift
