#pragma once

#include "tests/sim/invariants.h"

#include <deque>
#include <map>
#include <set>

namespace ringlift::sim {

/// A call of a phone as the simulation names it.
using Ear = std::pair<int, call::CallHandle>;

/// What truly arrived, and from whom: the authentic packets that protocol.md 5.1 speaks of.
class Traffic final : public Invariant
{
public:
    explicit Traffic(World &world) : Invariant(world, "traffic") { }

    struct Flow
    {
        const SimPhone *from = nullptr;
        call::CallHandle fromCall{};
        /// Of the last second: when, and its counter.
        std::deque<std::pair<TimePoint, std::uint64_t>> packets;
        TimePoint last;
        /// At some time enough packets came within a second.
        bool wasGood = false;
    };
    const Flow *at(const SimPhone &phone, call::CallHandle handle) const;

private:
    void datagramDelivered(const Delivery &delivery) override;
    void phoneKilled(const SimPhone &phone) override;

    std::map<Ear, Flow> m_flows;
};

std::uint64_t counterOf(ByteView datagram);

/// Who has truly answered, in the app or on the phone itself.
class Answers final : public Invariant
{
public:
    explicit Answers(World &world) : Invariant(world, "answers") { }

    /// This phone's owner has answered that call in the app, or its ring on the phone itself.
    bool has(const SimPhone &phone, call::CallHandle handle, const std::string &peer) const;

private:
    void phoneInput(const SimPhone &phone, const call::PhoneInput &input) override;
    void legChanged(const plmn::Leg &leg) override;

    void phoneKilled(const SimPhone &phone) override;

    std::set<Ear> m_inApp;
    std::set<std::pair<int, std::string>> m_onLeg;
};

} // namespace ringlift::sim
