#include "server/certificates.h"
#include "server/descriptor.h"
#include "server/secretsfile.h"
#include "server/tlsidentity.h"
#include "tests/server/serverprocess.h"
#include "tests/server/testclient.h"

#include <QSocketNotifier>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

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

/// Fails unless the server refuses with this code.
std::optional<ErrorMessage> refusalOf(TestClient &client, protocol::ErrorCode code)
{
    const auto error = client.receive<ErrorMessage>();
    return error && error->code == code ? error : std::nullopt;
}

/// Begins a registration; the session, if the server sent a code.
std::optional<SessionId> begin(TestClient &client, const TestPhone &phone)
{
    client.send(phone.begin());
    const auto sent = client.receive<RegisterSent>();
    return sent ? std::optional(sent->sessionId) : std::nullopt;
}

/// A certificate as an operator would bring it, good for this name, in the folder "own".
bool makeOwnCertificate(const ServerProcess &server, const std::string &name)
{
    const std::string folder = server.path(u"own"_s).toStdString();
    QFile::remove(QString::fromStdString(folder) + "/server.pem"_L1);
    return server::Certificates({folder, {}, {}, {name}, std::chrono::hours(48), std::chrono::hours(1)})
        .load(QDateTime::currentDateTimeUtc())
        .has_value();
}

QStringList withOwnCertificate(const ServerProcess &server)
{
    return {u"--listen"_s, u"127.0.0.1:0"_s,
            u"--set"_s,    u"certificate="_s + server.path(u"own/server.pem"_s),
            u"--set"_s,    u"certificate_key="_s + server.path(u"own/server.key"_s)};
}

bool connects(TestClient &client)
{
    return client.connects() && client.receive<Challenge>();
}

/// The keys that the accounts are tagged with, as another program sees it; empty when the database is damaged.
QVariantList tagKeysOf(const ServerProcess &server)
{
    QVariantList keys;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"looker"_s);
        database.setDatabaseName(server.dataFolder() + "/ringliftd.sqlite"_L1);
        QSqlQuery query(database.open() ? database : QSqlDatabase());
        const bool intact = query.exec(u"PRAGMA integrity_check"_s) && query.next() && query.value(0) == "ok"_L1;
        if (intact && query.exec(u"SELECT tag_key_id FROM account ORDER BY tag_key_id"_s)) {
            while (query.next())
                keys.append(query.value(0).toInt());
        }
    }
    QSqlDatabase::removeDatabase(u"looker"_s);
    return keys;
}

bool match(TestClient &fromA, TestPhone &a, TestClient &fromB, TestPhone &b)
{
    fromA.send(protocol::CallOffer{a.random.id<CallId>(), a.number, b.number, {}, {1}, false});
    protocol::CallArrive arrive;
    arrive.arriveId = b.random.id<ArriveId>();
    arrive.sim = b.imsi;
    arrive.cli = {a.number};
    if (!fromA.receive<CallAccepted>())
        return false;
    fromB.send(arrive);
    return fromB.receive<CallWaiting>() && fromB.receive<CallMatched>() && fromA.receive<CallMatched>();
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
    void countsWrongCodes();
    void printsTheCodeOnTheConsoleWhenAskedTo();
    void guardsANumberByItsLock();
    void keepsAccountsWhenItIsKilled();
    void goesOnMatchingWhileTheDatabaseIsHeld();
    void saysGoodbyeWhenItIsStopped();
    void showsTheNewCertificateAfterSighup();
    void keepsTheOldCertificateWhenTheNewOneIsBad();
    void bindsLoginsToTheCertificateOfAProxy();
    void refusesABadConfig_data();
    void refusesABadConfig();
    void refusesToStart_data();
    void refusesToStart();
    void sharesItsDataWithNobody();
    void makesNoNewSecretsForOldAccounts();
    void movesAccountsToANewTagKey();
    void losesNoAccountWhenItIsKilledAsItMovesThem();
    void dropsAnOldTagKeyInTime();
    void refusesSecretsThatAreOlderThanTheDatabase();
    void announcesItsNextIdentityKeyAndSwitches();
    void changesNoSecretsOfARunningServer();
    void servesPlainTextOnLoopbackOnly();
    void checksWithoutServing();
    void writesNoCoreDump();
    void tellsSystemdThatItIsReady();
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

void TestRingliftd::countsWrongCodes()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    TestPhone phone = caller();
    TestClient client(server.url(), server.caFile());
    QVERIFY(connects(client));
    const auto session = begin(client, phone);
    QVERIFY(session);
    const std::string code = server.codeFor(kCaller);
    client.send(phone.verify(*session, code == "000000" ? "000001" : "000000", client));
    const auto error = refusalOf(client, protocol::ErrorCode::RegCode);
    QVERIFY(error);
    QCOMPARE(error->left, std::optional<std::uint32_t>(4));
    QCOMPARE(server.codeFor(kCaller), code);
    client.send(phone.verify(*session, code, client));
    QVERIFY(client.receive<RegisterDone>());
    QCOMPARE(server.codeFor(kCaller), "");
}

