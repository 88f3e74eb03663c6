#pragma once

#include "core/call/callinfo.h"
#include "core/call/controlmessage.h"

#include <deque>

namespace ringlift::call {

struct LegWatchConfig
{
    /// The line's worst case for noticing a remote hang-up.
    Duration noticeBound = std::chrono::milliseconds(500);
    Duration margin = std::chrono::seconds(2);
};

/// What the callee's side knows when it is asked.
struct LegWatchFacts
{
    bool pathOk = false;
    LegState leg = LegState::None;
    /// Why the leg must not be released, whatever the peer wants.
    std::optional<AbortReason> veto;
};

// Outputs
struct AllowRelease { std::uint32_t id = 0; };
struct RefuseRelease { std::uint32_t id = 0; AbortReason reason = AbortReason::NoPath; };
/// The leg vanished when the peer said it would (5.3).
struct LegBound { bool wasActive = false; };
/// The peer says it released, and yet the leg is up.
struct LegMismatch { };
/// The peer could not end its leg.
struct ReleaseFailed { };
using LegWatchOutput = std::variant<AllowRelease, RefuseRelease, LegBound, LegMismatch, ReleaseFailed>;

/// The callee's half of the hand-over, protocol.md 5.2 rules 4 and 6: whether the ringing leg is the peer's.
class LegWatch
{
public:
    explicit LegWatch(LegWatchConfig config = {}) : m_config(config) { }

    void asked(TimePoint now, std::uint32_t id, const LegWatchFacts &facts);
    void withdrawn(std::uint32_t id);
    void committed(std::uint32_t id, bool released);
    void legChanged(LegState leg);

    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const { return m_windowEnd; }
    std::optional<LegWatchOutput> poll();

    /// Between HO_ACK and the end of the window: the leg may vanish at any moment.
    bool isArmed() const { return m_windowEnd.has_value(); }
    bool isBound() const { return m_bound; }
    /// The peer said that it released its leg.
    bool isCommitted() const { return m_committed; }

private:
    const LegWatchConfig m_config;
    std::optional<TimePoint> m_windowEnd;
    std::uint32_t m_id = 0;
    LegState m_leg = LegState::None;
    bool m_committed = false;
    bool m_bound = false;
    std::deque<LegWatchOutput> m_outputs;
};

} // namespace ringlift::call
