#include "tests/platform/fakeofono.h"

namespace ringlift::tests {

using namespace modem;
using namespace Qt::StringLiterals;

namespace {

QVariant object(const QString &path)
{
    return QVariant::fromValue(QDBusObjectPath(path));
}

} // namespace

FakeOfono::FakeOfono(QDBusConnection bus) : m_bus(std::move(bus))
{
    registerBusTypes();
    m_bus.registerVirtualObject(u"/"_s, this, QDBusConnection::SubPath);
}

void FakeOfono::send(const QString &path, const QString &interface, const QString &member,
                     const QVariantList &arguments)
{
    QDBusMessage signal = QDBusMessage::createSignal(path, interface, member);
    signal.setArguments(arguments);
    m_bus.send(signal);
}

void FakeOfono::addModem(const QString &path)
{
    const QStringList interfaces{kOfonoSim, kOfonoNetwork, kOfonoCalls, kOfonoMessages};
    objects[path] = {{kOfonoModem, {{u"Online"_s, true}, {u"Interfaces"_s, interfaces}}},
                     {kOfonoSim,
                      {{u"Present"_s, true},
                       {u"SubscriberIdentity"_s, u"262015550000001"_s},
                       {u"SubscriberNumbers"_s, QStringList{u"+4915112345678"_s}}}},
                     {kOfonoNetwork, {{u"MobileCountryCode"_s, u"460"_s}}},
                     {kOfonoCalls, {{u"EmergencyNumbers"_s, QStringList{u"112"_s, u"110"_s}}}}};
    send(u"/"_s, u"org.ofono.Manager"_s, u"ModemAdded"_s, {object(path), objects[path][kOfonoModem]});
}

void FakeOfono::removeModem(const QString &path)
{
    objects.remove(path);
    calls.remove(path);
    send(u"/"_s, u"org.ofono.Manager"_s, u"ModemRemoved"_s, {object(path)});
}

void FakeOfono::set(const QString &path, const QString &interface, const QString &property, const QVariant &value)
{
    objects[path][interface][property] = value;
    send(path, interface, u"PropertyChanged"_s, {property, QVariant::fromValue(QDBusVariant(value))});
}

void FakeOfono::addCall(const QString &modem, const QString &call, const QString &state, const QString &number)
{
    objects[call][kOfonoCall] = {
        {u"State"_s, state}, {u"LineIdentification"_s, number}, {u"Emergency"_s, number == "112"_L1}};
    calls[modem].append(call);
    send(modem, kOfonoCalls, u"CallAdded"_s, {object(call), objects[call][kOfonoCall]});
}

void FakeOfono::setState(const QString &call, const QString &state)
{
    set(call, kOfonoCall, u"State"_s, state);
}

void FakeOfono::end(const QString &call, const QString &reason)
{
    send(call, kOfonoCall, u"DisconnectReason"_s, {reason});
    setState(call, u"disconnected"_s);
    for (auto modem = calls.begin(); modem != calls.end(); ++modem) {
        if (modem->removeAll(call) > 0)
            send(modem.key(), kOfonoCalls, u"CallRemoved"_s, {object(call)});
    }
    objects.remove(call);
}

bool FakeOfono::handleMessage(const QDBusMessage &message, const QDBusConnection &connection)
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

QVariant FakeOfono::list(const QStringList &paths, const QString &interface) const
{
    QList<PathAndProperties> all;
    for (const QString &path : paths)
        all.append({QDBusObjectPath(path), objects[path][interface]});
    return QVariant::fromValue(all);
}

QDBusMessage FakeOfono::reply(const QDBusMessage &message)
{
    const QString method = message.member();
    const QString path = message.path();
    if (method == "GetModems"_L1) {
        QStringList modems;
        for (auto entry = objects.begin(); entry != objects.end(); ++entry) {
            if (entry->contains(kOfonoModem))
                modems.append(entry.key());
        }
        return message.createReply(list(modems, kOfonoModem));
    }
    if (method == "GetProperties"_L1)
        return message.createReply(objects[path][message.interface()]);
    if (method == "GetCalls"_L1)
        return message.createReply(list(calls[path], kOfonoCall));
    if (method == "Dial"_L1) {
        const QString call = path + u"/voicecall%1"_s.arg(++m_dialled);
        addCall(path, call, u"dialing"_s, message.arguments().value(0).toString());
        return message.createReply(object(call));
    }
    if (method == "Answer"_L1)
        setState(path, u"active"_s);
    else if (method == "Hangup"_L1)
        end(path, u"local"_s);
    return message.createReply();
}

} // namespace ringlift::tests
