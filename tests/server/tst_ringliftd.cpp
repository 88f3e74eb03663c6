#include "tests/server/serverprocess.h"
#include "tests/server/testclient.h"

#include <QSslCertificate>
#include <QTest>

using namespace ringlift;
using namespace ringlift::tests;
using protocol::CallAccepted;
using protocol::CallMatched;
using protocol::CallWaiting;
using protocol::Challenge;
using protocol::ErrorMessage;
using protocol::RegisterDone;
using protocol::RegisterSent;
using protocol::Welcome;

namespace {

constexpr auto kCaller = "+8613800138000";
constexpr auto kCallee = "+4915550123456";

/// Registers over a connection of its own.
bool enrol(const ServerProcess &server, TestPhone &phone)
{
    TestClient client(server.url(), server.caFile());
    if (!client.connects() || !client.receive<Challenge>())
        return false;
    client.send(phone.begin());
    const auto sent = client.receive<RegisterSent>();
    if (!sent)
        return false;
    client.send(phone.verify(sent->sessionId, server.codeFor(phone.number.e164()), client));
    const auto done = client.receive<RegisterDone>();
    if (!done)
        return false;
    phone.account = done->accountId;
    return true;
}

bool logIn(TestClient &client, TestPhone &phone)
{
    if (!client.connects())
        return false;
    const auto challenge = client.receive<Challenge>();
    if (!challenge)
        return false;
    client.send(phone.auth(*challenge, client.channelBinding()));
    return client.receive<Welcome>().has_value();
}

TestPhone caller()
{
    return {kCaller, "460001234567890", 1};
}

TestPhone callee()
{
    return {kCallee, "262011234567890", 2};
}

bool grep(const QString &folder, const QByteArray &needle)
{
    QDir dir(folder);
    const auto files = dir.entryInfoList(QDir::Files | QDir::Hidden);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(needle))
            return true;
    }
    const auto folders = dir.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
    return std::any_of(folders.begin(), folders.end(),
                       [&](const QFileInfo &info) { return grep(info.filePath(), needle); });
}

} // namespace

class TestRingliftd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesLoopbackWithoutAnyArgument();
    void matchesTwoPhonesThatRegisteredWithACode();
    void keepsNoNumberInItsFolderOrLog();
};

void TestRingliftd::servesLoopbackWithoutAnyArgument()
{
    ServerProcess server;
    QVERIFY2(server.start({}), server.log().constData());
    QVERIFY(server.listening().value("addresses"_L1).toArray().contains(u"127.0.0.1:7443"_s));
    TestClient client(server.url(), server.caFile());
    QVERIFY(client.connects());
    QVERIFY(client.receive<Challenge>());
}

void TestRingliftd::matchesTwoPhonesThatRegisteredWithACode()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    TestPhone a = caller();
    TestPhone b = callee();
    QVERIFY(enrol(server, a));
    QVERIFY(enrol(server, b));
    TestClient fromA(server.url(), server.caFile());
    TestClient fromB(server.url(), server.caFile());
    QVERIFY(logIn(fromA, a));
    QVERIFY(logIn(fromB, b));

    protocol::CallOffer offer{a.random.id<CallId>(), a.number, b.number, {}, {1}, false};
    fromA.send(offer);
    QVERIFY(fromA.receive<CallAccepted>());
    protocol::CallArrive arrive;
    arrive.arriveId = b.random.id<ArriveId>();
    arrive.sim = b.imsi;
    arrive.cli = {a.number};
    fromB.send(arrive);
    QVERIFY(fromB.receive<CallWaiting>());

    const auto atB = fromB.receive<CallMatched>();
    const auto atA = fromA.receive<CallMatched>();
    QVERIFY(atA && atB);
    QCOMPARE(atB->callId, offer.callId);
    QCOMPARE(atB->peerIdcard, a.identity.card().bytes);
    QCOMPARE(atA->peerIdcard, b.identity.card().bytes);
}

void TestRingliftd::keepsNoNumberInItsFolderOrLog()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    TestPhone phone = caller();
    QVERIFY(enrol(server, phone));
    server.signal(SIGTERM);
    QVERIFY(server.ends());
    for (const char *const secret : {"3800138000", "60001234567890"}) {
        QVERIFY(!grep(server.home(), secret));
        QVERIFY(!server.log().contains(secret));
    }
}

QTEST_GUILESS_MAIN(TestRingliftd)
#include "tst_ringliftd.moc"
