#include "app/registrationcontroller.h"

#include "app/display.h"
#include "app/sentences.h"

namespace ringlift::app {

namespace {

using State = call::RegistrationState;
using Step = RegistrationController::Step;

/// The step to show in a state; a connection attempt stays where it began.
Step stepOf(const call::RegistrationChanged &registration, Step now)
{
    switch (registration.state) {
    case State::None: return Step::NumberStep;
    case State::Connecting: return now == Step::DoneStep ? Step::NumberStep : now;
    case State::CodeSent:
    case State::Verifying: return now == Step::PinStep && registration.state == State::Verifying ? now : Step::CodeStep;
    case State::Locked: return Step::PinStep;
    case State::Registered: return Step::DoneStep;
    case State::Failed: return Step::NumberStep;
    }
    return now;
}

QString digitsOf(const QString &text)
{
    QString digits;
    for (const QChar character : text) {
        if (character >= QLatin1Char('0') && character <= QLatin1Char('9'))
            digits.append(character);
    }
    return digits;
}

} // namespace

bool RegistrationController::isBusy() const
{
    return m_registration.state == State::Connecting || m_registration.state == State::Verifying;
}

QString RegistrationController::ownNumber() const
{
    return isRegistered() && !m_ownNumber.isEmpty() ? displayNumber(m_ownNumber) : QString();
}

QString RegistrationController::sentTo() const
{
    return m_number.isEmpty() ? QString() : displayNumber(m_number);
}

QString RegistrationController::problem() const
{
    if (isRegistered())
        return Sentences::ofFailedDeletion(m_registration.fault);
    // That a PIN is needed is no problem until a wrong one was given.
    const bool expected = m_registration.fault == call::RegistrationFault::Locked && m_registration.triesLeft == 0
        && m_registration.retryAfterSeconds == 0;
    if (isBusy() || (expected && m_step == PinStep))
        return {};
    QStringList sentences{Sentences::of(m_registration.fault), Sentences::triesLeft(m_registration.triesLeft),
        Sentences::waiting(m_registration.retryAfterSeconds)};
    if (m_registration.fault == call::RegistrationFault::None)
        return {};
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

QString RegistrationController::notice() const
{
    return isRegistered() ? Sentences::of(m_standing) : QString();
}

void RegistrationController::proveAgain()
{
    if (isProofDue())
        requestCode(m_ownNumber);
}

void RegistrationController::requestCode(const QString &number)
{
    const QString digits = digitsOf(number);
    if (digits.isEmpty() || isBusy())
        return;
    m_number = (number.trimmed().startsWith(QLatin1Char('+')) ? QStringLiteral("+") : QString()) + digits;
    Q_EMIT changed();
    Q_EMIT registerRequested(m_number);
}

void RegistrationController::resendCode()
{
    requestCode(m_number);
}

void RegistrationController::submitCode(const QString &code)
{
    if (const QString digits = digitsOf(code); digits.size() == kCodeLength && !isBusy())
        Q_EMIT verifyRequested(digits);
}

void RegistrationController::submitPin(const QString &pin)
{
    if (pin.size() >= kMinPinLength && !isBusy())
        Q_EMIT unlockRequested(pin);
}

void RegistrationController::changeNumber()
{
    if (isRegistered())
        return;
    m_step = NumberStep;
    m_registration = {};
    Q_EMIT changed();
}

void RegistrationController::postpone()
{
    if (!m_hasAccount)
        return;
    m_step = DoneStep;
    m_registration = {};
    Q_EMIT changed();
}

void RegistrationController::deleteRegistration()
{
    if (isRegistered())
        Q_EMIT deleteRequested();
}

void RegistrationController::onStandingChanged(const call::AccountStanding &standing)
{
    m_standing = standing;
    Q_EMIT changed();
}

void RegistrationController::onRegistrationChanged(
    const call::RegistrationChanged &registration, const QString &ownNumber)
{
    m_step = stepOf(registration, m_step);
    if (registration.state == State::Registered)
        m_hasAccount = true;
    else if (registration.state == State::None || registration.fault == call::RegistrationFault::ReplacedElsewhere)
        m_hasAccount = false;
    m_registration = registration;
    m_ownNumber = ownNumber;
    Q_EMIT changed();
}

} // namespace ringlift::app
