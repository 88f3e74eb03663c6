#include "app/ringer.h"

#include <utility>

namespace ringlift::app {

namespace {

using call::CallHandle;
using call::CallInfo;

/// From its first frame on: a device holds some of it back.
constexpr std::chrono::milliseconds kContinuedTime{800};
constexpr std::chrono::milliseconds kMoveTime{700};

bool soundsMoved(const CallInfo &info)
{
    const bool goesOn = info.end == call::CallEnd::NotEnded && info.ip != call::IpState::Ended;
    return info.moved && goesOn && info.prompt == call::Prompt::Sound;
}

bool isUnanswered(const CallInfo &info)
{
    return info.end == call::CallEnd::NotEnded && !info.answeredAt;
}

bool ringsHere(const CallInfo &info)
{
    return info.direction == CallDirection::Incoming && isUnanswered(info) && info.wantsAnswer;
}

/// The peer's phone rings, and there is no cellular leg on which the network would let it be heard.
bool ringsBack(const CallInfo &info)
{
    const bool hasNoLeg = info.moved || info.manual;
    return info.direction == CallDirection::Outgoing && isUnanswered(info) && hasNoLeg && info.ip == call::IpState::Alerting;
}

void setMember(std::set<CallHandle> &calls, CallHandle call, bool member)
{
    if (member)
        calls.insert(call);
    else
        calls.erase(call);
}

} // namespace

Ringer::Ringer(QObject *parent) : QObject(parent), m_moveHeard(this), m_continuedOver(this)
{
    m_moveHeard.setSingleShot(true);
    m_moveHeard.setInterval(kMoveTime);
    connect(&m_moveHeard, &QTimer::timeout, this, [this] {
        m_toSound.clear();
        update();
    });
    m_continuedOver.setSingleShot(true);
    m_continuedOver.setInterval(kContinuedTime);
    connect(&m_continuedOver, &QTimer::timeout, this, [this] {
        m_continued = false;
        update();
    });
}

void Ringer::onCallChanged(const CallInfo &info)
{
    if (!soundsMoved(info))
        m_toSound.erase(info.handle);
    else if (m_moved.insert(info.handle).second)
        m_toSound.insert(info.handle);
    setMember(m_ringing, info.handle, ringsHere(info));
    setMember(m_ringingBack, info.handle, ringsBack(info));
    if (!isUnanswered(info))
        m_shown.erase(info.handle);
    update();
}

void Ringer::onCallFinished(CallHandle call)
{
    for (auto *const calls : {&m_ringing, &m_ringingBack, &m_shown, &m_moved, &m_toSound})
        calls->erase(call);
    update();
}

void Ringer::onRingShown(CallHandle call)
{
    m_shown.insert(call);
    update();
}

void Ringer::onMilestone(CallHandle, const QByteArray &name)
{
    if (name != "continued_by_phone")
        return;
    m_continued = true;
    update();
}

void Ringer::onToneSettled()
{
    m_settled = true;
    if (m_tone == media::Tone::Continued)
        m_continuedOver.start();
    if (m_tone == media::Tone::Moved)
        m_moveHeard.start();
    update();
}

std::optional<media::Tone> Ringer::wanted() const
{
    if (m_continued)
        return media::Tone::Continued;
    if (!m_ringing.empty())
        return media::Tone::Ring;
    if (!m_toSound.empty())
        return media::Tone::Moved;
    return m_ringingBack.empty() ? std::nullopt : std::optional(media::Tone::Ringback);
}

void Ringer::update()
{
    const auto tone = wanted();
    if (tone != m_tone) {
        m_tone = tone;
        m_settled = false;
        tone ? Q_EMIT toneRequested(*tone) : Q_EMIT silenceRequested();
    }
    if (m_tone != media::Tone::Ring || !m_settled)
        return;
    for (const CallHandle call : m_ringing) {
        if (m_shown.erase(call) > 0)
            Q_EMIT ringPresented(call);
    }
}

} // namespace ringlift::app
