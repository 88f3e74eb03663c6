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

/// I4: one call of a phone has the microphone, and one the loudspeaker; none has them while the modem carries a call.
class OneCallHasTheMicrophone final : public Invariant
{
public:
    explicit OneCallHasTheMicrophone(World &world) : Invariant(world, "I4 one call has the microphone") { }

private:
    void phoneInput(const SimPhone &phone, const call::PhoneInput &input) override;
    void phoneOutput(const SimPhone &phone, const call::PhoneOutput &output) override;
    void phoneKilled(const SimPhone &phone) override;
    void settled() override;
    void check(const SimPhone &phone);

    /// Lines that have the modem's microphone, as their phone was told.
    std::set<std::pair<int, LineCallId>> m_speaking;
    std::set<const SimPhone *> m_changed;
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
