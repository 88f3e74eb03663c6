#include "app/identitychanges.h"

#include "app/display.h"

namespace ringlift::app {

QStringList IdentityChanges::comparable() const
{
    QStringList numbers;
    for (const auto &[number, change] : m_waiting) {
        if (!change.safetyNumber.empty())
            numbers.append(number);
    }
    return numbers;
}

QStringList IdentityChanges::confirmable() const
{
    QStringList numbers;
    for (const auto &[number, change] : m_waiting) {
        if (!change.demandsComparison)
            numbers.append(number);
    }
    return numbers;
}

QString IdentityChanges::title() const
{
    // In one piece, where the line breaks.
    return m_compared ? displayNumber(*m_compared).replace(QLatin1Char(' '), QChar::Nbsp) : QString();
}

QString IdentityChanges::code() const
{
    return m_compared ? displaySafetyNumber(QString::fromStdString(m_waiting.at(*m_compared).safetyNumber)) : QString();
}

void IdentityChanges::confirm(const QString &number)
{
    if (confirmable().contains(number))
        Q_EMIT confirmRequested(number, QString());
}

void IdentityChanges::compare(const QString &number)
{
    if (!comparable().contains(number))
        return;
    m_compared = number;
    m_different = false;
    Q_EMIT changed();
}

void IdentityChanges::answer(bool same)
{
    if (!m_compared)
        return;
    if (!same) {
        m_different = true;
        Q_EMIT changed();
        return;
    }
    Q_EMIT confirmRequested(*m_compared, QString::fromStdString(m_waiting.at(*m_compared).safetyNumber));
    close();
}

void IdentityChanges::close()
{
    m_compared.reset();
    m_different = false;
    Q_EMIT changed();
}

/// Another code than the one on the screen has not been compared: it is not to be taken for the one that was.
void IdentityChanges::onPinChangeWaits(const call::PinChange &change)
{
    const QString number = QString::fromStdString(change.peer.e164());
    const auto known = m_waiting.find(number);
    if (m_compared == number && known->second.safetyNumber != change.safetyNumber)
        close();
    m_waiting.insert_or_assign(number, change);
    Q_EMIT changed();
}

void IdentityChanges::onPinChangeOver(const QString &e164)
{
    if (m_compared == e164)
        close();
    m_waiting.erase(e164);
    Q_EMIT changed();
}

} // namespace ringlift::app
