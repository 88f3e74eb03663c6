#include "tests/server/corerig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;

// protocol.md 3.4, and account.delete of 3.5
class TestServerCoreLogin : public QObject
{
    Q_OBJECT

    static TestPhone knownPhone(CoreRig &rig, int index = 1)
    {
        TestPhone phone(index);
        rig.know(phone);
        return phone;
    }

private Q_SLOTS:
    void greetsWithASignedChallenge()
    {
        CoreRig rig;
        const protocol::Challenge first = rig.challengeOf(rig.open());
        const protocol::Challenge second = rig.challengeOf(rig.open("192.0.2.1", protocol::Key32{7}));
        QCOMPARE(first.version, 1U);
        QVERIFY(first.serverPk == rig.secrets().serverKey.publicKey());
        QVERIFY(crypto::verifySignature(
            first.serverPk, crypto::serverHelloMessage(first.serverNonce, CoreRig::kBinding), first.serverSig));
        QVERIFY(crypto::verifySignature(
            first.serverPk, crypto::serverHelloMessage(second.serverNonce, protocol::Key32{7}), second.serverSig));
        QVERIFY(first.serverNonce != second.serverNonce);
    }

    // protocol.md 3.5
    void announcesTheNextKeyUnderTheCurrentOne()
    {
        CoreRig rig;
        QVERIFY(!rig.challengeOf(rig.open()).nextPk);
        rig.prepareServerKey();
        const protocol::Challenge challenge = rig.challengeOf(rig.open());
        QVERIFY(challenge.nextPk == rig.secrets().nextServerKey->publicKey());
        QVERIFY(challenge.nextSig &&
                crypto::verifySignature(challenge.serverPk, crypto::serverKeyMessage(*challenge.nextPk),
                                        *challenge.nextSig));
        QVERIFY(challenge.serverPk == rig.secrets().serverKey.publicKey());
    }

