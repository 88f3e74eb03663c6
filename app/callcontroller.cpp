#include "app/callcontroller.h"

#include <algorithm>
#include <utility>

namespace ringlift::app {

namespace {

constexpr auto kReadingTime = std::chrono::seconds(5);

} // namespace

CallController::CallController(Clock clock, QObject *parent) : QObject(parent), m_clock(std::move(clock))
{
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &CallController::tick);
    m_farewell.setSingleShot(true);
    m_farewell.setInterval(kReadingTime);
    connect(&m_farewell, &QTimer::timeout, this, &CallController::dismiss);
}

Call *CallController::find(call::CallHandle handle)
{
    const auto found = std::find_if(
        m_calls.begin(), m_calls.end(), [handle](const Call &call) { return call.callHandle() == handle; });
    return found == m_calls.end() ? nullptr : &*found;
}

const Call *CallController::shown() const
{
    const auto found = std::find_if(m_calls.begin(), m_calls.end(),
        [this](const Call &call) { return m_shown && call.callHandle() == *m_shown; });
    return found == m_calls.end() ? nullptr : &*found;
}

Call CallController::current() const
{
    const Call *const call = shown();
    return call == nullptr ? Call() : *call;
}

Call CallController::incoming() const
{
    const auto found = std::find_if(m_calls.begin(), m_calls.end(),
        [](const Call &call) { return call.isWaitingForAnswer(); });
    return found == m_calls.end() ? Call() : *found;
}

QVariantList CallController::others() const
{
    QVariantList others;
    for (const Call &call : m_calls) {
        if (&call != shown() && !call.isEnded() && (!call.isIncoming() || call.isAnswered()))
            others.append(QVariant::fromValue(call));
    }
    return others;
}

/// Keeps the shown call while it goes on; else shows the newest that is placed, answered or to be placed again.
void CallController::choose()
{
    if (shown() != nullptr && !shown()->isEnded())
        return;
    const auto isOurs = [](const Call &call) {
        return call.canRedial() || (!call.isEnded() && (!call.isIncoming() || call.isAnswered()));
    };
    const auto found = std::find_if(m_calls.rbegin(), m_calls.rend(), isOurs);
    if (found != m_calls.rend())
        m_shown = found->callHandle();
}

void CallController::publish()
{
    choose();
    std::erase_if(m_calls, [this](const Call &call) {
        return call.isEnded() && !call.canRedial() && (!m_shown || call.callHandle() != *m_shown);
    });
    const bool counting
        = std::any_of(m_calls.begin(), m_calls.end(), [](const Call &call) { return call.isAnswered() && !call.isEnded(); });
    if (counting != m_second.isActive())
        counting ? m_second.start() : m_second.stop();
    const Call *const call = shown();
    if (call != nullptr && call->isEnded() && !call->canRedial()) {
        if (!m_farewell.isActive())
            m_farewell.start();
    } else {
        m_farewell.stop();
    }
    Q_EMIT changed();
}

void CallController::tick()
{
    for (Call &call : m_calls)
        call.setNow(m_clock());
    Q_EMIT changed();
}

void CallController::onCallChanged(const call::CallInfo &info)
{
    const Call *const before = find(info.handle);
    const bool asks = info.asksToMove && (before == nullptr || !before->asksToMove());
    if (Call *const known = find(info.handle); known != nullptr) {
        known->setInfo(info);
        known->setNow(m_clock());
    } else {
        m_calls.emplace_back(info, m_clock());
        if (m_ring == info.handle)
            m_calls.back().setRings();
        if (info.direction == CallDirection::Outgoing)
            m_shown = info.handle; // also when it failed at once
    }
    if (asks && info.direction == CallDirection::Outgoing)
        m_shown = info.handle;
    publish();
    tellRing();
    if (asks)
        Q_EMIT questionAsked();
}

void CallController::onIncomingShown(call::CallHandle handle)
{
    m_ring = handle;
    if (Call *const call = find(handle); call != nullptr) {
        call->setRings();
        publish();
    }
    tellRing();
}

void CallController::setRingOnScreen(bool onScreen)
{
    m_ringOnScreen = onScreen;
    tellRing();
}

/// The caller hears of the ring only when it is really there.
void CallController::tellRing()
{
    if (m_ringOnScreen && m_ring && incoming().isValid() && incoming().callHandle() == *m_ring)
        Q_EMIT ringShown(*std::exchange(m_ring, std::nullopt));
}

void CallController::onCallFinished(call::CallHandle handle, const call::CallRecord &record)
{
    Call *const call = find(handle);
    if (call == nullptr)
        return;
    if (!call->isEnded() || record.end != call::CallEnd::NotEnded)
        call->setEnd(record.end == call::CallEnd::NotEnded ? call::CallEnd::RemoteHangUp : record.end);
    publish();
}

void CallController::onAudioChanged(call::CallHandle handle, const engine::AudioState &state)
{
    if (Call *const call = find(handle); call != nullptr) {
        call->setAudio(state);
        Q_EMIT changed();
    }
}

void CallController::onDigitHeard(call::CallHandle handle, char digit)
{
    if (Call *const call = find(handle); call != nullptr) {
        call->addPeerDigit(digit);
        Q_EMIT changed();
    }
}

void CallController::onFiguresChanged(call::CallHandle handle, const engine::MediaFigures &figures)
{
    if (Call *const call = find(handle); call != nullptr) {
        call->setFigures(figures);
        Q_EMIT changed();
    }
}

void CallController::answer()
{
    if (const Call call = incoming(); call.isValid())
        Q_EMIT answerRequested(call.callHandle());
}

void CallController::decline()
{
    if (const Call call = incoming(); call.isValid())
        Q_EMIT declineRequested(call.callHandle());
}

void CallController::hangUp()
{
    if (const Call call = current(); call.isValid() && !call.isEnded())
        Q_EMIT hangUpRequested(call.callHandle());
}

void CallController::setMuted(bool muted)
{
    if (const Call call = current(); call.isValid())
        Q_EMIT muteRequested(call.callHandle(), muted);
}

void CallController::sendDigits(const QString &digits)
{
    if (const Call call = current(); call.isValid() && !digits.isEmpty())
        Q_EMIT digitsRequested(call.callHandle(), digits);
}

void CallController::stayOnPhone()
{
    if (const Call call = current(); call.canStayOnPhone())
        Q_EMIT stayCellularRequested(call.callHandle());
}

Call CallController::asking() const
{
    return incoming().asksToMove() ? incoming() : current();
}

void CallController::allowMove()
{
    if (const Call call = asking(); call.asksToMove())
        Q_EMIT moveAllowed(call.callHandle());
}

void CallController::keepOnPhone()
{
    if (const Call call = asking(); call.asksToMove())
        Q_EMIT stayCellularRequested(call.callHandle());
}

void CallController::redial()
{
    if (const Call call = current(); call.canRedial())
        Q_EMIT redialRequested(call.callHandle());
}

void CallController::answerSas(bool same)
{
    if (const Call call = current(); !call.sas().isEmpty())
        Q_EMIT sasAnswered(call.callHandle(), same);
}

void CallController::show(quint32 handle)
{
    if (find(call::CallHandle(handle)) == nullptr)
        return;
    m_shown = call::CallHandle(handle);
    publish();
}

void CallController::dismiss()
{
    if (shown() == nullptr || !shown()->isEnded())
        return;
    std::erase_if(m_calls, [this](const Call &call) { return call.callHandle() == *m_shown; });
    m_shown.reset();
    publish();
}

} // namespace ringlift::app
