#include "app/dialcontroller.h"

#include "app/display.h"

#include <QCoreApplication>

namespace ringlift::app {

namespace {

constexpr int kFirstSim = 0;

class DialText
{
    Q_DECLARE_TR_FUNCTIONS(DialText)
};

/// What can be dialled of typed or pasted text.
QString dialable(const QString &text)
{
    QString kept;
    for (const QChar character : text) {
        const bool digit = character >= QLatin1Char('0') && character <= QLatin1Char('9');
        const bool plus = character == QLatin1Char('+') && kept.isEmpty();
        if (digit || plus || QStringLiteral("*#,;").contains(character))
            kept.append(character);
    }
    return kept.left(DialController::kMaxLength);
}

} // namespace

void DialController::setNumber(const QString &number)
{
    const QString kept = dialable(number);
    if (kept == m_number) {
        if (kept != number)
            Q_EMIT numberChanged(); // a text field shows what was kept
        return;
    }
    m_number = kept;
    setRefused(false);
    Q_EMIT numberChanged();
}

QString DialController::display() const
{
    return m_number.isEmpty() ? QString() : displayNumber(m_number);
}

QString DialController::refusal() const
{
    return m_refused ? DialText::tr("The phone could not place this call. Check the number and the network, and try again.")
                     : QString();
}

void DialController::retranslate()
{
    Q_EMIT numberChanged();
    Q_EMIT refusalChanged();
}

void DialController::press(const QString &key)
{
    setNumber(m_number + key);
}

void DialController::backspace()
{
    setNumber(m_number.chopped(m_number.isEmpty() ? 0 : 1));
}

void DialController::clear()
{
    setNumber(QString());
}

void DialController::dial()
{
    if (m_number.isEmpty()) {
        setNumber(m_last);
        return;
    }
    m_last = m_number;
    setNumber(QString());
    setRefused(false);
    Q_EMIT dialRequested(m_last, kFirstSim);
}

void DialController::onDialRefused(const QString &)
{
    setNumber(m_last);
    setRefused(true);
}

void DialController::setRefused(bool refused)
{
    if (m_refused == refused)
        return;
    m_refused = refused;
    Q_EMIT refusalChanged();
}

} // namespace ringlift::app