    void welcomesWhoHoldsTheKey()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const ConnectionId connection = rig.open();
        rig.send(connection, rig.authOf(phone, connection));
        const auto welcome = rig.take<protocol::Welcome>(connection);
        QVERIFY(welcome);
        QVERIFY(!welcome->reverify && !welcome->quarantine);
        QCOMPARE(welcome->time, rig.wall.seconds);
        QVERIFY(rig.loggedIn.contains(connection));
        QCOMPARE(rig.core().figures().loggedIn, std::size_t(1));
    }

    void takesAnOfferRightBehindTheLogin()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const ConnectionId connection = rig.open();
        rig.send(connection, rig.authOf(phone, connection));
        rig.send(connection, rig.offerOf(phone, numberOf(2)));
        QCOMPARE(rig.answer(connection), "welcome");
        QCOMPARE(rig.answer(connection), "call.accepted");
    }

    // One answer, whatever was wrong; a signature is checked in every case.
    void answersEveryFalseLoginAlike_data()
    {
        QTest::addColumn<int>("lie");
        QTest::newRow("an account that does not exist") << 0;
        QTest::newRow("another device's key") << 1;
        QTest::newRow("auth_replay: another connection's nonce") << 2;
        QTest::newRow("another certificate") << 3;
        QTest::newRow("another client nonce") << 4;
        QTest::newRow("another account's signature") << 5;
        QTest::newRow("the server's own key for an unknown account") << 6;
    }
    void answersEveryFalseLoginAlike()
    {
        QFETCH(const int, lie);
        CoreRig rig;
        const TestPhone phone = knownPhone(rig, 1);
        const TestPhone other = knownPhone(rig, 2);
        const ConnectionId connection = rig.open();
        protocol::Auth auth = rig.authOf(phone, connection);
        if (lie == 0)
            auth.accountId = AccountId{{42}};
        else if (lie == 1)
            auth.sig = rig.authOf(other, connection).sig;
        else if (lie == 2)
            auth = rig.authOf(phone, rig.open());
        else if (lie == 3)
            auth = rig.authOf(phone, connection, protocol::Key32{7});
        else if (lie == 4)
            auth.clientNonce[0] ^= 1;
        else if (lie == 5)
            auth.accountId = other.account;
        else {
            auth.accountId = AccountId{{42}};
            const protocol::Challenge &challenge = rig.challengeOf(connection);
            auth.sig = rig.secrets().serverKey.sign(crypto::loginMessage(
                auth.accountId, auth.clientNonce, challenge.serverNonce, challenge.serverPk, CoreRig::kBinding));
        }
        rig.send(connection, auth);
        protocol::ErrorMessage expected;
        expected.code = protocol::ErrorCode::Auth;
        expected.re = "auth";
        QVERIFY(rig.takeError(connection) == expected);
        QVERIFY(!rig.loggedIn.contains(connection));
        QVERIFY(rig.isOpen(connection));
    }

    // auth_replay_*: a challenge counts once.
    void takesAChallengeOnce()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const ConnectionId connection = rig.open();
        protocol::Auth wrong = rig.authOf(phone, connection);
        wrong.sig[0] ^= 1;
        rig.send(connection, wrong);
        QCOMPARE(rig.answer(connection), "E_AUTH");
        rig.send(connection, rig.authOf(phone, connection));
        QCOMPARE(rig.answer(connection), "E_AUTH");
    }

    void takesNoSecondLoginOnOneConnection()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const ConnectionId connection = rig.logIn(phone);
        rig.send(connection, rig.authOf(phone, connection));
        QCOMPARE(rig.answer(connection), "E_AUTH");
        QVERIFY(rig.isOpen(connection));
    }

    void takesNoLoginAfterARegistration()
    {
        CoreRig rig;
        const TestPhone known = knownPhone(rig, 1);
        TestPhone fresh(2);
        const ConnectionId connection = rig.open();
        QVERIFY(rig.enrol(connection, fresh));
        rig.send(connection, rig.authOf(known, connection));
        QCOMPARE(rig.answer(connection), "E_AUTH");
        rig.send(connection, rig.offerOf(fresh, numberOf(3)));
        QCOMPARE(rig.answer(connection), "call.accepted");
    }

    void takesAChallengeForFiveSeconds()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const ConnectionId inTime = rig.open();
        const ConnectionId late = rig.open();
        static_cast<void>(rig.begin(late, TestPhone(2))); // keeps the connection open beyond the challenge
        rig.advance(5s - Duration(1));
        rig.send(inTime, rig.authOf(phone, inTime));
        QCOMPARE(rig.answer(inTime), "welcome");
        rig.advance(Duration(2));
        rig.send(late, rig.authOf(phone, late));
        QCOMPARE(rig.answer(late), "E_AUTH");
    }

    void keepsTheNewerOfTwoConnections()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const ConnectionId older = rig.logIn(phone);
        const ConnectionId newer = rig.logIn(phone);
        QCOMPARE(rig.answer(older), "nothing"); // the account is not gone
        QCOMPARE(rig.closeCode(older), 1008);
        rig.send(newer, rig.offerOf(phone, numberOf(2)));
        QCOMPARE(rig.answer(newer), "call.accepted");
        rig.close(older); // the shell says so afterwards; it is news to nobody
        QCOMPARE(rig.core().figures().loggedIn, std::size_t(1));
    }

    void closesOnNobodyForAFalseLogin()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const ConnectionId connection = rig.logIn(phone);
        const ConnectionId thief = rig.open();
        protocol::Auth auth = rig.authOf(phone, thief);
        auth.sig[63] ^= 1;
        rig.send(thief, auth);
        QVERIFY(rig.isOpen(connection));
        QCOMPARE(rig.answer(connection), "nothing");
    }

    void boundsWhoIsLoggedIn()
    {
        Limits limits;
        limits.loggedIn = 1;
        CoreRig rig(limits);
        const TestPhone first = knownPhone(rig, 1);
        const TestPhone second = knownPhone(rig, 2);
        const ConnectionId before = rig.logIn(first);
        const ConnectionId connection = rig.open();
        rig.send(connection, rig.authOf(second, connection));
        QCOMPARE(rig.answer(connection), "E_BUSY_SERVER");
        QCOMPARE(rig.closeCode(connection), 1013);
        QVERIFY(rig.isOpen(before));
        rig.logIn(first); // takes its own place
    }

    void keepsTheChallengeWhileTheRegistryIsBusy()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const ConnectionId connection = rig.open();
        rig.registry.accounts.setFault(RegistryError::Busy);
        rig.send(connection, rig.authOf(phone, connection));
        QCOMPARE(rig.answer(connection), "E_BUSY_SERVER");
        rig.registry.accounts.setFault(std::nullopt);
        rig.send(connection, rig.authOf(phone, connection));
        QCOMPARE(rig.answer(connection), "welcome");
    }

    void asksForAnotherProofOfTheNumber_data()
    {
        QTest::addColumn<int>("days");
        QTest::addColumn<bool>("reverify");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("90 days") << 90 << false << QByteArray("call.accepted");
        QTest::newRow("91 days") << 91 << true << QByteArray("call.accepted");
        QTest::newRow("120 days") << 120 << true << QByteArray("call.accepted");
        QTest::newRow("121 days") << 121 << true << QByteArray("E_QUARANTINE");
    }
    void asksForAnotherProofOfTheNumber()
    {
        QFETCH(const int, days);
        QFETCH(const bool, reverify);
        QFETCH(const QByteArray, answer);
        CoreRig rig;
        TestPhone phone = knownPhone(rig);
        rig.shiftDays(days);
        const ConnectionId connection = rig.open();
        rig.send(connection, rig.authOf(phone, connection));
        const auto welcome = rig.take<protocol::Welcome>(connection);
        QVERIFY(welcome);
        QCOMPARE(welcome->reverify, reverify);
        rig.send(connection, rig.offerOf(phone, numberOf(2)));
        QCOMPARE(rig.answer(connection), answer.constData());
        QVERIFY(rig.enrol(connection, phone)); // the proof, on the same connection
        rig.send(connection, rig.offerOf(phone, numberOf(2)));
        QCOMPARE(rig.answer(connection), "call.accepted");
    }

    void notesTheDayAnAccountWasSeen()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const std::int32_t before = rig.accountOf(phone).lastSeenDay;
        rig.shiftDays(3);
        const ConnectionId connection = rig.logIn(phone);
        rig.advance(60s);
        QCOMPARE(rig.accountOf(phone).lastSeenDay, before + 3);
        rig.shiftDays(4);
        rig.close(connection);
        rig.advance(60s);
        QCOMPARE(rig.accountOf(phone).lastSeenDay, before + 7);
    }

    void notesTheDayOnceTheRegistryIsBack()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const std::int32_t before = rig.accountOf(phone).lastSeenDay;
        rig.shiftDays(1);
        rig.logIn(phone);
        rig.registry.accounts.setFault(RegistryError::Busy);
        rig.advance(2min);
        rig.registry.accounts.setFault(std::nullopt);
        rig.advance(1s);
        QCOMPARE(rig.accountOf(phone).lastSeenDay, before + 1);
        rig.registry.calls = 0;
        rig.advance(10min);
        QCOMPARE(rig.registry.calls, 0);
    }

    void deletesAnAccountThatAsksForIt()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const ConnectionId connection = rig.logIn(phone);
        const Bytes text = crypto::deleteMessage(phone.account, rig.challengeOf(connection).serverNonce);
        rig.send(connection, protocol::AccountDelete{phone.identity.sign(text)});
        QCOMPARE(rig.answer(connection), "account.done");
        QCOMPARE(rig.closeCode(connection), 1000);
        QCOMPARE(rig.registry.accounts.size(), std::size_t(0));
        const ConnectionId again = rig.open();
        rig.send(again, rig.authOf(phone, again));
        QCOMPARE(rig.answer(again), "E_AUTH");
    }

    void deletesNothingWithoutTheRightSignature()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const ConnectionId connection = rig.logIn(phone);
        const protocol::Key32 nonce = rig.challengeOf(connection).serverNonce;
        for (const Bytes &text : {crypto::reglockMessage(phone.account, nonce), crypto::deleteMessage({}, nonce),
                                  crypto::deleteMessage(phone.account, {})}) {
            rig.send(connection, protocol::AccountDelete{phone.identity.sign(text)});
            QCOMPARE(rig.answer(connection), "E_AUTH");
        }
        QCOMPARE(rig.registry.accounts.size(), std::size_t(1));
        QVERIFY(rig.isOpen(connection));
    }

    void deletesNothingThatTheRegistryCannot()
    {
        CoreRig rig;
        const TestPhone phone = knownPhone(rig);
        const ConnectionId connection = rig.logIn(phone);
        rig.registry.accounts.setFault(RegistryError::Failed);
        const Bytes text = crypto::deleteMessage(phone.account, rig.challengeOf(connection).serverNonce);
        rig.send(connection, protocol::AccountDelete{phone.identity.sign(text)});
        QCOMPARE(rig.answer(connection), "E_BUSY_SERVER");
        QVERIFY(rig.isOpen(connection));
    }
};

QTEST_APPLESS_MAIN(TestServerCoreLogin)
#include "tst_servercorelogin.moc"
