#include "core/crypto/tags.h"
#include "tests/server/corerig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using protocol::AccountKind;

namespace {

enum class Shown { Imsi, Handle, Nothing };

TestPhone phoneThatShows(Shown shown, int index = 1)
{
    TestPhone phone(index, shown == Shown::Nothing ? AccountKind::Manual : AccountKind::Sim);
    if (shown == Shown::Handle)
        phone.sim = SimHandle{{7, 7, 7}};
    return phone;
}

TestPhone known(CoreRig &rig, TestPhone phone)
{
    rig.know(phone);
    return phone;
}

void addKindsOfPhones()
{
    QTest::addColumn<Shown>("shown");
    QTest::newRow("by its IMSI") << Shown::Imsi;
    QTest::newRow("by a handle") << Shown::Handle;
    QTest::newRow("without a SIM") << Shown::Nothing;
}

} // namespace

Q_DECLARE_METATYPE(Shown)

// protocol.md 3.2 "Key rotation"
class TestServerCoreTagKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForNumbersOnlyWhileAnOlderKeyLives()
    {
        CoreRig rig;
        QVERIFY(!rig.challengeOf(rig.open()).retag);
        rig.rotateTagKey();
        QVERIFY(rig.challengeOf(rig.open()).retag);
        rig.shiftDays(179);
        QVERIFY(rig.challengeOf(rig.open()).retag);
        rig.shiftDays(1);
        QVERIFY(!rig.challengeOf(rig.open()).retag);
    }

    void movesAnAccountAtItsLogin_data() { addKindsOfPhones(); }
    void movesAnAccountAtItsLogin()
    {
        QFETCH(const Shown, shown);
        CoreRig rig;
        const TestPhone phone = known(rig, phoneThatShows(shown));
        const Account before = rig.accountOf(phone);
        rig.rotateTagKey();
        rig.logIn(phone);
        const Account after = rig.accountOf(phone);
        QCOMPARE(after.tagKeyId, 2U);
        QVERIFY(after.numberTag == crypto::msisdnTag(rig.secrets().tagKey.view(), phone.number));
        QVERIFY(after.numberTag != before.numberTag);
        QCOMPARE(after.imsiTag.has_value(), shown == Shown::Imsi);
        if (after.imsiTag)
            QVERIFY(after.imsiTag == crypto::imsiTag(rig.secrets().tagKey.view(), imsiOf(1)));
        Account otherwise = after;
        otherwise.numberTag = before.numberTag;
        otherwise.imsiTag = before.imsiTag;
        otherwise.tagKeyId = before.tagKeyId;
        QVERIFY(otherwise == before);
        QVERIFY(!*rig.registry.findByNumber(before.numberTag, phone.kind));
        QCOMPARE(rig.registry.accounts.size(), std::size_t(1));
    }

    void movesAnAccountPastSeveralKeys()
    {
        CoreRig rig;
        const TestPhone phone = known(rig, TestPhone(1));
        rig.rotateTagKey();
        rig.rotateTagKey();
        rig.logIn(phone);
        QCOMPARE(rig.accountOf(phone).tagKeyId, 3U);
    }

    void matchesPhonesThatMovedWithNewOnes()
    {
        CoreRig rig;
        const TestPhone old = known(rig, TestPhone(1));
        const TestPhone olds = known(rig, phoneThatShows(Shown::Handle, 2));
        rig.rotateTagKey();
        TestPhone fresh(3);
        const ConnectionId freshAt = rig.open();
        QVERIFY(rig.enrol(freshAt, fresh));
        const ConnectionId oldAt = rig.logIn(old);
        const ConnectionId oldsAt = rig.logIn(olds);
        rig.match(old, oldAt, fresh, freshAt);
        rig.match(fresh, freshAt, old, oldAt);
        rig.match(olds, oldsAt, old, oldAt);
        rig.match(fresh, freshAt, olds, oldsAt);
    }

    void letsInWhoShowsSomethingElse_data()
    {
        using Change = std::function<void(protocol::Auth &)>;
        QTest::addColumn<Shown>("shown");
        QTest::addColumn<Change>("change");
        const Change noNumber = [](protocol::Auth &auth) { auth.msisdn.reset(); };
        const Change otherNumber = [](protocol::Auth &auth) { auth.msisdn = numberOf(9); };
        const Change noSim = [](protocol::Auth &auth) { auth.sim.emplace<std::monostate>(); };
        const Change otherImsi = [](protocol::Auth &auth) { auth.sim = imsiOf(9); };
        const Change otherHandle = [](protocol::Auth &auth) { auth.sim = SimHandle{{8}}; };
        QTest::newRow("no number") << Shown::Imsi << noNumber;
        QTest::newRow("another number") << Shown::Imsi << otherNumber;
        QTest::newRow("no SIM") << Shown::Imsi << noSim;
        QTest::newRow("another IMSI") << Shown::Imsi << otherImsi;
        QTest::newRow("a handle for an IMSI") << Shown::Imsi << otherHandle;
        QTest::newRow("another handle") << Shown::Handle << otherHandle;
        QTest::newRow("an IMSI for a handle") << Shown::Handle << otherImsi;
        QTest::newRow("another number, no SIM") << Shown::Nothing << otherNumber;
    }

    // It stays as it was, gets the constant answers, and meets nobody.
    void letsInWhoShowsSomethingElse()
    {
        using Change = std::function<void(protocol::Auth &)>;
        QFETCH(const Shown, shown);
        QFETCH(const Change, change);
        CoreRig rig;
        const TestPhone phone = known(rig, phoneThatShows(shown));
        const Account before = rig.accountOf(phone);
        rig.rotateTagKey();
        const TestPhone other = known(rig, TestPhone(2));
        const ConnectionId otherAt = rig.logIn(other);
        const ConnectionId connection = rig.open();
        protocol::Auth auth = rig.authOf(phone, connection);
        change(auth);
        rig.send(connection, auth);
        QCOMPARE(rig.answer(connection), "welcome");
        QVERIFY(rig.accountOf(phone) == before);
        if (shown == Shown::Nothing)
            return;
        rig.send(connection, rig.offerOf(phone, other.number));
        QCOMPARE(rig.answer(connection), "call.accepted");
        rig.send(otherAt, rig.arriveOf(other, {phone.number}));
        QCOMPARE(rig.answer(otherAt), "call.waiting");
        rig.send(otherAt, rig.offerOf(other, phone.number));
        QCOMPARE(rig.answer(otherAt), "call.accepted");
        rig.send(connection, rig.arriveOf(phone, {other.number}));
        QCOMPARE(rig.answer(connection), "call.waiting");
        QCOMPARE(rig.answer(connection), "nothing");
        QCOMPARE(rig.answer(otherAt), "nothing");
    }

    void movesNothingForWhoCannotSign()
    {
        CoreRig rig;
        const TestPhone phone = known(rig, TestPhone(1));
        const Account before = rig.accountOf(phone);
        rig.rotateTagKey();
        const ConnectionId connection = rig.open();
        protocol::Auth auth = rig.authOf(phone, connection);
        auth.sig[5] ^= 1U;
        rig.send(connection, auth);
        QCOMPARE(rig.answer(connection), "E_AUTH");
        QVERIFY(rig.accountOf(phone) == before);
    }

    void movesNothingForAFrozenAccount()
    {
        CoreRig rig;
        const TestPhone phone = known(rig, TestPhone(1));
        rig.change(phone, [](Account &account) { account.frozen = true; });
        rig.rotateTagKey();
        const ConnectionId connection = rig.open();
        rig.send(connection, rig.authOf(phone, connection));
        QCOMPARE(rig.answer(connection), "E_REG_LOCKED");
        QCOMPARE(rig.accountOf(phone).tagKeyId, 1U);
    }

    void matchesWhileTheRegistryCannotWrite_data()
    {
        QTest::addColumn<RegistryError>("error");
        QTest::newRow("busy") << RegistryError::Busy;
        QTest::newRow("failed") << RegistryError::Failed;
    }

    void matchesWhileTheRegistryCannotWrite()
    {
        QFETCH(const RegistryError, error);
        CoreRig rig;
        const TestPhone a = known(rig, TestPhone(1));
        const TestPhone b = known(rig, TestPhone(2));
        rig.rotateTagKey();
        rig.registry.updateFault = error;
        rig.match(a, rig.logIn(a), b, rig.logIn(b));
        QCOMPARE(rig.accountOf(a).tagKeyId, 1U);
        rig.registry.updateFault.reset();
        rig.logIn(a);
        QCOMPARE(rig.accountOf(a).tagKeyId, 2U);
        // A re-registration meanwhile finds the row where it still is.
        TestPhone newB(2);
        QVERIFY(rig.enrol(rig.open(), newB));
        QCOMPARE(rig.registry.accounts.size(), std::size_t(2));
    }

    // I10
    void replacesAnAccountThatIsUnderAnOlderKey_data() { addKindsOfPhones(); }
    void replacesAnAccountThatIsUnderAnOlderKey()
    {
        QFETCH(const Shown, shown);
        CoreRig rig;
        const TestPhone old = known(rig, phoneThatShows(shown));
        rig.rotateTagKey();
        rig.rotateTagKey();
        TestPhone again = phoneThatShows(shown);
        QVERIFY(rig.enrol(rig.open(), again));
        QCOMPARE(rig.registry.accounts.size(), std::size_t(1));
        QVERIFY(!*rig.registry.find(old.account));
        QCOMPARE(rig.accountOf(again).tagKeyId, 3U);
        QCOMPARE(rig.accountOf(again).quarantineUntilHour, 0U);
    }

    void endsTheConnectionOfTheReplacedOne()
    {
        CoreRig rig;
        const TestPhone old = known(rig, TestPhone(1));
        rig.rotateTagKey();
        rig.registry.updateFault = RegistryError::Busy;
        const ConnectionId oldAt = rig.logIn(old);
        TestPhone again(1);
        QVERIFY(rig.enrol(rig.open(), again));
        QCOMPARE(rig.answer(oldAt), "E_GONE");
        QCOMPARE(rig.closeCode(oldAt), 4001);
        QCOMPARE(rig.registry.accounts.size(), std::size_t(1));
    }

    void seesAChangeOfSimAcrossTheRotation()
    {
        CoreRig rig;
        known(rig, TestPhone(1));
        rig.rotateTagKey();
        TestPhone swapped(1);
        swapped.sim = imsiOf(99);
        QVERIFY(rig.enrol(rig.open(), swapped));
        QVERIFY(rig.accountOf(swapped).quarantineUntilHour > 0);
    }

    void keepsALockAcrossTheRotation_data()
    {
        QTest::addColumn<AccountKind>("kind");
        QTest::newRow("of the account to replace") << AccountKind::Sim;
        QTest::newRow("of the other kind") << AccountKind::Manual;
    }

    void keepsALockAcrossTheRotation()
    {
        QFETCH(const AccountKind, kind);
        CoreRig rig;
        const TestPhone owner = known(rig, TestPhone(1, kind));
        rig.change(owner, [](Account &account) { account.reglock = "hash of a PIN"; });
        rig.rotateTagKey();
        const TestPhone thief(1);
        const ConnectionId connection = rig.open();
        rig.verify(connection, thief, rig.begin(connection, thief));
        QCOMPARE(rig.answer(connection), "E_REG_LOCKED");
        QVERIFY(*rig.registry.find(owner.account));
    }

    void dropsWhatNobodyMovedInTime()
    {
        CoreRig rig;
        const TestPhone stays = known(rig, TestPhone(1));
        const TestPhone goes = known(rig, TestPhone(2));
        rig.rotateTagKey();
        rig.logIn(stays);
        rig.shiftDays(179);
        rig.advance(1h);
        QVERIFY(*rig.registry.find(goes.account));
        rig.shiftDays(1);
        const ConnectionId late = rig.open();
        rig.send(late, rig.authOf(goes, late));
        QCOMPARE(rig.answer(late), "E_AUTH");
        rig.advance(1h);
        QVERIFY(!*rig.registry.find(goes.account));
        QVERIFY(*rig.registry.find(stays.account));
        rig.logIn(stays);
    }

    void dropsAtTheStartWhatIsOverdue()
    {
        CoreRig rig;
        const TestPhone goes = known(rig, TestPhone(1));
        rig.rotateTagKey();
        const TestPhone stays = known(rig, TestPhone(2));
        rig.shiftDays(180);
        rig.restart();
        QCOMPARE(rig.registry.accounts.size(), std::size_t(1));
        QVERIFY(*rig.registry.find(stays.account));
        QVERIFY(!*rig.registry.find(goes.account));
    }

    void dropsLaterWhatItCannotDropNow()
    {
        CoreRig rig;
        const TestPhone goes = known(rig, TestPhone(1));
        rig.rotateTagKey();
        rig.shiftDays(180);
        rig.registry.accounts.setFault(RegistryError::Busy);
        rig.restart();
        rig.advance(10s);
        rig.registry.accounts.setFault(std::nullopt);
        QVERIFY(*rig.registry.find(goes.account));
        rig.advance(1s);
        QVERIFY(!*rig.registry.find(goes.account));
        QVERIFY(!rig.core().nextTimeout());
    }

    void keepsEverythingWhileNoKeyWasRotated()
    {
        CoreRig rig;
        const TestPhone phone = known(rig, TestPhone(1));
        rig.shiftDays(10'000);
        rig.restart();
        QCOMPARE(rig.registry.calls, 0);
        rig.logIn(phone);
        QCOMPARE(rig.accountOf(phone).tagKeyId, 1U);
    }
};

QTEST_APPLESS_MAIN(TestServerCoreTagKeys)
#include "tst_servercoretagkeys.moc"
