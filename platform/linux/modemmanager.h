#pragma once

#include "platform/linux/busservice.h"
#include "platform/linux/modemmanagercalls.h"
#include "platform/linux/modemmanagermessages.h"
#include "platform/linux/modemmanagermodem.h"
#include "platform/linux/telephony.h"

#include <QTimer>

namespace ringlift::modem {

/// Modems, SIMs and calls of ModemManager (platforms.md L3).
class ModemManager : public Telephony
{
    Q_OBJECT

public:
    explicit ModemManager(QDBusConnection bus, Duration ringSilence = ModemManagerCalls::kRingSilence,
                          QObject *parent = nullptr);

    void start() override;
    void stop() override;
    Finding finding() const override { return m_finding; }
    std::vector<SimInfo> sims() const override { return m_sims; }

    void dial(int sim, const std::string &number, Done done) override;
    void answer(const QString &call, Done done) override;
    void hangUp(const QString &call, Done done) override;
    void sendDigit(const QString &call, char digit, Done done) override;
    void readMessages(bool wanted) override { m_messages.read(wanted); }

private:
    void onAppeared();
    void onVanished();
    void askObjects();
    void onObjects(const QDBusMessage &reply);
    void onSignal(const QDBusMessage &message);
    void onModemSignal(const QDBusMessage &message);
    void onProperties(const QDBusMessage &message);
    void onUnknownCall();

    ModemManagerModem *modemAt(const QString &path);
    ModemManagerModem *modemIn(int slot);
    ModemManagerModem *modemWithSim(const QString &simPath);
    void replace(const QString &device);
    std::optional<int> slotFor(const QString &device);
    void addObject(const QString &path, const Interfaces &interfaces);
    void removeInterfaces(const QString &path, const QStringList &interfaces);
    void modemChanged(ModemManagerModem &modem, const ModemManagerModem &before);
    void readSim(const ModemManagerModem &modem);
    void readCalls(const ModemManagerModem &modem);
    void startCall(const QString &path, const QString &modem, Done done);
    ModemManagerCalls::Carrier carrierOf(const ModemManagerModem &modem) const;
    void tellSims();
    void tellFinding();
    void setFinding(Finding finding);

    BusService m_service;
    ModemManagerCalls m_calls;
    ModemManagerMessages m_messages;
    std::map<QString, ModemManagerModem> m_modems; // by path
    QStringList m_devices;                         // by slot
    std::vector<SimInfo> m_sims;
    Finding m_finding = Finding::Pending;
    bool m_listed = false;
    int m_listings = 0; // of calls, asked for
    QTimer m_retry;
};

} // namespace ringlift::modem
