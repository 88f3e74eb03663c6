#include "platform/linux/busservice.h"

#include "core/base/log.h"
#include "platform/linux/dbusvalues.h"

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace ringlift::modem {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kBus = "org.freedesktop.DBus"_L1;
constexpr auto kBusPath = "/org/freedesktop/DBus"_L1;
constexpr auto kBusPatience = 5s;
constexpr auto kStartPatience = 25s;

} // namespace

BusService::BusService(QDBusConnection bus, QString name, QObject *parent)
    : QObject(parent), m_bus(std::move(bus)), m_name(std::move(name))
{
    registerBusTypes();
}

void BusService::listen(const QString &interface, const QString &member)
{
    m_listening.append({interface, member});
}

// Without a service name in the match: Qt would ask the bus for its owner, and block.
void BusService::start()
{
    if (std::exchange(m_running, true))
        return;
    bool heard = m_bus.isConnected();
    for (const auto &[interface, member] : std::as_const(m_listening))
        heard = heard && m_bus.connect({}, {}, interface, member, this, SLOT(onSignal(QDBusMessage)));
    heard = heard &&
            m_bus.connect({}, kBusPath, kBus, u"NameOwnerChanged"_s, {m_name}, {}, this,
                          SLOT(onOwnerChanged(QDBusMessage))) &&
            m_bus.connect({}, u"/org/freedesktop/DBus/Local"_s, u"org.freedesktop.DBus.Local"_s, u"Disconnected"_s,
                          this, SLOT(onDisconnected()));
    if (!heard) {
        QMetaObject::invokeMethod(this, &BusService::noBus, Qt::QueuedConnection);
        return;
    }
    askOwner(true);
}

void BusService::stop()
{
    if (!std::exchange(m_running, false))
        return;
    for (const auto &[interface, member] : std::as_const(m_listening))
        m_bus.disconnect({}, {}, interface, member, this, SLOT(onSignal(QDBusMessage)));
    m_bus.disconnect({}, kBusPath, kBus, u"NameOwnerChanged"_s, {m_name}, {}, this, SLOT(onOwnerChanged(QDBusMessage)));
    m_owner.clear();
}

void BusService::askOwner(bool mayStart)
{
    QDBusMessage question = QDBusMessage::createMethodCall(kBus, kBusPath, kBus, u"GetNameOwner"_s);
    question << m_name;
    const auto done = [this, mayStart](const QDBusMessage &reply) {
        if (!m_running || isThere())
            return;
        if (reply.type() == QDBusMessage::ReplyMessage)
            setOwner(textIn(argumentOf(reply, 0)));
        else if (mayStart)
            startOwner();
        else
            Q_EMIT absent();
    };
    ask(question, done, kBusPatience);
}

void BusService::startOwner()
{
    QDBusMessage question = QDBusMessage::createMethodCall(kBus, kBusPath, kBus, u"StartServiceByName"_s);
    question << m_name << 0U;
    ask(
        question, [this](const QDBusMessage &) { askOwner(false); }, kStartPatience);
}

void BusService::ask(const QDBusMessage &question, Done done, std::chrono::milliseconds patience)
{
    auto *const watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(question, int(patience.count())), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, done = std::move(done)] {
        watcher->deleteLater();
        done(watcher->reply());
    });
}

void BusService::call(const QString &path, const QString &interface, const QString &method,
                      const QVariantList &arguments, Done done, std::chrono::milliseconds patience)
{
    static const QDBusMessage gone = QDBusMessage::createError(QDBusError::ServiceUnknown, u"the service has gone"_s);
    if (!isThere())
        return done(gone);
    QDBusMessage question = QDBusMessage::createMethodCall(m_owner, path, interface, method);
    question.setArguments(arguments);
    const auto ifSameOwner = [this, owner = m_owner, done = std::move(done)](const QDBusMessage &reply) {
        done(owner == m_owner ? reply : gone);
    };
    ask(question, ifSameOwner, patience);
}

void BusService::onSignal(const QDBusMessage &message)
{
    if (m_running && isThere() && message.service() == m_owner)
        Q_EMIT signalled(message);
}

void BusService::onOwnerChanged(const QDBusMessage &message)
{
    if (m_running && message.service() == kBus && textIn(argumentOf(message, 0)) == m_name)
        setOwner(textIn(argumentOf(message, 2)));
}

void BusService::onDisconnected()
{
    if (m_running)
        setOwner({});
}

void BusService::setOwner(const QString &owner)
{
    if (m_owner == owner)
        return;
    if (isThere()) {
        qCInfo(lcLine) << m_name << "has gone";
        m_owner.clear();
        Q_EMIT vanished();
    }
    if (owner.isEmpty())
        return;
    qCInfo(lcLine) << m_name << "is there";
    m_owner = owner;
    Q_EMIT appeared();
}

} // namespace ringlift::modem
