#include "tests/server/callrig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;

namespace {

constexpr std::string_view kSurprise = R"(,"surprise":1})";

std::string withSurprise(const protocol::Message &message)
{
    std::string text = protocol::encode(message);
    return text.substr(0, text.size() - 1).append(kSurprise);
}

} // namespace

// protocol.md 3.5 "Envelope", L7, and the times of 4.1
class TestServerCoreEnvelope : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesUnknownKeysBeforeTheLogin()
    {
        CallRig rig;
        const ConnectionId connection = rig.open();
        rig.sendText(connection, withSurprise(rig.authOf(rig.alice, connection)));
        QCOMPARE(rig.answer(connection), "E_PROTO");
        QCOMPARE(rig.closeCode(connection), 1002);
        const ConnectionId newcomer = rig.open();
        rig.sendText(newcomer, withSurprise(rig.beginOf(TestPhone(9))));
        QCOMPARE(rig.answer(newcomer), "E_PROTO");
        QVERIFY(!rig.isOpen(newcomer));
        QVERIFY(rig.codes.empty());
    }

    void ignoresUnknownKeysAfterTheLogin()
    {
        CallRig rig;
        rig.sendText(rig.alices, withSurprise(rig.offerOf(rig.alice, rig.bob.number)));
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
    }

    void refusesWhatItCannotRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("no object") << QByteArray("[]");
        QTest::newRow("no type") << QByteArray("{}");
        QTest::newRow("a strange type") << QByteArray(R"({"type":"call.me"})");
        QTest::newRow("a missing key") << QByteArray(R"({"type":"call.turn"})");
        QTest::newRow("not ASCII") << QByteArray("{\"type\":\"\xc3\xa4\"}");
        QTest::newRow("deep") << QByteArray(R"({"type":[[[[[[[[[[]]]]]]]]]]})");
    }
    void refusesWhatItCannotRead()
    {
        QFETCH(const QByteArray, text);
        CallRig rig;
        const ConnectionId connection = rig.open();
        rig.sendText(connection, text.toStdString());
        QCOMPARE(rig.answer(connection), "E_PROTO");
        QCOMPARE(rig.closeCode(connection), 1002);
        rig.sendText(rig.alices, text.toStdString());
        QCOMPARE(rig.answer(rig.alices), "E_PROTO");
        QVERIFY(rig.isOpen(rig.alices)); // who is known may stay
    }

    void readsMessagesWithinTheLimitsOfItsConfig()
    {
        Limits limits;
        limits.json.depth = 1;
        CallRig rig(limits);
        rig.sendText(rig.alices, R"({"type":"call.cancel","id":[]})");
        QCOMPARE(rig.answer(rig.alices), "E_PROTO");
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
    }

    void closesOnWhoeverSendsTooMuch()
    {
        CallRig rig;
        rig.sendText(rig.alices, std::string(16 * 1024 + 1, ' '));
        QCOMPARE(rig.answer(rig.alices), "E_TOO_BIG");
        QCOMPARE(rig.closeCode(rig.alices), 1009);
        QCOMPARE(rig.core().figures().loggedIn, std::size_t(2));
    }

    void refusesCallsBeforeTheLogin()
    {
        CallRig rig;
        const ConnectionId connection = rig.open();
        const std::vector<protocol::Message> messages{rig.offerOf(rig.alice, rig.bob.number),
                                                      rig.arriveOf(rig.bob, {rig.alice.number}),
                                                      protocol::CallCancel{CallId{}},
                                                      protocol::CallDecline{CallId{}},
                                                      protocol::CallTurnRequest{CallId{}},
                                                      protocol::CallAbort{CallId{}, "x"},
                                                      protocol::ReglockSet{},
                                                      protocol::AccountDelete{}};
        for (const protocol::Message &message : messages) {
            rig.send(connection, message);
            const auto error = rig.takeError(connection);
            QVERIFY(error && error->code == protocol::ErrorCode::Auth && error->re == protocol::typeOf(message));
        }
        QVERIFY(rig.isOpen(connection));
    }

    void refusesWhatOnlyAServerSays()
    {
        CallRig rig;
        const std::vector<protocol::Message> messages{protocol::Welcome{}, protocol::CallAccepted{},
                                                      protocol::Challenge{}, protocol::ErrorMessage{}};
        for (const protocol::Message &message : messages) {
            rig.send(rig.alices, message);
            QCOMPARE(rig.answer(rig.alices), "E_PROTO");
        }
        QVERIFY(rig.isOpen(rig.alices));
    }

    // L7
    void limitsTheMessagesOfAConnection()
    {
        CallRig rig;
        const auto say = [&] {
            rig.send(rig.carols, protocol::CallCancel{CallId{}});
            return rig.answer(rig.carols);
        };
        rig.advance(10s); // the bucket is full again after the login
        for (int i = 0; i < 40; ++i)
            QCOMPARE(say(), "nothing");
        rig.send(rig.carols, protocol::CallCancel{CallId{}});
        const auto error = rig.takeError(rig.carols);
        QVERIFY(error && error->code == protocol::ErrorCode::Rate && error->retryAfter == 1U);
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number)); // nobody else feels it
        QCOMPARE(rig.answer(rig.alices), "call.accepted");
        rig.advance(50ms);
        QCOMPARE(say(), "nothing");
        QCOMPARE(say(), "E_RATE");
    }

    // L7: also for what cannot be read and for who is not logged in
    void limitsNonsenseToo()
    {
        CallRig rig;
        rig.advance(10s);
        for (int i = 0; i < 40; ++i) {
            rig.sendText(rig.alices, "nonsense");
            QCOMPARE(rig.answer(rig.alices), "E_PROTO");
        }
        rig.sendText(rig.alices, "nonsense");
        QCOMPARE(rig.answer(rig.alices), "E_RATE");
    }

    // 4.1: the first message within 5 s
    void closesOnWhoeverSaysNothing()
    {
        CallRig rig;
        const ConnectionId connection = rig.open();
        rig.advance(5s - Duration(1));
        QVERIFY(rig.isOpen(connection));
        rig.advance(Duration(1));
        QCOMPARE(rig.closeCode(connection), 1008);
        QVERIFY(rig.isOpen(rig.alices)); // who is logged in may be silent
        QCOMPARE(rig.core().figures().connections, std::size_t(3));
    }

    void givesNoTimeForWhatDoesNotCount()
    {
        CallRig rig;
        const ConnectionId connection = rig.open();
        for (int i = 0; i < 4; ++i) {
            rig.advance(1s);
            rig.send(connection, rig.offerOf(rig.alice, rig.bob.number));
        }
        rig.advance(1s);
        QCOMPARE(rig.closeCode(connection), 1008);
    }

    // 4.1: 30 s between the messages of a registration
    void givesThirtySecondsToTypeACode()
    {
        CoreRig rig;
        const TestPhone phone(1);
        const ConnectionId connection = rig.open();
        const SessionId session = rig.begin(connection, phone);
        rig.advance(30s - Duration(1));
        rig.send(connection, rig.verifyOf(phone, session, rig.codes[session] == "111111" ? "222222" : "111111"));
        QCOMPARE(rig.answer(connection), "E_REG_CODE");
        rig.advance(30s - Duration(1));
        QVERIFY(rig.isOpen(connection));
        rig.advance(Duration(1));
        QCOMPARE(rig.closeCode(connection), 1008);
    }

    void givesTimeToRegisterAfterAFalseLogin()
    {
        CallRig rig;
        const ConnectionId connection = rig.open();
        rig.advance(4s);
        protocol::Auth auth = rig.authOf(rig.alice, connection);
        auth.sig[0] ^= 1;
        rig.send(connection, auth);
        rig.advance(4s);
        QVERIFY(rig.isOpen(connection));
        rig.advance(1s);
        QCOMPARE(rig.closeCode(connection), 1008);
    }

    void ignoresConnectionsThatAreGone()
    {
        CallRig rig;
        rig.close(rig.alices);
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        rig.close(rig.alices);
        rig.close(ConnectionId{4711});
        QCOMPARE(rig.strayTexts, 0);
        QCOMPARE(rig.core().figures().connections, std::size_t(2));
    }

    void needsNoWakingWhenNothingWaits()
    {
        CoreRig rig;
        QVERIFY(!rig.core().nextTimeout());
        const ConnectionId connection = rig.open();
        QVERIFY(rig.core().nextTimeout() == rig.now + 5s);
        rig.close(connection);
        QVERIFY(!rig.core().nextTimeout());
    }

    // 4.3: also while nobody calls
    void forgetsItsLimitsAfterADay()
    {
        CallRig rig;
        rig.send(rig.alices, rig.offerOf(rig.alice, rig.bob.number));
        rig.advance(1h);
        QVERIFY(rig.core().nextTimeout() && *rig.core().nextTimeout() <= rig.now + 23h);
        rig.advance(23h);
        QVERIFY(!rig.core().nextTimeout());
    }
};

QTEST_APPLESS_MAIN(TestServerCoreEnvelope)
#include "tst_servercoreenvelope.moc"
