#include "tests/server/corerig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using protocol::AccountKind;

namespace {

constexpr protocol::Key32 kRightPin{0x11};
constexpr protocol::Key32 kWrongPin{0x22};

/// A locked number whose owner is online, and somebody with another device who has the right code for it.
class LockRig : public CoreRig
{
public:
    explicit LockRig(Limits limits = {}) : CoreRig(limits), owner(1), newcomer(1)
    {
        newcomer.identity = crypto::DeviceIdentity::fromSeed(crypto::SecretKey(protocol::Key32{9}), 1);
        know(owner);
        ownersConnection = logIn(owner);
        lock(kRightPin);
    }

    void lock(std::optional<protocol::Key32> pin)
    {
        send(ownersConnection, reglockOf(pin));
        runPinWork();
        lockAnswer = answer(ownersConnection);
    }

    protocol::ReglockSet reglockOf(std::optional<protocol::Key32> pin) const
    {
        const Bytes text = crypto::reglockMessage(owner.account, challengeOf(ownersConnection).serverNonce);
        return {pin, owner.identity.sign(text)};
    }

    /// Shows the right code on a new connection.
    SessionId knock(ConnectionId &connection)
    {
        connection = open();
        const SessionId session = begin(connection, newcomer);
        verify(connection, newcomer, session);
        return session;
    }

    /// Knocks and shows a PIN.
    ConnectionId knockWith(const protocol::Key32 &pin)
    {
        ConnectionId connection{};
        const SessionId session = knock(connection);
        static_cast<void>(answer(connection));
        send(connection, protocol::RegisterUnlock{session, pin});
        runPinWork();
        return connection;
    }

    TestPhone owner;
    TestPhone newcomer;
    ConnectionId ownersConnection{};
    const char *lockAnswer = nullptr;
};

} // namespace

