#include "core/engine/hookwatch.h"

#include <QDateTime>

namespace ringlift::engine {

using namespace call;

namespace {

std::optional<LoginOutcome> outcomeOf(const QByteArray &state)
{
    if (state == "unreachable")
        return LoginOutcome::Unreachable;
    if (state == "untrusted")
        return LoginOutcome::Untrusted;
    if (state == "refused")
        return LoginOutcome::Refused;
    if (state == "closed")
        return LoginOutcome::Closed;
    if (state == "disconnected")
        return LoginOutcome::NoLogin;
    return std::nullopt;
}

} // namespace

HookWatch::HookWatch(CallEngine &engine) : QObject(&engine)
{
    connect(&engine, &CallEngine::connectionChanged, this, &HookWatch::onConnection);
    connect(&engine, &CallEngine::serverStatusChanged, this, &HookWatch::onServerStatus);
    connect(&engine, &CallEngine::registrationChanged, this, &HookWatch::onRegistration);
    connect(&engine, &CallEngine::standingChanged, this,
            [this](const AccountStanding &standing) { m_standing = standing; });
    connect(&engine, &CallEngine::callChanged, this, &HookWatch::onCall);
    connect(&engine, &CallEngine::callFinished, this, [this](CallHandle call) { m_rings.erase(call); });
}

void HookWatch::onConnection(const QByteArray &state)
{
    if (state == "connecting") {
        m_connectingSince = monotonicNow();
        m_timed = !m_registering;
    } else if (const auto outcome = outcomeOf(state); outcome && m_connectingSince) {
        noteLogin(*outcome);
    }
}

void HookWatch::onRegistration(const RegistrationChanged &registration)
{
    using enum RegistrationState;
    const RegistrationState state = registration.state;
    m_registering = state == Connecting || state == CodeSent || state == Verifying || state == Locked;
    m_timed = m_timed && !m_registering;
}

void HookWatch::onServerStatus(bool online)
{
    m_online = online;
    if (online && m_connectingSince)
        noteLogin(LoginOutcome::LoggedIn);
}

void HookWatch::noteLogin(LoginOutcome outcome)
{
    const TimePoint began = *std::exchange(m_connectingSince, std::nullopt);
    // Of a connection for a registration a login may never have been wanted.
    if (outcome == LoginOutcome::NoLogin && !m_timed)
        return;
    m_login = LoginTry{outcome, QDateTime::currentSecsSinceEpoch(), {}};
    if (m_timed)
        m_login->took = monotonicNow() - began;
    Q_EMIT loginTried();
}

void HookWatch::onCall(const CallInfo &info)
{
    if (info.direction != CallDirection::Incoming || info.manual)
        return;
    if (info.leg == LegState::Ringing)
        m_rings.try_emplace(info.handle, Ring{monotonicNow()});
    const auto ring = m_rings.find(info.handle);
    const bool matched = info.ip >= IpState::Matched && info.ip != IpState::Ended;
    if (ring == m_rings.end() || ring->second.decided || (!matched && info.stay == StayReason::None))
        return;
    ring->second.decided = true;
    m_decision = RingDecision{info.stay, QDateTime::currentSecsSinceEpoch(), monotonicNow() - ring->second.began};
}

} // namespace ringlift::engine
