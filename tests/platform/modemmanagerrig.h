#pragma once

#include "tests/platform/waiting.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>

using ManagedObjects = QMap<QDBusObjectPath, QMap<QString, QVariantMap>>;

namespace ringlift::tests {

/// The real ModemManager that with-modemmanager has started, asked over its own D-Bus interface. Whatever waits here
/// lets events go on, so modems may live in this process.
class ModemManagerRig : public QObject
{
    Q_OBJECT

public:
    static constexpr const char *kRoot = "org.freedesktop.ModemManager1";
    static QString interface(const char *name) { return QLatin1StringView(kRoot) + QLatin1StringView(name); }

    ModemManagerRig() : m_bus(QDBusConnection::systemBus())
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

    QDBusMessage call(const QString &path, const QString &on, const char *method, const QVariantList &arguments = {})
    {
        auto message = QDBusMessage::createMethodCall(QLatin1StringView(kRoot), path, on, QLatin1StringView(method));
        message.setArguments(arguments);
        const QDBusPendingCallWatcher watcher(m_bus.asyncCall(message, 60'000));
        waitUntil([&] { return watcher.isFinished(); }, std::chrono::seconds(60));
        return watcher.reply();
    }
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
    /// Asks again whenever ModemManager has told something.
    template<typename Condition> bool until(Condition condition)
    {
        for (int turn = 0; turn < 400; ++turn) {
            const int seen = m_told;
            if (condition())
                return true;
            if (!waitUntil([&] { return m_told != seen; }, std::chrono::seconds(20)))
                break;
        }
        return condition();
    }
    const QList<QDBusMessage> &told() const { return m_messages; }

    static constexpr int kRegistered = 8;
    static constexpr int kRingingOut = 2;
    static constexpr int kRingingIn = 3;
    static constexpr int kActive = 4;
    static constexpr int kHeld = 5;
    static constexpr int kWaiting = 6;
    static constexpr int kTerminated = 7;

private Q_SLOTS:
    void note(const QDBusMessage &message)
    {
        ++m_told;
        m_messages.append(message);
        if (message.member() == QLatin1StringView("CallAdded"))
            m_calls[message.path()].append(message.arguments().value(0).value<QDBusObjectPath>().path());
    }

private:
    void listen(const QString &on, const char *signal)
    {
        if (!m_bus.connect(QLatin1StringView(kRoot), QString(), on, QLatin1StringView(signal), this,
                           SLOT(note(QDBusMessage))))
            qFatal("cannot listen to %s", signal);
    }
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

    QDBusConnection m_bus;
    int m_told = 0;
    QMap<QString, QStringList> m_calls;
    QList<QDBusMessage> m_messages;
};

} // namespace ringlift::tests
