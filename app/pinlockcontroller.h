#pragma once

#include "core/call/phonemachine.h"

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace ringlift::app {

/// The PIN that protects this phone's number against being registered elsewhere (protocol.md 3.3).
class PinLockController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool set READ isSet NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(QString done READ done NOTIFY changed)
    Q_PROPERTY(int minPinLength READ minPinLength CONSTANT)
    Q_PROPERTY(int maxPinLength READ maxPinLength CONSTANT)

public:
    static constexpr int kMinPinLength = 4;
    static constexpr int kMaxPinLength = 64;

    using QObject::QObject;

    /// As far as this phone knows.
    bool isSet() const { return m_set; }
    bool isBusy() const { return m_state == State::Asked; }
    /// What went wrong and what to do about it; empty when nothing did.
    QString problem() const;
    /// What was done; empty when nothing was.
    QString done() const;
    int minPinLength() const { return kMinPinLength; }
    int maxPinLength() const { return kMaxPinLength; }
    void retranslate() { Q_EMIT changed(); }

    /// A new PIN of digits, typed twice. False: they are not alike or no PIN, as problem() says.
    Q_INVOKABLE bool choose(const QString &pin, const QString &again);
    Q_INVOKABLE void remove();
    /// What was said before has been read.
    Q_INVOKABLE void startAnew();

public Q_SLOTS:
    void onLockChanged(bool set);
    void onLockAnswered(const ringlift::call::LockAnswered &answer);

Q_SIGNALS:
    void changed();
    /// An empty PIN: the lock is to go.
    void lockRequested(const QString &pin);

private:
    enum class State { Idle, Different, NoPin, Asked, Answered };

    void enter(State state);

    State m_state = State::Idle;
    bool m_set = false;
    call::LockAnswered m_answer;
};

} // namespace ringlift::app