void TestRingliftd::printsTheCodeOnTheConsoleWhenAskedTo()
{
    ServerProcess server;
    QVERIFY2(server.start({u"--listen"_s, u"127.0.0.1:0"_s, u"--otp"_s, u"console"_s}), server.log().constData());
    TestClient client(server.url(), server.caFile());
    QVERIFY(connects(client));
    QVERIFY(begin(client, caller()));
    QVERIFY(waitUntil([&] { return server.readLines().size() == 2; }));
    const QJsonObject line = QJsonDocument::fromJson(server.readLines().at(1)).object();
    QCOMPARE(line.value("event"_L1).toString(), u"code"_s);
    QCOMPARE(line.value("to"_L1).toString().toStdString(), kCaller);
    QCOMPARE(line.value("code"_L1).toString().size(), 6);
    QVERIFY(!server.log().contains("3800138000"));
}

void TestRingliftd::guardsANumberByItsLock()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    TestPhone owner = caller();
    QVERIFY(enrol(server, owner));
    const protocol::Key32 proof{1, 2, 3};
    TestClient client(server.url(), server.caFile());
    QVERIFY(client.connects());
    const auto challenge = client.receive<Challenge>();
    client.send(owner.auth(*challenge, client.channelBinding()));
    QVERIFY(client.receive<Welcome>());
    client.send(protocol::ReglockSet{
        proof, owner.identity.sign(crypto::reglockMessage(owner.account, challenge->serverNonce))});
    QVERIFY(client.receive<protocol::AccountDone>());

    const TestPhone thief(kCaller, "460009876543210", 9);
    TestClient other(server.url(), server.caFile());
    QVERIFY(connects(other));
    const auto session = begin(other, thief);
    QVERIFY(session);
    other.send(thief.verify(*session, server.codeFor(kCaller), other));
    QVERIFY(refusalOf(other, protocol::ErrorCode::RegLocked));
    other.send(protocol::RegisterUnlock{*session, protocol::Key32{9}});
    QVERIFY(refusalOf(other, protocol::ErrorCode::RegLocked));
    other.send(protocol::RegisterUnlock{*session, proof});
    QVERIFY(other.receive<RegisterDone>());
}

void TestRingliftd::keepsAccountsWhenItIsKilled()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    TestPhone phone = caller();
    QVERIFY(enrol(server, phone));
    TestPhone halfway = callee();
    TestClient client(server.url(), server.caFile());
    QVERIFY(connects(client) && begin(client, halfway));
    const QByteArray authority = QFile::exists(server.caFile()) ? server.caFile().toUtf8() : QByteArray();
    server.kill();
    QVERIFY(!server.codeFor(kCallee).empty());

    QVERIFY2(server.start(), server.log().constData());
    QCOMPARE(server.caFile().toUtf8(), authority);
    QCOMPARE(server.codeFor(kCallee), "");
    TestClient again(server.url(), server.caFile());
    QVERIFY(logIn(again, phone));
}

