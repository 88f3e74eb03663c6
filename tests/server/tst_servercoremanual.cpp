#include "tests/server/callrig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using protocol::AccountKind;

namespace {

/// Alice and Bob have a desktop each, and Bob's phone is online as well.
class ManualRig : public CallRig
{
public:
    explicit ManualRig(const Limits &limits = {})
        : CallRig(limits), alicesDesk(1, AccountKind::Manual), bobsDesk(2, AccountKind::Manual)
    {
        know(alicesDesk);
        know(bobsDesk);
        atAlicesDesk = logIn(alicesDesk);
        atBobsDesk = logIn(bobsDesk);
    }

    CallId dial() { return dial(alicesDesk, atAlicesDesk); }
    CallId dial(const TestPhone &from, ConnectionId connection)
    {
        const auto offer = manualOfferOf(from, bob.number);
        send(connection, offer);
        dialAnswer = answer(connection);
        return offer.callId;
    }

    TestPhone alicesDesk;
    TestPhone bobsDesk;
    ConnectionId atAlicesDesk{};
    ConnectionId atBobsDesk{};
    const char *dialAnswer = nullptr;
};

} // namespace

// protocol.md 3.5 "Manual mode"
class TestServerCoreManual : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksTheCalleeAndMatchesOnceHeAccepts()
    {
        ManualRig rig;
        const CallId id = rig.dial();
        QCOMPARE(rig.dialAnswer, "call.accepted");
        const auto request = rig.take<protocol::CallRequest>(rig.atBobsDesk);
        QVERIFY(request && request->callId == id && request->caller == rig.alice.number);
        QCOMPARE(rig.answer(rig.atAlicesDesk), "nothing");
        rig.send(rig.atBobsDesk, rig.manualArriveOf(rig.bobsDesk, rig.alice.number));
        QCOMPARE(rig.answer(rig.atBobsDesk), "call.waiting");
        const auto matched = rig.take<protocol::CallMatched>(rig.atBobsDesk);
        QVERIFY(matched && matched->callId == id && matched->caller == rig.alice.number && !matched->cliNone);
        QCOMPARE(rig.answer(rig.atAlicesDesk), "call.matched");
    }

    void asksTheDesktopBeforeThePhone()
    {
        ManualRig rig;
        rig.dial();
        QCOMPARE(rig.answer(rig.bobs), "nothing");
        QCOMPARE(rig.answer(rig.atBobsDesk), "call.request");
        rig.close(rig.atBobsDesk);
        const CallId id = rig.dial();
        QCOMPARE(rig.answer(rig.bobs), "call.request");
        rig.send(rig.bobs, rig.manualArriveOf(rig.bob, rig.alice.number));
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        const auto matched = rig.take<protocol::CallMatched>(rig.bobs);
        QVERIFY(matched && matched->callId == id);
    }

    void answersTheSameWhenTheCalleeIsAway()
    {
        ManualRig rig;
        rig.close(rig.atBobsDesk);
        rig.close(rig.bobs);
        rig.dial();
        QCOMPARE(rig.dialAnswer, "call.accepted");
        rig.advance(60s);
        QCOMPARE(rig.answer(rig.atAlicesDesk), "nothing");
        rig.advance(Duration(1));
        QCOMPARE(rig.answer(rig.atAlicesDesk), "call.expired");
    }

    void acceptsNothingThatWasNotAsked()
    {
        ManualRig rig;
        rig.dial();
        QCOMPARE(rig.answer(rig.atBobsDesk), "call.request");
        rig.send(rig.bobs, rig.manualArriveOf(rig.bob, rig.alice.number)); // the desktop was asked, not the phone
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        QCOMPARE(rig.answer(rig.bobs), "nothing");
        rig.send(rig.atBobsDesk, rig.manualArriveOf(rig.bobsDesk, rig.carol.number));
        QCOMPARE(rig.answer(rig.atBobsDesk), "call.waiting");
        QCOMPARE(rig.answer(rig.atBobsDesk), "nothing");
    }

    void neverMatchesACellularRing()
    {
        ManualRig rig;
        rig.dial();
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number}));
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {}));
        QCOMPARE(rig.core().figures().matches, std::uint64_t(0));
    }

    void tellsTheCallerWhenTheCalleeDeclines()
    {
        ManualRig rig;
        const CallId id = rig.dial();
        rig.send(rig.carols, protocol::CallDecline{id});
        QCOMPARE(rig.answer(rig.atAlicesDesk), "nothing");
        rig.send(rig.atBobsDesk, protocol::CallDecline{id});
        QCOMPARE(rig.answer(rig.atAlicesDesk), "call.expired"); // the same as for every other reason
        QCOMPARE(rig.core().figures().offers, std::size_t(0));
    }

    void tellsTheCalleeWhenTheCallerGivesUp_data()
    {
        QTest::addColumn<int>("reason");
        QTest::newRow("cancelled") << 0;
        QTest::newRow("gone") << 1;
        QTest::newRow("too late") << 2;
        QTest::newRow("dialled again") << 3;
    }
    void tellsTheCalleeWhenTheCallerGivesUp()
    {
        QFETCH(const int, reason);
        ManualRig rig;
        const CallId id = rig.dial();
        QCOMPARE(rig.answer(rig.atBobsDesk), "call.request");
        if (reason == 0)
            rig.send(rig.atAlicesDesk, protocol::CallCancel{id});
        else if (reason == 1)
            rig.close(rig.atAlicesDesk);
        else if (reason == 2)
            rig.advance(61s);
        else
            rig.dial();
        std::vector<CallId> ended;
        for (int i = 0; i < 2; ++i) {
            if (const auto expired = rig.take<protocol::CallExpired>(rig.atBobsDesk))
                ended.push_back(std::get<CallId>(expired->id));
            else
                rig.answer(rig.atBobsDesk); // the request of the second dial
        }
        QVERIFY(ended == std::vector{id});
        QCOMPARE(rig.strayTexts, 0);
    }

    void limitsManualDials()
    {
        Limits limits;
        limits.offerRate = {100, 1s};
        ManualRig rig(limits);
        for (int i = 0; i < 6; ++i) {
            rig.send(rig.atAlicesDesk, protocol::CallCancel{rig.dial()});
            QCOMPARE(rig.dialAnswer, "call.accepted");
        }
        rig.dial();
        QCOMPARE(rig.dialAnswer, "E_RATE");
        rig.advance(1min);
        rig.dial();
        QCOMPARE(rig.dialAnswer, "call.accepted");
    }

    void tellsOfTheEchoPeerWhileItIsThere()
    {
        Limits limits;
        limits.echoNumber = TestPhone(2).number.e164();
        ManualRig rig(limits);
        const auto welcomeOf = [&rig](const TestPhone &phone) {
            const ConnectionId connection = rig.open();
            rig.send(connection, rig.authOf(phone, connection));
            return rig.take<protocol::Welcome>(connection);
        };
        auto welcome = welcomeOf(rig.alice);
        QVERIFY(welcome && welcome->echoMsisdn == rig.bob.number);
        QCOMPARE(welcome->echoIdcard, rig.accountOf(rig.bobsDesk).idcard);
        rig.atBobsDesk = rig.logIn(rig.bobsDesk);
        welcome = welcomeOf(rig.bobsDesk); // that is itself
        QVERIFY(welcome && !welcome->echoMsisdn && !welcome->echoIdcard);
        rig.change(rig.bobsDesk, [](Account &account) { account.flagged = true; });
        rig.atBobsDesk = rig.logIn(rig.bobsDesk);
        welcome = welcomeOf(rig.alice);
        QVERIFY(welcome && !welcome->echoMsisdn);
        rig.close(rig.atBobsDesk);
        welcome = welcomeOf(rig.alice);
        QVERIFY(welcome && !welcome->echoMsisdn);
    }

    void tellsOfNoEchoPeerWithoutManualMode()
    {
        Limits limits;
        limits.echoNumber = TestPhone(2).number.e164();
        limits.manualMode = false;
        ManualRig rig(limits);
        const ConnectionId connection = rig.open();
        rig.send(connection, rig.authOf(rig.alice, connection));
        const auto welcome = rig.take<protocol::Welcome>(connection);
        QVERIFY(welcome && !welcome->echoMsisdn);
    }

    void limitsTestCallsOnTheirOwn()
    {
        Limits limits;
        limits.offerRate = {100, 1s};
        limits.echoNumber = TestPhone(2).number.e164();
        limits.echoOffers = {2, 1h};
        ManualRig rig(limits);
        for (int i = 0; i < 2; ++i) {
            rig.send(rig.atAlicesDesk, protocol::CallCancel{rig.dial()});
            QCOMPARE(rig.dialAnswer, "call.accepted");
        }
        rig.dial();
        QCOMPARE(rig.dialAnswer, "E_RATE");
        rig.send(rig.atAlicesDesk, rig.manualOfferOf(rig.alicesDesk, TestPhone(7).number));
        QCOMPARE(rig.answer(rig.atAlicesDesk), "call.accepted");
        rig.dial(rig.carol, rig.carols); // another account has its own
        QCOMPARE(rig.dialAnswer, "call.accepted");
        rig.advance(1h);
        QCOMPARE(rig.answer(rig.atAlicesDesk), "call.expired");
        rig.dial();
        QCOMPARE(rig.dialAnswer, "call.accepted");
    }

    void showsACalleeTwoRequestsAtMost()
    {
        ManualRig rig;
        TestPhone dave(4);
        rig.know(dave);
        const ConnectionId daves = rig.logIn(dave);
        rig.dial();
        rig.dial(rig.carol, rig.carols);
        QCOMPARE(rig.answer(rig.atBobsDesk), "call.request");
        QCOMPARE(rig.answer(rig.atBobsDesk), "call.request");
        rig.dial(dave, daves);
        QCOMPARE(rig.dialAnswer, "call.accepted");
        QCOMPARE(rig.answer(rig.atBobsDesk), "nothing");
    }

    void asksAgainForACallerWhoDialsAgain()
    {
        ManualRig rig;
        rig.dial();
        rig.dial(rig.carol, rig.carols);
        QCOMPARE(rig.answer(rig.atBobsDesk), "call.request");
        QCOMPARE(rig.answer(rig.atBobsDesk), "call.request");
        const CallId again = rig.dial(); // its older request goes, so there is a place
        const auto request = rig.take<protocol::CallRequest>(rig.atBobsDesk);
        QVERIFY(request && request->callId == again);
    }

    // M7
    void asksNobodyToCallHimself_data()
    {
        QTest::addColumn<bool>("fromPhone");
        QTest::newRow("from the desktop") << false;
        QTest::newRow("from the phone") << true;
    }
    void asksNobodyToCallHimself()
    {
        QFETCH(const bool, fromPhone);
        ManualRig rig;
        const ConnectionId from = fromPhone ? rig.bobs : rig.atBobsDesk;
        rig.send(from, rig.manualOfferOf(fromPhone ? rig.bob : rig.bobsDesk, rig.bob.number));
        QCOMPARE(rig.answer(from), "call.accepted");
        QCOMPARE(rig.answer(rig.bobs), "nothing");
        QCOMPARE(rig.answer(rig.atBobsDesk), "nothing");
    }

    void asksNobodyWhoMayNotMatch()
    {
        ManualRig rig;
        rig.close(rig.atBobsDesk);
        rig.close(rig.bobs);
        rig.change(rig.bobsDesk, [](Account &account) { account.flagged = true; });
        rig.atBobsDesk = rig.logIn(rig.bobsDesk);
        rig.dial();
        QCOMPARE(rig.dialAnswer, "call.accepted");
        QCOMPARE(rig.answer(rig.atBobsDesk), "nothing");
    }

    void isOffWhereTheServerSaysSo()
    {
        Limits limits;
        limits.manualMode = false;
        ManualRig rig(limits);
        rig.dial();
        QCOMPARE(rig.dialAnswer, "E_PROTO");
        rig.send(rig.atBobsDesk, rig.manualArriveOf(rig.bobsDesk, rig.alice.number));
        QCOMPARE(rig.answer(rig.atBobsDesk), "E_PROTO");
    }

    void takesOnlyAnswersThatNameOneCaller()
    {
        ManualRig rig;
        auto accept = rig.manualArriveOf(rig.bobsDesk, rig.alice.number);
        accept.cli.clear();
        rig.send(rig.atBobsDesk, accept);
        QCOMPARE(rig.answer(rig.atBobsDesk), "E_PROTO");
        accept.cli = {rig.alice.number, rig.carol.number};
        rig.send(rig.atBobsDesk, accept);
        QCOMPARE(rig.answer(rig.atBobsDesk), "E_PROTO");
    }

    void takesNoUnansweredDesktopForAPhoneThatSprays()
    {
        Limits limits;
        limits.unmatchedOfCli = {1, 1h};
        ManualRig rig(limits);
        rig.send(rig.atBobsDesk, rig.manualArriveOf(rig.bobsDesk, rig.alice.number));
        rig.advance(11s);
        QVERIFY(!rig.accountOf(rig.bobsDesk).flagged);
    }

    void letsNoDesktopDialOnThePhoneNetwork()
    {
        ManualRig rig;
        rig.send(rig.atAlicesDesk, rig.offerOf(rig.alicesDesk, rig.bob.number));
        QCOMPARE(rig.answer(rig.atAlicesDesk), "E_SIM_MISMATCH");
    }
};

QTEST_APPLESS_MAIN(TestServerCoreManual)
#include "tst_servercoremanual.moc"
