#pragma once

#include "platform/linux/modemmanagercalls.h"
#include "platform/linux/modemmanagermessages.h"
#include "platform/linux/modemmanagermodem.h"
#include "platform/linux/modemservice.h"

namespace ringlift::modem {

/// Modems, SIMs and calls of ModemManager (platforms.md L3).
class ModemManager : public ModemService
{
    Q_OBJECT

public:
    explicit ModemManager(QDBusConnection systemBus, Duration ringSilence = ModemManagerCalls::kRingSilence,
                          QObject *parent = nullptr);

    void dial(int sim, const std::string &number, Done done) override;
    void answer(const QString &call, Done done) override;
    void hangUp(const QString &call, Done done) override;
    void sendDigit(const QString &call, char digit, Done done) override;
    void readMessages(bool wanted) override { m_messages.read(wanted); }

private:
    void askModems() override;
    void addListed(const QDBusMessage &reply) override;
    void forgetModems() override;
    void onSignal(const QDBusMessage &message) override;
    std::optional<SimInfo> simIn(int slot) const override;
    bool seesCalls() const override;
    void onModemSignal(const QDBusMessage &message);
    void onProperties(const QDBusMessage &message);
    void onUnknownCall();

    ModemManagerModem *modemAt(const QString &path);
    const ModemManagerModem *modemIn(int slot) const;
    ModemManagerModem *modemWithSim(const QString &simPath);
    void replace(const QString &device);
    void addObject(const QString &path, const Interfaces &interfaces);
    void removeInterfaces(const QString &path, const QStringList &interfaces);
    void modemChanged(ModemManagerModem &modem, const ModemManagerModem &before);
    void readSim(const ModemManagerModem &modem);
    void readCalls(const ModemManagerModem &modem);
    void startCall(const QString &path, const QString &modem, Done done);
    ModemManagerCalls::Carrier carrierOf(const ModemManagerModem &modem) const;

    ModemManagerCalls m_calls;
    ModemManagerMessages m_messages;
    std::map<QString, ModemManagerModem> m_modems; // by path
    int m_listings = 0;                            // of calls, asked for
};

} // namespace ringlift::modem
