#pragma once

#include "platform/linux/busservice.h"
#include "platform/linux/telephony.h"

#include <QStringList>
#include <QTimer>

#include <optional>

namespace ringlift::modem {

/// A telephony service on the system bus that lists its modems.
class ModemService : public Telephony
{
    Q_OBJECT

public:
    void start() override;
    void stop() override;
    Finding finding() const override { return m_finding; }
    std::vector<SimInfo> sims() const override { return m_sims; }

protected:
    ModemService(QDBusConnection systemBus, const QString &name, QObject *parent);

    BusService &bus() { return m_bus; }
    /// Of a modem by the name that it has after a restart of the service too; nothing when all slots are taken.
    std::optional<int> slotFor(const QString &modem);
    /// To be called with the reply to askModems().
    void onListed(const QDBusMessage &reply);
    /// Tells of SIMs and finding where they changed.
    void tellNews();

private:
    virtual void askModems() = 0;
    virtual void addListed(const QDBusMessage &reply) = 0;
    /// And their calls: nobody knows of them until the service is back.
    virtual void forgetModems() = 0;
    virtual void onSignal(const QDBusMessage &message) = 0;
    /// Nothing while that slot's modem is away.
    virtual std::optional<SimInfo> simIn(int slot) const = 0;
    virtual bool seesCalls() const = 0;

    void onVanished();
    void setFinding(Finding finding);

    BusService m_bus;
    QStringList m_slots;
    std::vector<SimInfo> m_sims;
    Finding m_finding = Finding::Pending;
    bool m_listed = false;
    QTimer m_retry;
};

} // namespace ringlift::modem
