#pragma once

#include "tests/platform/dbusrig.h"

using ManagedObjects = QMap<QDBusObjectPath, QMap<QString, QVariantMap>>;

namespace ringlift::tests {

/// The real ModemManager that with-modemmanager has started, asked over its own D-Bus interface.
class ModemManagerRig : public DbusRig
{
    Q_OBJECT

public:
    static constexpr const char *kRoot = "org.freedesktop.ModemManager1";
    static QString interface(const char *name) { return QLatin1StringView(kRoot) + QLatin1StringView(name); }

    ModemManagerRig() : DbusRig(kRoot)
    {
        qDBusRegisterMetaType<QMap<QString, QVariantMap>>();
        qDBusRegisterMetaType<ManagedObjects>();
        listen(QStringLiteral("org.freedesktop.DBus.ObjectManager"), "InterfacesAdded");
        listen(QStringLiteral("org.freedesktop.DBus.ObjectManager"), "InterfacesRemoved");
        listen(QStringLiteral("org.freedesktop.DBus.Properties"), "PropertiesChanged");
        listen(interface(".Modem.Voice"), "CallAdded");
        listen(interface(".Call"), "StateChanged");
        listen(interface(".Call"), "DtmfReceived");
        listen(interface(".Modem.Messaging"), "Added");
    }

    /// Gives ModemManager a modem at those sockets; its object's path, once it is there.
    QString plug(const QString &id, const QString &plugin, const QStringList &ports)
    {
        call(QStringLiteral("/org/freedesktop/ModemManager1"), interface(".Test"), "SetProfile", {id, plugin, ports});
        QString path;
        until([&] {
            path = pathOf(id);
            return !path.isEmpty();
        });
        return path;
    }
    bool enable(const QString &modem)
    {
        const auto reply = call(modem, interface(".Modem"), "Enable", {true});
        return reply.type() == QDBusMessage::ReplyMessage && has(modem, ".Modem", "State", kRegistered);
    }
    QString callFrom(const QString &modem, const QString &number)
    {
        const QVariantMap properties{{QStringLiteral("number"), number}};
        const auto created = call(modem, interface(".Modem.Voice"), "CreateCall", {properties});
        const QString path = created.arguments().value(0).value<QDBusObjectPath>().path();
        call(path, interface(".Call"), "Start");
        return path;
    }
    /// The oldest call of the modem that was told of and not yet taken, once there is one.
    QString takeCall(const QString &modem)
    {
        waitUntil([&] { return !m_calls[modem].isEmpty(); });
        return m_calls[modem].isEmpty() ? QString() : m_calls[modem].takeFirst();
    }

    void forgetCalls() { m_calls.clear(); }

    QVariant property(const QString &path, const char *of, const char *name)
    {
        const auto reply = call(path, QStringLiteral("org.freedesktop.DBus.Properties"), "Get",
                                {interface(of), QLatin1StringView(name)});
        return reply.arguments().value(0).value<QDBusVariant>().variant();
    }
    bool has(const QString &path, const char *of, const char *name, const QVariant &value)
    {
        return until([&] { return property(path, of, name) == value; });
    }

    static constexpr int kRegistered = 8;
    static constexpr int kRingingOut = 2;
    static constexpr int kRingingIn = 3;
    static constexpr int kActive = 4;
    static constexpr int kHeld = 5;
    static constexpr int kWaiting = 6;
    static constexpr int kTerminated = 7;

protected:
    void take(const QDBusMessage &message) override
    {
        if (message.member() == QLatin1StringView("CallAdded"))
            m_calls[message.path()].append(message.arguments().value(0).value<QDBusObjectPath>().path());
    }

private:
    QString pathOf(const QString &id)
    {
        const auto reply = call(QStringLiteral("/org/freedesktop/ModemManager1"),
                                QStringLiteral("org.freedesktop.DBus.ObjectManager"), "GetManagedObjects");
        const auto objects = qdbus_cast<ManagedObjects>(reply.arguments().value(0));
        for (auto object = objects.cbegin(); object != objects.cend(); ++object) {
            const QVariantMap modem = object.value().value(interface(".Modem"));
            if (modem.value(QStringLiteral("Device")).toString().endsWith(u'/' + id))
                return object.key().path();
        }
        return {};
    }

    QMap<QString, QStringList> m_calls;
};

} // namespace ringlift::tests
