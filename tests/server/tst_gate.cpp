#include "tests/server/gaterig.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTcpSocket>

using namespace ringlift;
using namespace ringlift::server;
using namespace ringlift::tests;

namespace {

std::size_t openFiles()
{
    return static_cast<std::size_t>(QDir(u"/proc/self/fd"_s).entryList(QDir::NoDotAndDotDot | QDir::AllEntries).size());
}

/// RFC 6455 section 5.2: a frame of a client, masked with zeros.
QByteArray frame(char opcode, const QByteArray &payload)
{
    QByteArray bytes;
    bytes.append(static_cast<char>(0x80 | opcode));
    bytes.append(static_cast<char>(0x80 | payload.size()));
    return bytes + QByteArray(4, '\0') + payload;
}

constexpr char kPing = 9;

} // namespace

class TestGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsOverTheBindingThatTheClientSees();
    void carriesTextBothWays();
    void carriesABurstOfLargeMessages();
    void upgradesARequestThatCameWithTheHandshake();
    void servesPlainTextWhenAskedTo();
    void refusesOlderTls();
    void refusesAnyOrigin();
    void refusesARequestThatIsNoUpgrade();
    void closesWhatIsTooBig_data();
    void closesWhatIsTooBig();
    void closesBinaryFrames();
    void endsAConnectionThatIsNotUpgradedInTime_data();
    void endsAConnectionThatIsNotUpgradedInTime();
    void keepsAnUpgradedConnectionBeyondTheUpgradeTime();
    void boundsTheHeaderOfARequest();
    void letsTheOldestSilentOneGiveWay();
    void refusesANewcomerWhenNobodyIsSilent();
    void countsNoLoggedInConnection();
    void stopsAcceptingAtTheCapAndGoesOn();
    void servesAClientBesideManyIdleSockets();
    void cutsAClientWhoseQueueIsTooLong();
    void cutsAClientThatTakesNothing();
    void cutsAClientThatFloodsPings();
    void cutsAClientThatIsDead();
    void takesWhatIsQueuedBeforeClosing();
    void asksEverybodyToLeaveWhenItStops();
    void keepsConnectionsWhenTheCertificateChanges();
    void bindsToTheCertificateOfAProxy_data();
    void bindsToTheCertificateOfAProxy();
    void leavesNoDescriptorBehind();
};

void TestGate::handsOverTheBindingThatTheClientSees()
{
    GateRig rig;
    GoodClient client(rig);
    QVERIFY(client.connects());
    QVERIFY(rig.opens(1));
    const QByteArray seen = client.socket.sslConfiguration().peerCertificate().digest(QCryptographicHash::Sha256);
    QVERIFY(std::equal(seen.cbegin(), seen.cend(), rig.opened[0].channelBinding.begin(),
                       [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; }));
    QCOMPARE(rig.opened[0].source, "127.0.0.1");
}

void TestGate::carriesTextBothWays()
{
    GateRig rig;
    GoodClient client(rig);
    QVERIFY(client.connects() && rig.opens(1));
    client.socket.sendTextMessage(u"to the server"_s);
    QVERIFY(waitUntil([&] { return !rig.received.empty(); }));
    QCOMPARE(rig.received[0].text, "to the server");
    QCOMPARE(rig.received[0].id, rig.opened[0].id);
    rig.gate.send(rig.opened[0].id, "to the client");
    QVERIFY(waitUntil([&] { return !client.texts.isEmpty(); }));
    QCOMPARE(client.texts[0], u"to the client"_s);
}

