#include "platform/linux/networkmanagerstate.h"

#include <array>

namespace ringlift::modem {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 800ms;

const QString kManagerPath = u"/org/freedesktop/NetworkManager"_s;
const QString kManager = u"org.freedesktop.NetworkManager"_s;
const QString kActive = u"org.freedesktop.NetworkManager.Connection.Active"_s;
const QString kDevice = u"org.freedesktop.NetworkManager.Device"_s;
const QString kModem3gpp = u"org.freedesktop.ModemManager1.Modem.Modem3gpp"_s;
const QString kProperties = u"org.freedesktop.DBus.Properties"_s;
const QString kChanged = u"PropertiesChanged"_s;

/// NetworkManager's names of connections: of the one that has the way to the Internet, below any VPN.
NetworkKind kindOf(const QString &type)
{
    constexpr std::array kWired{"802-3-ethernet"_L1, "bond"_L1,  "bridge"_L1, "team"_L1,
                                "vlan"_L1,           "pppoe"_L1, "adsl"_L1};
    if (type.isEmpty())
        return NetworkKind::None;
    if (type == "802-11-wireless"_L1)
        return NetworkKind::Wifi;
    if (type == "gsm"_L1 || type == "cdma"_L1 || type == "bluetooth"_L1) // over Bluetooth a phone lends its data
        return NetworkKind::Cellular;
    return std::find(kWired.begin(), kWired.end(), type) != kWired.end() ? NetworkKind::Wired : NetworkKind::Unknown;
}

/// NMMetered
std::optional<bool> meteredOf(std::optional<int> value)
{
    switch (value.value_or(0)) {
    case 1: // yes
    case 3: // so it guesses
        return true;
    case 2: // no
    case 4: // so it guesses
        return false;
    default:
        return std::nullopt;
    }
}

/// MMModem3gppRegistrationState
std::optional<bool> roamingOf(std::optional<int> state)
{
    switch (state.value_or(0)) {
    case 1: // home
    case 6: // home, for messages only
    case 9: // home, calls on an older network
        return false;
    case 5: // roaming, and so on
    case 7:
    case 10:
        return true;
    default:
        return std::nullopt;
    }
}

Properties allIn(const QDBusMessage &reply)
{
    return reply.type() == QDBusMessage::ReplyMessage ? propertiesIn(argumentOf(reply, 0)) : Properties();
}

} // namespace

NetworkManagerState::NetworkManagerState(const QDBusConnection &bus, QObject *parent)
    : NetworkState(parent),
      m_manager(bus, kManager),
      m_modems(bus, u"org.freedesktop.ModemManager1"_s),
      m_patience(this)
{
    connect(&m_manager, &BusService::appeared, this, &NetworkManagerState::ask);
    connect(&m_manager, &BusService::vanished, this, [this] { onManager({}); });
    connect(&m_manager, &BusService::absent, this, &NetworkManagerState::settle);
    connect(&m_manager, &BusService::noBus, this, &NetworkManagerState::settle);
    connect(&m_manager, &BusService::signalled, this, &NetworkManagerState::onSignal);
    connect(&m_modems, &BusService::appeared, this, &NetworkManagerState::askRegistration);
    connect(&m_modems, &BusService::absent, this, &NetworkManagerState::settle);
    connect(&m_modems, &BusService::noBus, this, &NetworkManagerState::settle);
    connect(&m_modems, &BusService::signalled, this, &NetworkManagerState::onModemSignal);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &NetworkManagerState::settle);
    m_patience.start(kPatience);
    m_manager.listen(kProperties, kChanged);
    m_modems.listen(kProperties, kChanged);
    m_manager.start();
}

void NetworkManagerState::ask()
{
    m_manager.call(kManagerPath, kProperties, u"GetAll"_s, {kManager},
                   [this](const QDBusMessage &reply) { onManager(allIn(reply)); });
}

void NetworkManagerState::onSignal(const QDBusMessage &message)
{
    if (message.path() == kManagerPath && textIn(argumentOf(message, 0)) == kManager)
        ask();
}

void NetworkManagerState::onManager(const Properties &properties)
{
    NetworkInfo info;
    if (!properties.isEmpty()) {
        info.kind = kindOf(textIn(properties[u"PrimaryConnectionType"_s]));
        info.metered = meteredOf(numberIn(properties[u"Metered"_s]));
    }
    const QString connection = pathIn(properties[u"PrimaryConnection"_s]);
    const bool isSame = connection == std::exchange(m_connection, connection) && !m_modem.isEmpty();
    if (info.kind != NetworkKind::Cellular) {
        forgetModem();
        tell(info);
        return settle();
    }
    if (isSame)
        info.roaming = m_info.roaming;
    else
        forgetModem();
    tell(info);
    if (!isSame)
        askModem(connection);
}

void NetworkManagerState::askModem(const QString &connection)
{
    m_manager.call(connection, kProperties, u"Get"_s, {kActive, u"Devices"_s},
                   [this, connection](const QDBusMessage &reply) {
                       if (connection != m_connection)
                           return;
                       const QStringList devices = pathsIn(argumentOf(reply, 0));
                       devices.isEmpty() ? settle() : askDevice(devices.constFirst());
                   });
}

// The name that udev has for a modem is its path at ModemManager.
void NetworkManagerState::askDevice(const QString &device)
{
    m_manager.call(device, kProperties, u"Get"_s, {kDevice, u"Udi"_s},
                   [this, connection = m_connection](const QDBusMessage &reply) {
                       const QString modem = textIn(argumentOf(reply, 0));
                       if (connection != m_connection)
                           return;
                       if (!modem.startsWith("/org/freedesktop/ModemManager1/"_L1))
                           return settle();
                       m_modem = modem;
                       m_modems.isThere() ? askRegistration() : m_modems.start();
                   });
}

void NetworkManagerState::askRegistration()
{
    if (m_modem.isEmpty())
        return;
    m_modems.call(m_modem, kProperties, u"Get"_s, {kModem3gpp, u"RegistrationState"_s},
                  [this, modem = m_modem](const QDBusMessage &reply) {
                      if (modem != m_modem)
                          return;
                      NetworkInfo info = m_info;
                      info.roaming = roamingOf(numberIn(argumentOf(reply, 0)));
                      tell(info);
                      settle();
                  });
}

void NetworkManagerState::onModemSignal(const QDBusMessage &message)
{
    if (message.path() == m_modem && textIn(argumentOf(message, 0)) == kModem3gpp)
        askRegistration();
}

void NetworkManagerState::forgetModem()
{
    m_modem.clear();
    m_modems.stop();
}

void NetworkManagerState::tell(const NetworkInfo &info)
{
    if (m_info == info)
        return;
    m_info = info;
    Q_EMIT changed();
}

void NetworkManagerState::settle()
{
    m_patience.stop();
    if (!std::exchange(m_settled, true))
        Q_EMIT changed();
}

} // namespace ringlift::modem
