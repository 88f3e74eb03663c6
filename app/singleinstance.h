#pragma once

#include "core/base/result.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QObject>
#include <QVariantMap>

namespace ringlift::app {

/// The one phone of the session, under its name on the session bus: with org.freedesktop.Application, so that launchers
/// and browsers reach the running program, and a second start does too.
class SingleInstance : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")

public:
    static constexpr auto kName = "org.ringlift.Ringlift";
    static constexpr auto kPath = "/org/ringlift/Ringlift";

    enum class Claim { First, Running, NoBus };

    explicit SingleInstance(const QDBusConnection &bus, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// Takes the name. Calls that come before the event loop runs wait for it.
    Claim claim();
    /// For a second start: the running program shows itself and, with a link, its number. It never dials.
    Result<void> handOver(const QString &link);

public Q_SLOTS:
    void Activate(const QVariantMap &platform);
    void Open(const QStringList &links, const QVariantMap &platform);
    void ActivateAction(const QString &action, const QVariantList &parameters, const QVariantMap &platform);

Q_SIGNALS:
    /// The user wants to see the window.
    void activated();
    /// The user wants this number on the dial pad.
    void numberOpened(const QString &number);
    /// The user followed a link without a number.
    void badLinkOpened();

private:
    QDBusConnection m_bus;
};

} // namespace ringlift::app