void TestGate::carriesABurstOfLargeMessages()
{
    GateRig rig;
    GoodClient client(rig);
    QVERIFY(client.connects());
    constexpr std::size_t kMessages = 60;
    for (std::size_t i = 0; i < kMessages; ++i)
        client.socket.sendTextMessage(QString(16'000, u'x'));
    QVERIFY(waitUntil([&] { return rig.received.size() == kMessages; }));
}

void TestGate::upgradesARequestThatCameWithTheHandshake()
{
    GateRig rig;
    RawClient client(rig);
    client.socket.write(upgradeRequest());
    QVERIFY(client.answers("101"));
    QVERIFY(rig.opens(1));
}

void TestGate::servesPlainTextWhenAskedTo()
{
    GateRig rig({}, 1000, true);
    GoodClient client(QSslConfiguration(), rig.url(u"ws"_s));
    QVERIFY(client.connects() && rig.opens(1));
    QCOMPARE(rig.opened[0].channelBinding, protocol::Key32{});
}

void TestGate::refusesOlderTls()
{
    GateRig rig;
    QSslConfiguration tls = rig.trust();
    tls.setProtocol(QSsl::TlsV1_2);
    GoodClient client(tls, rig.url());
    QVERIFY(!client.connects());
    QVERIFY(rig.opened.empty());
}

void TestGate::refusesAnyOrigin()
{
    GateRig rig;
    RawClient client(rig);
    QVERIFY(client.encrypts());
    client.socket.write(upgradeRequest("Origin: https://example.org\r\n"));
    QVERIFY(client.answers("403"));
    QVERIFY(client.ends());
    QVERIFY(rig.closes(1));
    QVERIFY(rig.opened.empty());
}

void TestGate::refusesARequestThatIsNoUpgrade()
{
    GateRig rig;
    RawClient client(rig);
    QVERIFY(client.encrypts());
    client.socket.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    QVERIFY(client.ends());
    QVERIFY(rig.closes(1));
    QVERIFY(rig.opened.empty());
}

void TestGate::closesWhatIsTooBig_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("code");
    QTest::newRow("as large as may be") << 16 * 1024 << 0;
    QTest::newRow("one byte more") << 16 * 1024 + 1 << 1009;
    QTest::newRow("several frames") << 2'000'000 << 1009;
}

void TestGate::closesWhatIsTooBig()
{
    QFETCH(const int, size);
    QFETCH(const int, code);
    GateRig rig;
    GoodClient client(rig);
    QVERIFY(client.connects());
    client.socket.sendTextMessage(QString(size, u'x'));
    QVERIFY(waitUntil([&] { return !rig.received.empty() || client.ended; }));
    QCOMPARE(client.ended ? static_cast<int>(client.socket.closeCode()) : 0, code);
    QCOMPARE(rig.received.empty(), code != 0);
}

void TestGate::closesBinaryFrames()
{
    GateRig rig;
    GoodClient client(rig);
    QVERIFY(client.connects());
    client.socket.sendBinaryMessage("bytes");
    QVERIFY(client.ends());
    QCOMPARE(static_cast<int>(client.socket.closeCode()), 1002);
}

void TestGate::endsAConnectionThatIsNotUpgradedInTime_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("inTls");
    QTest::newRow("says nothing") << QByteArray() << false;
    QTest::newRow("starts no TLS") << QByteArray("hello") << false;
    QTest::newRow("asks for nothing") << QByteArray() << true;
    QTest::newRow("asks half") << upgradeRequest().chopped(2) << true;
}

void TestGate::endsAConnectionThatIsNotUpgradedInTime()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, inTls);
    GateLimits limits;
    limits.upgrade = 1500ms;
    GateRig rig(limits);
    RawClient client(rig);
    QTcpSocket bare;
    if (inTls) {
        QVERIFY(client.encrypts());
        client.socket.write(bytes);
    } else {
        client.socket.abort();
        bare.connectToHost(u"127.0.0.1"_s, rig.port);
        bare.write(bytes);
    }
    QVERIFY(rig.closes(1));
    QVERIFY(waitUntil([&] { return rig.gate.size() == 0; }));
    QVERIFY(rig.opened.empty());
}

void TestGate::keepsAnUpgradedConnectionBeyondTheUpgradeTime()
{
    GateLimits limits;
    limits.upgrade = 2s;
    limits.ping = 800ms;
    GateRig rig(limits);
    GoodClient client(rig);
    QVERIFY(client.connects() && rig.opens(1));
    // A third ping comes after the upgrade would have been too late.
    const auto *const below = client.socket.findChild<QSslSocket *>();
    int arrivals = 0;
    QObject::connect(below, &QSslSocket::readyRead, &client.socket, [&] { ++arrivals; });
    QVERIFY(waitUntil([&] { return arrivals >= 3 || client.ended; }));
    QVERIFY(!client.ended);
    QVERIFY(rig.closed.empty());
}

void TestGate::boundsTheHeaderOfARequest()
{
    GateLimits limits;
    limits.upgrade = 1500ms;
    GateRig rig(limits);
    RawClient client(rig);
    QVERIFY(client.encrypts());
    qint64 taken = 0;
    QObject::connect(&client.socket, &QSslSocket::encryptedBytesWritten, &client.socket,
                     [&](qint64 bytes) { taken += bytes; });
    client.socket.write("GET / HTTP/1.1\r\n");
    constexpr qint64 kOffered = 20'000'000;
    client.socket.write("X-Header: " + QByteArray(kOffered, 'x'));
    QVERIFY(client.ends());
    // The system's buffers take some; QWebSocketServer alone would take 200 lines of 64 KiB.
    constexpr qint64 kMost = 6'000'000;
    QVERIFY2(taken < kMost, QByteArray::number(taken).constData());
    QVERIFY(rig.opened.empty());
}

