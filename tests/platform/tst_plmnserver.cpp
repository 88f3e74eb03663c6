#include "tests/platform/plmnrig.h"

#include <QFileInfo>
#include <QLocalSocket>

using namespace ringlift;
using namespace ringlift::plmn;
using namespace Qt::StringLiterals;

class PlmnServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersMalformedLinesAndLeavesOthersAlone_data();
    void answersMalformedLinesAndLeavesOthersAlone();
    void hangsUpOnWhatItCannotReadPast_data();
    void hangsUpOnWhatItCannotReadPast();
    void servesTcpOnLoopbackOnly();
    void refusesASocketThatIsInUse();
    void removesASocketThatWasLeftBehind();
    void keepsItsSocketPrivate();
    void tellsControllersEverything();
    void callsAPhoneFromOutside();
    void cutsPhonesThatDoNotComeBack();
    void givesANumberToTheNewestPhone();
    void refusesConnectionsBeyondItsLimit();
    void readsItsConfiguration();
    void refusesBadConfigurations_data();
    void refusesBadConfigurations();
};

void PlmnServerTest::answersMalformedLinesAndLeavesOthersAlone_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("no JSON") << QByteArray("hello");
    QTest::newRow("array") << QByteArray("[1,2]");
    QTest::newRow("unfinished") << QByteArray("{\"join\":");
    QTest::newRow("unknown command") << QByteArray("{\"id\":1,\"explode\":{}}");
    QTest::newRow("two commands") << QByteArray("{\"control\":{},\"leave\":{}}");
    QTest::newRow("arguments of the wrong kind") << QByteArray("{\"join\":7}");
    QTest::newRow("field of the wrong kind") << QByteArray("{\"join\":{\"msisdn\":7}}");
    QTest::newRow("unknown field") << QByteArray("{\"join\":{\"number\":\"+8613800138000\"}}");
    QTest::newRow("bad number") << QByteArray("{\"join\":{\"msisdn\":\"13\",\"imsi\":\"460001234567890\"}}");
    QTest::newRow("IMSI of another number") << QByteArray(
        "{\"join\":{\"msisdn\":\"+8613900139000\",\"imsi\":\"460001234567890\"}}");
    QTest::newRow("dial before join") << QByteArray("{\"dial\":{\"number\":\"112\"}}");
    QTest::newRow("control without asking") << QByteArray("{\"network\":{\"up\":false}}");
    QTest::newRow("somebody else's call") << QByteArray("{\"hangup\":{\"leg\":1}}");
    QTest::newRow("not UTF-8") << QByteArray("{\"\xff\":{}}");
    QTest::newRow("deeply nested") << QByteArray(2000, '[');
}

void PlmnServerTest::answersMalformedLinesAndLeavesOthersAlone()
{
    QFETCH(QByteArray, line);
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    TestPhone bo(rig.address(), kBo, "460019876543210");
    QVERIFY(anna.join() && bo.join());
    anna.line.dial(0, kBo);
    QVERIFY(bo.reaches(LegState::Ringing));

    QLocalSocket socket;
    socket.connectToServer(rig.address());
    socket.write(line + '\n');
    QVERIFY(tests::waitUntil([&] { return socket.canReadLine(); }));
    const QByteArray reply = socket.readLine();
    QVERIFY2(reply.contains("\"ok\":false") && reply.contains("\"error\":\""), reply.constData());
    socket.write("{\"id\":5,\"control\":{}}\n");
    QVERIFY(tests::waitUntil([&] { return socket.canReadLine(); }));
    QVERIFY(socket.readLine().contains("\"ok\":true"));

    bo.line.answer(bo.last().id);
    QVERIFY(anna.reaches(LegState::Active));
}

void PlmnServerTest::hangsUpOnWhatItCannotReadPast_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("endless line") << QByteArray(20000, 'x');
    QTest::newRow("voice of no samples") << QByteArray("V\0\0\0\1\0\0", 7);
    QTest::newRow("voice of too many samples") << QByteArray("V\0\0\0\1\xff\xff", 7);
}

