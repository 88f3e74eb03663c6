#include "app/contacts.h"

namespace ringlift::app {

static_assert(static_cast<int>(call::HandOver::ByTrust) == Contacts::ByTrust);
static_assert(static_cast<int>(call::HandOver::AtRing) == Contacts::AtRing);
static_assert(static_cast<int>(call::HandOver::AtAnswer) == Contacts::AtAnswer);

void Contacts::setHandOver(const QString &number, HandOver handOver)
{
    const auto known = m_handOvers.constFind(number);
    if (known != m_handOvers.constEnd() && known->toInt() != handOver)
        Q_EMIT handOverRequested(number, static_cast<call::HandOver>(handOver));
}

void Contacts::onContactChanged(const QString &e164, call::HandOver handOver)
{
    m_handOvers.insert(e164, static_cast<int>(handOver));
    Q_EMIT changed();
}

void Contacts::onContactForgotten(const QString &e164)
{
    if (m_handOvers.remove(e164) > 0)
        Q_EMIT changed();
}

} // namespace ringlift::app
