#pragma once

#include "tests/sim/invariants/traffic.h"
#include "tests/sim/world.h"

#include <QTest>

namespace ringlift::sim {

using namespace std::chrono_literals;

/// Ordinary phones in fair weather.
inline Plan ordinaryPlan(int phones = 2)
{
    Plan plan;
    plan.seed = 4711;
    plan.exchange.pagingJitter = Duration::zero();
    for (int i = 0; i < phones; ++i)
        plan.phones.push_back(ordinaryPhone(i));
    return plan;
}

/// Phone 0 calls phone 1, who answers in the app.
inline CallPlan ordinaryCall()
{
    CallPlan plan;
    plan.reactsAfter = 1500ms;
    plan.talks = 1500ms;
    return plan;
}

/// Phone 1 never reacts, and nobody gives up.
inline CallPlan ringingCall()
{
    CallPlan plan;
    plan.reaction = Reaction::Ignores;
    return plan;
}

/// Counts what two phones and their networks do.
class Notes : public Witness
{
public:
    int releases = 0;
    int dials = 0;
    int offers = 0;
    int arrivals = 0;
    int answersByApp = 0;
    int packets = 0; // to the server, from it, and between phones
    std::vector<std::string> milestones;

    bool has(std::string_view milestone) const
    {
        return std::find(milestones.begin(), milestones.end(), milestone) != milestones.end();
    }

private:
    void phoneOutput(const SimPhone &, const call::PhoneOutput &output) override
    {
        const auto *hangUp = std::get_if<call::LineHangUp>(&output);
        releases += hangUp != nullptr && hangUp->cause == call::HangUpCause::HandOver ? 1 : 0;
        dials += std::holds_alternative<call::LineDial>(output) ? 1 : 0;
        answersByApp += std::holds_alternative<call::LineAnswer>(output) ? 1 : 0;
        packets += std::holds_alternative<call::ServerConnect>(output) ? 1 : 0;
        if (const auto *milestone = std::get_if<call::Milestone>(&output))
            milestones.emplace_back(milestone->name);
    }
    void datagramSent(const SimPhone &, call::CallHandle, ByteView) override { ++packets; }
    void serverSays(server::ConnectionId, const protocol::Message &) override { ++packets; }
    void phoneSays(const SimPhone &, const protocol::Message &message) override
    {
        ++packets;
        offers += std::holds_alternative<protocol::CallOffer>(message) ? 1 : 0;
        arrivals += std::holds_alternative<protocol::CallArrive>(message) ? 1 : 0;
    }
};

/// A world of which everything is noted; it must come to rest without a violation.
class Rig : public World
{
public:
    explicit Rig(Plan plan) : World(std::move(plan)) { stage().watch(notes); }

    Notes notes;

    /// The first call of the phone, or nothing.
    std::optional<call::CallInfo> callOf(int index)
    {
        const auto &calls = phone(index).calls();
        return calls.empty() ? std::nullopt : std::optional(calls.begin()->second);
    }
    bool hasMoved(int index)
    {
        const auto info = callOf(index);
        return info && info->moved;
    }
    bool talksByPhone(int index)
    {
        for (const auto &[id, leg] : exchange().legs()) {
            if (leg.subscriber == phone(index).number() && leg.line.state == LegState::Active)
                return true;
        }
        return false;
    }
    std::vector<LineCallId> legsOf(int index)
    {
        std::vector<LineCallId> legs;
        for (const auto &[id, leg] : exchange().legs()) {
            if (leg.subscriber == phone(index).number())
                legs.push_back(id);
        }
        return legs;
    }
    /// A first call, after which the phones know each other as leg-bound.
    bool getAcquainted()
    {
        Conversation &conversation = call(ordinaryCall());
        passUntil([&] { return conversation.isOver(); }, 15s);
        pass(3s);
        const bool acquainted = conversation.hasMoved();
        notes = Notes();
        return acquainted;
    }
    bool cut(FaultKind kind, int who = 0, int other = 1)
    {
        FaultPlan fault;
        fault.kind = kind;
        fault.who = who;
        fault.other = other;
        begin(fault);
        return true;
    }
};

} // namespace ringlift::sim

/// Ends the world and fails with its story when a rule was broken.
#define COMES_TO_REST(rig)                                                                                            \
    do {                                                                                                              \
        (rig).finish();                                                                                               \
        const auto &broken = (rig).violation();                                                                       \
        const std::string why =                                                                                       \
            broken ? std::string(broken->invariant) + ": " + broken->what + '\n' + (rig).stage().story().text() : ""; \
        QVERIFY2(!broken, why.c_str());                                                                               \
    } while (false)
