#include "platform/linux/modemmanager.h"

#include "core/base/log.h"

#include <algorithm>

namespace ringlift::modem {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kRoot = "/org/freedesktop/ModemManager1"_L1;
constexpr auto kObjectManager = "org.freedesktop.DBus.ObjectManager"_L1;
constexpr auto kRetryAfter = 2s;

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

ModemManager::ModemManager(QDBusConnection bus, Duration ringSilence, QObject *parent)
    : Telephony(parent),
      m_service(std::move(bus), u"org.freedesktop.ModemManager1"_s),
      m_calls(m_service, ringSilence),
      m_messages(m_service)
{
    for (const auto &[interface, member] : kListenedTo)
        m_service.listen(interface, member);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &ModemManager::askObjects);
    connect(&m_service, &BusService::appeared, this, &ModemManager::askObjects);
    connect(&m_service, &BusService::vanished, this, &ModemManager::onVanished);
    connect(&m_service, &BusService::absent, this, [this] { setFinding(Finding::NotRunning); });
    connect(&m_service, &BusService::noBus, this, [this] { setFinding(Finding::NoBus); });
    connect(&m_service, &BusService::signalled, this, &ModemManager::onSignal);
    connect(&m_calls, &ModemManagerCalls::reported, this, &ModemManager::callReported);
    connect(&m_calls, &ModemManagerCalls::forgotten, this, &ModemManager::callForgotten);
    connect(&m_messages, &ModemManagerMessages::messageRead, this, &ModemManager::messageRead);
}

void ModemManager::start()
{
    m_service.start();
}

void ModemManager::stop()
{
    m_retry.stop();
    m_service.stop();
    m_calls.clear();
    m_modems.clear();
}

void ModemManager::askObjects()
{
    m_service.call(kRoot, kObjectManager, u"GetManagedObjects"_s, {},
                   [this](const QDBusMessage &reply) { onObjects(reply); });
}

void ModemManager::onObjects(const QDBusMessage &reply)
{
    if (!m_service.isThere())
        return;
    if (reply.type() != QDBusMessage::ReplyMessage) {
        m_retry.start(kRetryAfter);
        return m_listed ? void() : setFinding(Finding::NoAnswer);
    }
    m_listed = true;
    const Objects objects = objectsIn(argumentOf(reply, 0));
    for (auto object = objects.begin(); object != objects.end(); ++object)
        addObject(object.key().path(), object.value());
    tellSims();
    tellFinding();
}

// What its SIMs are, nobody knows until it is back.
void ModemManager::onVanished()
{
    m_retry.stop();
    m_listed = false;
    m_modems.clear();
    m_calls.clear();
    m_messages.clear();
    setFinding(Finding::NotRunning);
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
        if (!slot) {
            qCWarning(lcLine) << "there are more modems than SIM slots: one is not used";
            return;
        }
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

/// A modem that comes back has its slot again.
std::optional<int> ModemManager::slotFor(const QString &device)
{
    qsizetype slot = m_devices.indexOf(device);
    if (slot < 0 && m_devices.size() < qsizetype(kMaxModems)) {
        slot = m_devices.size();
        m_devices.append(device);
    }
    return slot < 0 ? std::nullopt : std::optional(static_cast<int>(slot));
}

void ModemManager::modemChanged(ModemManagerModem &modem, const ModemManagerModem &before)
{
    if (modem.simPath != before.simPath) {
        modem.forgetSim();
        readSim(modem);
    }
    if (modem.hasVoice && !before.hasVoice)
        readCalls(modem);
    tellSims();
    tellFinding();
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
    tellSims();
    tellFinding();
}

void ModemManager::readSim(const ModemManagerModem &modem)
{
    if (modem.simPath.isEmpty())
        return;
    m_service.call(modem.simPath, kPropertiesInterface, u"GetAll"_s, {kSimInterface},
                   [this, path = modem.path, simPath = modem.simPath](const QDBusMessage &reply) {
                       ModemManagerModem *const known = modemAt(path);
                       if (known == nullptr || known->simPath != simPath)
                           return;
                       known->applySim(propertiesIn(argumentOf(reply, 0)));
                       tellSims();
                   });
}

void ModemManager::readCalls(const ModemManagerModem &modem)
{
    ++m_listings;
    m_service.call(modem.path, kVoiceInterface, u"ListCalls"_s, {},
                   [this, path = modem.path](const QDBusMessage &reply) {
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

ModemManagerModem *ModemManager::modemIn(int slot)
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

void ModemManager::tellSims()
{
    std::vector<SimInfo> sims;
    for (int slot = 0; slot < m_devices.size(); ++slot) {
        const ModemManagerModem *const modem = modemIn(slot);
        ModemManagerModem none;
        none.slot = slot;
        sims.push_back(modem != nullptr ? modem->sim() : none.sim());
    }
    if (sims == m_sims)
        return;
    m_sims = std::move(sims);
    Q_EMIT simsChanged();
}

void ModemManager::tellFinding()
{
    const bool found =
        std::any_of(m_modems.begin(), m_modems.end(), [](const auto &entry) { return entry.second.hasVoice; });
    if (m_listed)
        setFinding(found ? Finding::Found : Finding::NoModem);
}

void ModemManager::setFinding(Finding finding)
{
    if (std::exchange(m_finding, finding) != finding)
        Q_EMIT findingChanged(finding);
}

} // namespace ringlift::modem
