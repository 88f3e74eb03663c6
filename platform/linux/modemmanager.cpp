#include "platform/linux/modemmanager.h"

#include <algorithm>

namespace ringlift::modem {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kRoot = "/org/freedesktop/ModemManager1"_L1;
constexpr auto kObjectManager = "org.freedesktop.DBus.ObjectManager"_L1;

constexpr std::array kListenedTo{
    std::pair{kObjectManager, "InterfacesAdded"_L1},
    std::pair{kObjectManager, "InterfacesRemoved"_L1},
    std::pair{"org.freedesktop.DBus.Properties"_L1, "PropertiesChanged"_L1},
    std::pair{"org.freedesktop.ModemManager1.Modem.Voice"_L1, "CallAdded"_L1},
    std::pair{"org.freedesktop.ModemManager1.Modem.Voice"_L1, "CallDeleted"_L1},
    std::pair{"org.freedesktop.ModemManager1.Modem.Messaging"_L1, "Added"_L1},
    std::pair{"org.freedesktop.ModemManager1.Call"_L1, "StateChanged"_L1},
};

} // namespace

ModemManager::ModemManager(QDBusConnection systemBus, Duration ringSilence, QObject *parent)
    : ModemService(std::move(systemBus), u"org.freedesktop.ModemManager1"_s, parent),
      m_calls(bus(), ringSilence),
      m_messages(bus())
{
    for (const auto &[interface, member] : kListenedTo)
        bus().listen(interface, member);
    connect(&m_calls, &ModemManagerCalls::reported, this, &ModemManager::callReported);
    connect(&m_calls, &ModemManagerCalls::forgotten, this, &ModemManager::callForgotten);
    connect(&m_messages, &ModemManagerMessages::messageRead, this, &ModemManager::messageRead);
}

void ModemManager::askModems()
{
    bus().call(kRoot, kObjectManager, u"GetManagedObjects"_s, {},
               [this](const QDBusMessage &reply) { onListed(reply); });
}

void ModemManager::addListed(const QDBusMessage &reply)
{
    const Objects objects = objectsIn(argumentOf(reply, 0));
    for (auto object = objects.begin(); object != objects.end(); ++object)
        addObject(object.key().path(), object.value());
}

void ModemManager::forgetModems()
{
    m_modems.clear();
    m_calls.clear();
    m_messages.clear();
}

void ModemManager::addObject(const QString &path, const Interfaces &interfaces)
{
    const bool isNew = !m_modems.contains(path);
    if (isNew && !interfaces.contains(kModemInterface))
        return;
    ModemManagerModem modem = isNew ? ModemManagerModem{} : m_modems.at(path);
    const ModemManagerModem before = modem;
    modem.path = path;
    for (auto interface = interfaces.begin(); interface != interfaces.end(); ++interface)
        modem.apply(interface.key(), interface.value());
    if (isNew) {
        const QString device = modem.device.isEmpty() ? path : modem.device;
        replace(device);
        const auto slot = slotFor(device);
        if (!slot)
            return;
        modem.slot = *slot;
    }
    m_modems[path] = modem;
    modemChanged(m_modems[path], before);
}

/// The daemon has found a modem anew, and may say only afterwards that the former object is gone.
void ModemManager::replace(const QString &device)
{
    const auto former = std::find_if(m_modems.begin(), m_modems.end(),
                                     [&device](const auto &entry) { return entry.second.device == device; });
    if (former != m_modems.end())
        removeInterfaces(QString(former->first), {kModemInterface});
}

void ModemManager::modemChanged(ModemManagerModem &modem, const ModemManagerModem &before)
{
    if (modem.simPath != before.simPath) {
        modem.forgetSim();
        readSim(modem);
    }
    if (modem.hasVoice && !before.hasVoice)
        readCalls(modem);
    tellNews();
}

void ModemManager::removeInterfaces(const QString &path, const QStringList &interfaces)
{
    ModemManagerModem *const modem = modemAt(path);
    if (modem == nullptr || !(interfaces.contains(kModemInterface) || interfaces.contains(kVoiceInterface)))
        return;
    const int slot = modem->slot;
    const bool sawCalls = modem->hasVoice;
    modem->hasVoice = false;
    if (interfaces.contains(kModemInterface))
        m_modems.erase(path);
    m_calls.removeOf(path);
    if (sawCalls)
        Q_EMIT modemLost(slot);
    tellNews();
}

void ModemManager::readSim(const ModemManagerModem &modem)
{
    if (modem.simPath.isEmpty())
        return;
    bus().call(modem.simPath, kPropertiesInterface, u"GetAll"_s, {kSimInterface},
               [this, path = modem.path, simPath = modem.simPath](const QDBusMessage &reply) {
                   ModemManagerModem *const known = modemAt(path);
                   if (known == nullptr || known->simPath != simPath)
                       return;
                   known->applySim(propertiesIn(argumentOf(reply, 0)));
                   tellNews();
               });
}

void ModemManager::readCalls(const ModemManagerModem &modem)
{
    ++m_listings;
    bus().call(modem.path, kVoiceInterface, u"ListCalls"_s, {}, [this, path = modem.path](const QDBusMessage &reply) {
        --m_listings;
        const ModemManagerModem *const known = modemAt(path);
        if (known == nullptr || !known->hasVoice)
            return;
        for (const QString &call : pathsIn(argumentOf(reply, 0)))
            m_calls.add(call, carrierOf(*known));
    });
}

ModemManagerCalls::Carrier ModemManager::carrierOf(const ModemManagerModem &modem) const
{
    return {modem.path, modem.slot, modem.emergencyOnly};
}

ModemManagerModem *ModemManager::modemAt(const QString &path)
{
    const auto found = m_modems.find(path);
    return found == m_modems.end() ? nullptr : &found->second;
}

const ModemManagerModem *ModemManager::modemIn(int slot) const
{
    const auto found =
        std::find_if(m_modems.begin(), m_modems.end(), [slot](const auto &entry) { return entry.second.slot == slot; });
    return found == m_modems.end() ? nullptr : &found->second;
}

ModemManagerModem *ModemManager::modemWithSim(const QString &simPath)
{
    const auto found = std::find_if(m_modems.begin(), m_modems.end(),
                                    [&simPath](const auto &entry) { return entry.second.simPath == simPath; });
    return found == m_modems.end() ? nullptr : &found->second;
}

std::optional<SimInfo> ModemManager::simIn(int slot) const
{
    const ModemManagerModem *const modem = modemIn(slot);
    return modem != nullptr ? std::optional(modem->sim()) : std::nullopt;
}

bool ModemManager::seesCalls() const
{
    return std::any_of(m_modems.begin(), m_modems.end(), [](const auto &entry) { return entry.second.hasVoice; });
}

} // namespace ringlift::modem
