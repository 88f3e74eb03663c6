#pragma once

#include "core/call/phonemachine.h"

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace ringlift::app {

/// The one-time registration of this phone's number: number, code, and a PIN where the number is protected.
class RegistrationController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(Step step READ step NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(bool registered READ isRegistered NOTIFY changed)
    Q_PROPERTY(QString ownNumber READ ownNumber NOTIFY changed)
    Q_PROPERTY(QString sentTo READ sentTo NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(QString notice READ notice NOTIFY changed)
    Q_PROPERTY(bool proofDue READ isProofDue NOTIFY changed)
    Q_PROPERTY(int codeLength READ codeLength CONSTANT)
    Q_PROPERTY(int minPinLength READ minPinLength CONSTANT)

public:
    enum Step { NumberStep, CodeStep, PinStep, DoneStep };
    Q_ENUM(Step)

    static constexpr int kCodeLength = 6;
    static constexpr int kMinPinLength = 4;

    using QObject::QObject;

    Step step() const { return m_step; }
    bool isBusy() const;
    bool isRegistered() const { return m_step == DoneStep; }
    int codeLength() const { return kCodeLength; }
    int minPinLength() const { return kMinPinLength; }
    /// For people; empty until registered.
    QString ownNumber() const;
    /// The number that the code was sent to, for people.
    QString sentTo() const;
    /// What went wrong and what to do about it; empty when nothing did.
    QString problem() const;
    /// Why calls do not move, or soon will not, though the number is registered; empty when they do.
    QString notice() const;
    /// The number has to be proven again: proveAgain().
    bool isProofDue() const { return isRegistered() && m_standing.proofDue; }
    void retranslate() { Q_EMIT changed(); }

    Q_INVOKABLE void requestCode(const QString &number);
    Q_INVOKABLE void proveAgain();
    Q_INVOKABLE void resendCode();
    Q_INVOKABLE void submitCode(const QString &code);
    Q_INVOKABLE void submitPin(const QString &pin);
    Q_INVOKABLE void changeNumber();
    /// Not now: what was registered before still is.
    Q_INVOKABLE void postpone();
    Q_INVOKABLE void deleteRegistration();

public Q_SLOTS:
    void onRegistrationChanged(const ringlift::call::RegistrationChanged &registration, const QString &ownNumber);
    void onStandingChanged(const ringlift::call::AccountStanding &standing);

Q_SIGNALS:
    void changed();
    void registerRequested(const QString &number);
    void verifyRequested(const QString &code);
    void unlockRequested(const QString &pin);
    void deleteRequested();

private:
    Step m_step = NumberStep;
    bool m_hasAccount = false; // also while its number is proven again
    call::RegistrationChanged m_registration;
    call::AccountStanding m_standing;
    QString m_ownNumber;
    QString m_number;
};

} // namespace ringlift::app