void PlmnServerTest::hangsUpOnWhatItCannotReadPast()
{
    QFETCH(QByteArray, bytes);
    PlmnRig rig;
    QLocalSocket socket;
    socket.connectToServer(rig.address());
    socket.write(bytes);
    QVERIFY(tests::waitUntil([&] { return socket.state() == QLocalSocket::UnconnectedState; }));
    QVERIFY(socket.readAll().contains("\"error\":\""));
}

void PlmnServerTest::servesTcpOnLoopbackOnly()
{
    PlmnServer server(PlmnRig::quickConfig());
    QVERIFY(!server.listen(u"tcp:0.0.0.0:0"_s));
    QVERIFY(!server.listen(u"tcp:example:1"_s));
    QVERIFY(server.listen(u"tcp:127.0.0.1:0"_s));
    TestPhone anna(server.address(), kAnna, "460001234567890");
    QVERIFY(anna.join());
}

void PlmnServerTest::refusesASocketThatIsInUse()
{
    PlmnRig rig;
    PlmnServer second(PlmnRig::quickConfig());
    QVERIFY(!second.listen(rig.address()));
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    QVERIFY(anna.join());
}

void PlmnServerTest::removesASocketThatWasLeftBehind()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"s"_s);
    QFile left(path);
    QVERIFY(left.open(QIODevice::WriteOnly));
    left.close();
    PlmnServer server(PlmnRig::quickConfig());
    QVERIFY(server.listen(path));
}

void PlmnServerTest::keepsItsSocketPrivate()
{
    PlmnRig rig;
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFileInfo(rig.address()).permissions() & others));
}

void PlmnServerTest::tellsControllersEverything()
{
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    TestPhone bo(rig.address(), kBo, "460019876543210");
    QVERIFY(anna.join() && bo.join());
    Controller controller(rig.address());
    QVERIFY(controller.command("control"));
    QVERIFY(controller.command("subscribe"));
    QCOMPARE(controller.ask("subscribers").value(u"subscribers"_s).toArray().size(), 2);

    anna.line.dial(0, kBo);
    QVERIFY(bo.reaches(LegState::Ringing) && anna.reaches(LegState::Alerting));
    bo.line.answer(bo.last().id);
    QVERIFY(anna.reaches(LegState::Active));
    QCOMPARE(controller.ask("legs").value(u"legs"_s).toArray().size(), 2);
    qint64 last = 0;
    QStringList states;
    for (const QJsonObject &event : controller.events()) {
        QVERIFY(event.value(u"t_us"_s).toInteger() >= last);
        last = event.value(u"t_us"_s).toInteger();
        states.append(event.value(u"state"_s).toString());
    }
    QCOMPARE(states, QStringList({u"dialling"_s, u"ringing"_s, u"alerting"_s, u"active"_s, u"active"_s}));
    QVERIFY(controller.command("drop", {{u"leg"_s, qint64(anna.last().id)}}));
    QVERIFY(bo.reaches(LegState::Ended));
    QCOMPARE(bo.last().end, LegEnd::NetworkLost);
}

void PlmnServerTest::callsAPhoneFromOutside()
{
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    QVERIFY(anna.join());
    Controller controller(rig.address());
    QVERIFY(controller.command("control"));
    const QJsonObject reply = controller.ask("outside_call",
        {{u"callee"_s, QLatin1StringView(kAnna)}, {u"shown"_s, u"+4915550123456"_s}, {u"tone_hz"_s, 440}});
    QVERIFY(anna.reaches(LegState::Ringing));
    QCOMPARE(anna.last().number.reveal(), std::string("+4915550123456"));
    anna.line.answer(anna.last().id);
    QVERIFY(tests::waitUntil([&] { return anna.voice().size() >= 2; }));
    QVERIFY(controller.command("hangup", {{u"leg"_s, reply.value(u"leg"_s)}}));
    QVERIFY(anna.reaches(LegState::Ended));
}

