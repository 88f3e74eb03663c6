#include "app/dialcontroller.h"

#include "app/display.h"

#include <QCoreApplication>
#include <QVariantMap>

#include <algorithm>

namespace ringlift::app {

namespace {

/// As much of a SIM's number as tells it from the other.
constexpr qsizetype kShownDigits = 4;

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

QString nameOf(const SimInfo &sim)
{
    const QString number = QString::fromStdString(sim.ownNumber.reveal());
    const int ordinal = sim.slot + 1;
    if (number.isEmpty())
        return DialText::tr("SIM %1").arg(ordinal);
    return DialText::tr("SIM %1 · …%2", "ordinal, last digits of its number")
        .arg(ordinal)
        .arg(number.right(kShownDigits));
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
    setRefusal(Refusal::None);
    Q_EMIT numberChanged();
}

QString DialController::display() const
{
    return m_number.isEmpty() ? QString() : displayNumber(m_number);
}

QString DialController::refusal() const
{
    switch (m_refusal) {
    case Refusal::None: break;
    case Refusal::ByLine:
        return DialText::tr("The phone could not place this call. Check the number and the network, and try again.");
    case Refusal::NoEmergencyCalls:
        return DialText::tr("This device cannot call emergency services. Use a phone.");
    case Refusal::BadLink: return DialText::tr("This link holds no phone number that can be dialled.");
    }
    return {};
}

QVariantList DialController::sims() const
{
    QVariantList choices;
    if (m_sims.size() < 2)
        return choices;
    for (const SimInfo &sim : m_sims)
        choices.append(QVariantMap{{QStringLiteral("value"), sim.slot}, {QStringLiteral("name"), nameOf(sim)}});
    return choices;
}

bool DialController::isPresent(int slot) const
{
    return std::any_of(m_sims.begin(), m_sims.end(), [slot](const SimInfo &sim) { return sim.slot == slot; });
}

void DialController::setSim(int slot)
{
    if (slot == m_sim || !isPresent(slot))
        return;
    m_sim = slot;
    Q_EMIT simsChanged();
}

void DialController::retranslate()
{
    Q_EMIT simsChanged();
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
    place(m_sim);
}

void DialController::callAgain(const QString &number, int slot)
{
    setNumber(number);
    if (m_number.isEmpty())
        return;
    if (slot < 0 || m_sims.size() < 2)
        return place(m_sim);
    if (isPresent(slot))
        place(slot);
}

void DialController::place(int slot)
{
    m_last = m_number;
    setNumber(QString());
    setRefusal(Refusal::None);
    Q_EMIT dialRequested(m_last, slot);
}

void DialController::onSimsChanged(const QList<SimInfo> &sims)
{
    m_sims.clear();
    std::copy_if(sims.begin(), sims.end(), std::back_inserter(m_sims), [](const SimInfo &sim) { return sim.present; });
    if (!m_sims.isEmpty() && !isPresent(m_sim))
        m_sim = m_sims.constFirst().slot;
    Q_EMIT simsChanged();
}

void DialController::onDialRefused(const QString &)
{
    setNumber(m_last);
    setRefusal(Refusal::ByLine);
}

void DialController::onEmergencyRefused()
{
    setNumber(m_last);
    setRefusal(Refusal::NoEmergencyCalls);
}

void DialController::fillIn(const QString &number)
{
    setNumber(number);
    setRefusal(Refusal::None);
    Q_EMIT linkFollowed();
}

void DialController::onBadLink()
{
    setRefusal(Refusal::BadLink);
    Q_EMIT linkFollowed();
}

void DialController::setRefusal(Refusal refusal)
{
    if (m_refusal == refusal)
        return;
    m_refusal = refusal;
    Q_EMIT refusalChanged();
}

} // namespace ringlift::app
