#pragma once

#include "server/enroller.h"

namespace ringlift::server {

/// Sends one-time codes and judges them (protocol.md 3.3). What follows a right one is the enroller's.
class Registrar
{
public:
    Registrar(Context &context, Registrations &registrations, Enroller &enroller)
        : m_context(context), m_registrations(registrations), m_enroller(enroller)
    {
    }

    void begin(TimePoint now, Session &session, const protocol::RegisterBegin &message);
    void verify(TimePoint now, Session &session, const protocol::RegisterVerify &message);
    void handleTimeout(TimePoint now);

private:
    bool isAcceptable(const Session &session, const protocol::RegisterBegin &message);
    std::optional<Duration> takeLimits(TimePoint now, const Session &session, const protocol::Msisdn &number,
                                       const protocol::Key32 &numberTag);
    void sendCode(TimePoint now, const Session &session, const protocol::RegisterBegin &message,
                  const protocol::Key32 &numberTag);
    void refuseCode(const Session &session, Registration &registration, protocol::ErrorCode code);

    Context &m_context;
    Registrations &m_registrations;
    Enroller &m_enroller;
};

} // namespace ringlift::server
