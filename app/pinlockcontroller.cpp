#include "app/pinlockcontroller.h"

#include "app/sentences.h"

#include <QCoreApplication>

#include <algorithm>

namespace ringlift::app {

namespace {

class PinLockText
{
    Q_DECLARE_TR_FUNCTIONS(PinLockText)
};

bool isPin(const QString &text)
{
    const auto isDigit = [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); };
    return text.size() >= PinLockController::kMinPinLength && text.size() <= PinLockController::kMaxPinLength &&
           std::all_of(text.begin(), text.end(), isDigit);
}

QString sentenceOf(const call::LockAnswered &answer)
{
    if (answer.fault == call::RegistrationFault::ServerRefused)
        return PinLockText::tr("The server did not accept this now. The PIN is as it was. Try again in a moment.");
    QStringList sentences{Sentences::of(answer.fault), Sentences::waiting(answer.retryAfterSeconds)};
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

} // namespace

QString PinLockController::problem() const
{
    switch (m_state) {
    case State::Different:
        return PinLockText::tr("The two PINs are not the same.");
    case State::NoPin:
        return PinLockText::tr("A PIN has at least four digits and nothing else.");
    case State::Answered:
        return sentenceOf(m_answer);
    case State::Idle:
    case State::Asked:
        break;
    }
    return {};
}

QString PinLockController::done() const
{
    if (m_state != State::Answered || m_answer.fault != call::RegistrationFault::None)
        return {};
    return m_answer.set
               ? PinLockText::tr("The PIN is set. Whoever registers this number elsewhere needs it. Keep it well: "
                                 "nobody can tell it to you.")
               : PinLockText::tr("The PIN is removed.");
}

bool PinLockController::choose(const QString &pin, const QString &again)
{
    if (isBusy())
        return false;
    if (!isPin(pin) || pin != again) {
        enter(isPin(pin) ? State::Different : State::NoPin);
        return false;
    }
    enter(State::Asked);
    Q_EMIT lockRequested(pin);
    return true;
}

void PinLockController::remove()
{
    if (isBusy())
        return;
    enter(State::Asked);
    Q_EMIT lockRequested(QString());
}

void PinLockController::startAnew()
{
    if (!isBusy())
        enter(State::Idle);
}

void PinLockController::enter(State state)
{
    m_state = state;
    Q_EMIT changed();
}

void PinLockController::onLockChanged(bool set)
{
    m_set = set;
    Q_EMIT changed();
}

void PinLockController::onLockAnswered(const call::LockAnswered &answer)
{
    m_answer = answer;
    enter(State::Answered);
}

} // namespace ringlift::app