void TestRingliftd::goesOnMatchingWhileTheDatabaseIsHeld()
{
    ServerProcess server;
    QVERIFY2(server.start({u"--listen"_s, u"127.0.0.1:0"_s, u"--set"_s, u"registry_patience=500ms"_s}),
             server.log().constData());
    TestPhone a = caller();
    TestPhone b = callee();
    QVERIFY(enrol(server, a) && enrol(server, b));
    TestClient fromA(server.url(), server.caFile());
    TestClient fromB(server.url(), server.caFile());
    QVERIFY(logIn(fromA, a) && logIn(fromB, b));
    QSqlDatabase holder = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"holder"_s);
    holder.setDatabaseName(server.dataFolder() + "/ringliftd.sqlite"_L1);
    QVERIFY(holder.open());
    QVERIFY(QSqlQuery(holder).exec(u"BEGIN EXCLUSIVE"_s));

    TestPhone newcomer("+8613800138001", "460001111111111", 5);
    TestClient client(server.url(), server.caFile());
    QVERIFY(connects(client));
    const auto session = begin(client, newcomer);
    QVERIFY(session);
    const auto verify = newcomer.verify(*session, server.codeFor("+8613800138001"), client);
    client.send(verify);
    QVERIFY(match(fromA, a, fromB, b));
    QVERIFY(refusalOf(client, protocol::ErrorCode::BusyServer));
    QVERIFY(QSqlQuery(holder).exec(u"ROLLBACK"_s));
    client.send(verify);
    QVERIFY(client.receive<RegisterDone>());
    holder.close();
    holder = {};
    QSqlDatabase::removeDatabase(u"holder"_s);
}

void TestRingliftd::saysGoodbyeWhenItIsStopped()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    TestPhone phone = caller();
    QVERIFY(enrol(server, phone));
    TestClient loggedIn(server.url(), server.caFile());
    QVERIFY(logIn(loggedIn, phone));
    TestClient waiting(server.url(), server.caFile());
    QVERIFY(connects(waiting) && begin(waiting, callee()));
    server.signal(SIGTERM);
    QVERIFY(loggedIn.ends() && waiting.ends());
    QCOMPARE(static_cast<int>(loggedIn.socket().closeCode()), 1001);
    QVERIFY(server.ends());
    QCOMPARE(server.exitCode(), 0);
    QCOMPARE(server.codeFor(kCallee), "");
    QVERIFY(server.log().contains("\"event\":\"stopped\""));
}

void TestRingliftd::showsTheNewCertificateAfterSighup()
{
    ServerProcess server;
    QVERIFY(makeOwnCertificate(server, "127.0.0.1"));
    QVERIFY2(server.start(withOwnCertificate(server)), server.log().constData());
    TestPhone phone = caller();
    TestClient before(server.url(), server.path(u"own/ca.pem"_s));
    QVERIFY(connects(before));
    const auto session = begin(before, phone);
    QVERIFY(session);
    QVERIFY(makeOwnCertificate(server, "localhost"));
    server.signal(SIGHUP);
    QVERIFY(server.logs("\"event\":\"certificate.loaded\""));

    // The connection stays, and is bound to the certificate that it saw.
    before.send(phone.verify(*session, server.codeFor(kCaller), before));
    QVERIFY(before.receive<RegisterDone>());
    QUrl url = server.url();
    url.setHost(u"localhost"_s);
    TestClient after(url, server.path(u"own/ca.pem"_s));
    QVERIFY(connects(after));
    QVERIFY(after.channelBinding() != before.channelBinding());
}

void TestRingliftd::keepsTheOldCertificateWhenTheNewOneIsBad()
{
    ServerProcess server;
    QVERIFY(makeOwnCertificate(server, "127.0.0.1"));
    QVERIFY2(server.start(withOwnCertificate(server)), server.log().constData());
    server.write(u"own/server.pem"_s, "no certificate");
    server.signal(SIGHUP);
    QVERIFY(server.logs("\"event\":\"certificate.refused\""));
    QVERIFY(server.log().contains("no certificate in PEM form"));
    TestClient client(server.url(), server.path(u"own/ca.pem"_s));
    QVERIFY(connects(client));
}