// protocol.md 3.3, reg_lock_* (T08)
class TestServerCoreReglock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setsAndRemovesALock()
    {
        LockRig rig;
        QCOMPARE(rig.lockAnswer, "account.done");
        QVERIFY(!rig.accountOf(rig.owner).reglock.empty());
        rig.lock(std::nullopt);
        QCOMPARE(rig.lockAnswer, "account.done");
        QVERIFY(rig.accountOf(rig.owner).reglock.empty());
    }

    void setsNoLockThatTheOwnerDidNotSign()
    {
        LockRig rig;
        protocol::ReglockSet remove = rig.reglockOf(std::nullopt);
        remove.sig[0] ^= 1;
        rig.send(rig.ownersConnection, remove);
        QCOMPARE(rig.answer(rig.ownersConnection), "E_AUTH");
        const Bytes deletion =
            crypto::deleteMessage(rig.owner.account, rig.challengeOf(rig.ownersConnection).serverNonce);
        rig.send(rig.ownersConnection, protocol::ReglockSet{std::nullopt, rig.owner.identity.sign(deletion)});
        QCOMPARE(rig.answer(rig.ownersConnection), "E_AUTH");
        QVERIFY(!rig.accountOf(rig.owner).reglock.empty());
    }

    void setsNoLockThatWasSignedForAnotherConnection()
    {
        LockRig rig;
        const protocol::ReglockSet earlier = rig.reglockOf(std::nullopt);
        const ConnectionId next = rig.logIn(rig.owner);
        rig.send(next, earlier);
        QCOMPARE(rig.answer(next), "E_AUTH");
    }

    void keepsTheOldLockWhenHashingFails()
    {
        LockRig rig;
        const std::string before = rig.accountOf(rig.owner).reglock;
        rig.send(rig.ownersConnection, rig.reglockOf(kWrongPin));
        rig.failPinWork();
        QCOMPARE(rig.answer(rig.ownersConnection), "E_BUSY_SERVER");
        QVERIFY(rig.accountOf(rig.owner).reglock == before);
    }

    void saysWhenTheRegistryCannotKeepTheLock()
    {
        LockRig rig;
        rig.send(rig.ownersConnection, rig.reglockOf(kWrongPin));
        rig.registry.accounts.setFault(RegistryError::Busy);
        rig.runPinWork();
        QCOMPARE(rig.answer(rig.ownersConnection), "E_BUSY_SERVER");
    }

    void answersNobodyWhoLeftWhileHashing()
    {
        LockRig rig;
        rig.send(rig.ownersConnection, rig.reglockOf(std::nullopt));
        static_cast<void>(rig.answer(rig.ownersConnection));
        rig.send(rig.ownersConnection, rig.reglockOf(kRightPin));
        rig.close(rig.ownersConnection);
        rig.runPinWork();
        QCOMPARE(rig.strayTexts, 0);
        QVERIFY(rig.accountOf(rig.owner).reglock.empty());
    }

    void hashesOneLockOfAnAccountAtATime()
    {
        LockRig rig; // or one subscriber could keep the worker busy for all others
        rig.send(rig.ownersConnection, rig.reglockOf(kRightPin));
        rig.send(rig.ownersConnection, rig.reglockOf(kWrongPin));
        QCOMPARE(rig.answer(rig.ownersConnection), "E_BUSY_SERVER");
        QCOMPARE(rig.pinWork(), std::size_t(1));
        rig.runPinWork();
        QCOMPARE(rig.answer(rig.ownersConnection), "account.done");
        rig.lock(kRightPin);
        QCOMPARE(rig.lockAnswer, "account.done");
    }

    void lendsTheWorkerToNineAtMost()
    {
        LockRig rig; // one that runs and a queue of eight
        for (int i = 0; i < 9; ++i) {
            TestPhone phone(10 + i);
            rig.know(phone);
            const ConnectionId connection = rig.logIn(phone);
            const Bytes text = crypto::reglockMessage(phone.account, rig.challengeOf(connection).serverNonce);
            rig.send(connection, protocol::ReglockSet{kRightPin, phone.identity.sign(text)});
            QCOMPARE(rig.answer(connection), "nothing");
        }
        rig.send(rig.ownersConnection, rig.reglockOf(kRightPin));
        QCOMPARE(rig.answer(rig.ownersConnection), "E_BUSY_SERVER");
        ConnectionId connection{};
        const SessionId session = rig.knock(connection);
        static_cast<void>(rig.answer(connection));
        rig.send(connection, protocol::RegisterUnlock{session, kRightPin});
        QCOMPARE(rig.answer(connection), "E_BUSY_SERVER");
        QVERIFY(!rig.accountOf(rig.owner).frozen);
        rig.runPinWork();
        rig.send(connection, protocol::RegisterUnlock{session, kRightPin});
        rig.runPinWork();
        QCOMPARE(rig.answer(connection), "register.done");
    }

    void asksForThePinOfALockedNumber()
    {
        LockRig rig;
        ConnectionId connection{};
        const SessionId session = rig.knock(connection);
        const auto error = rig.takeError(connection);
        QVERIFY(error && error->code == protocol::ErrorCode::RegLocked);
        QVERIFY(error->remaining.value_or(0) > 7 * 86'400 && error->remaining.value_or(0) <= 8 * 86'400);
        QVERIFY(!rig.codes.contains(session));
        QVERIFY(rig.isOpen(rig.ownersConnection)); // the code alone freezes nobody
        QVERIFY(!rig.accountOf(rig.owner).frozen);
    }

    void letsInWhoKnowsThePinAndKeepsTheLock()
    {
        LockRig rig;
        const std::string lock = rig.accountOf(rig.owner).reglock;
        const ConnectionId connection = rig.knockWith(kRightPin);
        const auto done = rig.take<protocol::RegisterDone>(connection);
        QVERIFY(done);
        rig.newcomer.account = done->accountId;
        QVERIFY(rig.accountOf(rig.newcomer).reglock == lock);
        QVERIFY(!rig.accountOf(rig.newcomer).frozen);
        QCOMPARE(rig.answer(rig.ownersConnection), "E_GONE");
        QCOMPARE(rig.registry.accounts.size(), std::size_t(1));
    }

    void quarantinesNobodyWhoKnewThePin()
    {
        LockRig rig;
        rig.newcomer.sim = imsiOf(2);
        const ConnectionId connection = rig.knockWith(kRightPin);
        QCOMPARE(rig.answer(connection), "register.done");
        rig.send(connection, rig.offerOf(rig.newcomer, numberOf(3)));
        QCOMPARE(rig.answer(connection), "call.accepted");
    }

    // Signal's rule: until one of them wins.
    void freezesTheOldDeviceAfterAWrongPin()
    {
        LockRig rig;
        const ConnectionId connection = rig.knockWith(kWrongPin);
        const auto error = rig.takeError(connection);
        QVERIFY(error && error->code == protocol::ErrorCode::RegLocked);
        QCOMPARE(error->left.value_or(99), 9U);
        QCOMPARE(rig.answer(rig.ownersConnection), "nothing"); // frozen, not gone
        QCOMPARE(rig.closeCode(rig.ownersConnection), 1008);
        const ConnectionId again = rig.open();
        rig.send(again, rig.authOf(rig.owner, again));
        const auto frozen = rig.takeError(again);
        QVERIFY(frozen && frozen->code == protocol::ErrorCode::RegLocked && frozen->remaining.value_or(0) > 0);
        QVERIFY(!rig.loggedIn.contains(again));
    }

    void endsTheFreezeWhenTheOwnerProvesHisPin()
    {
        LockRig rig;
        rig.knockWith(kWrongPin);
        const ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, rig.owner);
        rig.verify(connection, rig.owner, session);
        QCOMPARE(rig.answer(connection), "E_REG_LOCKED");
        rig.send(connection, protocol::RegisterUnlock{session, kRightPin});
        rig.runPinWork();
        const auto done = rig.take<protocol::RegisterDone>(connection);
        QVERIFY(done);
        rig.owner.account = done->accountId;
        rig.logIn(rig.owner);
    }

    void givesTenTriesAndOneBackEachDay()
    {
        Limits limits;
        limits.codeLifetime = 24h * 30;
        LockRig rig(limits);
        ConnectionId connection{};
        const SessionId session = rig.knock(connection);
        static_cast<void>(rig.answer(connection));
        const auto leftAfterTry = [&] {
            if (!rig.isOpen(connection))
                connection = rig.open();
            rig.send(connection, protocol::RegisterUnlock{session, kWrongPin});
            rig.runPinWork();
            const auto error = rig.takeError(connection);
            return error && error->code == protocol::ErrorCode::RegLocked ? error->left.value_or(98) : 99U;
        };
        for (std::uint32_t left = 10; left-- > 0;)
            QCOMPARE(leftAfterTry(), left);
        rig.send(connection, protocol::RegisterUnlock{session, kRightPin});
        QCOMPARE(rig.pinWork(), std::size_t(0)); // not even looked at
        QCOMPARE(rig.answer(connection), "E_REG_LOCKED");
        rig.shiftDays(1);
        QCOMPARE(leftAfterTry(), 0U);
        rig.shiftDays(3);
        QCOMPARE(leftAfterTry(), 2U);
        rig.send(connection, protocol::RegisterUnlock{session, kRightPin});
        rig.runPinWork();
        QCOMPARE(rig.answer(connection), "register.done");
    }

    void lapsesSevenDaysAfterTheOwnerWasSeen_data()
    {
        QTest::addColumn<int>("days");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("7 days") << 7 << QByteArray("E_REG_LOCKED");
        QTest::newRow("8 days") << 8 << QByteArray("register.done");
    }
    void lapsesSevenDaysAfterTheOwnerWasSeen()
    {
        QFETCH(const int, days);
        QFETCH(const QByteArray, answer);
        LockRig rig;
        rig.close(rig.ownersConnection);
        rig.shiftDays(days);
        ConnectionId connection{};
        rig.knock(connection);
        QCOMPARE(rig.answer(connection), answer.constData());
    }

    void neverLapsesWhileTheOwnerIsOnline()
    {
        LockRig rig;
        rig.shiftDays(100);
        ConnectionId connection{};
        rig.knock(connection);
        const auto error = rig.takeError(connection);
        QVERIFY(error && error->code == protocol::ErrorCode::RegLocked);
        QVERIFY(error->remaining.value_or(0) > 7 * 86'400); // it cannot lapse sooner
    }

    void lapsesAgainFromTheDayTheOwnerLeft()
    {
        LockRig rig;
        rig.shiftDays(100);
        rig.close(rig.ownersConnection);
        rig.advance(61s); // days are written a little later
        rig.shiftDays(7);
        ConnectionId connection{};
        rig.knock(connection);
        QCOMPARE(rig.answer(connection), "E_REG_LOCKED");
    }

    void quarantinesASimSwapAfterTheLockHasLapsed()
    {
        LockRig rig;
        rig.close(rig.ownersConnection);
        rig.shiftDays(8);
        rig.newcomer.sim = imsiOf(2);
        ConnectionId connection{};
        rig.knock(connection);
        QCOMPARE(rig.answer(connection), "register.done");
        rig.send(connection, rig.offerOf(rig.newcomer, numberOf(3)));
        QCOMPARE(rig.answer(connection), "E_QUARANTINE");
    }

    void guardsTheNumberAgainstTheOtherKindToo()
    {
        LockRig rig;
        rig.newcomer = TestPhone(1, AccountKind::Manual);
        ConnectionId connection{};
        const SessionId session = rig.knock(connection);
        QCOMPARE(rig.answer(connection), "E_REG_LOCKED");
        rig.send(connection, protocol::RegisterUnlock{session, kRightPin});
        rig.runPinWork();
        QCOMPARE(rig.answer(connection), "register.done");
        QCOMPARE(rig.registry.accounts.size(), std::size_t(2));
        QVERIFY(!rig.accountOf(rig.owner).frozen); // who won is the owner himself
        QCOMPARE(rig.accountOf(rig.owner).pinTriesUsed, 0U);
        QVERIFY(rig.isOpen(rig.ownersConnection));
    }

    void asksForNoPinBeforeTheCode()
    {
        LockRig rig;
        const ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, rig.newcomer);
        rig.send(connection, protocol::RegisterUnlock{session, kRightPin});
        QCOMPARE(rig.answer(connection), "E_REG_EXPIRED");
        rig.send(connection, protocol::RegisterUnlock{SessionId{}, kRightPin});
        QCOMPARE(rig.answer(connection), "E_REG_EXPIRED");
        QCOMPARE(rig.pinWork(), std::size_t(0));
    }

    // Or whoever once had a code could wait with it until the lock lapses.
    void keepsNoRegistrationAliveByShowingTheCodeAgain()
    {
        LockRig rig;
        ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, rig.newcomer);
        const auto verify = rig.verifyOf(rig.newcomer, session, rig.codes.at(session));
        for (const char *const expected : {"E_REG_LOCKED", "E_REG_LOCKED", "E_REG_EXPIRED"}) {
            connection = rig.open();
            rig.send(connection, verify);
            QCOMPARE(rig.answer(connection), expected);
            rig.advance(200s);
        }
    }

    void checksOnePinOfARegistrationAtATime()
    {
        LockRig rig;
        ConnectionId connection{};
        const SessionId session = rig.knock(connection);
        static_cast<void>(rig.answer(connection));
        rig.send(connection, protocol::RegisterUnlock{session, kWrongPin});
        rig.send(connection, protocol::RegisterUnlock{session, kRightPin});
        QCOMPARE(rig.answer(connection), "E_BUSY_SERVER");
        QCOMPARE(rig.pinWork(), std::size_t(1));
    }

    void keepsTheOwnerWhenWhoKnewThePinHasGone()
    {
        LockRig rig;
        ConnectionId connection{};
        const SessionId session = rig.knock(connection);
        static_cast<void>(rig.answer(connection));
        rig.send(connection, protocol::RegisterUnlock{session, kRightPin});
        QVERIFY(rig.accountOf(rig.owner).frozen); // a crash now must not thaw it
        rig.close(connection);
        rig.runPinWork();
        QVERIFY(!rig.accountOf(rig.owner).frozen);
        QCOMPARE(rig.strayTexts, 0);
        QVERIFY(rig.isOpen(rig.ownersConnection));
        rig.logIn(rig.owner);
    }

    void answersNobodyWhoLeftWithAWrongPin()
    {
        LockRig rig;
        ConnectionId connection{};
        const SessionId session = rig.knock(connection);
        static_cast<void>(rig.answer(connection));
        rig.send(connection, protocol::RegisterUnlock{session, kWrongPin});
        rig.close(connection);
        rig.runPinWork();
        QCOMPARE(rig.strayTexts, 0);
        QVERIFY(rig.accountOf(rig.owner).frozen);
        QVERIFY(!rig.isOpen(rig.ownersConnection));
    }

    void waitsForABusyRegistryAfterTheRightPin()
    {
        LockRig rig;
        ConnectionId connection{};
        const SessionId session = rig.knock(connection);
        static_cast<void>(rig.answer(connection));
        rig.send(connection, protocol::RegisterUnlock{session, kRightPin});
        rig.registry.accounts.setFault(RegistryError::Busy);
        rig.runPinWork();
        rig.advance(3s);
        const auto error = rig.takeError(connection);
        QVERIFY(error && error->code == protocol::ErrorCode::BusyServer && error->re == "register.unlock");
        rig.registry.accounts.setFault(std::nullopt);
        rig.send(connection, protocol::RegisterUnlock{session, kRightPin});
        QCOMPARE(rig.answer(connection), "register.done"); // it was proven already
    }

    void chargesNoTryThatTheRegistryCannotNote()
    {
        LockRig rig;
        ConnectionId connection{};
        const SessionId session = rig.knock(connection);
        static_cast<void>(rig.answer(connection));
        rig.registry.accounts.setFault(RegistryError::Busy);
        rig.send(connection, protocol::RegisterUnlock{session, kWrongPin});
        QCOMPARE(rig.answer(connection), "E_BUSY_SERVER");
        QCOMPARE(rig.pinWork(), std::size_t(0));
    }

    void ignoresVerdictsThatNobodyAskedFor()
    {
        LockRig rig;
        rig.core().handle(rig.now, PinChecked{4711, true});
        rig.core().handle(rig.now, PinHashed{4711, "hash"});
        QVERIFY(!rig.core().poll());
    }
};

QTEST_APPLESS_MAIN(TestServerCoreReglock)
#include "tst_servercorereglock.moc"