void PlmnServerTest::cutsPhonesThatDoNotComeBack()
{
    PlmnRig rig;
    TestPhone anna(rig.address(), kAnna, "460001234567890");
    QVERIFY(anna.join());
    {
        Controller bo(rig.address());
        QVERIFY(bo.command("join", {{u"msisdn"_s, QLatin1StringView(kBo)}, {u"imsi"_s, u"460019876543210"_s}}));
        anna.line.dial(0, kBo);
        QVERIFY(anna.reaches(LegState::Alerting));
    }
    QVERIFY(anna.reaches(LegState::Ended));
    QCOMPARE(anna.last().end, LegEnd::Unreachable);
}

void PlmnServerTest::givesANumberToTheNewestPhone()
{
    PlmnRig rig;
    Controller former(rig.address());
    const QJsonObject bo{{u"msisdn"_s, QLatin1StringView(kBo)}, {u"imsi"_s, u"460019876543210"_s}};
    QVERIFY(former.command("join", bo));
    Controller newest(rig.address());
    QVERIFY(newest.command("join", bo));
    QVERIFY(tests::waitUntil([&] { return !former.events().empty(); }));
    QCOMPARE(former.events()[0].value(u"event"_s).toString(), u"replaced"_s);
    QVERIFY(!former.command("dial", {{u"number"_s, u"112"_s}}));
    QVERIFY(newest.command("dial", {{u"number"_s, u"112"_s}}));
}

void PlmnServerTest::refusesConnectionsBeyondItsLimit()
{
    PlmnRig rig;
    rig.stop();
    PlmnServerConfig config = PlmnRig::quickConfig();
    config.maxConnections = 1;
    rig.start(config);
    Controller first(rig.address());
    QVERIFY(first.command("control"));
    Controller second(rig.address());
    QVERIFY(tests::waitUntil([&] { return second.closed(); }));
    QVERIFY(first.command("legs"));
}

void PlmnServerTest::readsItsConfiguration()
{
    const auto config = readServerConfig(R"({"switch": {"paging_delay_ms": 50, "elsewhere": {"answer_after_ms": 10}},
        "rejoin_grace_ms": 0, "subscribers": [{"msisdn": "+8613800138000", "imsi": "460001234567890",
        "forwarding": {"busy": "+8613900139000"}, "voicemail": {"after_ms": 3000}, "script": {"behaviour": "busy"},
        "caller_id_form": "national", "emergency_numbers": ["110"]}]})");
    QVERIFY2(config.has_value(), config ? "" : config.error().message.c_str());
    QCOMPARE(config->exchange.pagingDelay, Duration(50000));
    QCOMPARE(config->exchange.elsewhere->answerAfter, Duration(10000));
    QCOMPARE(config->rejoinGrace, Duration::zero());
    const Subscriber &anna = config->subscribers.at(0);
    QCOMPARE(anna.forwarding.busy, std::string(kBo));
    QCOMPARE(anna.voicemail->after, Duration(3'000'000));
    QCOMPARE(anna.script->behaviour, Script::Behaviour::Busy);
    QCOMPARE(anna.callerIdForm, CallerIdForm::National);
}

void PlmnServerTest::refusesBadConfigurations_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no object") << QByteArray("[]");
    QTest::newRow("unknown key") << QByteArray(R"({"sitch": {}})");
    QTest::newRow("unknown switch key") << QByteArray(R"({"switch": {"paging": 1}})");
    QTest::newRow("negative time") << QByteArray(R"({"switch": {"paging_delay_ms": -1}})");
    QTest::newRow("text for a number") << QByteArray(R"({"switch": {"max_calls": "many"}})");
    QTest::newRow("unknown behaviour") << QByteArray(R"({"subscribers": [{"script": {"behaviour": "sings"}}]})");
    QTest::newRow("subscribers no array") << QByteArray(R"({"subscribers": {}})");
}

void PlmnServerTest::refusesBadConfigurations()
{
    QFETCH(QByteArray, json);
    const auto config = readServerConfig(json);
    QVERIFY(!config);
    QVERIFY(!config.error().message.empty());
}

QTEST_GUILESS_MAIN(PlmnServerTest)
#include "tst_plmnserver.moc"
