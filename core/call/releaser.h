#pragma once

#include "core/call/callinfo.h"
#include "core/call/controlmessage.h"
#include "core/call/timerset.h"

#include <deque>

namespace ringlift::call {

struct ReleaserConfig
{
    int tries = 3;
    Duration answerPatience = std::chrono::seconds(2);
    Duration betweenTries = std::chrono::seconds(1);
    /// From the hang-up until the line must have confirmed it.
    Duration linePatience = std::chrono::seconds(2);
};

/// What the caller's side knows at a moment of the hand-over.
struct ReleaserFacts
{
    bool pathOk = false;
    LegState leg = LegState::None;
    /// The platform can end its calls, and nothing forbids it: no emergency, no user's wish to stay.
    bool mayRelease = false;
    bool alerting = false;
    bool answered = false;
    TrustLevel trust = TrustLevel::None;
    /// The user's wish for this contact.
    HandOver handOver = HandOver::ByTrust;
};

// Outputs
struct AskPeer { std::uint32_t id = 0; };
struct WithdrawAsk { std::uint32_t id = 0; };
struct EndOwnLeg { };
struct TellOutcome { std::uint32_t id = 0; bool released = false; };
using ReleaserOutput = std::variant<AskPeer, WithdrawAsk, EndOwnLeg, TellOutcome>;

/// The caller's half of the hand-over, protocol.md 5.2 rules 3 and 5: when the own cellular leg may go. Ids rise from 1.
class Releaser
{
public:
    enum class State { Waiting, Asking, Pausing, Releasing, Released, GivenUp };

    explicit Releaser(ReleaserConfig config = {}) : m_config(config) { }

    /// To be called whenever a fact has changed; the end of the leg is one.
    void update(TimePoint now, const ReleaserFacts &facts);
    void acked(TimePoint now, std::uint32_t id);
    void aborted(TimePoint now, std::uint32_t id);
    /// The leg was not ended, for it had become too late.
    void lapsed(TimePoint now);
    /// The Internet leg is closed: nothing is released any more.
    void cancel();

    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const { return m_deadline; }
    std::optional<ReleaserOutput> poll();
    State state() const { return m_state; }

private:
    bool mayAsk() const;
    bool isRingEnough() const;
    void ask(TimePoint now);
    void tryFailed(TimePoint now);

    const ReleaserConfig m_config;
    ReleaserFacts m_facts;
    State m_state = State::Waiting;
    std::uint32_t m_id = 0;
    int m_tries = 0;
    std::optional<TimePoint> m_deadline;
    std::deque<ReleaserOutput> m_outputs;
};

} // namespace ringlift::call
