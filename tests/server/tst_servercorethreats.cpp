#include "tests/server/callrig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using protocol::AccountKind;

// A function for each row of protocol.md 2.3 that the core alone can answer; the comment holds the row's test id.
class TestServerCoreThreats : public QObject
{
    Q_OBJECT

    /// Nobody has been told anything since the last look.
    static bool silent(CallRig &rig)
    {
        return std::ranges::all_of(std::array{rig.alices, rig.bobs, rig.carols},
                                   [&](ConnectionId id) { return std::string_view(rig.answer(id)) == "nothing"; });
    }

private Q_SLOTS:
    // rv_imsi_of_other_account_never_matches (T01)
    void neverMatchesTheImsiOfAnotherAccount()
    {
        CallRig rig;
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        auto arrive = rig.arriveOf(rig.carol, {rig.alice.number});
        arrive.sim = rig.bob.sim; // caught over the air
        rig.send(rig.carols, arrive);
        QCOMPARE(rig.answer(rig.carols), "E_SIM_MISMATCH");
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        QVERIFY(silent(rig));
        rig.send(rig.carols, rig.arriveOf(rig.carol, {rig.alice.number}));
        QCOMPARE(rig.answer(rig.carols), "E_QUARANTINE"); // flagged: the number has to be proven again
        rig.advance(1s);
        QVERIFY(rig.accountOf(rig.carol).flagged);
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number}));
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        QCOMPARE(rig.answer(rig.bobs), "call.matched");
    }

    // T01, with the same for handles and for no SIM at all
    void neverMatchesASimThatIsNotTheAccounts_data()
    {
        QTest::addColumn<int>("shown");
        QTest::newRow("another IMSI") << 0;
        QTest::newRow("a handle instead of the IMSI") << 1;
        QTest::newRow("no SIM") << 2;
    }
    void neverMatchesASimThatIsNotTheAccounts()
    {
        QFETCH(const int, shown);
        CallRig rig;
        auto arrive = rig.arriveOf(rig.bob, {rig.alice.number});
        arrive.sim = shown == 0   ? protocol::SimProof(imsiOf(77))
                     : shown == 1 ? protocol::SimProof(SimHandle{})
                                  : protocol::SimProof();
        rig.send(rig.bobs, arrive);
        QCOMPARE(rig.answer(rig.bobs), "E_SIM_MISMATCH");
    }

    void matchesAHandleOfItsOwnAccountOnly()
    {
        CallRig rig;
        TestPhone dave(4);
        dave.sim = SimHandle{{4}};
        rig.know(dave);
        ConnectionId daves = rig.logIn(dave);
        rig.match(rig.alice, rig.alices, dave, daves);
        auto arrive = rig.arriveOf(dave, {rig.alice.number});
        arrive.sim = SimHandle{{5}};
        rig.send(daves, arrive);
        QCOMPARE(rig.answer(daves), "E_SIM_MISMATCH");
    }

    void clearsTheFlagOnceTheNumberIsProvenAgain()
    {
        CallRig rig;
        auto arrive = rig.arriveOf(rig.carol, {rig.alice.number});
        arrive.sim = rig.bob.sim;
        rig.send(rig.carols, arrive);
        QCOMPARE(rig.answer(rig.carols), "E_SIM_MISMATCH");
        rig.advance(1s);
        rig.carols = rig.open();
        rig.send(rig.carols, rig.authOf(rig.carol, rig.carols));
        const auto welcome = rig.take<protocol::Welcome>(rig.carols);
        QVERIFY(welcome && welcome->reverify);
        QVERIFY(rig.enrol(rig.carols, rig.carol));
        rig.match(rig.alice, rig.alices, rig.carol, rig.carols);
    }

    void flagsAnAccountOnceTheRegistryIsBack()
    {
        CallRig rig;
        rig.registry.accounts.setFault(RegistryError::Busy);
        auto arrive = rig.arriveOf(rig.carol, {rig.alice.number});
        arrive.sim = rig.bob.sim;
        rig.send(rig.carols, arrive);
        rig.advance(10s);
        rig.registry.accounts.setFault(std::nullopt);
        rig.advance(1s);
        QVERIFY(rig.accountOf(rig.carol).flagged);
    }

    // rv_offer_without_cli_agreement_never_matches (T02)
    void neverMatchesAStandingOfferAgainstTheCallerId()
    {
        CallRig rig;
        rig.send(rig.carols, rig.offerOf(rig.carol, rig.bob.number));
        QCOMPARE(rig.answer(rig.carols), "call.accepted");
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number}));
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        QVERIFY(silent(rig));
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number)); // the one who does ring
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        const auto matched = rig.take<protocol::CallMatched>(rig.bobs);
        QVERIFY(matched && matched->peerIdcard == rig.alice.identity.card().bytes);
        QCOMPARE(rig.answer(rig.carols), "nothing");
    }

    // T02 with M5: a second dial to the same number takes the guess away.
    void neverGuessesBetweenTwoOffersWithoutACallerId()
    {
        CallRig rig;
        rig.send(rig.carols, rig.offerOf(rig.carol, rig.bob.number));
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        QCOMPARE(rig.answer(rig.carols), "call.accepted");
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {}));
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        QVERIFY(silent(rig));
    }

    // rv_spoofed_cli_without_offer (T03)
    void neverMatchesASpoofedCallerIdWithoutAnOffer()
    {
        CallRig rig;
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number}));
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        QVERIFY(silent(rig));
        rig.advance(11s);
        QCOMPARE(rig.answer(rig.bobs), "call.expired");
        QVERIFY(silent(rig));
    }

    // rv_withheld_cli (T05): the phone sends no arrival then, and the wire has no word for it.
    void neverTakesAWithheldCallerIdForAnUnknownOne_data()
    {
        QTest::addColumn<QByteArray>("cli");
        QTest::newRow("no key") << QByteArray();
        QTest::newRow("none") << QByteArray(R"("cli":"none",)");
        QTest::newRow("withheld") << QByteArray(R"("cli":"withheld",)");
        QTest::newRow("empty") << QByteArray(R"("cli":[],)");
        QTest::newRow("null") << QByteArray(R"("cli":null,)");
        QTest::newRow("anonymous") << QByteArray(R"("cli":["anonymous"],)");
    }
    void neverTakesAWithheldCallerIdForAnUnknownOne()
    {
        QFETCH(const QByteArray, cli);
        CallRig rig;
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        const std::string good = protocol::encode(rig.arriveOf(rig.bob, {}));
        std::string text = good;
        const std::string key = R"("cli":"unknown",)";
        const std::size_t at = text.find(key);
        QVERIFY(at != std::string::npos);
        rig.sendText(rig.bobs, text.replace(at, key.size(), cli.toStdString()));
        QCOMPARE(rig.answer(rig.bobs), "E_PROTO");
        QVERIFY(silent(rig));
        rig.sendText(rig.bobs, good);
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        QCOMPARE(rig.answer(rig.bobs), "call.matched");
    }

    // rv_arrive_spray_flags_account (T07)
    void flagsAnAccountThatSpraysArrivals()
    {
        Limits limits;
        limits.arrivalRate = {1000, 1s};
        CallRig rig(limits);
        for (int i = 0; i < 19; ++i) {
            const auto arrive = rig.arriveOf(rig.bob, {rig.alice.number});
            rig.send(rig.bobs, arrive);
            rig.send(rig.bobs, protocol::CallCancel{arrive.arriveId}); // giving up does not help
            QCOMPARE(rig.answer(rig.bobs), "call.waiting");
            rig.advance(1s);
        }
        QVERIFY(!rig.accountOf(rig.bob).flagged);
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number}));
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        rig.advance(11s);
        QCOMPARE(rig.answer(rig.bobs), "call.expired");
        QVERIFY(rig.accountOf(rig.bob).flagged);
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.carol.number}));
        QCOMPARE(rig.answer(rig.bobs), "E_QUARANTINE");
    }

    void flagsNobodyForRingsOfManyPeople()
    {
        Limits limits;
        limits.arrivalRate = {1000, 1s};
        CallRig rig(limits);
        for (int i = 0; i < 40; ++i) {
            rig.send(rig.bobs, rig.arriveOf(rig.bob, {numberOf(100 + i / 2)}));
            rig.advance(11s);
        }
        QVERIFY(!rig.accountOf(rig.bob).flagged);
    }

    void countsEachReadingOfASprayedCallerId()
    {
        Limits limits;
        limits.arrivalRate = {1000, 1s};
        CallRig rig(limits);
        for (int i = 0; i < 20; ++i) { // a second reading that changes each time hides nothing
            rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number, numberOf(100 + i)}));
            rig.advance(11s);
        }
        QVERIFY(rig.accountOf(rig.bob).flagged);
    }

    // T07 with M5: a ring without a caller-ID is the one that asks for the least.
    void flagsAnAccountThatSpraysArrivalsWithoutACallerId()
    {
        Limits limits;
        limits.arrivalRate = {1000, 1s};
        CallRig rig(limits);
        for (int i = 0; i < 20; ++i) {
            QVERIFY(!rig.accountOf(rig.bob).flagged);
            rig.send(rig.bobs, rig.arriveOf(rig.bob, {}));
            rig.advance(11s);
        }
        QVERIFY(rig.accountOf(rig.bob).flagged);
    }

    void takesTheRingsOfAFlaggedAccountAway()
    {
        Limits limits;
        limits.unmatchedOfCli = {1, 1h};
        CallRig rig(limits);
        const auto second = rig.arriveOf(rig.bob, {rig.alice.number});
        const auto first = rig.arriveOf(rig.bob, {rig.carol.number});
        rig.send(rig.bobs, first);
        rig.send(rig.bobs, second);
        rig.send(rig.bobs, protocol::CallCancel{first.arriveId}); // the one too many
        QCOMPARE(rig.core().figures().arrivals, std::size_t(0));
    }

    // otp_bruteforce_budget (T09): 5 tries in each of 5 sessions a day, whatever the guesser does.
    void givesAGuesserTwentyFiveTriesADay()
    {
        CoreRig rig;
        const TestPhone victim(1);
        int tries = 0;
        for (int hour = 0; hour < 24; ++hour, rig.advance(1h)) {
            for (int session = 0; session < 5; ++session) {
                const ConnectionId connection = rig.open("2001:db8:" + std::to_string(100 * hour + session) + "::1");
                const SessionId id = rig.begin(connection, victim);
                for (int guess = 0; id != SessionId{} && guess < 10; ++guess) {
                    const std::string code = rig.codes[id] == "111111" ? "222222" : "111111";
                    rig.send(connection, rig.verifyOf(victim, id, code));
                    tries += std::string_view(rig.answer(connection)) == "E_REG_CODE" ? 1 : 0;
                }
                rig.close(connection);
            }
        }
        QCOMPARE(tries, 25);
    }

    // otp_global_budget_trips (T10)
    void stopsSendingCodesWhenTheHoursBudgetIsUsed()
    {
        Limits limits;
        limits.sessionsOfCountry = {1'000, 1h};
        limits.sessionsOfAll = {40, 1h};
        CoreRig rig(limits);
        int sent = 0;
        for (int i = 0; i < 100; ++i) {
            const ConnectionId connection = rig.open("198.51." + std::to_string(i) + ".1");
            sent += rig.begin(connection, TestPhone(i)) != SessionId{} ? 1 : 0;
            rig.close(connection);
        }
        QCOMPARE(sent, 40);
        rig.advance(1h);
        QVERIFY(rig.begin(rig.open(), TestPhone(200)) != SessionId{});
    }

    // reg_no_enumeration_timing (T11): nothing is looked up, so no time can tell.
    void answersRegistrationsOfKnownAndUnknownNumbersAlike()
    {
        CallRig rig;
        rig.registry.calls = 0;
        const auto begin = [&](const TestPhone &phone) {
            const ConnectionId connection = rig.open();
            rig.send(connection, rig.beginOf(phone));
            auto sent = rig.take<protocol::RegisterSent>(connection);
            if (sent)
                sent->sessionId = {};
            return sent;
        };
        const auto known = begin(rig.alice);
        const auto unknown = begin(TestPhone(99));
        QVERIFY(known && known == unknown);
        QCOMPARE(rig.registry.calls, 0);
    }

    // rv_offer_answer_constant (T12)
    void answersOffersAlikeWhoeverIsDialled_data()
    {
        QTest::addColumn<int>("callee");
        QTest::newRow("a subscriber who is online") << 0;
        QTest::newRow("a subscriber who is offline") << 1;
        QTest::newRow("a number that nobody registered") << 2;
        QTest::newRow("a flagged subscriber") << 3;
        QTest::newRow("himself") << 4;
        QTest::newRow("by hand, a subscriber who is online") << 5;
        QTest::newRow("by hand, a number that nobody registered") << 6;
    }
    void answersOffersAlikeWhoeverIsDialled()
    {
        QFETCH(const int, callee);
        CallRig rig;
        if (callee == 1)
            rig.close(rig.bobs);
        if (callee == 3)
            rig.change(rig.bob, [](Account &account) { account.flagged = true; });
        rig.registry.calls = 0;
        auto offer = rig.offerOf(rig.alice, callee == 4 ? rig.alice.number : rig.bob.number);
        if (callee == 2 || callee == 6)
            offer.callee = numberOf(99);
        offer.manual = callee >= 5;
        rig.send(rig.alices, offer);
        QVERIFY(rig.take<protocol::CallAccepted>(rig.alices) == protocol::CallAccepted{offer.callId});
        QCOMPARE(rig.registry.calls, 0);
        rig.advance(60s);
        QCOMPARE(rig.answer(rig.alices), "nothing");
        rig.advance(Duration(1));
        QVERIFY(rig.take<protocol::CallExpired>(rig.alices) == protocol::CallExpired{offer.callId});
        QCOMPARE(rig.answer(rig.alices), "nothing");
    }

    // auth_replay_* (T15): registration. Logins are in the test of 3.4.
    void takesNoRegistrationTwiceNorOverAnotherConnection()
    {
        CoreRig rig;
        TestPhone phone(1);
        const ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, phone);
        const auto overheard = rig.verifyOf(phone, session, rig.codes.at(session));
        const ConnectionId elsewhere = rig.open("203.0.113.9", protocol::Key32{0x66}); // other certificate
        rig.send(elsewhere, overheard);
        QCOMPARE(rig.answer(elsewhere), "E_AUTH");
        rig.send(connection, overheard);
        QCOMPARE(rig.answer(connection), "register.done");
        rig.send(elsewhere, overheard);
        QCOMPARE(rig.answer(elsewhere), "E_REG_EXPIRED");
    }

    // auth_replay_* (T15): offers
    void takesNoOfferTwice()
    {
        CallRig rig;
        const auto offer = rig.offerOf(rig.alice, rig.bob.number);
        rig.send(rig.alices, offer);
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number}));
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        QCOMPARE(rig.answer(rig.alices), "call.matched");
        rig.send(rig.alices, offer);
        QCOMPARE(rig.answer(rig.alices), "E_PROTO");
        rig.advance(61s);
        rig.send(rig.alices, offer);
        QCOMPARE(rig.answer(rig.alices), "E_PROTO");
    }

    // T32: no call leaves anything behind.
    void writesNothingOfACall()
    {
        CallRig rig;
        rig.advance(61s); // what the logins left
        rig.registry.calls = 0;
        const CallId id = rig.match(rig.alice, rig.alices, rig.bob, rig.bobs);
        rig.send(rig.alices, protocol::CallSealed{id, 1, {1}});
        rig.advance(10min);
        QCOMPARE(rig.registry.calls, 0);
        const ServerCore::Figures figures = rig.core().figures();
        QCOMPARE(figures.offers + figures.arrivals + figures.routes, std::size_t(0));
    }

    // T43: who lost the number gets nothing more of it.
    void matchesTheNewOwnerOfANumberOnly()
    {
        CallRig rig;
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number}));
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        TestPhone newOwner(2);
        const ConnectionId connection = rig.open();
        QVERIFY(rig.enrol(connection, newOwner));
        QCOMPARE(rig.answer(rig.bobs), "E_GONE");
        rig.send(rig.alices, rig.offerOf(rig.alice, newOwner.number));
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        QCOMPARE(rig.answer(rig.alices), "nothing"); // the ring of the old owner has gone with him
        rig.send(connection, rig.arriveOf(newOwner, {rig.alice.number}));
        QCOMPARE(rig.answer(connection), "call.waiting");
        QCOMPARE(rig.answer(connection), "call.matched");
    }
};

QTEST_APPLESS_MAIN(TestServerCoreThreats)
#include "tst_servercorethreats.moc"
