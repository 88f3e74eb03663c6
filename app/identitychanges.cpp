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
    return m_onScreen ? displayNumber(m_onScreen->number).replace(QLatin1Char(' '), QChar::Nbsp) : QString();
}

QString IdentityChanges::code() const
{
    return m_onScreen ? displaySafetyNumber(m_onScreen->digits) : QString();
}

void IdentityChanges::confirm(const QString &number)
{
    if (confirmable().contains(number))
        Q_EMIT confirmRequested(number, QString());
}

void IdentityChanges::compare(const QString &number)
{
    if (comparable().contains(number))
        put({number, QString::fromStdString(m_waiting.at(number).safetyNumber)});
}

void IdentityChanges::show(const QString &number, const QString &digits)
{
    if (!digits.isEmpty())
        put({number, digits, true});
}

void IdentityChanges::put(OnScreen code)
{
    m_onScreen = std::move(code);
    m_different = false;
    Q_EMIT changed();
}

bool IdentityChanges::compares(const QString &number) const
{
    return m_onScreen && !m_onScreen->forPeer && m_onScreen->number == number;
}

void IdentityChanges::answer(bool same)
{
    if (!m_onScreen || m_onScreen->forPeer)
        return;
    if (!same) {
        m_different = true;
        Q_EMIT changed();
        return;
    }
    Q_EMIT confirmRequested(m_onScreen->number, m_onScreen->digits);
    close();
}

void IdentityChanges::close()
{
    m_onScreen.reset();
    m_different = false;
    Q_EMIT changed();
}

/// Another code than the one on the screen has not been compared: it is not to be taken for the one that was.
void IdentityChanges::onPinChangeWaits(const call::PinChange &change)
{
    const QString number = QString::fromStdString(change.peer.e164());
    if (compares(number) && m_onScreen->digits != QString::fromStdString(change.safetyNumber))
        close();
    m_waiting.insert_or_assign(number, change);
    Q_EMIT changed();
}

void IdentityChanges::onPinChangeOver(const QString &e164)
{
    if (compares(e164))
        close();
    m_waiting.erase(e164);
    Q_EMIT changed();
}

} // namespace ringlift::app
