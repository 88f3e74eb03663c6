#pragma once

#include "tests/sim/plan.h"

namespace ringlift::sim {

/// Two people who do what a CallPlan says, with whatever their phones show them.
class Conversation
{
public:
    Conversation(Stage &stage, PhoneNetwork &exchange, SimPhone &caller, SimPhone &callee, CallPlan plan);

    void begin();
    const CallPlan &plan() const { return m_plan; }
    SimPhone &caller() const { return m_caller; }
    SimPhone &callee() const { return m_callee; }
    /// The callee has answered, in the app or outside.
    bool wasAnswered() const { return m_answeredAt.has_value(); }
    /// Somebody has hung up, declined or given up.
    bool isOver() const { return m_over; }
    /// Both numbers are registered, or could be.
    bool isOfAccounts() const { return m_callerNumber == m_caller.number() && m_calleeNumber == m_callee.number(); }
    /// It has moved to the Internet at both ends, at some time.
    bool hasMoved() const { return m_callerMoved && m_calleeMoved; }
    /// Both stop waiting for anything and hang up.
    void finish();

private:
    void look();
    void giveWord(SimPhone &phone, CallDirection direction, const Word &word, std::optional<TimePoint> &askedSince);
    void dial();
    void lookAtCallee();
    void lookAtCaller();
    void react();
    void hangUp(SimPhone &phone);
    const std::string &peerOf(const SimPhone &phone) const;
    std::optional<LineCallId> legOf(const SimPhone &phone, CallDirection direction) const;
    const call::CallInfo *infoOf(const SimPhone &phone, CallDirection direction) const;

    Stage &m_stage;
    PhoneNetwork &m_exchange;
    SimPhone &m_caller;
    SimPhone &m_callee;
    CallPlan m_plan;
    const std::string m_callerNumber;
    const std::string m_calleeNumber;
    TimePoint m_dialledAt;
    std::optional<TimePoint> m_ringsSince;
    std::optional<TimePoint> m_offersRedialSince;
    std::optional<TimePoint> m_callerAskedSince;
    std::optional<TimePoint> m_calleeAskedSince;
    std::optional<TimePoint> m_answeredAt;
    int m_reactions = 0;
    bool m_muted = false;
    bool m_over = false;
    bool m_callerMoved = false;
    bool m_calleeMoved = false;
};

} // namespace ringlift::sim
