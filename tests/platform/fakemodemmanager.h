#pragma once

#include "platform/linux/modemmanagermodem.h"

#include <QDBusConnection>
#include <QDBusVirtualObject>

#include <functional>
#include <optional>

namespace ringlift::tests {

/// As much of ModemManager as the app can see, which says and signals whatever a test wants.
class FakeModemManager : public QDBusVirtualObject
{
    Q_OBJECT

public:
    static constexpr int kRegistered = 8; // MM_MODEM_STATE_REGISTERED

    explicit FakeModemManager(QDBusConnection bus);

    void appear();
    void vanish();

    struct Sim {
        QString imsi;
        QStringList ownNumbers;
        QStringList emergencyNumbers;
    };
    /// Its path. device: which one it is, where that is not said by its number.
    QString addModem(int number, const Sim &sim, bool voice = true, std::optional<int> device = {});
    void removeModem(const QString &modem);
    void setModem(const QString &modem, const QString &interface, const QString &property, const QVariant &value);
    QString simOf(const QString &modem) const;
    void swapSim(const QString &modem, const Sim &sim);

    struct Signals {
        bool callAdded = true;
        bool stateChanged = true;
        bool propertiesChanged = true;
        int times = 1;
    };
    Signals emits;

    /// MMCallStateReason.
    static constexpr uint kHungUp = 4;
    enum Direction { Incoming = 1, Outgoing = 2 };
    enum State : int { Unknown, Dialling, RingingOut, RingingIn, Active, Held, Waiting, Terminated };
    QString addCall(const QString &modem, Direction direction, State state, const QString &number);
    void setState(const QString &call, State state, uint reason = 0);
    void setNumber(const QString &call, const QString &number);
    void deleteCall(const QString &call);
    void addMessage(const QString &modem, const QString &text, int state = 3);
    void completeMessages();

    /// What a method is to answer in place of the usual.
    std::function<std::optional<QDBusMessage>(const QDBusMessage &)> answers;
    /// One that was left without an answer, by the usual one.
    void answer(const QDBusMessage &message) { m_bus.send(reply(message)); }
    /// "Method path argument", in their order.
    QStringList asked;
    int countAsked(const QString &beginning) const;

    void send(const QString &path, const QString &interface, const QString &member, const QVariantList &arguments);
    QMap<QString, modem::Interfaces> objects;

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;

private:
    QDBusMessage reply(const QDBusMessage &message);
    QDBusMessage allProperties(const QDBusMessage &message) const;
    QDBusMessage managedObjects(const QDBusMessage &message) const;
    QDBusMessage command(const QDBusMessage &message);
    void setSim(const QString &path, const Sim &sim);
    void changed(const QString &path, const QString &interface, const modem::Properties &properties);

    QDBusConnection m_bus;
    QMap<QString, QStringList> m_calls; // by modem
    QStringList m_messages;
    int m_lastObject = 0;
};

} // namespace ringlift::tests
