#pragma once

#include "tests/sim/invariants/traffic.h"

namespace ringlift::sim {

/// I4: no microphone before the local user answers, or before the peer said ANSWERED; and ANSWERED goes out first.
class MicrophoneFollowsAnswer final : public Invariant
{
public:
    MicrophoneFollowsAnswer(World &world, const Traffic &traffic, const Answers &answers)
        : Invariant(world, "I4 the microphone follows the answer"), m_traffic(traffic), m_answers(answers)
    {
    }

private:
    void phoneOutput(const SimPhone &phone, const call::PhoneOutput &output) override;
    void datagramSent(const SimPhone &phone, call::CallHandle call, ByteView bytes) override;
    void opened(const SimPhone &phone, const call::CallInfo &info);

    const Traffic &m_traffic;
    const Answers &m_answers;
    std::map<Ear, TimePoint> m_lastControl;
};

/// Nobody hears the same voice over both legs.
class OneLegIsHeard final : public Invariant
{
public:
    OneLegIsHeard(World &world, const Traffic &traffic) : Invariant(world, "one leg is heard at a time"), m_traffic(traffic) { }

private:
    void phoneOutput(const SimPhone &phone, const call::PhoneOutput &output) override;
    bool speaksByPhone(const SimPhone &phone, const SimPhone &peer) const;

    const Traffic &m_traffic;
    std::map<Ear, TimePoint> m_bothSince;
};

} // namespace ringlift::sim
