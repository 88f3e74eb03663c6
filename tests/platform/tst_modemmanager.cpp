#include "platform/plmn/plmnserver.h"
#include "tests/platform/modemmanagerrig.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ringlift;
using namespace ringlift::plmn;
using namespace Qt::StringLiterals;
using Rig = tests::ModemManagerRig;

namespace {

constexpr const char *kAnna = "+8613800138000";
constexpr const char *kBo = "+8613900139000";

/// A network with modems, each with a port of its own that nobody else has.
class Exchange
{
public:
    explicit Exchange(const QByteArray &options)
    {
        const auto config = readServerConfig(QByteArray(R"({"switch": {"paging_delay_ms": 50, "paging_jitter_ms": 0},
            "subscribers": [{"msisdn": "+8613800138000", "imsi": "460001234567890", "home_region": "CN"},
                            {"msisdn": "+8613900139000", "imsi": "460009876543210", "home_region": "CN"}],
            "modems": [{"name": "a", "msisdn": "+8613800138000", "ports": ["%1/a"] %2},
                       {"name": "b", "msisdn": "+8613900139000", "ports": ["%1/b"] %2}]})")
                                                 .replace("%1", m_folder.path().toUtf8())
                                                 .replace("%2", options));
        if (!config)
            qFatal("%s", config.error().message.c_str());
        m_server = std::make_unique<PlmnServer>(*config);
        if (const auto listening = m_server->listen(m_folder.filePath(u"control"_s)); !listening)
            qFatal("%s", listening.error().message.c_str());
    }
    QString port(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<PlmnServer> m_server;
};

} // namespace

/// The modems of the virtual network, driven by the real ModemManager.
class ModemManagerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesACallFromModemToModem_data();
    void carriesACallFromModemToModem();
};

void ModemManagerTest::carriesACallFromModemToModem_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QString>("plugin");
    QTest::newRow("with call list notifications") << QByteArray(R"(, "mode": "simtech")") << u"simtech"_s;
    QTest::newRow("with polling") << QByteArray(R"(, "mode": "generic")") << u"generic"_s;
}

void ModemManagerTest::carriesACallFromModemToModem()
{
    QFETCH(QByteArray, options);
    QFETCH(QString, plugin);
    Exchange exchange(options);
    Rig rig;
    const QString anna = rig.plug(u"anna"_s + plugin, plugin, {exchange.port(u"a"_s)});
    const QString bo = rig.plug(u"bo"_s + plugin, plugin, {exchange.port(u"b"_s)});
    QVERIFY(rig.enable(anna) && rig.enable(bo));
    QCOMPARE(rig.property(anna, ".Modem", "OwnNumbers").toStringList(), QStringList{QLatin1StringView(kAnna)});
    const QString sim = rig.property(anna, ".Modem", "Sim").value<QDBusObjectPath>().path();
    QCOMPARE(rig.property(sim, ".Sim", "Imsi").toString(), u"460001234567890"_s);
    QCOMPARE(rig.property(sim, ".Sim", "OperatorIdentifier").toString(), u"46000"_s);
    QVERIFY(rig.property(sim, ".Sim", "SimIdentifier").toString().startsWith(u"8986"_s));

    const QString outgoing = rig.callFrom(anna, QLatin1StringView(kBo));
    QCOMPARE(rig.takeCall(anna), outgoing);
    const QString incoming = rig.takeCall(bo);
    QVERIFY(rig.has(incoming, ".Call", "State", Rig::kRingingIn));
    QVERIFY(rig.has(incoming, ".Call", "Number", QLatin1StringView(kAnna)));
    QVERIFY(rig.has(outgoing, ".Call", "State", Rig::kRingingOut));
    rig.call(incoming, Rig::interface(".Call"), "Accept");
    QVERIFY(rig.has(incoming, ".Call", "State", Rig::kActive));
    QVERIFY(rig.has(outgoing, ".Call", "State", Rig::kActive));
    rig.call(outgoing, Rig::interface(".Call"), "Hangup");
    QVERIFY(rig.has(incoming, ".Call", "State", Rig::kTerminated));
    QVERIFY(rig.has(outgoing, ".Call", "State", Rig::kTerminated));
}

QTEST_GUILESS_MAIN(ModemManagerTest)
#include "tst_modemmanager.moc"