void TestRingliftd::bindsLoginsToTheCertificateOfAProxy()
{
    ServerProcess server;
    QVERIFY(makeOwnCertificate(server, "127.0.0.1"));
    const std::string pem = server.path(u"own/server.pem"_s).toStdString();
    const auto leaf = [&] { return *server::leafBinding(pem, QDateTime::currentDateTimeUtc()); };
    const protocol::Key32 first = leaf();
    QVERIFY2(server.start({u"--listen"_s, u"127.0.0.1:0"_s, u"--set"_s, u"plain=yes"_s, u"--set"_s,
                           u"proxy_certificate="_s + QString::fromStdString(pem)}),
             server.log().constData());
    const auto isFor = [](const std::optional<Challenge> &challenge, const protocol::Key32 &binding) {
        const Bytes hello = crypto::serverHelloMessage(challenge->serverNonce, binding);
        return crypto::verifySignature(challenge->serverPk, hello, challenge->serverSig);
    };
    TestPhone phone = caller();
    TestClient before(server.url(), {});
    QVERIFY(before.connects());
    const auto early = before.receive<Challenge>();
    QVERIFY(early && isFor(early, first));
    const auto session = begin(before, phone);
    QVERIFY(session);
    QVERIFY(makeOwnCertificate(server, "localhost"));
    const protocol::Key32 second = leaf();
    QVERIFY(first != second);
    server.signal(SIGHUP);
    QVERIFY(server.logs("\"event\":\"proxy_certificate.loaded\""));

    const std::string code = server.codeFor(kCaller);
    const Bytes text = crypto::registerMessage(*session, first, phone.identity.card().bytes, code);
    before.send(protocol::RegisterVerify{*session, code, phone.identity.sign(text)});
    const auto done = before.receive<RegisterDone>();
    QVERIFY(done);
    phone.account = done->accountId;
    server.write(u"own/server.pem"_s, "no certificate");
    server.signal(SIGHUP);
    QVERIFY(server.logs("\"event\":\"proxy_certificate.refused\""));
    TestClient after(server.url(), {});
    QVERIFY(after.connects());
    const auto late = after.receive<Challenge>();
    QVERIFY(late && isFor(late, second));
    after.send(phone.auth(*late, second));
    QVERIFY(after.receive<Welcome>());
}

void TestRingliftd::refusesABadConfig_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("unknown key") << QByteArray("\nofers = 3\n") << QByteArray("line 2: unknown key \"ofers\"");
    QTest::newRow("bad value") << QByteArray("ping_interval = often\n") << QByteArray("line 1: ping_interval is not");
    QTest::newRow("out of range") << QByteArray("message_size = 1MiB\n")
                                  << QByteArray("line 1: message_size must be between");
    QTest::newRow("half a certificate") << QByteArray("certificate = /x.pem\n")
                                        << QByteArray("certificate and certificate_key");
    QTest::newRow("a certificate that is not there")
        << QByteArray("certificate = /nowhere/x.pem\ncertificate_key = /nowhere/x.key\n")
        << QByteArray("/nowhere/x.pem");
    QTest::newRow("a proxy's certificate that is not there")
        << QByteArray("proxy_certificate = /nowhere/proxy.pem\n") << QByteArray("/nowhere/proxy.pem");
    QTest::newRow("plain text for everybody")
        << QByteArray("plain = yes\nlisten = 0.0.0.0:0\n") << QByteArray("plain serves loopback addresses only");
    QTest::newRow("an address of somebody else")
        << QByteArray("listen = 192.0.2.1:7443\n") << QByteArray("192.0.2.1:7443");
}

