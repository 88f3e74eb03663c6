#pragma once

#include "app/display.h"
#include "core/call/callinfo.h"
#include "core/engine/callengine.h"

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace ringlift::app {

/// One call as a person sees it: words and what can be done now. Not comparable on purpose: the same call has other words
/// in another language.
class Call
{
    Q_GADGET
    QML_VALUE_TYPE(call)
    Q_PROPERTY(bool valid READ isValid)
    Q_PROPERTY(quint32 handle READ handle)
    Q_PROPERTY(QString number READ number)
    Q_PROPERTY(QString dialled READ dialled)
    Q_PROPERTY(QString status READ status)
    Q_PROPERTY(bool incoming READ isIncoming)
    Q_PROPERTY(bool answered READ isAnswered)
    Q_PROPERTY(bool ended READ isEnded)
    Q_PROPERTY(bool onInternet READ isOnInternet)
    Q_PROPERTY(bool moving READ isMoving)
    Q_PROPERTY(QString carrier READ carrier)
    Q_PROPERTY(QString explanation READ explanation)
    Q_PROPERTY(QString sas READ sas)
    Q_PROPERTY(QString safetyNumber READ safetyNumber)
    Q_PROPERTY(QString trust READ trust)
    Q_PROPERTY(bool verified READ isVerified)
    Q_PROPERTY(bool muted READ isMuted)
    Q_PROPERTY(bool peerMuted READ isPeerMuted)
    Q_PROPERTY(bool reconnecting READ isReconnecting)
    Q_PROPERTY(bool moveNoticed READ isMoveNoticed)
    Q_PROPERTY(bool asksToMove READ asksToMove)
    Q_PROPERTY(bool canStayOnPhone READ canStayOnPhone)
    Q_PROPERTY(QString peerDigits READ peerDigits)
    Q_PROPERTY(bool canRedial READ canRedial)
    Q_PROPERTY(bool identityChanged READ isIdentityChanged)
    Q_PROPERTY(QString audioNotice READ audioNotice)
    Q_PROPERTY(QString quality READ quality)

public:
    Call() = default;
    Call(call::CallInfo info, TimePoint now);

    void setInfo(const call::CallInfo &info) { m_info = info; }
    void setAudio(const engine::AudioState &audio) { m_audio = audio; }
    void setFigures(const engine::MediaFigures &figures) { m_figures = figures; }
    void setNow(TimePoint now) { m_now = now; }
    void addPeerDigit(char digit);
    /// It is to ring here.
    void setRings() { m_rings = true; }
    void setEnd(call::CallEnd end) { m_info.end = end; }

    bool isValid() const { return m_valid; }
    quint32 handle() const { return static_cast<quint32>(m_info.handle); }
    call::CallHandle callHandle() const { return m_info.handle; }
    QString dialled() const { return QString::fromStdString(m_info.peer.reveal()); }
    QString number() const;
    /// What the call does now: "Ringing…", "0:42", "You hung up."
    QString status() const;
    bool isIncoming() const { return m_info.direction == CallDirection::Incoming; }
    bool isAnswered() const { return m_info.answeredAt.has_value(); }
    bool isEnded() const { return m_info.end != call::CallEnd::NotEnded; }
    /// It rings here and waits for this user.
    bool isWaitingForAnswer() const;
    bool isOnInternet() const { return m_info.carrier == call::Carrier::Internet; }
    /// It may still move.
    bool isMoving() const;
    /// Which network carries it.
    QString carrier() const;
    /// Why that network, or how far the move is.
    QString explanation() const;
    QString sas() const { return isEnded() ? QString() : displaySas(QString::fromStdString(m_info.sas)); }
    /// With which the other side may confirm this phone; empty when it need not.
    QString safetyNumber() const { return QString::fromStdString(m_info.safetyNumber); }
    QString trust() const;
    bool isVerified() const { return m_info.trust == call::TrustLevel::Verified; }
    bool isMuted() const { return m_info.muted; }
    bool isPeerMuted() const { return m_info.peerMuted; }
    bool isReconnecting() const { return m_info.reconnecting && !isEnded(); }
    /// The keys that the other side pressed, the newest last.
    QString peerDigits() const { return isEnded() ? QString() : m_peerDigits; }
    /// That it moved is to catch the eye.
    bool isMoveNoticed() const;
    /// It waits for this user's word.
    bool asksToMove() const { return m_info.asksToMove && !isEnded(); }
    bool canStayOnPhone() const { return isMoving() && m_info.leg != LegState::None && !asksToMove(); }
    bool canRedial() const { return m_info.offersRedial; }
    bool isIdentityChanged() const { return m_info.stay == call::StayReason::PeerIdentityChanged; }
    QString audioNotice() const;
    /// How good the connection is, in words; empty while nothing is known.
    QString quality() const;

private:
    bool hasMovedOn() const;

    call::CallInfo m_info;
    engine::AudioState m_audio;
    engine::MediaFigures m_figures;
    QString m_peerDigits;
    TimePoint m_now;
    bool m_valid = false;
    bool m_rings = false;
};

} // namespace ringlift::app
