#include "platform/linux/ofono.h"

#include <algorithm>

namespace ringlift::modem {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kManager = "org.ofono.Manager"_L1;

/// The interface that has it, and its name.
constexpr std::array kListenedTo{
    std::pair{kManager, "ModemAdded"_L1},
    std::pair{kManager, "ModemRemoved"_L1},
    std::pair{"org.ofono.Modem"_L1, "PropertyChanged"_L1},
    std::pair{"org.ofono.SimManager"_L1, "PropertyChanged"_L1},
    std::pair{"org.ofono.NetworkRegistration"_L1, "PropertyChanged"_L1},
    std::pair{"org.ofono.VoiceCallManager"_L1, "PropertyChanged"_L1},
    std::pair{"org.ofono.VoiceCallManager"_L1, "CallAdded"_L1},
    std::pair{"org.ofono.VoiceCallManager"_L1, "CallRemoved"_L1},
    std::pair{"org.ofono.VoiceCall"_L1, "PropertyChanged"_L1},
    std::pair{"org.ofono.VoiceCall"_L1, "DisconnectReason"_L1},
    std::pair{"org.ofono.MessageManager"_L1, "IncomingMessage"_L1},
};

} // namespace

Ofono::Ofono(QDBusConnection systemBus, QObject *parent) : ModemService(std::move(systemBus), u"org.ofono"_s, parent)
{
    for (const auto &[interface, member] : kListenedTo)
        bus().listen(interface, member);
}

void Ofono::askModems()
{
    bus().call(u"/"_s, kManager, u"GetModems"_s, {}, [this](const QDBusMessage &reply) { onListed(reply); });
}

void Ofono::addListed(const QDBusMessage &reply)
{
    for (const PathAndProperties &modem : pathsWithPropertiesIn(argumentOf(reply, 0)))
        addModem(modem.path.path(), modem.properties);
}

void Ofono::forgetModems()
{
    m_modems.clear();
    m_calls.clear();
}

void Ofono::onSignal(const QDBusMessage &message)
{
    const QString member = message.member();
    const QString interface = message.interface();
    const QString path = message.path();
    if (interface == kOfonoCall)
        onCallSignal(message);
    else if (member == "ModemAdded"_L1)
        addModem(pathIn(argumentOf(message, 0)), propertiesIn(argumentOf(message, 1)));
    else if (member == "ModemRemoved"_L1)
        removeModem(pathIn(argumentOf(message, 0)));
    else if (member == "CallAdded"_L1)
        addCall(path, pathIn(argumentOf(message, 0)), propertiesIn(argumentOf(message, 1)));
    else if (member == "CallRemoved"_L1)
        removeCall(pathIn(argumentOf(message, 0)));
    else if (member == "IncomingMessage"_L1 && m_readsMessages)
        Q_EMIT messageRead(textIn(argumentOf(message, 0)));
    else if (member == "PropertyChanged"_L1)
        modemChanged(path, interface, {{textIn(argumentOf(message, 0)), argumentOf(message, 1)}});
}

void Ofono::addModem(const QString &path, const Properties &properties)
{
    if (path.isEmpty())
        return;
    if (!m_modems.contains(path)) {
        const auto slot = slotFor(path);
        if (!slot)
            return;
        OfonoModem modem;
        modem.path = path;
        modem.slot = *slot;
        m_modems[path] = modem;
    }
    modemChanged(path, kOfonoModem, properties);
}

void Ofono::removeModem(const QString &path)
{
    const auto found = m_modems.find(path);
    if (found == m_modems.end())
        return;
    const int slot = found->second.slot;
    m_modems.erase(found);
    forgetCallsOf(path);
    Q_EMIT modemLost(slot);
    tellNews();
}

// A modem grows its interfaces while it wakes up, and loses them with its SIM.
void Ofono::modemChanged(const QString &path, const QString &interface, const Properties &properties)
{
    const auto found = m_modems.find(path);
    if (found == m_modems.end())
        return;
    OfonoModem &modem = found->second;
    const OfonoModem before = modem;
    modem.apply(interface, properties);
    for (const QString &named : {kOfonoSim, kOfonoNetwork, kOfonoCalls}) {
        if (modem.has(named) && !before.has(named))
            read(path, named);
    }
    if (!modem.has(kOfonoSim)) {
        modem.simPresent = false;
        modem.facts.imsi.clear();
    }
    if (modem.has(kOfonoCalls) && !before.has(kOfonoCalls))
        readCalls(path);
    if (!modem.has(kOfonoCalls) && before.has(kOfonoCalls)) {
        forgetCallsOf(path);
        Q_EMIT modemLost(modem.slot);
    }
    tellNews();
}

void Ofono::read(const QString &modem, const QString &interface)
{
    bus().call(modem, interface, u"GetProperties"_s, {}, [this, modem, interface](const QDBusMessage &reply) {
        if (reply.type() == QDBusMessage::ReplyMessage)
            modemChanged(modem, interface, propertiesIn(argumentOf(reply, 0)));
    });
}

void Ofono::readCalls(const QString &modem)
{
    bus().call(modem, kOfonoCalls, u"GetCalls"_s, {}, [this, modem](const QDBusMessage &reply) {
        for (const PathAndProperties &call : pathsWithPropertiesIn(argumentOf(reply, 0)))
            addCall(modem, call.path.path(), call.properties);
    });
}

std::optional<SimInfo> Ofono::simIn(int slot) const
{
    const auto found =
        std::find_if(m_modems.begin(), m_modems.end(), [slot](const auto &entry) { return entry.second.slot == slot; });
    return found != m_modems.end() ? std::optional(found->second.sim()) : std::nullopt;
}

bool Ofono::seesCalls() const
{
    return std::any_of(m_modems.begin(), m_modems.end(),
                       [](const auto &entry) { return entry.second.has(kOfonoCalls); });
}

} // namespace ringlift::modem
