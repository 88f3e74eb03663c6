#include "core/crypto/tags.h"
#include "tests/server/corerig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using protocol::AccountKind;

namespace {

std::string wrongCode(const std::string &right)
{
    return right == "000000" ? "000001" : "000000";
}

} // namespace

// protocol.md 3.3
class TestServerCoreRegistration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsACodeAndSaysForHowLong()
    {
        CoreRig rig;
        const TestPhone phone(1);
        const ConnectionId connection = rig.open();
        rig.send(connection, rig.beginOf(phone));
        const auto sent = rig.take<protocol::RegisterSent>(connection);
        QVERIFY(sent);
        QCOMPARE(sent->expiresIn, 300U);
        QCOMPARE(sent->resendAfter, 60U);
        QCOMPARE(sent->codeLength, 6U);
        const std::string code = rig.codes.at(sent->sessionId);
        QVERIFY(code.size() == 6 && code.find_first_not_of("0123456789") == std::string::npos);
    }

    // protocol.md 3.5: behind a TLS proxy
    void honoursTheReplacedLeafOfAProxyForADay_data()
    {
        QTest::addColumn<int>("hours");
        QTest::addColumn<bool>("rolledBack");
        QTest::addColumn<bool>("good");
        QTest::newRow("at once") << 0 << false << true;
        QTest::newRow("just in time") << 24 << false << true;
        QTest::newRow("too late") << 25 << false << false;
        QTest::newRow("in use again") << 25 << true << true;
    }

    void honoursTheReplacedLeafOfAProxyForADay()
    {
        QFETCH(const int, hours);
        QFETCH(const bool, rolledBack);
        QFETCH(const bool, good);
        constexpr protocol::Key32 kNext{0x17};
        CoreRig rig;
        TestPhone phone(1);
        rig.know(phone);
        const ConnectionId connection = rig.logIn(phone);
        rig.changeProxyLeaf(CoreRig::kBinding, kNext);
        if (rolledBack)
            rig.changeProxyLeaf(kNext, CoreRig::kBinding);
        rig.advance(std::chrono::hours(hours));
        rig.verify(connection, phone, rig.begin(connection, phone));
        QCOMPARE(rig.answer(connection), good ? "register.done" : "E_AUTH");
        // Those that see the new one are not concerned.
        const ConnectionId other = rig.open("192.0.2.2", kNext);
        const SessionId session = rig.begin(other, TestPhone(2));
        rig.send(other, rig.verifyOf(TestPhone(2), session, rig.codes[session], kNext));
        QCOMPARE(rig.answer(other), rolledBack ? "E_AUTH" : "register.done");
    }

    void logsInUnderTheLeafThatItsChallengeWasSignedFor()
    {
        CoreRig rig;
        TestPhone phone(1);
        rig.know(phone);
        const ConnectionId before = rig.open();
        rig.changeProxyLeaf(CoreRig::kBinding, protocol::Key32{0x17});
        rig.send(before, rig.authOf(phone, before));
        QCOMPARE(rig.answer(before), "welcome");
        // The challenge of a later connection is signed for the new one: nothing else will do there.
        const ConnectionId after = rig.open("192.0.2.1", protocol::Key32{0x17});
        rig.send(after, rig.authOf(phone, after, CoreRig::kBinding));
        QCOMPARE(rig.answer(after), "E_AUTH");
    }

    void makesTheAccountAndLogsTheConnectionIn()
    {
        CoreRig rig;
        const TestPhone phone(1);
        const ConnectionId connection = rig.open();
        rig.verify(connection, phone, rig.begin(connection, phone));
        const auto done = rig.take<protocol::RegisterDone>(connection);
        QVERIFY(done);
        QVERIFY(done->serverPk == rig.secrets().serverKey.publicKey());
        QVERIFY(rig.loggedIn.contains(connection));
        QVERIFY(rig.codes.empty());
        QCOMPARE(rig.core().figures().sessions, std::size_t(0));
        const auto account = *rig.registry.find(done->accountId);
        QVERIFY(account);
        QVERIFY(account->numberTag == crypto::msisdnTag(rig.secrets().tagKey.view(), phone.number));
        QVERIFY(account->imsiTag == crypto::imsiTag(rig.secrets().tagKey.view(), imsiOf(1)));
        QVERIFY(account->idcard == phone.identity.card().bytes);
        QCOMPARE(account->verifiedDay, static_cast<std::int32_t>(rig.wall.seconds / 86'400));
        rig.send(connection, rig.offerOf(phone, numberOf(2)));
        QCOMPARE(rig.answer(connection), "call.accepted");
    }

    void keepsAHandleWhereTheImsiIsHidden()
    {
        CoreRig rig;
        TestPhone phone(1);
        phone.sim = SimHandle{{1, 2, 3}};
        QVERIFY(rig.enrol(rig.open(), phone));
        QVERIFY(rig.accountOf(phone).simHandle == (SimHandle{{1, 2, 3}}));
        QVERIFY(!rig.accountOf(phone).imsiTag);
    }

    // 4.1: a session_id is not bound to a connection.
    void takesTheCodeOverAnotherConnection()
    {
        CoreRig rig;
        const TestPhone phone(1);
        const ConnectionId first = rig.open();
        const SessionId session = rig.begin(first, phone);
        rig.close(first);
        const ConnectionId second = rig.open();
        rig.verify(second, phone, session);
        QCOMPARE(rig.answer(second), "register.done");
        QVERIFY(rig.loggedIn.contains(second));
    }

    void givesFiveTries()
    {
        CoreRig rig;
        const TestPhone phone(1);
        const ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, phone);
        const std::string code = rig.codes.at(session);
        for (std::uint32_t left = 5; left-- > 0;) {
            rig.send(connection, rig.verifyOf(phone, session, wrongCode(code)));
            const auto error = rig.takeError(connection);
            QVERIFY(error && error->code == protocol::ErrorCode::RegCode);
            QCOMPARE(error->left.value_or(99), left);
        }
        QVERIFY(rig.codes.empty());
        rig.send(connection, rig.verifyOf(phone, session, code));
        QCOMPARE(rig.answer(connection), "E_REG_EXPIRED");
    }

    void countsAFalseSignatureAsATry_data()
    {
        QTest::addColumn<int>("lie");
        QTest::newRow("another device's key") << 0;
        QTest::newRow("another connection's certificate") << 1;
        QTest::newRow("another session") << 2;
        QTest::newRow("another card") << 3;
        QTest::newRow("another code") << 4;
    }
    void countsAFalseSignatureAsATry()
    {
        QFETCH(const int, lie);
        CoreRig rig;
        const TestPhone phone(1);
        const TestPhone other(2);
        const ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, phone);
        const std::string code = rig.codes.at(session);
        const auto text = [&](int part) {
            return crypto::registerMessage(
                part == 2 ? SessionId{} : session, part == 1 ? protocol::Key32{} : CoreRig::kBinding,
                (part == 3 ? other : phone).identity.card().bytes, part == 4 ? wrongCode(code) : code);
        };
        const auto signature = (lie == 0 ? other : phone).identity.sign(text(lie));
        rig.send(connection, protocol::RegisterVerify{session, code, signature});
        const auto error = rig.takeError(connection);
        QVERIFY(error && error->code == protocol::ErrorCode::Auth);
        QCOMPARE(error->left.value_or(99), 4U);
        rig.verify(connection, phone, session);
        QCOMPARE(rig.answer(connection), "register.done");
    }

    void endsWithTheFifthFalseSignature()
    {
        CoreRig rig;
        const TestPhone phone(1);
        const ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, phone);
        const auto right = rig.verifyOf(phone, session, rig.codes.at(session));
        for (int i = 0; i < 5; ++i) {
            rig.send(connection, rig.verifyOf(TestPhone(2), session, right.code));
            QCOMPARE(rig.answer(connection), "E_AUTH");
        }
        rig.send(connection, right);
        QCOMPARE(rig.answer(connection), "E_REG_EXPIRED");
    }

    void takesACodeOnce()
    {
        CoreRig rig;
        TestPhone phone(1);
        const ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, phone);
        const auto verify = rig.verifyOf(phone, session, rig.codes.at(session));
        rig.send(connection, verify);
        QCOMPARE(rig.answer(connection), "register.done");
        const ConnectionId again = rig.open();
        rig.send(again, verify);
        QCOMPARE(rig.answer(again), "E_REG_EXPIRED");
    }

    void forgetsACodeAfter300Seconds_data()
    {
        QTest::addColumn<qint64>("age");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("just in time") << qint64(Duration(300s).count() - 1) << QByteArray("register.done");
        QTest::newRow("too late") << qint64(Duration(300s).count()) << QByteArray("E_REG_EXPIRED");
    }
    void forgetsACodeAfter300Seconds()
    {
        QFETCH(const qint64, age);
        QFETCH(const QByteArray, answer);
        CoreRig rig;
        const TestPhone phone(1);
        const SessionId session = rig.begin(rig.open(), phone);
        const auto verify = rig.verifyOf(phone, session, rig.codes.at(session));
        rig.advance(Duration(age));
        QCOMPARE(rig.codes.contains(session), answer == "register.done");
        const ConnectionId connection = rig.open();
        rig.send(connection, verify);
        QCOMPARE(rig.answer(connection), answer.constData());
    }

    void sendsAnotherCodeBesideTheFirst()
    {
        CoreRig rig;
        const TestPhone phone(1);
        const ConnectionId connection = rig.open();
        const SessionId first = rig.begin(connection, phone);
        rig.advance(20s);
        const SessionId second = rig.begin(connection, phone);
        QVERIFY(first != second && second != SessionId{});
        QCOMPARE(rig.codes.size(), std::size_t(2)); // a late SMS is still good
        rig.verify(connection, phone, first);
        QCOMPARE(rig.answer(connection), "register.done");
    }

    void limitsTheSessionsOfANumber()
    {
        CoreRig rig;
        const TestPhone phone(1);
        for (int i = 0; i < 3; ++i)
            QVERIFY(rig.begin(rig.open(), phone) != SessionId{});
        const ConnectionId connection = rig.open("198.51.100.7");
        rig.send(connection, rig.beginOf(phone));
        const auto error = rig.takeError(connection);
        QVERIFY(error && error->code == protocol::ErrorCode::Rate);
        QCOMPARE(error->retryAfter.value_or(0), 3600U);
        QVERIFY(rig.begin(rig.open(), TestPhone(2)) != SessionId{});
        rig.advance(1h);
        for (int i = 0; i < 2; ++i)
            QVERIFY(rig.begin(rig.open(), phone) != SessionId{});
        QVERIFY(rig.begin(rig.open(), phone) == SessionId{}); // five a day
    }

    void limitsTheSessionsOfAnAddress_data()
    {
        QTest::addColumn<QByteArray>("limit");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<bool>("isShared");
        const auto row = [](const char *limit, const char *first, const char *second, bool isShared) {
            QTest::addRow("%s: %s, %s", limit, first, second)
                << QByteArray(limit) << QByteArray(first) << QByteArray(second) << isShared;
        };
        row("address", "192.0.2.1", "192.0.2.1", true);
        row("address", "192.0.2.1", "192.0.2.2", false);
        row("address", "2001:db8::1", "2001:db8::ffff:2", true);
        row("address", "2001:db8:0:1::1", "2001:db8:0:2::1", false);
        row("network", "192.0.2.1", "192.0.2.2", true);
        row("network", "192.0.2.1", "192.0.3.1", false);
        row("country", "192.0.2.1", "198.51.100.1", true);
        row("all", "192.0.2.1", "2001:db8::1", true);
    }
    void limitsTheSessionsOfAnAddress()
    {
        QFETCH(const QByteArray, limit);
        QFETCH(const QByteArray, first);
        QFETCH(const QByteArray, second);
        QFETCH(const bool, isShared);
        Limits limits;
        const WindowLimit tight{2, 1h};
        (limit == "address"   ? limits.sessionsOfAddress
         : limit == "network" ? limits.sessionsOfNetwork
         : limit == "country" ? limits.sessionsOfCountry
                              : limits.sessionsOfAll) = tight;
        CoreRig rig(limits);
        QVERIFY(rig.begin(rig.open(first.toStdString()), TestPhone(1)) != SessionId{});
        QVERIFY(rig.begin(rig.open(first.toStdString()), TestPhone(2)) != SessionId{});
        QCOMPARE(rig.begin(rig.open(second.toStdString()), TestPhone(3)) == SessionId{}, isShared);
        rig.advance(1h);
        QVERIFY(rig.begin(rig.open(second.toStdString()), TestPhone(4)) != SessionId{});
    }

    void countsEachCountryOnItsOwn()
    {
        Limits limits;
        limits.sessionsOfCountry = {1, 1h};
        CoreRig rig(limits);
        QVERIFY(rig.begin(rig.open(), TestPhone(1)) != SessionId{});
        QVERIFY(rig.begin(rig.open(), TestPhone(2)) == SessionId{});
        TestPhone german(3);
        german.number = *protocol::Msisdn::fromE164("+4915550123456");
        QVERIFY(rig.begin(rig.open(), german) != SessionId{});
    }

    void servesTheListedCountriesOnly()
    {
        Limits limits;
        limits.countries = {49};
        CoreRig rig(limits);
        const ConnectionId connection = rig.open();
        rig.send(connection, rig.beginOf(TestPhone(1)));
        QCOMPARE(rig.answer(connection), "E_NUMBER");
        TestPhone german(3);
        german.number = *protocol::Msisdn::fromE164("+4915550123456");
        QVERIFY(rig.begin(connection, german) != SessionId{});
    }

    void refusesNumbersThatCannotGetAnSms_data()
    {
        QTest::addColumn<QByteArray>("number");
        QTest::newRow("a landline") << QByteArray("+861065529988");
        QTest::newRow("no country") << QByteArray("+9990000000");
        QTest::newRow("too short") << QByteArray("+8613800138");
        QTest::newRow("free of charge") << QByteArray("+498001234567");
    }
    void refusesNumbersThatCannotGetAnSms()
    {
        QFETCH(const QByteArray, number);
        CoreRig rig;
        TestPhone phone(1);
        phone.number = *protocol::Msisdn::fromE164(number.toStdString());
        const ConnectionId connection = rig.open();
        rig.send(connection, rig.beginOf(phone));
        QCOMPARE(rig.answer(connection), "E_NUMBER");
        QVERIFY(rig.codes.empty());
    }

    void refusesWhatDoesNotAddUp_data()
    {
        QTest::addColumn<int>("fault");
        QTest::newRow("a phone without SIM") << 0;
        QTest::newRow("a desktop with a SIM") << 1;
        QTest::newRow("a card that nobody signed") << 2;
    }
    void refusesWhatDoesNotAddUp()
    {
        QFETCH(const int, fault);
        CoreRig rig;
        auto begin = rig.beginOf(TestPhone(1));
        if (fault == 0)
            begin.sim.emplace<std::monostate>();
        else if (fault == 1)
            begin.kind = AccountKind::Manual;
        else
            begin.idcard[100] ^= 1;
        const ConnectionId connection = rig.open();
        rig.send(connection, begin);
        QCOMPARE(rig.answer(connection), "E_PROTO");
        QVERIFY(rig.codes.empty());
    }

    void refusesDesktopsWhereManualModeIsOff()
    {
        Limits limits;
        limits.manualMode = false;
        CoreRig rig(limits);
        const ConnectionId connection = rig.open();
        rig.send(connection, rig.beginOf(TestPhone(1, AccountKind::Manual)));
        QCOMPARE(rig.answer(connection), "E_PROTO");
    }

    // I11
    void boundsTheRegistrationsUnderWay()
    {
        Limits limits;
        limits.registrations = 2;
        CoreRig rig(limits);
        QVERIFY(rig.begin(rig.open(), TestPhone(1)) != SessionId{});
        QVERIFY(rig.begin(rig.open(), TestPhone(2)) != SessionId{});
        const ConnectionId connection = rig.open();
        rig.send(connection, rig.beginOf(TestPhone(3)));
        QCOMPARE(rig.answer(connection), "E_BUSY_SERVER");
        rig.advance(300s);
        QVERIFY(rig.begin(rig.open(), TestPhone(3)) != SessionId{});
    }

    void waitsForABusyRegistry()
    {
        CoreRig rig;
        const TestPhone phone(1);
        const ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, phone);
        rig.registry.accounts.setFault(RegistryError::Busy);
        const auto verify = rig.verifyOf(phone, session, rig.codes.at(session));
        rig.send(connection, verify);
        rig.advance(2s);
        QCOMPARE(rig.answer(connection), "nothing");
        rig.send(connection, verify);
        QCOMPARE(rig.answer(connection), "E_BUSY_SERVER"); // one at a time
        rig.registry.accounts.setFault(std::nullopt);
        rig.advance(50ms);
        QCOMPARE(rig.answer(connection), "register.done");
        QCOMPARE(rig.registry.accounts.size(), std::size_t(1));
    }

    // 6.4: E_BUSY_SERVER within 3 s
    void givesUpOnABusyRegistryAndTakesTheCodeAgain()
    {
        CoreRig rig;
        const TestPhone phone(1);
        const ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, phone);
        rig.registry.accounts.setFault(RegistryError::Busy);
        rig.verify(connection, phone, session);
        rig.advance(3s);
        QCOMPARE(rig.answer(connection), "E_BUSY_SERVER");
        QCOMPARE(rig.answer(connection), "nothing");
        rig.registry.accounts.setFault(std::nullopt);
        rig.verify(connection, phone, session);
        QCOMPARE(rig.answer(connection), "register.done");
    }

    void saysAtOnceWhenTheRegistryFails()
    {
        CoreRig rig;
        const TestPhone phone(1);
        const ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, phone);
        rig.registry.accounts.setFault(RegistryError::Failed);
        rig.verify(connection, phone, session);
        QCOMPARE(rig.answer(connection), "E_BUSY_SERVER");
        rig.registry.accounts.setFault(std::nullopt);
        rig.verify(connection, phone, session);
        QCOMPARE(rig.answer(connection), "register.done");
    }

    void givesUpWhenABusyRegistryFails()
    {
        CoreRig rig;
        const TestPhone phone(1);
        const ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, phone);
        rig.registry.accounts.setFault(RegistryError::Busy);
        rig.verify(connection, phone, session);
        rig.registry.accounts.setFault(RegistryError::Failed);
        rig.advance(50ms);
        QCOMPARE(rig.answer(connection), "E_BUSY_SERVER");
    }

    void answersNobodyWhoHasLeftMeanwhile()
    {
        CoreRig rig;
        const TestPhone first(1);
        const TestPhone second(2);
        const ConnectionId one = rig.open();
        const ConnectionId two = rig.open();
        const SessionId firstSession = rig.begin(one, first);
        const SessionId secondSession = rig.begin(two, second);
        rig.registry.accounts.setFault(RegistryError::Busy);
        rig.verify(one, first, firstSession);
        rig.verify(two, second, secondSession);
        rig.close(two); // waits behind the first, so nobody asks for it before the end
        rig.advance(5s);
        QCOMPARE(rig.answer(one), "E_BUSY_SERVER");
        QCOMPARE(rig.strayTexts, 0);
        rig.registry.accounts.setFault(std::nullopt);
        const ConnectionId again = rig.open();
        rig.verify(again, second, secondSession);
        QCOMPARE(rig.answer(again), "register.done");
    }

    void enrolsAllWhoWaitedOnceTheRegistryIsBack()
    {
        CoreRig rig;
        std::vector<std::pair<ConnectionId, SessionId>> waiting;
        for (int i = 0; i < 5; ++i) {
            const ConnectionId connection = rig.open();
            waiting.emplace_back(connection, rig.begin(connection, TestPhone(i)));
        }
        rig.registry.accounts.setFault(RegistryError::Busy);
        for (int i = 0; i < 5; ++i)
            rig.verify(waiting[static_cast<std::size_t>(i)].first, TestPhone(i),
                       waiting[static_cast<std::size_t>(i)].second);
        rig.advance(1s);
        rig.registry.accounts.setFault(std::nullopt);
        rig.advance(50ms);
        for (const auto &[connection, session] : waiting)
            QCOMPARE(rig.answer(connection), "register.done");
    }

    // reg_replaces_atomically (T43); the registry's own tests do the crashes.
    void putsTheNewAccountInThePlaceOfTheOld()
    {
        CoreRig rig;
        TestPhone old(1);
        const ConnectionId before = rig.open();
        QVERIFY(rig.enrol(before, old));
        TestPhone fresh(1);
        fresh.identity = crypto::DeviceIdentity::fromSeed(crypto::SecretKey(protocol::Key32{9}), 1);
        const ConnectionId after = rig.open();
        QVERIFY(rig.enrol(after, fresh));
        QCOMPARE(rig.answer(before), "E_GONE");
        QCOMPARE(rig.closeCode(before), 4001);
        QVERIFY(!rig.isOpen(before) && rig.isOpen(after));
        QCOMPARE(rig.registry.accounts.size(), std::size_t(1));
        const ConnectionId late = rig.open();
        rig.send(late, rig.authOf(old, late));
        QCOMPARE(rig.answer(late), "E_AUTH");
        rig.logIn(fresh);
    }

    void keepsThePhonesAccountWhenADesktopRegisters()
    {
        CoreRig rig;
        TestPhone phone(1);
        TestPhone desktop(1, AccountKind::Manual);
        const ConnectionId phones = rig.open();
        QVERIFY(rig.enrol(phones, phone));
        QVERIFY(rig.enrol(rig.open(), desktop));
        QVERIFY(rig.isOpen(phones));
        QCOMPARE(rig.answer(phones), "nothing");
        QCOMPARE(rig.registry.accounts.size(), std::size_t(2));
    }

    void keepsOneConnectionThatRegistersAgain()
    {
        CoreRig rig;
        TestPhone phone(1);
        const ConnectionId connection = rig.open();
        QVERIFY(rig.enrol(connection, phone));
        const AccountId before = phone.account;
        QVERIFY(rig.enrol(connection, phone));
        QVERIFY(phone.account != before);
        QVERIFY(rig.isOpen(connection));
        QCOMPARE(rig.answer(connection), "nothing");
        QCOMPARE(rig.core().figures().loggedIn, std::size_t(1));
    }

    void takesNothingOfTheOldAccountAlongOnTheSameConnection()
    {
        CoreRig rig;
        TestPhone first(1);
        TestPhone second(2);
        TestPhone callee(3);
        const ConnectionId connection = rig.open();
        QVERIFY(rig.enrol(connection, first));
        rig.send(connection, rig.offerOf(first, callee.number));
        QCOMPARE(rig.answer(connection), "call.accepted");
        QVERIFY(rig.enrol(connection, second));
        QCOMPARE(rig.core().figures().offers, std::size_t(0));
        const ConnectionId at = rig.open();
        QVERIFY(rig.enrol(at, callee));
        rig.send(at, rig.arriveOf(callee, {first.number}));
        QCOMPARE(rig.answer(at), "call.waiting");
        QCOMPARE(rig.answer(at), "nothing");
    }

    // reg_imsi_change_quarantine (T08)
    void quarantinesANumberWhoseSimChanged_data()
    {
        QTest::addColumn<bool>("byHandle");
        QTest::newRow("another IMSI") << false;
        QTest::newRow("a handle that could hide it") << true;
    }
    void quarantinesANumberWhoseSimChanged()
    {
        QFETCH(const bool, byHandle);
        CoreRig rig;
        TestPhone old(1);
        QVERIFY(rig.enrol(rig.open(), old));
        TestPhone fresh(1);
        fresh.sim = byHandle ? protocol::SimProof(SimHandle{{1}}) : protocol::SimProof(imsiOf(2));
        const ConnectionId connection = rig.open();
        QVERIFY(rig.enrol(connection, fresh));
        rig.send(connection, rig.offerOf(fresh, numberOf(3)));
        QCOMPARE(rig.answer(connection), "E_QUARANTINE");
        rig.send(connection, rig.arriveOf(fresh, {numberOf(3)}));
        QCOMPARE(rig.answer(connection), "E_QUARANTINE");
        const ConnectionId again = rig.open();
        rig.send(again, rig.authOf(fresh, again));
        const auto welcome = rig.take<protocol::Welcome>(again); // it may log in
        QVERIFY(welcome && welcome->quarantine);
        rig.advance(24h - 1s);
        rig.send(again, rig.offerOf(fresh, numberOf(3)));
        QCOMPARE(rig.answer(again), "E_QUARANTINE");
        rig.advance(1h); // full hours are kept
        rig.send(again, rig.offerOf(fresh, numberOf(3)));
        QCOMPARE(rig.answer(again), "call.accepted");
    }

    void quarantinesNobodyWhoseSimStayed()
    {
        CoreRig rig;
        TestPhone phone(1);
        QVERIFY(rig.enrol(rig.open(), phone));
        const ConnectionId connection = rig.open();
        QVERIFY(rig.enrol(connection, phone));
        rig.send(connection, rig.offerOf(phone, numberOf(3)));
        QCOMPARE(rig.answer(connection), "call.accepted");
        TestPhone handled(2);
        handled.sim = SimHandle{{1}};
        QVERIFY(rig.enrol(rig.open(), handled));
        handled.sim = SimHandle{{2}}; // a handle says nothing about the SIM
        const ConnectionId second = rig.open();
        QVERIFY(rig.enrol(second, handled));
        rig.send(second, rig.offerOf(handled, numberOf(3)));
        QCOMPARE(rig.answer(second), "call.accepted");
    }

    void neverDeletesAnAccountForItsImsiAlone()
    {
        CoreRig rig;
        TestPhone first(1);
        QVERIFY(rig.enrol(rig.open(), first));
        TestPhone second(2);
        second.sim = first.sim; // ported, or two numbers on one SIM
        QVERIFY(rig.enrol(rig.open(), second));
        QCOMPARE(rig.registry.accounts.size(), std::size_t(2));
    }
};

QTEST_APPLESS_MAIN(TestServerCoreRegistration)
#include "tst_servercoreregistration.moc"
