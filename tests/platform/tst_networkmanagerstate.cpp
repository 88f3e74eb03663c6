#include "platform/linux/networkmanagerstate.h"
#include "tests/platform/busrig.h"
#include "tests/platform/waiting.h"

#include <QDBusVirtualObject>
#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;
using modem::NetworkManagerState;
using tests::waitUntil;

namespace {

const QString kManagerPath = u"/org/freedesktop/NetworkManager"_s;
const QString kManager = u"org.freedesktop.NetworkManager"_s;
const QString kActive = u"org.freedesktop.NetworkManager.Connection.Active"_s;
const QString kDevice = u"org.freedesktop.NetworkManager.Device"_s;
const QString kModem3gpp = u"org.freedesktop.ModemManager1.Modem.Modem3gpp"_s;
const QString kModemPath = u"/org/freedesktop/ModemManager1/Modem/3"_s;

QVariant object(const QString &path)
{
    return QVariant::fromValue(QDBusObjectPath(path));
}

/// As much of NetworkManager, or of ModemManager, as has properties.
class FakeService : public QDBusVirtualObject
{
    Q_OBJECT

public:
    FakeService(QDBusConnection bus, QString name, const QString &path) : m_bus(std::move(bus)), m_name(std::move(name))
    {
        modem::registerBusTypes();
        m_bus.registerVirtualObject(path, this, QDBusConnection::SubPath);
    }
    void appear() { m_bus.registerService(m_name); }
    void vanish() { m_bus.unregisterService(m_name); }
    void change(const QString &path, const QString &interface, const QVariantMap &properties)
    {
        for (auto property = properties.begin(); property != properties.end(); ++property)
            objects[path][interface][property.key()] = property.value();
        QDBusMessage signal =
            QDBusMessage::createSignal(path, u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s);
        signal.setArguments({interface, properties, QStringList()});
        m_bus.send(signal);
    }

    QMap<QString, QMap<QString, QVariantMap>> objects;
    bool isMute = false;

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &) override
    {
        if (isMute) {
            message.setDelayedReply(true);
            return true;
        }
        const QString interface = message.arguments().value(0).toString();
        const QVariantMap properties = objects.value(message.path()).value(interface);
        const QString name = message.arguments().value(1).toString();
        if (message.member() == u"GetAll"_s)
            m_bus.send(message.createReply(QVariant(properties)));
        else if (properties.contains(name))
            m_bus.send(message.createReply(QVariant::fromValue(QDBusVariant(properties.value(name)))));
        else
            m_bus.send(message.createErrorReply(QDBusError::UnknownProperty, u"there is none"_s));
        return true;
    }

private:
    QDBusConnection m_bus;
    const QString m_name;
};

class Rig
{
public:
    tests::BusRig bus;
    FakeService manager{bus.connection(), kManager, kManagerPath};
    FakeService modems{bus.connection(), u"org.freedesktop.ModemManager1"_s, u"/org/freedesktop/ModemManager1"_s};

    void setPrimary(const QString &type, uint metered, const QString &path = kManagerPath + u"/ActiveConnection/1"_s)
    {
        manager.change(kManagerPath, kManager,
                       {{u"PrimaryConnection"_s, object(type.isEmpty() ? u"/"_s : path)},
                        {u"PrimaryConnectionType"_s, type},
                        {u"Metered"_s, metered}});
    }
    void setModem(int registration)
    {
        const QString device = kManagerPath + u"/Devices/7"_s;
        manager.objects[kManagerPath + u"/ActiveConnection/1"_s][kActive] = {
            {u"Devices"_s, QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(device)})}};
        manager.objects[device][kDevice] = {{u"Udi"_s, kModemPath}};
        modems.objects[kModemPath][kModem3gpp] = {{u"RegistrationState"_s, uint(registration)}};
        modems.appear();
    }
    NetworkManagerState &state()
    {
        if (!m_state)
            m_state = std::make_unique<NetworkManagerState>(bus.connection());
        return *m_state;
    }
    bool settles()
    {
        return waitUntil([this] { return state().isSettled(); });
    }

private:
    std::unique_ptr<NetworkManagerState> m_state;
};

} // namespace

class TestNetworkManagerState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheKindAndWhatItCosts_data();
    void tellsTheKindAndWhatItCosts();
    void asksTheModemWhetherItRoams_data();
    void asksTheModemWhetherItRoams();
    void followsEveryChange();
    void knowsNothingWithoutNetworkManager();
    void forgetsWhatAManagerSaidThatHasGone();
    void waitsForNobodyWhoKeepsSilent();
    void takesNoNonsense();
};

void TestNetworkManagerState::tellsTheKindAndWhatItCosts_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<uint>("metered");
    QTest::addColumn<NetworkInfo>("info");
    const auto row = [](const QString &type, uint metered, NetworkInfo info) {
        QTest::addRow("%s, %u", qPrintable(type), metered) << type << metered << info;
    };
    row(u"802-11-wireless"_s, 4, {NetworkKind::Wifi, false, {}});
    row(u"802-11-wireless"_s, 3, {NetworkKind::Wifi, true, {}});
    row(u"802-3-ethernet"_s, 2, {NetworkKind::Wired, false, {}});
    row(u"bridge"_s, 0, {NetworkKind::Wired, {}, {}});
    row(u"wireguard"_s, 1, {NetworkKind::Unknown, true, {}});
    row(u"bluetooth"_s, 3, {NetworkKind::Cellular, true, {}});
    row(u""_s, 0, {NetworkKind::None, {}, {}});
    row(u"802-11-wireless"_s, 99, {NetworkKind::Wifi, {}, {}});
}

