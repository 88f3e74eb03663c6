#pragma once

#include "tests/platform/waiting.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>

namespace ringlift::tests {

/// A service on the system bus, asked without blocking: whatever waits here lets events go on, so what the service
/// talks to may live in this process.
class DbusRig : public QObject
{
    Q_OBJECT

public:
    explicit DbusRig(const char *service) : m_service(QLatin1StringView(service)), m_bus(QDBusConnection::systemBus())
    {
    }

    QDBusMessage call(const QString &path, const QString &on, const char *method, const QVariantList &arguments = {})
    {
        auto message = QDBusMessage::createMethodCall(m_service, path, on, QLatin1StringView(method));
        message.setArguments(arguments);
        const QDBusPendingCallWatcher watcher(m_bus.asyncCall(message, 60'000));
        waitUntil([&] { return watcher.isFinished(); }, std::chrono::seconds(60));
        return watcher.reply();
    }
    /// Asks again whenever the service has told something.
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

protected:
    void listen(const QString &on, const char *signal)
    {
        if (!m_bus.connect(m_service, QString(), on, QLatin1StringView(signal), this, SLOT(note(QDBusMessage))))
            qFatal("cannot listen to %s", signal);
    }
    /// Every signal that is listened to.
    virtual void take(const QDBusMessage &) { }

private Q_SLOTS:
    void note(const QDBusMessage &message)
    {
        ++m_told;
        m_messages.append(message);
        take(message);
    }

private:
    QString m_service;
    QDBusConnection m_bus;
    int m_told = 0;
    QList<QDBusMessage> m_messages;
};

} // namespace ringlift::tests