void TestRingliftd::refusesABadConfig()
{
    QFETCH(const QByteArray, config);
    QFETCH(const QByteArray, error);
    ServerProcess server;
    server.write(u"x.conf"_s, config);
    QVERIFY(!server.start({u"--config"_s, server.path(u"x.conf"_s)}));
    QVERIFY(server.ends());
    QCOMPARE(server.exitCode(), 2);
    QVERIFY2(server.log().contains(error), server.log().constData());
    QVERIFY(server.output().isEmpty());
}

void TestRingliftd::refusesToStart_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("a damaged database") << u".local/share/ringliftd/ringliftd.sqlite"_s << QByteArray(9000, 'x');
    QTest::newRow("damaged secrets") << u".local/share/ringliftd-secrets/secrets"_s << QByteArray("x");
    QTest::newRow("a damaged authority") << u".local/share/ringliftd/tls/ca.pem"_s << QByteArray("x");
}

void TestRingliftd::refusesToStart()
{
    QFETCH(const QString, file);
    QFETCH(const QByteArray, content);
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    server.signal(SIGTERM);
    QVERIFY(server.ends());
    const QString path = server.path(file);
    const auto mode = QFile(path).permissions();
    QVERIFY(QFile::remove(path));
    server.write(file, content);
    QVERIFY(QFile::setPermissions(path, mode & ~(QFile::ReadUser | QFile::WriteUser)));
    QVERIFY(!server.start());
    QVERIFY(server.ends());
    QCOMPARE(server.exitCode(), 2);
    QVERIFY2(server.log().contains(path.toUtf8()), server.log().constData());
    QFile after(path);
    QVERIFY(after.open(QIODevice::ReadOnly));
    QCOMPARE(after.readAll(), content);
}

void TestRingliftd::sharesItsDataWithNobody()
{
    ServerProcess first;
    QVERIFY2(first.start(), first.log().constData());
    ServerProcess second;
    QVERIFY(!second.start({u"--listen"_s, u"127.0.0.1:0"_s, u"--data"_s, first.dataFolder()}));
    QVERIFY(second.ends());
    QVERIFY2(second.log().contains("another ringliftd"), second.log().constData());
    QVERIFY(!first.hasEnded());
}

void TestRingliftd::makesNoNewSecretsForOldAccounts()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    TestPhone phone = caller();
    QVERIFY(enrol(server, phone));
    server.signal(SIGTERM);
    QVERIFY(server.ends());
    QVERIFY(QFile::rename(server.secretsFile(), server.path(u"moved"_s)));
    QVERIFY(!server.start());
    QVERIFY2(server.log().contains("is missing"), server.log().constData());
    QVERIFY(QFile::rename(server.path(u"moved"_s), server.secretsFile()));
    QVERIFY2(server.start(), server.log().constData());
    TestClient client(server.url(), server.caFile());
    QVERIFY(logIn(client, phone));
}

void TestRingliftd::movesAccountsToANewTagKey()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    TestPhone a = caller();
    TestPhone b = callee();
    QVERIFY(enrol(server, a) && enrol(server, b));
    server.signal(SIGTERM);
    QVERIFY(server.ends());
    QVERIFY2(server.runs({u"--rotate-tag-key"_s}), server.log().constData());
    QVERIFY(server.output().contains("tag key 2 is in force"));

    QVERIFY2(server.start(), server.log().constData());
    TestClient fromA(server.url(), server.caFile());
    TestClient fromB(server.url(), server.caFile());
    QVERIFY(logIn(fromA, a) && logIn(fromB, b));
    QVERIFY(match(fromA, a, fromB, b));
    QCOMPARE(tagKeysOf(server), (QVariantList{2, 2}));
}

