#include "core/crypto/tags.h"
#include "tests/server/callrig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using protocol::ErrorCode;

// protocol.md 3.5: what the matcher's own test does not show.
class TestServerCoreRendezvous : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsBothSidesOfAMatchWhatTheyNeed()
    {
        CallRig rig;
        const auto offer = rig.offerOf(rig.alice, rig.bob.number);
        const auto arrive = rig.arriveOf(rig.bob, {rig.alice.number});
        rig.send(rig.alices, offer);
        rig.send(rig.bobs, arrive);
        const auto accepted = rig.take<protocol::CallAccepted>(rig.alices);
        QVERIFY(accepted && accepted->callId == offer.callId);
        const auto waiting = rig.take<protocol::CallWaiting>(rig.bobs);
        QVERIFY(waiting && waiting->arriveId == arrive.arriveId);

        const auto toCallee = rig.take<protocol::CallMatched>(rig.bobs);
        QVERIFY(toCallee);
        QVERIFY(toCallee->callId == offer.callId && toCallee->arriveId == arrive.arriveId);
        QVERIFY(toCallee->role == protocol::Role::Callee);
        QVERIFY(toCallee->peerIdcard == rig.alice.identity.card().bytes);
        QVERIFY(toCallee->caller == rig.alice.number && !toCallee->cliNone);
        QVERIFY(toCallee->commit == offer.commit && toCallee->caps == offer.caps);

        const auto toCaller = rig.take<protocol::CallMatched>(rig.alices);
        QVERIFY(toCaller);
        QVERIFY(toCaller->callId == offer.callId && toCaller->role == protocol::Role::Caller);
        QVERIFY(toCaller->peerIdcard == rig.bob.identity.card().bytes);
        QVERIFY(!toCaller->arriveId && !toCaller->caller && !toCaller->commit && !toCaller->caps);
        QCOMPARE(rig.core().figures().matches, std::uint64_t(1));
        QCOMPARE(rig.core().figures().routes, std::size_t(1));
    }

    void matchesWhenTheRingComesFirst()
    {
        CallRig rig;
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number}));
        rig.advance(10s);
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        QCOMPARE(rig.answer(rig.bobs), "call.matched");
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        QCOMPARE(rig.answer(rig.alices), "call.matched");
    }

    void saysWhenTheCallerIdWasUnknown()
    {
        CallRig rig; // M5
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {}));
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        const auto matched = rig.take<protocol::CallMatched>(rig.bobs);
        QVERIFY(matched && matched->cliNone && matched->caller == rig.alice.number);
    }

    void sendsRelayCredentialsThatTheRelayAccepts()
    {
        Limits limits;
        limits.turnUrls = {"turn:relay.example.org"};
        CallRig rig(limits);
        const auto offer = rig.offerOf(rig.alice, rig.bob.number);
        rig.send(rig.alices, offer);
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number}));
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        const auto matched = rig.take<protocol::CallMatched>(rig.alices);
        QVERIFY(matched);
        const protocol::TurnCredentials &turn = matched->turn;
        QVERIFY(turn.urls == limits.turnUrls);
        QCOMPARE(turn.ttl, 120U);
        QVERIFY(turn.username == std::to_string(rig.wall.seconds + 120) + ':' + toHex(offer.callId.bytes));
        QVERIFY(turn.password == crypto::turnRestPassword(rig.secrets().turnSecret, turn.username));
    }

    void sendsNoCredentialsWithoutARelay()
    {
        CallRig rig;
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number}));
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        const auto matched = rig.take<protocol::CallMatched>(rig.alices);
        QVERIFY(matched && matched->turn.urls.empty() && matched->turn.password.empty());
    }

    void tellsTheSenderWhenNothingCame()
    {
        CallRig rig;
        const auto offer = rig.offerOf(rig.alice, rig.bob.number);
        const auto arrive = rig.arriveOf(rig.carol, {rig.alice.number});
        rig.send(rig.alices, offer);
        rig.send(rig.carols, arrive);
        rig.advance(10s);
        QCOMPARE(rig.answer(rig.carols), "call.waiting");
        QCOMPARE(rig.answer(rig.carols), "nothing"); // an age of 10 s still counts
        rig.advance(Duration(1));
        const auto expiredRing = rig.take<protocol::CallExpired>(rig.carols);
        QVERIFY(expiredRing && std::get<ArriveId>(expiredRing->id) == arrive.arriveId);
        rig.advance(50s);
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        const auto expiredDial = rig.take<protocol::CallExpired>(rig.alices);
        QVERIFY(expiredDial && std::get<CallId>(expiredDial->id) == offer.callId);
        QCOMPARE(rig.core().figures().offers + rig.core().figures().arrivals, std::size_t(0));
    }

    void tellsTheSenderWhatHisNewerDialReplaced()
    {
        CallRig rig;
        const auto first = rig.offerOf(rig.alice, rig.bob.number);
        rig.send(rig.alices, first);
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        const auto expired = rig.take<protocol::CallExpired>(rig.alices);
        QVERIFY(expired && std::get<CallId>(expired->id) == first.callId);
    }

    void forgetsWhatWasCancelled()
    {
        CallRig rig;
        const auto offer = rig.offerOf(rig.alice, rig.bob.number);
        rig.send(rig.alices, offer);
        rig.send(rig.bobs, protocol::CallCancel{offer.callId}); // somebody else's
        QCOMPARE(rig.core().figures().offers, std::size_t(1));
        rig.send(rig.alices, protocol::CallCancel{offer.callId});
        const auto arrive = rig.arriveOf(rig.bob, {rig.alice.number});
        rig.send(rig.bobs, arrive);
        rig.send(rig.bobs, protocol::CallCancel{arrive.arriveId});
        QCOMPARE(rig.core().figures().offers + rig.core().figures().arrivals, std::size_t(0));
        rig.advance(2min);
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        QCOMPARE(rig.answer(rig.alices), "nothing");
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        QCOMPARE(rig.answer(rig.bobs), "nothing");
    }

    void losesDialsAndRingsWithTheirConnection()
    {
        CallRig rig;
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        rig.send(rig.carols, rig.arriveOf(rig.carol, {rig.bob.number}));
        rig.close(rig.alices);
        rig.close(rig.carols);
        QCOMPARE(rig.core().figures().offers + rig.core().figures().arrivals, std::size_t(0));
        rig.logIn(rig.alice);
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number}));
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        QCOMPARE(rig.answer(rig.bobs), "nothing");
        QCOMPARE(rig.strayTexts, 0);
    }

    void refusesDialsUnderSomebodyElsesNumber()
    {
        CallRig rig;
        auto offer = rig.offerOf(rig.alice, rig.bob.number);
        offer.msisdn = rig.carol.number;
        rig.send(rig.alices, offer);
        const auto error = rig.takeError(rig.alices);
        QVERIFY(error && error->code == ErrorCode::Number && error->re == "call.offer");
        QVERIFY(error->callId == offer.callId);
    }

    void refusesRingsUnderSomebodyElsesNumber()
    {
        CallRig rig;
        auto arrive = rig.arriveOf(rig.bob, {rig.alice.number});
        arrive.msisdn = rig.carol.number;
        rig.send(rig.bobs, arrive);
        const auto error = rig.takeError(rig.bobs);
        QVERIFY(error && error->code == ErrorCode::Number && error->arriveId == arrive.arriveId);
        arrive.msisdn = rig.bob.number;
        rig.send(rig.bobs, arrive);
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
    }

    void refusesACallIdThatWasUsed()
    {
        CallRig rig;
        const CallId id = rig.match(rig.alice, rig.alices, rig.bob, rig.bobs);
        auto again = rig.offerOf(rig.carol, rig.bob.number);
        again.callId = id;
        rig.send(rig.carols, again);
        QCOMPARE(rig.answer(rig.carols), "E_PROTO");
    }

    void refusesACallIdWhoseRouteLivesBeyondTheMemory()
    {
        CallRig rig;
        const CallId id = rig.match(rig.alice, rig.alices, rig.bob, rig.bobs);
        for (int minute = 0; minute < 12; ++minute) {
            rig.advance(1min);
            rig.send(rig.alices, protocol::CallSealed{id, 1, {}});
        }
        auto again = rig.offerOf(rig.carol, rig.bob.number);
        again.callId = id;
        rig.send(rig.carols, again);
        QCOMPARE(rig.answer(rig.carols), "E_PROTO");
    }

    void boundsDialsAndRingsOfAConnection()
    {
        CallRig rig;
        for (const int callee : {10, 11}) {
            rig.send(rig.alices, rig.offerOf(rig.alice, numberOf(callee)));
            QCOMPARE(rig.answer(rig.alices), "call.accepted");
            rig.send(rig.alices, rig.arriveOf(rig.alice, {numberOf(callee)}));
            QCOMPARE(rig.answer(rig.alices), "call.waiting");
        }
        rig.send(rig.alices, rig.offerOf(rig.alice, numberOf(12)));
        const auto dial = rig.takeError(rig.alices);
        QVERIFY(dial && dial->code == ErrorCode::Rate && dial->retryAfter == 1U);
        rig.send(rig.alices, rig.arriveOf(rig.alice, {numberOf(12)}));
        QCOMPARE(rig.answer(rig.alices), "E_RATE");
    }

    void refusesTheNewestWhenAllPlacesAreTaken_data()
    {
        QTest::addColumn<int>("bound");
        QTest::newRow("offers") << 0;
        QTest::newRow("arrivals") << 1;
        QTest::newRow("call ids") << 2;
        QTest::newRow("routes") << 3;
    }
    void refusesTheNewestWhenAllPlacesAreTaken()
    {
        QFETCH(const int, bound);
        Limits limits;
        (bound == 0 ? limits.offers : bound == 1 ? limits.arrivals : bound == 2 ? limits.callIds : limits.routes) = 1;
        CallRig rig(limits);
        const auto dial = [&](const TestPhone &phone, ConnectionId from) {
            rig.send(from, rig.offerOf(phone, numberOf(20)));
            return rig.answer(from);
        };
        const auto ring = [&](const TestPhone &phone, ConnectionId at) {
            rig.send(at, rig.arriveOf(phone, {numberOf(20)}));
            return rig.answer(at);
        };
        if (bound == 3)
            rig.match(rig.alice, rig.alices, rig.bob, rig.bobs);
        else if (bound == 1)
            QCOMPARE(ring(rig.alice, rig.alices), "call.waiting");
        else
            QCOMPARE(dial(rig.alice, rig.alices), "call.accepted");
        QCOMPARE(dial(rig.carol, rig.carols), bound == 1 ? "call.accepted" : "E_BUSY_SERVER");
        QCOMPARE(ring(rig.carol, rig.carols), bound == 1 || bound == 3 ? "E_BUSY_SERVER" : "call.waiting");
        rig.advance(121s);
        QCOMPARE(rig.core().figures().routes, std::size_t(0));
        if (bound == 3)
            QCOMPARE(dial(rig.alice, rig.alices), "call.accepted");
    }

    // L5
    void limitsDials()
    {
        CallRig rig;
        for (int i = 0; i < 6; ++i) {
            rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
            QCOMPARE(rig.answer(rig.alices), "call.accepted");
            while (rig.take<protocol::CallExpired>(rig.alices)) {
            }
        }
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        const auto error = rig.takeError(rig.alices);
        QVERIFY(error && error->code == ErrorCode::Rate && error->retryAfter == 10U);
        rig.advance(10s);
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
    }

    // L5: counts accounts, not connections
    void limitsDialsAcrossReconnects()
    {
        CallRig rig;
        for (int i = 0; i < 6; ++i) {
            rig.alices = rig.logIn(rig.alice);
            rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
            QCOMPARE(rig.answer(rig.alices), "call.accepted");
        }
        rig.alices = rig.logIn(rig.alice);
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        QCOMPARE(rig.answer(rig.alices), "E_RATE");
    }

    // L5
    void limitsCalleesThatDidNotMatch()
    {
        Limits limits;
        limits.unmatchedCallees = {2, 24h};
        CallRig rig(limits);
        const auto dial = [&](const protocol::Msisdn &callee) {
            const auto offer = rig.offerOf(rig.alice, callee);
            rig.send(rig.alices, offer);
            rig.send(rig.alices, protocol::CallCancel{offer.callId});
            return rig.answer(rig.alices);
        };
        QCOMPARE(dial(numberOf(10)), "call.accepted");
        QCOMPARE(dial(numberOf(11)), "call.accepted");
        QCOMPARE(dial(numberOf(12)), "E_RATE");
        QCOMPARE(dial(numberOf(10)), "call.accepted");
        rig.advance(24h);
        rig.match(rig.alice, rig.alices, rig.bob, rig.bobs); // does not count
        QCOMPARE(dial(numberOf(10)), "call.accepted");
        QCOMPARE(dial(numberOf(11)), "call.accepted");
        QCOMPARE(dial(numberOf(12)), "E_RATE");
    }

    // L6
    void limitsRings()
    {
        CallRig rig;
        const auto ring = [&] {
            const auto arrive = rig.arriveOf(rig.bob, {});
            rig.send(rig.bobs, arrive);
            rig.send(rig.bobs, protocol::CallCancel{arrive.arriveId});
            return rig.answer(rig.bobs);
        };
        for (int i = 0; i < 10; ++i)
            QCOMPARE(ring(), "call.waiting");
        QCOMPARE(ring(), "E_RATE");
        rig.advance(6s);
        QCOMPARE(ring(), "call.waiting");
    }

    // L8
    void limitsMatchesOfAPair()
    {
        Limits limits;
        limits.matchRate = {1, 30s};
        CallRig rig(limits);
        rig.match(rig.alice, rig.alices, rig.bob, rig.bobs);
        rig.send(rig.bobs, rig.offerOf(rig.bob, rig.alice.number));
        rig.send(rig.alices, rig.arriveOf(rig.alice, {rig.bob.number}));
        QCOMPARE(rig.answer(rig.bobs), "call.accepted"); // says nothing of it
        QCOMPARE(rig.answer(rig.bobs), "nothing");
        QCOMPARE(rig.answer(rig.alices), "call.waiting");
        QCOMPARE(rig.answer(rig.alices), "nothing");
        rig.match(rig.carol, rig.carols, rig.bob, rig.bobs);
    }

    // T45: windows are measured with the monotonic clock.
    void ignoresJumpsOfTheWallClock()
    {
        CallRig rig;
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        rig.wall.seconds += 3600;
        rig.send(rig.bobs, rig.arriveOf(rig.bob, {rig.alice.number}));
        QCOMPARE(rig.answer(rig.bobs), "call.waiting");
        QCOMPARE(rig.answer(rig.bobs), "call.matched");
        rig.wall.seconds -= 7200;
        rig.match(rig.carol, rig.carols, rig.bob, rig.bobs);
    }

    void goesOnMatchingWithoutARegistry()
    {
        CallRig rig; // 6.4: matching is in RAM only
        rig.registry.accounts.setFault(RegistryError::Failed);
        rig.match(rig.alice, rig.alices, rig.bob, rig.bobs);
    }
};

QTEST_APPLESS_MAIN(TestServerCoreRendezvous)
#include "tst_servercorerendezvous.moc"
