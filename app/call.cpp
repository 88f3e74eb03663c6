#include "app/call.h"

#include "app/display.h"
#include "app/sentences.h"

namespace ringlift::app {

namespace {

constexpr double kPoorLossPercent = 8;
constexpr double kFairLossPercent = 2;
constexpr double kPoorRoundTripMs = 500;
constexpr double kFairRoundTripMs = 250;

class CallText
{
    Q_DECLARE_TR_FUNCTIONS(CallText)
};

} // namespace

Call::Call(call::CallInfo info, TimePoint now) : m_info(std::move(info)), m_now(now), m_valid(true) { }

void Call::addPeerDigit(char digit)
{
    constexpr qsizetype kMostShown = 16;
    m_peerDigits = (m_peerDigits + QLatin1Char(digit)).right(kMostShown);
}

QString Call::number() const
{
    return displayNumber(dialled());
}

QString Call::status() const
{
    if (isEnded())
        return Sentences::of(m_info.end, m_info.direction);
    if (isReconnecting())
        return CallText::tr("Reconnecting…");
    if (m_info.leg == LegState::Held || m_info.held)
        return Sentences::of(LegState::Held);
    if (m_info.heldByPeer)
        return CallText::tr("Held by the other side");
    if (m_info.answeredAt)
        return displayDuration(m_now - *m_info.answeredAt);
    if (isIncoming())
        return Sentences::of(LegState::Ringing);
    if (m_info.ip == call::IpState::Alerting)
        return Sentences::of(LegState::Alerting);
    return Sentences::of(m_info.leg == LegState::None ? LegState::Dialling : m_info.leg);
}

bool Call::isWaitingForAnswer() const
{
    if (!isIncoming() || isAnswered() || isEnded())
        return false;
    const bool phoneRings =
        m_info.leg == LegState::Ringing && (m_info.stay != call::StayReason::None || m_info.asksToMove);
    return m_rings || m_info.wantsAnswer || phoneRings;
}

bool Call::hasMovedOn() const
{
    return m_info.moved && m_info.stay == call::StayReason::None && !isEnded() && !isReconnecting();
}

bool Call::isMoveNoticed() const
{
    return hasMovedOn() && m_info.prompt != call::Prompt::Off;
}

bool Call::isMoving() const
{
    using enum call::IpState;
    return isValid() && !isEnded() && !m_info.moved && m_info.stay == call::StayReason::None && m_info.ip != Idle
        && m_info.ip != Ended;
}

QString Call::carrier() const
{
    switch (m_info.carrier) {
    case call::Carrier::Cellular: return CallText::tr("Phone network");
    case call::Carrier::Internet: return CallText::tr("Internet, encrypted");
    case call::Carrier::None: return CallText::tr("Not connected");
    }
    return {};
}

QString Call::explanation() const
{
    if (isReconnecting())
        return CallText::tr("The Internet connection is interrupted. Ringlift is restoring it.");
    if (m_info.stay != call::StayReason::None)
        return Sentences::of(m_info.stay);
    if (hasMovedOn() && m_info.prompt == call::Prompt::Off)
        return {};
    if (m_info.moved)
        return CallText::tr("Both phones use Ringlift, so the call moved to the Internet, encrypted from phone to phone.");
    if (m_info.carrier == call::Carrier::Internet)
        return CallText::tr("Both phones use Ringlift. The call is encrypted from phone to phone.");
    // It is this phone that rings then, and that shows.
    const bool ringsHere = isIncoming() && m_info.ip == call::IpState::Alerting;
    return isEnded() ? QString() : Sentences::of(ringsHere ? call::IpState::Proven : m_info.ip);
}

QString Call::trust() const
{
    return isOnInternet() ? Sentences::of(m_info.trust) : QString();
}

QString Call::audioNotice() const
{
    return m_audio.deviceLost && !isEnded()
        ? CallText::tr("No microphone or loudspeaker is found. Connect one to hear and be heard.")
        : QString();
}

QString Call::quality() const
{
    if (!isOnInternet() || isEnded() || !m_audio.heard || m_figures == engine::MediaFigures{})
        return {};
    if (m_figures.lossPercent >= kPoorLossPercent || m_figures.roundTripMs >= kPoorRoundTripMs)
        return CallText::tr("Poor connection");
    if (m_figures.lossPercent >= kFairLossPercent || m_figures.roundTripMs >= kFairRoundTripMs)
        return CallText::tr("Fair connection");
    return CallText::tr("Good connection");
}

} // namespace ringlift::app
