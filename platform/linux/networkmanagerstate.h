#pragma once

#include "core/ports/networkstate.h"
#include "platform/linux/busservice.h"
#include "platform/linux/dbusvalues.h"

#include <QTimer>

namespace ringlift::modem {

/// The Internet connection as NetworkManager describes it; whether mobile data roams ModemManager says. Where nobody
/// does, nothing is known.
class NetworkManagerState : public ports::NetworkState
{
    Q_OBJECT

public:
    explicit NetworkManagerState(const QDBusConnection &bus, QObject *parent = nullptr);

    NetworkInfo info() const override { return m_info; }
    bool isSettled() const override { return m_settled; }

private:
    void ask();
    void onManager(const Properties &properties);
    /// Which modem carries the connection; its registration says whether it roams.
    void askModem(const QString &connection);
    void askDevice(const QString &device);
    void askRegistration();
    void onSignal(const QDBusMessage &message);
    void onModemSignal(const QDBusMessage &message);
    void forgetModem();
    void tell(const NetworkInfo &info);
    void settle();

    BusService m_manager;
    BusService m_modems;
    NetworkInfo m_info;
    QString m_connection; // the primary one
    QString m_modem;      // that carries it
    QTimer m_patience;
    bool m_settled = false;
};

} // namespace ringlift::modem
