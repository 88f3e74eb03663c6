#include "core/call/callmachine.h"

/// Microphone, loudspeaker and hold: nobody but the two people of a call hears it.
namespace ringlift::call {

namespace {

constexpr std::uint8_t kMuteHoldType = 0x20;
/// More than any menu asks for; a hostile peer gets no further.
constexpr int kMostDigits = 1024;

} // namespace

bool CallMachine::speaksByPhone() const
{
    return m_info.leg == LegState::Active || (m_info.leg == LegState::Unknown && m_spokeWhenLost);
}

bool CallMachine::isHeardOnInternet() const
{
    return ipAlive() && m_audioRuns && m_info.ip == IpState::Answered;
}

bool CallMachine::speaksByInternet() const
{
    return isHeardOnInternet() && m_info.leg != LegState::Active && m_info.leg != LegState::Held;
}

void CallMachine::enterForeground(TimePoint now)
{
    setHeld(now, false);
    openMicrophone(now);
}

void CallMachine::leaveForeground(TimePoint now)
{
    // Also in a hand-over during which its own leg is answered.
    if (isHeardOnInternet())
        setHeld(now, true);
}

void CallMachine::setHeld(TimePoint now, bool held)
{
    if (std::exchange(m_info.held, held) == held)
        return;
    m_phone.push(AudioHold{m_info.handle, held});
    tellMuteHold(now);
    drainSession(now);
}

// I4: what ANSWERED says has been sent by then.
void CallMachine::openMicrophone(TimePoint now)
{
    if (m_microphoneOpen || !isSound(now, brokenByMicrophone(microphoneFacts())))
        return;
    m_microphoneOpen = true;
    m_phone.push(MicrophoneOpen{m_info.handle});
}

void CallMachine::tellMuteHold(TimePoint now)
{
    if (!ipAtLeast(IpState::Keyed))
        return;
    m_session->stopSending(kMuteHoldType);
    m_session->send(now, MuteHold{0, m_info.muted, m_info.held});
}

void CallMachine::peerMutesOrHolds(const MuteHold &message)
{
    if (message.id < m_lastMuteHold) // overtaken on its way
        return;
    m_lastMuteHold = message.id;
    m_info.peerMuted = message.muted;
    m_info.heldByPeer = message.held;
}

void CallMachine::setMuted(TimePoint now, bool muted)
{
    m_info.muted = muted;
    if (m_audioRuns)
        m_phone.push(AudioMute{m_info.handle, muted});
    tellMuteHold(now);
    settle(now);
}

void CallMachine::sendDigits(TimePoint now, const std::string &digits)
{
    constexpr std::uint16_t kToneLength = 100; // ms
    if (m_info.carrier == Carrier::Internet) {
        for (const char digit : digits)
            m_session->send(now, Dtmf{0, digit, kToneLength});
    } else if (legPresent()) {
        m_phone.push(LineDigits{m_line.id, digits});
    }
    settle(now);
}

void CallMachine::peerPressed(char digit)
{
    if (!isHeardOnInternet() || m_digitsHeard >= kMostDigits)
        return;
    ++m_digitsHeard;
    m_phone.push(DigitHeard{m_info.handle, digit});
}

void CallMachine::audioEncoded(TimePoint now, std::uint32_t timestamp, ByteView body)
{
    if (!ipAlive() || !m_audioRuns)
        return;
    m_session->sound(now, timestamp, body);
    drainSession(now);
}

} // namespace ringlift::call