void TestGate::letsTheOldestSilentOneGiveWay()
{
    GateLimits limits;
    limits.unauthenticatedOfAddress = 3;
    GateRig rig(limits);
    GoodClient speaker(rig);
    QVERIFY(speaker.connects());
    speaker.socket.sendTextMessage(u"hello"_s);
    QVERIFY(waitUntil([&] { return rig.received.size() == 1; }));
    GoodClient oldest(rig);
    QVERIFY(oldest.connects() && rig.opens(2));
    GoodClient younger(rig);
    QVERIFY(younger.connects() && rig.opens(3));

    GoodClient newcomer(rig);
    QVERIFY(newcomer.connects());
    QVERIFY(oldest.ends());
    QCOMPARE(rig.closed, std::vector<ConnectionId>{rig.opened[1].id});
}

void TestGate::refusesANewcomerWhenNobodyIsSilent()
{
    GateLimits limits;
    limits.unauthenticated = 2;
    GateRig rig(limits);
    GoodClient first(rig);
    GoodClient second(rig);
    QVERIFY(first.connects() && second.connects());
    first.socket.sendTextMessage(u"hello"_s);
    second.socket.sendTextMessage(u"hello"_s);
    QVERIFY(waitUntil([&] { return rig.received.size() == 2; }));
    GoodClient newcomer(rig);
    QVERIFY(!newcomer.connects());
    QVERIFY(rig.closed.empty());
}

void TestGate::countsNoLoggedInConnection()
{
    GateLimits limits;
    limits.unauthenticatedOfAddress = 1;
    GateRig rig(limits);
    GoodClient first(rig);
    QVERIFY(first.connects() && rig.opens(1));
    rig.gate.loggedIn(rig.opened[0].id);
    GoodClient second(rig);
    QVERIFY(second.connects() && rig.opens(2));
    QVERIFY(rig.closed.empty());
}

void TestGate::stopsAcceptingAtTheCapAndGoesOn()
{
    constexpr std::size_t kCap = 4;
    GateLimits limits;
    limits.upgrade = 1s;
    GateRig rig(limits, kCap);
    std::vector<std::unique_ptr<QTcpSocket>> idle;
    for (int i = 0; i < 12; ++i) {
        idle.push_back(std::make_unique<QTcpSocket>());
        idle.back()->connectToHost(u"127.0.0.1"_s, rig.port);
    }
    QVERIFY(waitUntil([&] { return rig.gate.size() + 1 >= kCap; }));
    QVERIFY(rig.gate.size() <= kCap);
    GoodClient client(rig);
    QVERIFY(client.connects());
    QVERIFY(rig.gate.size() <= kCap);
}

void TestGate::servesAClientBesideManyIdleSockets()
{
    GateLimits limits;
    limits.unauthenticatedOfAddress = 500;
    GateRig rig(limits);
    std::vector<std::unique_ptr<QTcpSocket>> idle;
    for (int i = 0; i < 100; ++i) {
        idle.push_back(std::make_unique<QTcpSocket>());
        idle.back()->connectToHost(u"127.0.0.1"_s, rig.port);
    }
    QVERIFY(waitUntil([&] { return rig.gate.size() == idle.size(); }));
    GoodClient client(rig);
    QVERIFY(client.connects());
    QVERIFY(rig.closed.empty());
}

