#include "platform/linux/modemline.h"
#include "platform/linux/modemmanager.h"
#include "platform/linux/modemsim.h"
#include "platform/plmn/plmnserver.h"
#include "tests/platform/modemmanagerrig.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using modem::Finding;
using tests::waitUntil;

namespace {

constexpr const char *kAnna = "+8613800138000";
constexpr const char *kBo = "+8613900139000";
constexpr const char *kAnnasImsi = "460001234567890";
constexpr const char *kBosImsi = "460009876543210";

/// A phone network with Anna's and Bo's modem, both in one ModemManager, and the line that the app makes of it.
class Rig
{
public:
    Rig(const QString &mode, const QByteArray &ofAnna, const QByteArray &ofBo)
        : telephony(QDBusConnection::systemBus()), line(telephony), sims(telephony), m_mode(mode)
    {
        const auto config =
            plmn::readServerConfig(QByteArray(R"({"switch": {"paging_delay_ms": 50, "paging_jitter_ms": 0},
            "subscribers": [{"msisdn": "+8613800138000", "imsi": "460001234567890", "home_region": "CN" %A},
                            {"msisdn": "+8613900139000", "imsi": "460009876543210", "home_region": "CN" %B}],
            "modems": [{"msisdn": "+8613800138000", "ports": ["%F/a"], "mode": "%M"},
                       {"msisdn": "+8613900139000", "ports": ["%F/b"], "mode": "%M"}]})")
                                       .replace("%A", ofAnna)
                                       .replace("%B", ofBo)
                                       .replace("%F", m_folder.path().toUtf8())
                                       .replace("%M", mode.toUtf8()));
        if (!config)
            qFatal("%s", config.error().message.c_str());
        m_network = std::make_unique<plmn::PlmnServer>(*config);
        if (const auto listening = m_network->listen(m_folder.filePath(u"control"_s)); !listening)
            qFatal("%s", listening.error().message.c_str());
        using Line = ports::CellularLine;
        QObject::connect(&line, &Line::preparing, [this](const LineCall &call) { prepared.push_back(call); });
        for (const auto signal : {&Line::dialling, &Line::incoming, &Line::changed, &Line::ended})
            QObject::connect(&line, signal, [this](const LineCall &call) { told.push_back(call); });
        QObject::connect(&line, &Line::lost, [this](bool away) { lost.push_back(away); });
    }

    bool start()
    {
        telephony.start();
        return plug() && waitUntil([this] { return slotOf(kAnnasImsi) && slotOf(kBosImsi); }, 60s);
    }
    bool plug()
    {
        anna = daemon.plug(u"anna"_s, m_mode, {m_folder.filePath(u"a"_s)});
        bo = daemon.plug(u"bo"_s, m_mode, {m_folder.filePath(u"b"_s)});
        return daemon.enable(anna) && daemon.enable(bo);
    }
    std::optional<int> slotOf(const std::string &imsi) const
    {
        for (const SimInfo &sim : sims.sims()) {
            if (sim.present && sim.imsi.reveal() == imsi)
                return sim.slot;
        }
        return std::nullopt;
    }
    /// The newest that was told of calls of this SIM.
    std::optional<LineCall> last(const std::string &imsi) const
    {
        const auto slot = slotOf(imsi);
        for (auto call = told.rbegin(); call != told.rend(); ++call) {
            if (call->sim == slot)
                return *call;
        }
        return std::nullopt;
    }
    bool reaches(const std::string &imsi, LegState state)
    {
        return waitUntil([&] { return last(imsi) && last(imsi)->state == state; }, 30s);
    }

    tests::ModemManagerRig daemon;
    modem::ModemManager telephony;
    modem::ModemLine line;
    modem::ModemSim sims;
    QString anna;
    QString bo;
    std::vector<LineCall> prepared;
    std::vector<LineCall> told;
    std::vector<bool> lost;

private:
    const QString m_mode;
    QTemporaryDir m_folder;
    std::unique_ptr<plmn::PlmnServer> m_network;
};

