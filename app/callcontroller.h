#pragma once

#include "app/call.h"

#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <vector>

namespace ringlift::app {

/// The calls of this phone for QML. What the user asks for leaves by the …Requested signals; what happened comes in by the
/// slots. An ended call stays to be read for a while.
class CallController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(ringlift::app::Call current READ current NOTIFY changed)
    Q_PROPERTY(ringlift::app::Call incoming READ incoming NOTIFY changed)
    Q_PROPERTY(bool active READ isActive NOTIFY changed)
    Q_PROPERTY(bool ringing READ isRinging NOTIFY changed)
    Q_PROPERTY(QVariantList others READ others NOTIFY changed)

public:
    using Clock = std::function<TimePoint()>;

    explicit CallController(Clock clock = monotonicNow, QObject *parent = nullptr);

    /// The call that the call page shows; invalid when there is none.
    Call current() const;
    /// The call that rings here and waits for an answer; invalid when there is none.
    Call incoming() const;
    bool isActive() const { return current().isValid(); }
    bool isRinging() const { return incoming().isValid(); }
    /// The other calls that go on beside the current one.
    QVariantList others() const;
    /// How long an ended call stays; 5 s at first.
    void setReadingTime(std::chrono::milliseconds time) { m_farewell.setInterval(time); }
    /// The language changed.
    void retranslate() { Q_EMIT changed(); }

    /// The page of an incoming call came on the screen or went.
    Q_INVOKABLE void setRingOnScreen(bool onScreen);
    Q_INVOKABLE void answer();
    Q_INVOKABLE void decline();
    Q_INVOKABLE void hangUp();
    Q_INVOKABLE void setMuted(bool muted);
    Q_INVOKABLE void sendDigits(const QString &digits);
    Q_INVOKABLE void stayOnPhone();
    /// What the user says of the call that asks to move: of the one that rings, else of the shown one.
    Q_INVOKABLE void allowMove();
    Q_INVOKABLE void keepOnPhone();
    Q_INVOKABLE void redial();
    Q_INVOKABLE void answerSas(bool same);
    Q_INVOKABLE void show(quint32 handle);
    /// Takes an ended call off the screen.
    Q_INVOKABLE void dismiss();

public Q_SLOTS:
    void onCallChanged(const ringlift::call::CallInfo &info);
    void onIncomingShown(ringlift::call::CallHandle call);
    void onCallFinished(ringlift::call::CallHandle call, const ringlift::call::CallRecord &record);
    void onAudioChanged(ringlift::call::CallHandle call, const ringlift::engine::AudioState &state);
    void onDigitHeard(ringlift::call::CallHandle call, char digit);
    void onFiguresChanged(ringlift::call::CallHandle call, const ringlift::engine::MediaFigures &figures);

Q_SIGNALS:
    void changed();
    /// Its ring is on the screen now.
    void ringShown(ringlift::call::CallHandle call);
    void answerRequested(ringlift::call::CallHandle call);
    void declineRequested(ringlift::call::CallHandle call);
    void hangUpRequested(ringlift::call::CallHandle call);
    void muteRequested(ringlift::call::CallHandle call, bool muted);
    void digitsRequested(ringlift::call::CallHandle call, const QString &digits);
    void stayCellularRequested(ringlift::call::CallHandle call);
    void moveAllowed(ringlift::call::CallHandle call);
    /// A call waits for its user's word.
    void questionAsked();
    void redialRequested(ringlift::call::CallHandle call);
    void sasAnswered(ringlift::call::CallHandle call, bool same);

private:
    Call *find(call::CallHandle handle);
    const Call *shown() const;
    Call asking() const;
    void choose();
    void tick();
    void tellRing();
    void publish();

    Clock m_clock;
    std::vector<Call> m_calls; // oldest first
    std::optional<call::CallHandle> m_shown;
    std::optional<call::CallHandle> m_ring; // to be shown, and the caller to be told
    bool m_ringOnScreen = false;
    QTimer m_second;
    QTimer m_farewell;
};

} // namespace ringlift::app
