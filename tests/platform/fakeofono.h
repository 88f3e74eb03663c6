#pragma once

#include "platform/linux/ofonomodem.h"

#include <QDBusConnection>
#include <QDBusVirtualObject>

#include <functional>
#include <optional>

namespace ringlift::tests {

/// As much of oFono as the app can see, which says and signals whatever a test wants.
class FakeOfono : public QDBusVirtualObject
{
    Q_OBJECT

public:
    explicit FakeOfono(QDBusConnection bus);

    void appear() { m_bus.registerService(QStringLiteral("org.ofono")); }
    void vanish() { m_bus.unregisterService(QStringLiteral("org.ofono")); }

    /// Online, with a German SIM.
    void addModem(const QString &path);
    void removeModem(const QString &path);
    void set(const QString &path, const QString &interface, const QString &property, const QVariant &value);
    void addCall(const QString &modem, const QString &call, const QString &state, const QString &number);
    void setState(const QString &call, const QString &state);
    void end(const QString &call, const QString &reason);
    void send(const QString &path, const QString &interface, const QString &member, const QVariantList &arguments);

    /// By path and interface.
    QMap<QString, modem::Interfaces> objects;
    QMap<QString, QStringList> calls; // by modem
    std::function<std::optional<QDBusMessage>(const QDBusMessage &)> answers;
    /// "Method path argument", in their order.
    QStringList asked;

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;

private:
    QDBusMessage reply(const QDBusMessage &message);
    QVariant list(const QStringList &paths, const QString &interface) const;

    QDBusConnection m_bus;
    int m_dialled = 0;
};

} // namespace ringlift::tests
