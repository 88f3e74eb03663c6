#include "core/crypto/tags.h"
#include "tests/server/callrig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;

namespace {

/// A call from Alice to Bob that has matched.
class RouteRig : public CallRig
{
public:
    explicit RouteRig(const Limits &limits = {}) : CallRig(limits) { id = match(alice, alices, bob, bobs); }

    protocol::CallSealed sealed(std::uint64_t n = 1) const { return {id, n, {1, 2, 3}}; }

    CallId id;
};

} // namespace

// protocol.md 3.5 and 3.6: what goes along a route.
class TestServerCoreForwarding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesMessage1ToTheCallerUnchanged()
    {
        RouteRig rig;
        const protocol::CallNoise1 noise{rig.id, rig.random.array<48>(), {1, 2}};
        rig.send(rig.bobs, noise);
        QVERIFY(rig.take<protocol::CallNoise1>(rig.alices) == noise);
        QCOMPARE(rig.answer(rig.bobs), "nothing");
    }

    void carriesMessage2ToTheCalleeUnchanged()
    {
        RouteRig rig;
        const protocol::CallNoise2 noise{rig.id, rig.random.array<48>()};
        rig.send(rig.alices, noise);
        QVERIFY(rig.take<protocol::CallNoise2>(rig.bobs) == noise);
        QCOMPARE(rig.answer(rig.alices), "nothing");
    }

    void carriesHandshakesOneWayOnly()
    {
        RouteRig rig;
        rig.send(rig.alices, protocol::CallNoise1{rig.id, {}, {}});
        QCOMPARE(rig.answer(rig.alices), "E_CALL_UNKNOWN");
        rig.send(rig.bobs, protocol::CallNoise2{rig.id, {}});
        QCOMPARE(rig.answer(rig.bobs), "E_CALL_UNKNOWN");
        QCOMPARE(rig.answer(rig.alices), "nothing");
        QCOMPARE(rig.answer(rig.bobs), "nothing");
    }

    void carriesSealedSignallingAndAbortsBothWays()
    {
        RouteRig rig;
        rig.send(rig.alices, rig.sealed(7));
        rig.send(rig.bobs, rig.sealed(8));
        QVERIFY(rig.take<protocol::CallSealed>(rig.bobs) == rig.sealed(7));
        QVERIFY(rig.take<protocol::CallSealed>(rig.alices) == rig.sealed(8));
        rig.send(rig.alices, protocol::CallAbort{rig.id, "ERR_AUTH"});
        rig.send(rig.bobs, protocol::CallAbort{rig.id, "ERR_COMMIT"});
        QVERIFY(rig.take<protocol::CallAbort>(rig.bobs) == (protocol::CallAbort{rig.id, "ERR_AUTH"}));
        QVERIFY(rig.take<protocol::CallAbort>(rig.alices) == (protocol::CallAbort{rig.id, "ERR_COMMIT"}));
    }

    void letsNoStrangerSpeak_data()
    {
        QTest::addColumn<int>("message");
        QTest::newRow("noise1") << 0;
        QTest::newRow("noise2") << 1;
        QTest::newRow("sealed") << 2;
        QTest::newRow("abort") << 3;
        QTest::newRow("turn") << 4;
    }
    void letsNoStrangerSpeak()
    {
        QFETCH(const int, message);
        RouteRig rig;
        const auto say = [&](const CallId &id) -> protocol::Message {
            switch (message) {
            case 0:
                return protocol::CallNoise1{id, {}, {}};
            case 1:
                return protocol::CallNoise2{id, {}};
            case 2:
                return protocol::CallSealed{id, 1, {}};
            case 3:
                return protocol::CallAbort{id, "ERR_AUTH"};
            default:
                return protocol::CallTurnRequest{id};
            }
        };
        for (const CallId &id : {rig.id, CallId{{42}}}) {
            rig.send(rig.carols, say(id));
            const auto error = rig.takeError(rig.carols);
            QVERIFY(error && error->code == protocol::ErrorCode::CallUnknown && error->callId == id);
        }
        QCOMPARE(rig.answer(rig.alices), "nothing");
        QCOMPARE(rig.answer(rig.bobs), "nothing");
    }

    void carriesNothingForWhoIsNotLoggedIn()
    {
        RouteRig rig;
        const ConnectionId stranger = rig.open();
        rig.send(stranger, rig.sealed());
        QCOMPARE(rig.answer(stranger), "E_AUTH");
        QCOMPARE(rig.answer(rig.alices), "nothing");
        QCOMPARE(rig.answer(rig.bobs), "nothing");
    }

    void findsTheOtherSideAcrossReconnects()
    {
        RouteRig rig;
        rig.close(rig.bobs);
        rig.send(rig.alices, rig.sealed()); // lost, not an error: sealed messages are sent again
        QCOMPARE(rig.answer(rig.alices), "nothing");
        rig.bobs = rig.logIn(rig.bob);
        rig.send(rig.alices, rig.sealed(2));
        QVERIFY(rig.take<protocol::CallSealed>(rig.bobs) == rig.sealed(2));
        rig.alices = rig.logIn(rig.alice); // on another network, before the old one is noticed to be dead
        rig.send(rig.bobs, rig.sealed(3));
        QVERIFY(rig.take<protocol::CallSealed>(rig.alices) == rig.sealed(3));
        QCOMPARE(rig.strayTexts, 0);
    }

    void forgetsTheRoute120SecondsAfterTheLastMessage()
    {
        RouteRig rig;
        rig.advance(120s - Duration(1));
        rig.send(rig.alices, rig.sealed());
        QVERIFY(rig.take<protocol::CallSealed>(rig.bobs));
        rig.advance(120s - Duration(1));
        rig.send(rig.bobs, protocol::CallTurnRequest{rig.id});
        QCOMPARE(rig.answer(rig.bobs), "call.turn");
        rig.advance(120s);
        rig.send(rig.alices, rig.sealed());
        QCOMPARE(rig.answer(rig.alices), "E_CALL_UNKNOWN");
        QCOMPARE(rig.core().figures().routes, std::size_t(0));
    }

    void givesFreshRelayCredentials()
    {
        Limits limits;
        limits.turnUrls = {"turn:relay.example.org"};
        RouteRig rig(limits);
        rig.advance(100s);
        rig.send(rig.alices, protocol::CallTurnRequest{rig.id});
        const auto answer = rig.take<protocol::CallTurn>(rig.alices);
        QVERIFY(answer && answer->callId == rig.id);
        QVERIFY(answer->turn.username == std::to_string(rig.wall.seconds + 120) + ':' + toHex(rig.id.bytes));
        QVERIFY(answer->turn.password == crypto::turnRestPassword(rig.secrets().turnSecret, answer->turn.username));
    }

    void endsRoutesOfADeletedAccount()
    {
        RouteRig rig;
        const Bytes text = crypto::deleteMessage(rig.bob.account, rig.challengeOf(rig.bobs).serverNonce);
        rig.send(rig.bobs, protocol::AccountDelete{rig.bob.identity.sign(text)});
        rig.send(rig.alices, rig.sealed());
        QCOMPARE(rig.answer(rig.alices), "E_CALL_UNKNOWN");
    }

    void endsRoutesOfAReplacedAccount()
    {
        RouteRig rig;
        TestPhone newcomer(2);
        const ConnectionId connection = rig.open();
        QVERIFY(rig.enrol(connection, newcomer));
        rig.send(connection, rig.sealed());
        QCOMPARE(rig.answer(connection), "E_CALL_UNKNOWN");
        rig.send(rig.alices, rig.sealed());
        QCOMPARE(rig.answer(rig.alices), "E_CALL_UNKNOWN");
    }
};

QTEST_APPLESS_MAIN(TestServerCoreForwarding)
#include "tst_servercoreforwarding.moc"
