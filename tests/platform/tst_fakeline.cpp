#include "tests/platform/plmnrig.h"

using namespace ringlift;
using namespace ringlift::plmn;
using namespace Qt::StringLiterals;

class FakeLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsAnotherPhoneAndEndsTheCall();
    void carriesVoiceBothWaysWhileActive();
    void sendsDigits();
    void refusesWhatTheNetworkRefuses_data();
    void refusesWhatTheNetworkRefuses();
    void tellsWhenTheNetworkGoesAndComesBack();
    void endsItsCallsWhenTheNetworkRestarts();
    void findsItsCallsAgainAfterALostConnection();
    void isAwayWhenAControllerSaysSo();
    void leavesTheNetworkWhenStopped();
    void cannotEndCallsWhereThePlatformCannot();
    void showsItsSims();
    void callsOnEitherSim();
    void tellsWhenASimIsRefused();

private:
    /// Anna calls Bo and he answers.
    static bool connectCall(TestPhone &anna, TestPhone &bo);
};

bool FakeLineTest::connectCall(TestPhone &anna, TestPhone &bo)
{
    if (!anna.join() || !bo.join())
        return false;
    anna.line.dial(0, kBo);
    if (!bo.reaches(LegState::Ringing))
        return false;
    bo.line.answer(bo.last().id);
    return anna.reaches(LegState::Active) && bo.reaches(LegState::Active);
}

void FakeLineTest::callsAnotherPhoneAndEndsTheCall()
{
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    TestPhone bo(rig.address(), kBo, "460019876543210");
    QVERIFY(connectCall(anna, bo));
    QCOMPARE(anna.calls().front().state, LegState::Dialling);
    QCOMPARE(bo.calls().front().number.reveal(), std::string(kAnna));
    anna.line.hangUp(anna.last().id);
    QVERIFY(anna.reaches(LegState::Ended) && bo.reaches(LegState::Ended));
    QCOMPARE(anna.last().end, LegEnd::LocalHangUp);
    QCOMPARE(bo.last().end, LegEnd::RemoteHangUp);
}

void FakeLineTest::carriesVoiceBothWaysWhileActive()
{
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    TestPhone bo(rig.address(), kBo, "460019876543210");
    QVERIFY(anna.join() && bo.join());
    anna.line.dial(0, kBo);
    QVERIFY(bo.reaches(LegState::Ringing));
    const std::vector<std::int16_t> tooEarly(480, 1);
    const std::vector<std::int16_t> fromAnna(480, -1234);
    const std::vector<std::int16_t> fromBo(960, 32767);
    anna.line.sendVoice(anna.last().id, tooEarly);
    bo.line.answer(bo.last().id);
    QVERIFY(anna.reaches(LegState::Active));
    anna.line.sendVoice(anna.last().id, fromAnna);
    bo.line.sendVoice(bo.last().id, fromBo);
    bo.line.sendVoice(anna.last().id, fromBo); // not his leg
    QVERIFY(tests::waitUntil([&] { return !anna.voice().empty() && !bo.voice().empty(); }));
    anna.line.hangUp(anna.last().id);
    QVERIFY(bo.reaches(LegState::Ended));
    QCOMPARE(anna.voice().size(), 1U);
    QCOMPARE(anna.voice()[0], fromBo);
    QCOMPARE(bo.voice().size(), 1U);
    QCOMPARE(bo.voice()[0], fromAnna);
}

void FakeLineTest::sendsDigits()
{
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    TestPhone bo(rig.address(), kBo, "460019876543210");
    QVERIFY(connectCall(anna, bo));
    QSignalSpy heard(&bo.line, &fake::FakeLine::digitsReceived);
    anna.line.sendDigits(anna.last().id, "0*#");
    QVERIFY(tests::waitUntil([&] { return heard.size() == 1; }));
    QCOMPARE(heard[0][1].toString(), u"0*#"_s);
}

void FakeLineTest::refusesWhatTheNetworkRefuses_data()
{
    QTest::addColumn<int>("sim");
    QTest::addColumn<QString>("number");
    QTest::newRow("service code") << 0 << "*#06#";
    QTest::newRow("nothing") << 0 << "";
    QTest::newRow("no such SIM") << 1 << "+8613900139000";
}

void FakeLineTest::refusesWhatTheNetworkRefuses()
{
    QFETCH(int, sim);
    QFETCH(QString, number);
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    QVERIFY(anna.join());
    QSignalSpy refused(&anna.line, &ports::CellularLine::dialRefused);
    anna.line.dial(sim, number.toStdString());
    QVERIFY(tests::waitUntil([&] { return refused.size() == 1; }));
    QVERIFY(anna.calls().empty());
}

void FakeLineTest::tellsWhenTheNetworkGoesAndComesBack()
{
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    QVERIFY(anna.join());
    QSignalSpy lost(&anna.line, &ports::CellularLine::lost);
    rig.stop();
    QVERIFY(tests::waitUntil([&] { return lost.size() == 1; }));
    QVERIFY(lost[0][0].toBool());
    QSignalSpy refused(&anna.line, &ports::CellularLine::dialRefused);
    anna.line.dial(0, kBo);
    QVERIFY(tests::waitUntil([&] { return refused.size() == 1; }));
    rig.start();
    QVERIFY(tests::waitUntil([&] { return lost.size() == 2; }));
    QVERIFY(!lost[1][0].toBool());
}