void TestNetworkManagerState::tellsTheKindAndWhatItCosts()
{
    QFETCH(const QString, type);
    QFETCH(const uint, metered);
    QFETCH(const NetworkInfo, info);
    Rig rig;
    QVERIFY(rig.bus.isRunning());
    rig.setPrimary(type, metered);
    rig.manager.appear();
    QVERIFY(rig.settles());
    QCOMPARE(rig.state().info(), info);
}

void TestNetworkManagerState::asksTheModemWhetherItRoams_data()
{
    QTest::addColumn<int>("registration");
    QTest::addColumn<std::optional<bool>>("roaming");
    QTest::newRow("home") << 1 << std::optional(false);
    QTest::newRow("roaming") << 5 << std::optional(true);
    QTest::newRow("roaming, calls on an older network") << 10 << std::optional(true);
    QTest::newRow("searching") << 2 << std::optional<bool>();
}

void TestNetworkManagerState::asksTheModemWhetherItRoams()
{
    QFETCH(const int, registration);
    QFETCH(const std::optional<bool>, roaming);
    Rig rig;
    rig.setModem(registration);
    rig.setPrimary(u"gsm"_s, 1);
    rig.manager.appear();
    QVERIFY(rig.settles());
    QCOMPARE(rig.state().info(), (NetworkInfo{NetworkKind::Cellular, true, roaming}));
}

void TestNetworkManagerState::followsEveryChange()
{
    Rig rig;
    rig.setModem(1);
    rig.setPrimary(u"802-11-wireless"_s, 4);
    rig.manager.appear();
    QVERIFY(rig.settles());
    QSignalSpy changed(&rig.state(), &NetworkManagerState::changed);
    rig.setPrimary(u"gsm"_s, 3);
    QVERIFY(waitUntil([&] { return rig.state().info() == NetworkInfo{NetworkKind::Cellular, true, false}; }));
    rig.modems.change(kModemPath, kModem3gpp, {{u"RegistrationState"_s, 5U}});
    QVERIFY(waitUntil([&] { return rig.state().info().roaming == true; }));
    rig.setPrimary(u"gsm"_s, 2); // the same connection: it still roams
    QVERIFY(waitUntil([&] { return rig.state().info().metered == false; }));
    QCOMPARE(rig.state().info().roaming, std::optional(true));
    rig.setPrimary(u"802-3-ethernet"_s, 2);
    QVERIFY(waitUntil([&] { return rig.state().info() == NetworkInfo{NetworkKind::Wired, false, {}}; }));
    QVERIFY(changed.count() >= 4);
}

void TestNetworkManagerState::knowsNothingWithoutNetworkManager()
{
    Rig rig;
    QVERIFY(rig.settles());
    QCOMPARE(rig.state().info(), NetworkInfo{});
    NetworkManagerState busless(QDBusConnection(u"no such bus"_s));
    QVERIFY(waitUntil([&] { return busless.isSettled(); }));
    QCOMPARE(busless.info(), NetworkInfo{});
    rig.setPrimary(u"802-11-wireless"_s, 4);
    rig.manager.appear(); // it starts late
    QVERIFY(waitUntil([&] { return rig.state().info().kind == NetworkKind::Wifi; }));
}

void TestNetworkManagerState::forgetsWhatAManagerSaidThatHasGone()
{
    Rig rig;
    rig.setPrimary(u"802-11-wireless"_s, 4);
    rig.manager.appear();
    QVERIFY(rig.settles());
    rig.manager.vanish();
    QVERIFY(waitUntil([&] { return rig.state().info() == NetworkInfo{}; }));
    QVERIFY(rig.state().isSettled());
}

void TestNetworkManagerState::waitsForNobodyWhoKeepsSilent()
{
    Rig rig;
    rig.manager.isMute = true;
    rig.manager.appear();
    QVERIFY(rig.settles());
    QCOMPARE(rig.state().info(), NetworkInfo{});
}

void TestNetworkManagerState::takesNoNonsense()
{
    Rig rig;
    rig.manager.objects[kManagerPath][kManager] = {
        {u"PrimaryConnection"_s, u"not a path"_s}, {u"PrimaryConnectionType"_s, 7}, {u"Metered"_s, u"yes"_s}};
    rig.manager.appear();
    QVERIFY(rig.settles());
    QCOMPARE(rig.state().info(), (NetworkInfo{NetworkKind::None, {}, {}}));
    rig.setPrimary(u"gsm"_s, 1); // whose device nobody knows
    QVERIFY(waitUntil([&] { return rig.state().info().kind == NetworkKind::Cellular; }));
    QCOMPARE(rig.state().info().roaming, std::optional<bool>());
}

QTEST_GUILESS_MAIN(TestNetworkManagerState)
#include "tst_networkmanagerstate.moc"
