#include "platform/linux/ofono.h"

#include "core/base/log.h"

#include <algorithm>

namespace ringlift::modem {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kManager = "org.ofono.Manager"_L1;
constexpr auto kRetryAfter = 2s;

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

Ofono::Ofono(QDBusConnection bus, QObject *parent) : Telephony(parent), m_service(std::move(bus), u"org.ofono"_s)
{
    for (const auto &[interface, member] : kListenedTo)
        m_service.listen(interface, member);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &Ofono::askModems);
    connect(&m_service, &BusService::appeared, this, &Ofono::askModems);
    connect(&m_service, &BusService::vanished, this, &Ofono::onVanished);
    connect(&m_service, &BusService::absent, this, [this] { setFinding(Finding::NotRunning); });
    connect(&m_service, &BusService::noBus, this, [this] { setFinding(Finding::NoBus); });
    connect(&m_service, &BusService::signalled, this, &Ofono::onSignal);
}

void Ofono::start()
{
    m_service.start();
}

void Ofono::stop()
{
    m_retry.stop();
    m_service.stop();
    m_calls.clear();
    m_modems.clear();
}

void Ofono::askModems()
{
    m_service.call(u"/"_s, kManager, u"GetModems"_s, {}, [this](const QDBusMessage &reply) { onModems(reply); });
}

void Ofono::onModems(const QDBusMessage &reply)
{
    if (!m_service.isThere())
        return;
    if (reply.type() != QDBusMessage::ReplyMessage) {
        m_retry.start(kRetryAfter);
        return m_listed ? void() : setFinding(Finding::NoAnswer);
    }
    m_listed = true;
    for (const PathAndProperties &modem : pathsWithPropertiesIn(argumentOf(reply, 0)))
        addModem(modem.path.path(), modem.properties);
    tellSims();
    tellFinding();
}

void Ofono::onVanished()
{
    m_retry.stop();
    m_listed = false;
    m_modems.clear();
    m_calls.clear();
    setFinding(Finding::NotRunning);
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
        if (!m_slots.contains(path) && m_slots.size() >= qsizetype(kMaxModems)) {
            qCWarning(lcLine) << "there are more modems than SIM slots: one is not used";
            return;
        }
        if (!m_slots.contains(path))
            m_slots.append(path);
        OfonoModem modem;
        modem.path = path;
        modem.slot = static_cast<int>(m_slots.indexOf(path));
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
    tellSims();
    tellFinding();
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
        modem.imsi.clear();
    }
    if (modem.has(kOfonoCalls) && !before.has(kOfonoCalls))
        readCalls(path);
    if (!modem.has(kOfonoCalls) && before.has(kOfonoCalls)) {
        forgetCallsOf(path);
        Q_EMIT modemLost(modem.slot);
    }
    tellSims();
    tellFinding();
}

void Ofono::read(const QString &modem, const QString &interface)
{
    m_service.call(modem, interface, u"GetProperties"_s, {}, [this, modem, interface](const QDBusMessage &reply) {
        if (reply.type() == QDBusMessage::ReplyMessage)
            modemChanged(modem, interface, propertiesIn(argumentOf(reply, 0)));
    });
}

void Ofono::readCalls(const QString &modem)
{
    m_service.call(modem, kOfonoCalls, u"GetCalls"_s, {}, [this, modem](const QDBusMessage &reply) {
        for (const PathAndProperties &call : pathsWithPropertiesIn(argumentOf(reply, 0)))
            addCall(modem, call.path.path(), call.properties);
    });
}

void Ofono::tellSims()
{
    std::vector<SimInfo> sims;
    for (const QString &path : std::as_const(m_slots)) {
        const auto modem = m_modems.find(path);
        OfonoModem none;
        none.slot = static_cast<int>(sims.size());
        sims.push_back(modem != m_modems.end() ? modem->second.sim() : none.sim());
    }
    if (sims == m_sims)
        return;
    m_sims = std::move(sims);
    Q_EMIT simsChanged();
}

void Ofono::tellFinding()
{
    const bool found =
        std::any_of(m_modems.begin(), m_modems.end(), [](const auto &entry) { return entry.second.has(kOfonoCalls); });
    if (m_listed)
        setFinding(found ? Finding::Found : Finding::NoModem);
}

void Ofono::setFinding(Finding finding)
{
    if (std::exchange(m_finding, finding) != finding)
        Q_EMIT findingChanged(finding);
}

} // namespace ringlift::modem
