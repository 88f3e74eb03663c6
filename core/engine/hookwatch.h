#pragma once

#include "core/engine/callengine.h"

#include <map>

namespace ringlift::engine {

/// Remembers of what the engine tells how the last login and the last ring went. Lives on the engine's thread.
class HookWatch : public QObject
{
    Q_OBJECT

public:
    explicit HookWatch(CallEngine &engine);

    const std::optional<LoginTry> &login() const { return m_login; }
    const std::optional<RingDecision> &decision() const { return m_decision; }
    const call::AccountStanding &standing() const { return m_standing; }
    bool isOnline() const { return m_online; }

Q_SIGNALS:
    /// A connection was made, and login() says what came of it.
    void loginTried();

private:
    void onConnection(const QByteArray &state);
    void onServerStatus(bool online);
    void onCall(const call::CallInfo &info);
    void onRegistration(const call::RegistrationChanged &registration);
    void noteLogin(LoginOutcome outcome);

    std::optional<LoginTry> m_login;
    std::optional<RingDecision> m_decision;
    call::AccountStanding m_standing;
    std::optional<TimePoint> m_connectingSince;
    bool m_registering = false;
    /// The connection was used for nothing before its login.
    bool m_timed = false;
    /// Calls that ring, or rang, and whether it is decided what becomes of them.
    struct Ring {
        TimePoint began;
        bool decided = false;
    };
    std::map<call::CallHandle, Ring> m_rings;
    bool m_online = false;
};

} // namespace ringlift::engine
