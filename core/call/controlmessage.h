#pragma once

#include "core/base/bytes.h"

#include <optional>
#include <string_view>
#include <variant>

/// Control packets' plaintext, protocol.md 3.7: always 64 bytes.
namespace ringlift::call {

inline constexpr std::size_t kControlSize = 64;
using ControlBytes = ByteArray<kControlSize>;

enum class ByeReason : std::uint8_t { User = 1, Declined, NoAnswer, Busy, AnsweredCellular, LegMismatch, MediaLost, Error };
enum class AbortReason : std::uint8_t { Emergency = 1, Pin, UserChoseCellular, NoPath, LegGone, Glare };

struct Ping { std::uint64_t token = 0; bool operator==(const Ping &) const = default; };
struct Pong { std::uint64_t token = 0; bool operator==(const Pong &) const = default; };
/// Of the packets that its sender received from us. Times in microseconds.
struct Report { std::uint64_t highest = 0; std::uint16_t received1s = 0; std::uint16_t expected1s = 0; std::uint32_t jitterUs = 0; std::uint32_t rttUs = 0; bool operator==(const Report &) const = default; };
/// Losses in tenths of a per cent, burst in hundredths of a packet, times in milliseconds.
struct Quality { std::uint16_t loss5s = 0, loss1s2 = 0, burst = 0, queue = 0, spread = 0, kbps = 0; bool operator==(const Quality &) const = default; };
/// Confirms a body from 0x10 on.
struct Ack { std::uint8_t type = 0; std::uint32_t id = 0; bool operator==(const Ack &) const = default; };
struct Alerting { std::uint32_t id = 0; bool operator==(const Alerting &) const = default; };
struct Answered { std::uint32_t id = 0; bool operator==(const Answered &) const = default; };
struct HoReady { std::uint32_t id = 0; bool operator==(const HoReady &) const = default; };
struct HoAck { std::uint32_t id = 0; bool operator==(const HoAck &) const = default; };
/// On the wire the result is 0 for released, 1 for failed.
struct HoCommit { std::uint32_t id = 0; bool released = false; bool operator==(const HoCommit &) const = default; };
struct HoAbort { std::uint32_t id = 0; AbortReason reason = AbortReason::NoPath; bool operator==(const HoAbort &) const = default; };
struct Bye { std::uint32_t id = 0; ByeReason reason = ByeReason::User; bool operator==(const Bye &) const = default; };
/// On the wire bit 0 is muted, bit 1 held.
struct MuteHold { std::uint32_t id = 0; bool muted = false; bool held = false; bool operator==(const MuteHold &) const = default; };
/// digit: ASCII, one of 0 to 9, *, #, A to D.
struct Dtmf { std::uint32_t id = 0; char digit = '0'; std::uint16_t milliseconds = 0; bool operator==(const Dtmf &) const = default; };

using ControlMessage = std::variant<Ping, Pong, Report, Quality, Ack, Alerting, Answered, HoReady, HoAck, HoCommit, HoAbort,
    Bye, MuteHold, Dtmf>;

ControlBytes encode(const ControlMessage &message);
/// Nothing for unknown types, wrong lengths and values out of range; non-zero padding is ignored.
std::optional<ControlMessage> decodeControl(ByteView plaintext);

/// The wire's type, such as 0x10.
std::uint8_t typeOf(const ControlMessage &message);
/// Of bodies from 0x10 on.
std::optional<std::uint32_t> idOf(const ControlMessage &message);

} // namespace ringlift::call