void TestGate::cutsAClientWhoseQueueIsTooLong()
{
    GateLimits limits;
    limits.outputQueue = 64 * 1024;
    GateRig rig(limits);
    RawClient client(rig);
    QVERIFY(client.upgradesAndStopsReading());
    QVERIFY(rig.opens(1));
    const std::string text(16'000, 'x');
    // The system takes some megabytes itself.
    for (int i = 0; i < 2000 && rig.closed.empty(); ++i) {
        rig.gate.send(rig.opened[0].id, text);
        QCoreApplication::processEvents();
    }
    QCOMPARE(rig.closed.size(), 1U);
}

void TestGate::cutsAClientThatTakesNothing()
{
    GateLimits limits;
    limits.outputQueue = 64 * 1024 * 1024;
    limits.outputStall = 300ms;
    GateRig rig(limits);
    RawClient client(rig);
    QVERIFY(client.upgradesAndStopsReading());
    QVERIFY(rig.opens(1));
    const std::string text(16'000, 'x');
    for (int i = 0; i < 1500; ++i)
        rig.gate.send(rig.opened[0].id, text);
    QVERIFY(rig.closed.empty());
    QVERIFY(rig.closes(1));
}

void TestGate::cutsAClientThatFloodsPings()
{
    GateLimits limits;
    limits.outputQueue = 64 * 1024;
    GateRig rig(limits);
    RawClient client(rig);
    QVERIFY(client.upgradesAndStopsReading());
    QVERIFY(rig.opens(1));
    const QByteArray pings = frame(kPing, QByteArray(125, 'x')).repeated(100);
    QVERIFY(waitUntil([&] {
        if (client.socket.bytesToWrite() + client.socket.encryptedBytesToWrite() < 100'000)
            client.socket.write(pings);
        return !rig.closed.empty();
    }));
}

void TestGate::cutsAClientThatIsDead()
{
    GateLimits limits;
    limits.ping = 300ms;
    limits.dead = 2s;
    GateRig rig(limits);
    RawClient silent(rig);
    QVERIFY(silent.upgradesAndStopsReading());
    GoodClient alive(rig);
    QVERIFY(alive.connects() && rig.opens(2));
    QVERIFY(rig.closes(1));
    QVERIFY(rig.hasClosed(rig.opened[0].id));
    // The one that answers outlives one more that does not.
    RawClient another(rig);
    QVERIFY(another.upgradesAndStopsReading());
    QVERIFY(rig.closes(2));
    QVERIFY(!alive.ended);
}

void TestGate::takesWhatIsQueuedBeforeClosing()
{
    GateRig rig;
    GoodClient client(rig);
    QVERIFY(client.connects() && rig.opens(1));
    constexpr int kMessages = 12;
    for (int i = 0; i < kMessages; ++i)
        rig.gate.send(rig.opened[0].id, std::string(16'000, 'x'));
    rig.gate.close(rig.opened[0].id, 4001);
    QVERIFY(client.ends());
    QCOMPARE(client.texts.size(), kMessages);
    QCOMPARE(static_cast<int>(client.socket.closeCode()), 4001);
    QVERIFY(rig.closes(1));
}

void TestGate::asksEverybodyToLeaveWhenItStops()
{
    GateRig rig;
    GoodClient first(rig);
    GoodClient second(rig);
    QTcpSocket unfinished;
    unfinished.connectToHost(u"127.0.0.1"_s, rig.port);
    QVERIFY(first.connects() && second.connects() && rig.opens(2));
    QVERIFY(waitUntil([&] { return rig.gate.size() == 3; }));
    bool drained = false;
    QObject::connect(&rig.gate, &Gate::drained, &rig.gate, [&] { drained = true; });
    rig.gate.stop(1001);
    QVERIFY(first.ends() && second.ends());
    QCOMPARE(static_cast<int>(first.socket.closeCode()), 1001);
    QVERIFY(waitUntil([&] { return drained; }));
    GoodClient late(rig);
    QVERIFY(!late.connects());
}

void TestGate::keepsConnectionsWhenTheCertificateChanges()
{
    GateRig rig;
    GoodClient before(rig);
    QVERIFY(before.connects() && rig.opens(1));
    rig.gate.setIdentity(*rig.makeIdentity());
    GoodClient after(rig);
    QVERIFY(after.connects() && rig.opens(2));
    QVERIFY(rig.opened[0].channelBinding != rig.opened[1].channelBinding);
    rig.gate.send(rig.opened[0].id, "still here");
    QVERIFY(waitUntil([&] { return before.texts == QStringList{u"still here"_s} || before.ended; }));
    QVERIFY(!before.ended);
}

void TestGate::bindsToTheCertificateOfAProxy_data()
{
    QTest::addColumn<bool>("plain");
    QTest::newRow("that speaks TLS to us") << false;
    QTest::newRow("on the same machine") << true;
}

void TestGate::bindsToTheCertificateOfAProxy()
{
    QFETCH(const bool, plain);
    GateRig rig({}, 1000, plain);
    const protocol::Key32 first{1};
    const protocol::Key32 second{2};
    const QUrl url = rig.url(plain ? u"ws"_s : u"wss"_s);
    rig.gate.setProxyBinding(first);
    GoodClient before(rig, url);
    QVERIFY(before.connects() && rig.opens(1));
    rig.gate.setProxyBinding(second);
    GoodClient after(rig, url);
    QVERIFY(after.connects() && rig.opens(2));
    QCOMPARE(rig.opened[0].channelBinding, first);
    QCOMPARE(rig.opened[1].channelBinding, second);
}

void TestGate::leavesNoDescriptorBehind()
{
    GateRig rig;
    const std::size_t before = openFiles();
    for (std::size_t i = 1; i <= 20; ++i) {
        GoodClient client(rig);
        QVERIFY(client.connects() && rig.opens(i));
        if (i % 2 == 0)
            rig.gate.close(rig.opened.back().id, 1000);
        else
            client.socket.close();
        QVERIFY(rig.closes(i) && client.ends());
    }
    QVERIFY(waitUntil([&] { return openFiles() <= before; }));
}

QTEST_GUILESS_MAIN(TestGate)
#include "tst_gate.moc"
