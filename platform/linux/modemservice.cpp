#include "platform/linux/modemservice.h"

#include "core/base/log.h"
#include "platform/linux/simvalues.h"

namespace ringlift::modem {

namespace {

constexpr std::chrono::seconds kRetryAfter{2};

} // namespace

ModemService::ModemService(QDBusConnection systemBus, const QString &name, QObject *parent)
    : Telephony(parent), m_bus(std::move(systemBus), name)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, [this] { askModems(); });
    connect(&m_bus, &BusService::appeared, this, [this] { askModems(); });
    connect(&m_bus, &BusService::vanished, this, &ModemService::onVanished);
    connect(&m_bus, &BusService::absent, this, [this] { setFinding(Finding::NotRunning); });
    connect(&m_bus, &BusService::noBus, this, [this] { setFinding(Finding::NoBus); });
    connect(&m_bus, &BusService::signalled, this, [this](const QDBusMessage &message) { onSignal(message); });
}

void ModemService::start()
{
    m_bus.start();
}

void ModemService::stop()
{
    m_retry.stop();
    m_bus.stop();
    forgetModems();
}

void ModemService::onListed(const QDBusMessage &reply)
{
    if (!m_bus.isThere())
        return;
    if (reply.type() != QDBusMessage::ReplyMessage) {
        m_retry.start(kRetryAfter);
        return m_listed ? void() : setFinding(Finding::NoAnswer);
    }
    m_listed = true;
    addListed(reply);
    tellNews();
}

void ModemService::onVanished()
{
    m_retry.stop();
    m_listed = false;
    forgetModems();
    setFinding(Finding::NotRunning);
}

std::optional<int> ModemService::slotFor(const QString &modem)
{
    qsizetype slot = m_slots.indexOf(modem);
    if (slot < 0 && m_slots.size() >= qsizetype(kMaxModems)) {
        qCWarning(lcLine) << "there are more modems than SIM slots: one is not used";
        return std::nullopt;
    }
    if (slot < 0) {
        slot = m_slots.size();
        m_slots.append(modem);
    }
    return static_cast<int>(slot);
}

void ModemService::tellNews()
{
    std::vector<SimInfo> sims;
    sims.reserve(static_cast<std::size_t>(m_slots.size()));
    for (int slot = 0; slot < m_slots.size(); ++slot)
        sims.push_back(simIn(slot).value_or(simInfoOf(slot, {}, false)));
    if (sims != m_sims) {
        m_sims = std::move(sims);
        Q_EMIT simsChanged();
    }
    if (m_listed)
        setFinding(seesCalls() ? Finding::Found : Finding::NoModem);
}

void ModemService::setFinding(Finding finding)
{
    if (std::exchange(m_finding, finding) != finding)
        Q_EMIT findingChanged(finding);
}

} // namespace ringlift::modem
