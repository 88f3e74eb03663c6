#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>

#include <functional>

namespace ringlift::modem {

/// One named service on a bus: whether somebody has the name, its signals, and calls to it that never block. Signals of
/// anybody else are not heard, whatever they pretend to be.
class BusService : public QObject
{
    Q_OBJECT

public:
    BusService(QDBusConnection bus, QString name, QObject *parent = nullptr);

    /// appeared(), absent() or noBus() follows.
    void start();
    void stop();
    bool isThere() const { return !m_owner.isEmpty(); }

    /// From any object of the service; before start().
    void listen(const QString &interface, const QString &member);

    using Done = std::function<void(const QDBusMessage &reply)>;
    /// done is called once, with an error where there is no answer, or none of the service that was asked.
    void call(const QString &path, const QString &interface, const QString &method, const QVariantList &arguments,
              Done done, std::chrono::milliseconds patience = std::chrono::seconds(10));

Q_SIGNALS:
    void appeared();
    void vanished();
    /// Nobody has the name, and nobody can be started.
    void absent();
    void noBus();
    void signalled(const QDBusMessage &message);

private Q_SLOTS:
    void onSignal(const QDBusMessage &message);
    void onOwnerChanged(const QDBusMessage &message);
    void onDisconnected();

private:
    void askOwner(bool mayStart);
    void startOwner();
    void setOwner(const QString &owner);
    void ask(const QDBusMessage &question, Done done, std::chrono::milliseconds patience);

    struct Listening {
        QString interface;
        QString member;
    };

    QDBusConnection m_bus;
    const QString m_name;
    QString m_owner;
    QList<Listening> m_listening;
    bool m_running = false;
};

} // namespace ringlift::modem