// I10
void TestRingliftd::losesNoAccountWhenItIsKilledAsItMovesThem()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    TestPhone a = caller();
    TestPhone b = callee();
    QVERIFY(enrol(server, a) && enrol(server, b));
    server.kill();
    for (int round = 0; round < 12; ++round) {
        QVERIFY2(server.runs({u"--rotate-tag-key"_s}), server.log().constData());
        QVERIFY2(server.start(), server.log().constData());
        TestClient client(server.url(), server.caFile());
        QVERIFY(client.connects());
        const auto challenge = client.receive<Challenge>();
        QVERIFY(challenge && challenge->retag);
        client.send(a.auth(*challenge, client.channelBinding()));
        client.socket().flush();
        if (round % 3 == 1)
            QVERIFY(waitUntil([&] { return tagKeysOf(server).contains(round + 2); }));
        if (round % 3 == 2)
            QVERIFY(client.receive<Welcome>());
        server.kill();
        const QVariantList keys = tagKeysOf(server);
        QCOMPARE(keys.size(), 2);
        QVERIFY(round % 3 == 0 || keys.contains(round + 2));
    }
    QVERIFY2(server.start(), server.log().constData());
    TestClient fromA(server.url(), server.caFile());
    TestClient fromB(server.url(), server.caFile());
    QVERIFY(logIn(fromA, a) && logIn(fromB, b));
    QVERIFY(match(fromA, a, fromB, b));
    QCOMPARE(tagKeysOf(server), (QVariantList{13, 13}));
    TestPhone again(kCaller, "460001234567890", 7);
    QVERIFY(enrol(server, again));
    QCOMPARE(tagKeysOf(server), (QVariantList{13, 13}));
}

void TestRingliftd::dropsAnOldTagKeyInTime()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    TestPhone a = caller();
    TestPhone b = callee();
    QVERIFY(enrol(server, a) && enrol(server, b));
    server.signal(SIGTERM);
    QVERIFY(server.ends());
    QVERIFY(server.runs({u"--rotate-tag-key"_s}));
    const QStringList shortly{u"--listen"_s, u"127.0.0.1:0"_s, u"--set"_s, u"tag_key_days=1"_s};
    QVERIFY2(server.start(shortly), server.log().constData());
    {
        TestClient client(server.url(), server.caFile());
        QVERIFY(logIn(client, a));
    }
    server.signal(SIGTERM);
    QVERIFY(server.ends());
    QVERIFY(server.secrets().contains("old_tag_key_id 1"));

    // Two days later, as far as the secrets file tells.
    auto secrets = *server::readSecrets(server.secretsFile().toStdString(), server::SecretsOwner::Server);
    secrets->oldTagKeys.front().rotatedDay -= 2;
    QVERIFY(server::writeSecrets(server.secretsFile().toStdString(), *secrets, server::IfExists::Replace));
    QVERIFY2(server.start(shortly), server.log().constData());
    QVERIFY(server.logs("\"event\":\"tagkey.dropped\""));
    QVERIFY(server.log().contains("\"event\":\"accounts.dropped\""));
    QVERIFY(!server.secrets().contains("old_tag_key"));
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(server.secretsFile()).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0400U);
    QCOMPARE(tagKeysOf(server), (QVariantList{2}));
    TestClient client(server.url(), server.caFile());
    QVERIFY(client.connects());
    const auto challenge = client.receive<Challenge>();
    QVERIFY(challenge && !challenge->retag);
    client.send(a.auth(*challenge, client.channelBinding()));
    QVERIFY(client.receive<Welcome>());
}

void TestRingliftd::refusesSecretsThatAreOlderThanTheDatabase()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    server.signal(SIGTERM);
    QVERIFY(server.ends());
    const QString copy = server.path(u"copy"_s);
    QVERIFY(QFile::copy(server.secretsFile(), copy));
    QVERIFY(server.runs({u"--rotate-tag-key"_s}));
    QVERIFY2(server.start(), server.log().constData());
    TestPhone phone = caller();
    QVERIFY(enrol(server, phone));
    server.signal(SIGTERM);
    QVERIFY(server.ends());
    QVERIFY(QFile::remove(server.secretsFile()) && QFile::rename(copy, server.secretsFile()));
    QVERIFY(QFile::setPermissions(server.secretsFile(), QFile::ReadOwner));
    QVERIFY(!server.start());
    QVERIFY2(server.log().contains("restore the newer one"), server.log().constData());
    QCOMPARE(tagKeysOf(server), (QVariantList{2}));
}

