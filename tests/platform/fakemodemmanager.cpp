#include "tests/platform/fakemodemmanager.h"

namespace ringlift::tests {

using namespace modem;
using namespace Qt::StringLiterals;

namespace {

const QString kRoot = u"/org/freedesktop/ModemManager1"_s;
const QString kObjectManager = u"org.freedesktop.DBus.ObjectManager"_s;

QVariant object(const QString &path)
{
    return QVariant::fromValue(QDBusObjectPath(path));
}

} // namespace

FakeModemManager::FakeModemManager(QDBusConnection bus) : m_bus(std::move(bus))
{
    registerBusTypes();
    m_bus.registerVirtualObject(kRoot, this, QDBusConnection::SubPath);
}

void FakeModemManager::appear()
{
    m_bus.registerService(u"org.freedesktop.ModemManager1"_s);
}

void FakeModemManager::vanish()
{
    m_bus.unregisterService(u"org.freedesktop.ModemManager1"_s);
}

void FakeModemManager::send(const QString &path, const QString &interface, const QString &member,
                            const QVariantList &arguments)
{
    QDBusMessage signal = QDBusMessage::createSignal(path, interface, member);
    signal.setArguments(arguments);
    m_bus.send(signal);
}

void FakeModemManager::changed(const QString &path, const QString &interface, const Properties &properties)
{
    for (auto property = properties.begin(); property != properties.end(); ++property)
        objects[path][interface][property.key()] = property.value();
    if (emits.propertiesChanged)
        send(path, kPropertiesInterface, u"PropertiesChanged"_s, {interface, properties, QStringList()});
}

void FakeModemManager::setSim(const QString &path, const Sim &sim)
{
    objects[path][kSimInterface] = {{u"Imsi"_s, sim.imsi}, {u"EmergencyNumbers"_s, sim.emergencyNumbers}};
}

QString FakeModemManager::addModem(int number, const Sim &sim, bool voice, std::optional<int> device)
{
    const QString path = kRoot + u"/Modem/%1"_s.arg(number);
    const QString simPath = kRoot + u"/SIM/%1"_s.arg(++m_lastObject);
    setSim(simPath, sim);
    Interfaces interfaces{{kModemInterface,
                           {{u"State"_s, kRegistered},
                            {u"Device"_s, u"/virtual/%1"_s.arg(device.value_or(number))},
                            {u"Sim"_s, object(simPath)},
                            {u"OwnNumbers"_s, sim.ownNumbers}}},
                          {kModem3gppInterface, {{u"OperatorCode"_s, u"26201"_s}}}};
    if (voice)
        interfaces[kVoiceInterface] = {{u"EmergencyOnly"_s, false}};
    objects[path] = interfaces;
    send(kRoot, kObjectManager, u"InterfacesAdded"_s, {object(path), QVariant::fromValue(interfaces)});
    return path;
}

void FakeModemManager::removeModem(const QString &modem)
{
    const QStringList interfaces = objects.take(modem).keys();
    m_calls.remove(modem);
    send(kRoot, kObjectManager, u"InterfacesRemoved"_s, {object(modem), interfaces});
}

void FakeModemManager::setModem(const QString &modem, const QString &interface, const QString &property,
                                const QVariant &value)
{
    changed(modem, interface, {{property, value}});
}

QString FakeModemManager::simOf(const QString &modem) const
{
    return objects[modem][kModemInterface][u"Sim"_s].value<QDBusObjectPath>().path();
}

void FakeModemManager::swapSim(const QString &modem, const Sim &sim)
{
    const QString path = kRoot + u"/SIM/%1"_s.arg(++m_lastObject);
    setSim(path, sim);
    changed(modem, kModemInterface, {{u"OwnNumbers"_s, sim.ownNumbers}, {u"Sim"_s, object(path)}});
}

QString FakeModemManager::addCall(const QString &modem, Direction direction, State state, const QString &number)
{
    const QString path = kRoot + u"/Call/%1"_s.arg(++m_lastObject);
    objects[path][kCallInterface] = {
        {u"State"_s, int(state)}, {u"Direction"_s, int(direction)}, {u"Number"_s, number}, {u"StateReason"_s, 0}};
    m_calls[modem].append(path);
    for (int time = 0; emits.callAdded && time < emits.times; ++time)
        send(modem, kVoiceInterface, u"CallAdded"_s, {object(path)});
    return path;
}

void FakeModemManager::setState(const QString &call, State state, uint reason)
{
    const int before = objects[call][kCallInterface][u"State"_s].toInt();
    objects[call][kCallInterface][u"State"_s] = int(state);
    for (int time = 0; time < emits.times; ++time) {
        if (emits.stateChanged)
            send(call, kCallInterface, u"StateChanged"_s, {before, int(state), reason});
        changed(call, kCallInterface, {{u"State"_s, int(state)}, {u"StateReason"_s, int(reason)}});
    }
}

void FakeModemManager::setNumber(const QString &call, const QString &number)
{
    changed(call, kCallInterface, {{u"Number"_s, number}});
}

void FakeModemManager::deleteCall(const QString &call)
{
    objects.remove(call);
    for (auto calls = m_calls.begin(); calls != m_calls.end(); ++calls) {
        if (calls->removeAll(call) > 0)
            send(calls.key(), kVoiceInterface, u"CallDeleted"_s, {object(call)});
    }
}

void FakeModemManager::addMessage(const QString &modem, const QString &text, int state)
{
    const QString path = kRoot + u"/SMS/%1"_s.arg(++m_lastObject);
    objects[path][kSmsInterface] = {{u"State"_s, state}, {u"Text"_s, text}};
    m_messages.append(path);
    send(modem, kMessagingInterface, u"Added"_s, {object(path), true});
}

void FakeModemManager::completeMessages()
{
    for (const QString &path : std::as_const(m_messages))
        changed(path, kSmsInterface, {{u"State"_s, 3}});
}

int FakeModemManager::countAsked(const QString &beginning) const
{
    return int(
        std::count_if(asked.begin(), asked.end(), [&](const QString &line) { return line.startsWith(beginning); }));
}

bool FakeModemManager::handleMessage(const QDBusMessage &message, const QDBusConnection &connection)
{
    QString line = message.member() + u' ' + message.path();
    for (const QVariant &argument : message.arguments())
        line += u' ' + argument.toString();
    asked.append(line);
    const auto answer = answers ? answers(message) : std::nullopt;
    const QDBusMessage sent = answer ? *answer : reply(message);
    if (sent.type() != QDBusMessage::InvalidMessage)
        connection.send(sent);
    return true;
}

QDBusMessage FakeModemManager::reply(const QDBusMessage &message)
{
    if (message.member() == "GetManagedObjects"_L1)
        return managedObjects(message);
    if (message.member() == "GetAll"_L1)
        return allProperties(message);
    return command(message);
}

QDBusMessage FakeModemManager::managedObjects(const QDBusMessage &message) const
{
    Objects managed;
    for (auto entry = objects.begin(); entry != objects.end(); ++entry) {
        if (entry->contains(kModemInterface))
            managed.insert(QDBusObjectPath(entry.key()), *entry);
    }
    return message.createReply(QVariant::fromValue(managed));
}

QDBusMessage FakeModemManager::allProperties(const QDBusMessage &message) const
{
    const QString interface = message.arguments().value(0).toString();
    const Interfaces known = objects.value(message.path());
    if (!known.contains(interface))
        return message.createErrorReply(QDBusError::UnknownObject, u"no such object"_s);
    return message.createReply(known[interface]);
}

QDBusMessage FakeModemManager::command(const QDBusMessage &message)
{
    const QString method = message.member();
    const QString path = message.path();
    if (method == "ListCalls"_L1) {
        QList<QDBusObjectPath> paths;
        for (const QString &call : m_calls.value(path))
            paths.append(QDBusObjectPath(call));
        return message.createReply(QVariant::fromValue(paths));
    }
    if (method == "CreateCall"_L1) {
        const QString number = textIn(propertiesIn(message.arguments().value(0)).value(u"number"_s));
        return message.createReply(object(addCall(path, Outgoing, Unknown, number)));
    }
    if (method == "Start"_L1)
        setState(path, Dialling, 1);
    else if (method == "Accept"_L1)
        setState(path, Active, 3);
    else if (method == "Hangup"_L1)
        setState(path, Terminated, kHungUp);
    else if (method == "DeleteCall"_L1)
        deleteCall(pathIn(message.arguments().value(0)));
    return message.createReply();
}

} // namespace ringlift::tests