bool order(const QString &what)
{
    QProcess script;
    script.start(qEnvironmentVariable("RINGLIFT_MODEMMANAGER"), {what});
    return waitUntil([&] { return script.state() == QProcess::NotRunning; }, 30s) && script.exitCode() == 0;
}

} // namespace

/// The line on the real ModemManager, whose modems are those of the virtual network.
class ModemManagerLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void callsFromModemToModem_data();
    void callsFromModemToModem();
    void knowsWhoCalls_data();
    void knowsWhoCalls();
    void seesTheEndOfARingInTime_data();
    void seesTheEndOfARingInTime();
    void seesWhatAnotherDialerDials();
    void goesOnWhenTheDaemonIsRestarted();
};

void ModemManagerLineTest::cleanup()
{
    QVERIFY(order(u"stop"_s) && order(u"start"_s));
}

void ModemManagerLineTest::callsFromModemToModem_data()
{
    QTest::addColumn<QString>("mode");
    QTest::newRow("with call list notifications") << u"simtech"_s;
    QTest::newRow("with polling") << u"generic"_s;
}

void ModemManagerLineTest::callsFromModemToModem()
{
    QFETCH(QString, mode);
    Rig rig(mode, {}, {});
    QVERIFY(rig.start());
    const SimInfo sim = rig.sims.sims()[std::size_t(*rig.slotOf(kAnnasImsi))];
    QCOMPARE(sim.ownNumber.reveal(), std::string(kAnna));
    QCOMPARE(sim.homeRegion, std::string("CN"));
    QCOMPARE(sim.servingRegion, std::string("CN"));

    rig.line.dial(*rig.slotOf(kAnnasImsi), kBo);
    QVERIFY(rig.reaches(kBosImsi, LegState::Ringing));
    QCOMPARE(rig.last(kAnnasImsi)->direction, CallDirection::Outgoing);
    QCOMPARE(rig.last(kBosImsi)->number.reveal(), std::string(kAnna));
    QVERIFY(rig.last(kBosImsi)->international);
    rig.line.answer(rig.last(kBosImsi)->id);
    QVERIFY(rig.reaches(kBosImsi, LegState::Active) && rig.reaches(kAnnasImsi, LegState::Active));
    rig.line.sendDigits(rig.last(kAnnasImsi)->id, "12");
    rig.line.hangUp(rig.last(kAnnasImsi)->id);
    QVERIFY(rig.reaches(kBosImsi, LegState::Ended) && rig.reaches(kAnnasImsi, LegState::Ended));
    QCOMPARE(rig.last(kAnnasImsi)->end, LegEnd::LocalHangUp);
    QCOMPARE(rig.last(kBosImsi)->end, LegEnd::RemoteHangUp);
    // Tidied up.
    QVERIFY(rig.daemon.until([&] {
        const auto calls = rig.daemon.call(rig.anna, tests::ModemManagerRig::interface(".Modem.Voice"), "ListCalls");
        return modem::pathsIn(calls.arguments().value(0)).isEmpty();
    }));
}

void ModemManagerLineTest::knowsWhoCalls_data()
{
    QTest::addColumn<QByteArray>("ofAnna");
    QTest::addColumn<QByteArray>("ofBo");
    QTest::addColumn<CallerIdPresence>("presence");
    QTest::newRow("late") << QByteArray() << QByteArray(R"(, "caller_id_delay_ms": 250)") << CallerIdPresence::Known;
    QTest::newRow("hidden") << QByteArray(R"(, "hides_caller_id": true)") << QByteArray() << CallerIdPresence::Withheld;
}