void TestRingliftd::announcesItsNextIdentityKeyAndSwitches()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    TestPhone phone = caller();
    QVERIFY(enrol(server, phone));
    server.signal(SIGTERM);
    QVERIFY(server.ends());
    // Its challenge, if the server signed it for the connection and welcomes the phone.
    const auto logInAndLook = [&]() -> std::optional<Challenge> {
        TestClient client(server.url(), server.caFile());
        const auto challenge = client.connects() ? client.receive<Challenge>() : std::nullopt;
        if (!challenge)
            return std::nullopt;
        const Bytes hello = crypto::serverHelloMessage(challenge->serverNonce, client.channelBinding());
        client.send(phone.auth(*challenge, client.channelBinding()));
        const bool good = crypto::verifySignature(challenge->serverPk, hello, challenge->serverSig);
        return good && client.receive<Welcome>() ? challenge : std::nullopt;
    };
    QVERIFY2(server.runs({u"--prepare-identity-key"_s}), server.log().constData());
    QVERIFY2(server.start(), server.log().constData());
    const auto before = logInAndLook();
    QVERIFY(before && before->nextPk && before->nextSig);
    QVERIFY(crypto::verifySignature(before->serverPk, crypto::serverKeyMessage(*before->nextPk), *before->nextSig));
    server.signal(SIGTERM);
    QVERIFY(server.ends());
    QVERIFY2(server.runs({u"--switch-identity-key"_s}), server.log().constData());
    QVERIFY2(server.start(), server.log().constData());
    const auto after = logInAndLook();
    QVERIFY(after);
    QVERIFY(after->serverPk == before->nextPk);
    QVERIFY(!after->nextPk);
}

void TestRingliftd::changesNoSecretsOfARunningServer()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    const QByteArray before = server.secrets();
    ServerProcess other;
    QVERIFY(!other.runs({u"--rotate-tag-key"_s, u"--data"_s, server.dataFolder()}));
    QVERIFY2(other.log().contains("another ringliftd"), other.log().constData());
    QCOMPARE(server.secrets(), before);
}

void TestRingliftd::servesPlainTextOnLoopbackOnly()
{
    ServerProcess server;
    QVERIFY2(server.start({u"--listen"_s, u"127.0.0.1:0"_s, u"--set"_s, u"plain=yes"_s}), server.log().constData());
    QCOMPARE(server.url().scheme(), u"ws"_s);
    TestPhone phone = caller();
    QVERIFY(enrol(server, phone));
}

void TestRingliftd::checksWithoutServing()
{
    ServerProcess server;
    QVERIFY(!server.start({u"--check"_s}));
    QVERIFY(server.ends());
    QCOMPARE(server.exitCode(), 0);
}

void TestRingliftd::writesNoCoreDump()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    QFile limits(u"/proc/%1/limits"_s.arg(server.processId()));
    QVERIFY(limits.open(QIODevice::ReadOnly));
    const QByteArray text = limits.readAll();
    const qsizetype at = text.indexOf("Max core file size");
    QVERIFY(at >= 0);
    QCOMPARE(text.mid(at + 18, 40).simplified().split(' ').mid(0, 2), (QByteArrayList{"0", "0"}));
}

void TestRingliftd::tellsSystemdThatItIsReady()
{
    ServerProcess server;
    const QByteArray path = QFile::encodeName(server.path(u"notify"_s));
    const server::Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(path.cbegin(), path.cend(), address.sun_path);
    QCOMPARE(::bind(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    server.setEnvironment(u"NOTIFY_SOCKET"_s, QFile::decodeName(path));
    QVERIFY2(server.start(), server.log().constData());
    QByteArray told(64, '\0');
    const QSocketNotifier notifier(socket.get(), QSocketNotifier::Read);
    QVERIFY(waitUntil([&] { return ::recv(socket.get(), told.data(), 64, MSG_PEEK) > 0; }));
    QVERIFY(told.startsWith("READY=1"));
}

QTEST_GUILESS_MAIN(TestRingliftd)
#include "tst_ringliftd.moc"