void FakeLineTest::endsItsCallsWhenTheNetworkRestarts()
{
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    TestPhone bo(rig.address(), kBo, "460019876543210");
    QVERIFY(connectCall(anna, bo));
    rig.stop();
    rig.start();
    QVERIFY(anna.reaches(LegState::Ended) && bo.reaches(LegState::Ended));
    QCOMPARE(anna.last().end, LegEnd::NetworkLost);
}

void FakeLineTest::findsItsCallsAgainAfterALostConnection()
{
    PlmnRig rig;
    rig.stop();
    PlmnServerConfig config = PlmnRig::quickConfig();
    config.rejoinGrace = std::chrono::seconds(30);
    rig.start(config);
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    TestPhone bo(rig.address(), kBo, "460019876543210");
    QVERIFY(connectCall(anna, bo));
    Controller controller(rig.address());
    QVERIFY(controller.command("control"));
    QSignalSpy lost(&anna.line, &ports::CellularLine::lost);
    QVERIFY(controller.command("kick", {{u"msisdn"_s, QLatin1StringView(kAnna)}}));
    QVERIFY(tests::waitUntil([&] { return lost.size() == 2; }));
    QCOMPARE(anna.last().state, LegState::Active);
    anna.line.hangUp(anna.last().id);
    QVERIFY(bo.reaches(LegState::Ended));
}

void FakeLineTest::isAwayWhenAControllerSaysSo()
{
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    QVERIFY(anna.join());
    Controller controller(rig.address());
    QVERIFY(controller.command("control"));
    QSignalSpy lost(&anna.line, &ports::CellularLine::lost);
    QVERIFY(controller.command("away", {{u"msisdn"_s, QLatin1StringView(kAnna)}, {u"away"_s, true}}));
    QVERIFY(tests::waitUntil([&] { return lost.size() == 1; }));
    QVERIFY(controller.command("away", {{u"msisdn"_s, QLatin1StringView(kAnna)}, {u"away"_s, false}}));
    QVERIFY(tests::waitUntil([&] { return lost.size() == 2; }));
}

void FakeLineTest::leavesTheNetworkWhenStopped()
{
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    TestPhone bo(rig.address(), kBo, "460019876543210");
    QVERIFY(connectCall(anna, bo));
    bo.phone.stop();
    QVERIFY(anna.reaches(LegState::Ended));
    QCOMPARE(anna.last().end, LegEnd::RemoteHangUp);
}

void FakeLineTest::cannotEndCallsWhereThePlatformCannot()
{
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    TestPhone bo(rig.address(), kBo, "460019876543210");
    fake::FakeLineTraits traits;
    traits.canEndCalls = false;
    fake::FakeLine weak(anna.phone, traits);
    QVERIFY(connectCall(anna, bo));
    QVERIFY(!weak.canEndCalls());
    weak.hangUp(anna.last().id);
    anna.line.sendDigits(anna.last().id, "1");
    QSignalSpy heard(&bo.line, &fake::FakeLine::digitsReceived);
    QVERIFY(tests::waitUntil([&] { return heard.size() == 1; }));
    QCOMPARE(bo.last().state, LegState::Active);
}

void FakeLineTest::showsItsSims()
{
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    QCOMPARE(anna.sim.sims().at(0).imsi.reveal(), std::string("460001234567890"));
    QVERIFY(anna.join());
    Controller controller(rig.address());
    QVERIFY(controller.command("control"));
    QSignalSpy changed(&anna.sim, &ports::SimCard::changed);
    QVERIFY(controller.command("provision", {{u"msisdn"_s, QLatin1StringView(kAnna)}, {u"serving_region"_s, u"DE"_s},
        {u"own_number_on_sim"_s, false}, {u"emergency_numbers"_s, QJsonArray{u"110"_s}}}));
    QVERIFY(tests::waitUntil([&] { return changed.size() == 1; }));
    const SimInfo sim = anna.sim.sims().at(0);
    QCOMPARE(sim.homeRegion, std::string("CN"));
    QCOMPARE(sim.servingRegion, std::string("DE"));
    QVERIFY(sim.ownNumber.reveal().empty());
    QCOMPARE(sim.emergencyNumbers, std::vector<std::string>{"110"});
}

void FakeLineTest::callsOnEitherSim()
{
    PlmnRig rig;
    fake::FakePhone phone(rig.address(),
        {{kAnna, "460001234567890", "CN", true}, {"+4915550123456", "262011234567890", "DE", true}});
    fake::FakeLine line(phone);
    QSignalSpy dialling(&line, &ports::CellularLine::dialling);
    phone.start();
    QVERIFY(tests::waitUntil([&] { return phone.isJoined(); }));
    TestPhone bo(rig.address(), kBo, "460019876543210");
    QVERIFY(bo.join());
    line.dial(1, kBo);
    QVERIFY(bo.reaches(LegState::Ringing));
    QCOMPARE(bo.last().number.reveal(), std::string("+4915550123456"));
    QCOMPARE(dialling.at(0).at(0).value<LineCall>().sim, 1);
}

void FakeLineTest::tellsWhenASimIsRefused()
{
    PlmnRig rig;
    fake::FakePhone phone(rig.address(), {{kAnna, "46000", "CN", true}});
    QSignalSpy refused(&phone, &fake::FakePhone::joinRefused);
    phone.start();
    QVERIFY(tests::waitUntil([&] { return refused.size() == 1; }));
    QVERIFY(!phone.isJoined());
}

QTEST_GUILESS_MAIN(FakeLineTest)
#include "tst_fakeline.moc"
