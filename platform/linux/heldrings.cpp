#include "platform/linux/heldrings.h"

#include "platform/linux/modemline.h"

namespace ringlift::modem {

void HeldRings::follow(ModemLine &line)
{
    connect(&line, &ModemLine::ringHoldAsked, this, &HeldRings::onHold);
    connect(&line, &ModemLine::incoming, this, &HeldRings::onChange);
    connect(&line, &ModemLine::dialling, this, &HeldRings::onChange);
    connect(&line, &ModemLine::changed, this, &HeldRings::onChange);
    connect(&line, &ModemLine::ended, this, &HeldRings::onChange);
    connect(&line, &ModemLine::lost, this, &HeldRings::forgetAll);
}

void HeldRings::onHold(const LineCall &call, bool hold)
{
    const bool rings = call.state == LegState::Ringing;
    const bool waited = !hold && m_held.erase(call.id) > 0;
    if (waited && rings)
        m_ringing.insert(call.id);
    if (hold && rings && m_busy.empty()) {
        m_ringing.erase(call.id);
        m_held.insert(call.id);
    }
    Q_EMIT changed();
}

void HeldRings::onChange(const LineCall &call)
{
    if (call.state != LegState::Ringing) {
        m_held.erase(call.id);
        m_ringing.erase(call.id);
    }
    if (call.state != LegState::Ended && (call.state != LegState::Ringing || call.emergency)) {
        m_busy.insert(call.id);
        m_ringing.merge(m_held);
    } else {
        m_busy.erase(call.id);
    }
    Q_EMIT changed();
}

void HeldRings::forgetAll()
{
    m_held.clear();
    m_ringing.clear();
    Q_EMIT changed();
}

} // namespace ringlift::modem