void ModemManagerLineTest::knowsWhoCalls()
{
    QFETCH(QByteArray, ofAnna);
    QFETCH(QByteArray, ofBo);
    QFETCH(CallerIdPresence, presence);
    Rig rig(u"simtech"_s, ofAnna, ofBo);
    QVERIFY(rig.start());
    rig.line.dial(*rig.slotOf(kAnnasImsi), kBo);
    QVERIFY(rig.reaches(kBosImsi, LegState::Ringing));
    QVERIFY(waitUntil([&] { return rig.last(kBosImsi)->callerId != CallerIdPresence::Unknown; }));
    QCOMPARE(rig.last(kBosImsi)->callerId, presence);
    QCOMPARE(rig.last(kBosImsi)->number.reveal(), std::string(presence == CallerIdPresence::Known ? kAnna : ""));
}

void ModemManagerLineTest::seesTheEndOfARingInTime_data()
{
    callsFromModemToModem_data();
}

void ModemManagerLineTest::seesTheEndOfARingInTime()
{
    QFETCH(QString, mode);
    Rig rig(mode, {}, {});
    QVERIFY(rig.start());
    rig.line.dial(*rig.slotOf(kAnnasImsi), kBo);
    QVERIFY(rig.reaches(kBosImsi, LegState::Ringing));
    rig.line.hangUp(rig.last(kAnnasImsi)->id);
    QVERIFY(rig.reaches(kAnnasImsi, LegState::Ended));
    const TimePoint since = monotonicNow();
    QVERIFY(rig.reaches(kBosImsi, LegState::Ended));
    QVERIFY(monotonicNow() - since < rig.line.hangUpNoticeBound());
}

void ModemManagerLineTest::seesWhatAnotherDialerDials()
{
    Rig rig(u"simtech"_s, {}, {});
    QVERIFY(rig.start());
    const QVariantList number{QVariantMap{{u"number"_s, QString::fromLatin1(kBo)}}};
    const auto created =
        rig.daemon.call(rig.anna, tests::ModemManagerRig::interface(".Modem.Voice"), "CreateCall", number);
    QVERIFY(waitUntil([&] { return rig.prepared.size() == 1; }));
    QVERIFY(rig.told.empty());
    QCOMPARE(rig.prepared.front().number.reveal(), std::string(kBo));
    const QString call = modem::pathIn(created.arguments().value(0));
    rig.daemon.call(call, tests::ModemManagerRig::interface(".Call"), "Start");
    QVERIFY(rig.reaches(kBosImsi, LegState::Ringing));
    QCOMPARE(rig.last(kAnnasImsi)->id, rig.prepared.front().id);
    rig.line.hangUp(rig.last(kAnnasImsi)->id);
    QVERIFY(rig.reaches(kBosImsi, LegState::Ended));
}

void ModemManagerLineTest::goesOnWhenTheDaemonIsRestarted()
{
    Rig rig(u"simtech"_s, {}, {});
    QVERIFY(rig.start());
    rig.line.dial(*rig.slotOf(kAnnasImsi), kBo);
    QVERIFY(rig.reaches(kBosImsi, LegState::Ringing));
    rig.line.answer(rig.last(kBosImsi)->id);
    QVERIFY(rig.reaches(kBosImsi, LegState::Active) && rig.reaches(kAnnasImsi, LegState::Active));
    const std::size_t toldBefore = rig.told.size();
    QVERIFY(order(u"stop"_s));
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::NotRunning; }));
    QVERIFY(rig.lost.back());
    QVERIFY(order(u"start"_s));
    QVERIFY(rig.plug());
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::Found; }, 30s));
    // The modems still have the call, and the new daemon finds it in their lists.
    QVERIFY(rig.reaches(kAnnasImsi, LegState::Active) && rig.reaches(kBosImsi, LegState::Active));
    for (std::size_t i = toldBefore; i < rig.told.size(); ++i)
        QVERIFY(rig.told[i].state != LegState::Ended);
    QVERIFY(!rig.lost.back());
}

QTEST_GUILESS_MAIN(ModemManagerLineTest)
#include "tst_modemmanagerline.moc"
