#include "tests/core/call/phoneworld.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;

namespace {

constexpr CallHandle kFirst{1};

std::size_t dials(const Phone &phone)
{
    return phone.did<LineDial>().size();
}

/// When this phone's line was last told to let its ring sound.
std::optional<TimePoint> soundedAt(const Phone &phone)
{
    std::optional<TimePoint> at;
    for (const Phone::Did &did : phone.history) {
        const auto *hold = std::get_if<LineHoldRing>(&did.what);
        if (hold != nullptr)
            at = hold->hold ? std::nullopt : std::optional(did.at);
    }
    return at;
}

} // namespace

/// Every time of a call, set to another value than protocol.md's.
class CallTimesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsForTheCallerId();
    void letsTheRingSoundWhenNobodyMatches();
    void letsTheRingSoundWhateverHappens();
    void givesUpASetUp();
    void releasesInTimeOrNotAtAll();
    void looksForAnotherPathInSilence();
    void redialsALostCallBeforeTheAnswer();
    void offersARedialOfALostCallAfterTheAnswer();
    void awaitsTheRedial();
    void offersNothingAfterARedial();
    void withdrawsTheRedialOffer();
    void waitsForTheLegOfARedial();
    void keepsTheJournal();
    void redialsWhileTheJournalIsYoung_data();
    void redialsWhileTheJournalIsYoung();
    void givesUpWithoutAnAnswer();
    void givesUpWithoutAnAnswerWhenTheLegBroke();
    void answersByPhoneWithoutACommit();
    void keepsTheRingSilentAfterABye();
    void waitsForTheLastWordsToBeConfirmed();
    void waitsForTheLineToHangUp();
};

void CallTimesTest::waitsForTheCallerId()
{
    PhoneWorld world;
    world.b.config.times.callerIdPatience = 2s;
    world.know(TrustLevel::Tofu);
    const TimePoint rang = world.now;
    world.ring(world.b, "", CallerIdPresence::Unknown);
    QVERIFY(world.runUntil([&] { return world.b.reached("arrive_sent"); }));
    QCOMPARE(world.now, rang + 2s);
}

void CallTimesTest::letsTheRingSoundWhenNobodyMatches()
{
    PhoneWorld world;
    world.b.config.times.noMatchAfter = 1s;
    world.boot(world.b);
    world.ring(world.b, "+8613800138009");
    QVERIFY(world.runUntil([&] { return soundedAt(world.b).has_value(); }));
    QCOMPARE(world.now, world.b.timeOf("arrive_accepted").value() + 1s);
}

void CallTimesTest::letsTheRingSoundWhateverHappens()
{
    PhoneWorld world;
    world.b.config.times.decisionFence = 2s;
    world.boot(world.b);
    world.fromServer = [](const Phone &, protocol::Message &) { return false; };
    const TimePoint rang = world.now;
    world.ring(world.b, world.a.number);
    QVERIFY(world.runUntil([&] { return soundedAt(world.b).has_value(); }));
    QCOMPARE(world.now, rang + 2s);
}

void CallTimesTest::givesUpASetUp()
{
    PhoneWorld world;
    world.a.config.times.setUpPatience = 4s;
    world.boot(world.a);
    world.cutInternet();
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return world.a.call() && world.a.call()->stay == StayReason::NoPath; }));
    QCOMPARE(world.now, world.a.timeOf("matched").value() + 4s);
}

void CallTimesTest::releasesInTimeOrNotAtAll()
{
    PhoneWorld world;
    world.a.config.times.releaseHolds = 200ms;
    world.boot(world.a);
    QVERIFY(world.reachMoved());
    QVERIFY(world.a.did<LineHangUp>().at(0).notAfter == world.a.firstTime<LineHangUp>().value() + 200ms);
}

void CallTimesTest::looksForAnotherPathInSilence()
{
    PhoneWorld world;
    world.a.config.times.silence = 2s;
    world.boot(world.a);
    QVERIFY(world.reachMoved());
    world.run(1s);
    world.cutInternet();
    const TimePoint cut = world.now;
    QVERIFY(world.runUntil([&] { return world.a.call()->reconnecting; }));
    QVERIFY(world.now > cut + 1900ms && world.now <= cut + world.latency + 2s);
}

void CallTimesTest::redialsALostCallBeforeTheAnswer()
{
    PhoneWorld world;
    world.a.config.times.lostUnanswered = 7s;
    world.know(TrustLevel::Leg);
    QVERIFY(world.reachAlerting());
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }));
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return world.a.call()->reconnecting; }));
    const TimePoint silent = world.now;
    QVERIFY(world.runUntil([&] { return dials(world.a) == 2; }));
    QCOMPARE(world.now, silent + 7s);
}

void CallTimesTest::offersARedialOfALostCallAfterTheAnswer()
{
    PhoneWorld world;
    world.a.config.times.lostAnswered = 2s;
    world.boot(world.a);
    QVERIFY(world.reachMoved());
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return world.a.call()->reconnecting; }));
    const TimePoint silent = world.now;
    QVERIFY(world.runUntil([&] { return world.a.call()->offersRedial; }));
    QCOMPARE(world.now, silent + 2s);
}

void CallTimesTest::awaitsTheRedial()
{
    PhoneWorld world;
    world.b.config.times.awaitRedial = 25s;
    world.boot(world.b);
    QVERIFY(world.reachMoved());
    world.run(1s);
    world.cutInternet();
    const TimePoint cut = world.now;
    QVERIFY(world.runUntil([&] { return world.b.record().has_value(); }));
    QVERIFY(world.now > cut + 24900ms && world.now <= cut + world.latency + 25s);
}

void CallTimesTest::offersNothingAfterARedial()
{
    PhoneWorld world;
    world.a.config.times.noOffer = 5s;
    world.know(TrustLevel::Leg);
    QVERIFY(world.reachAlerting());
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }));
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return dials(world.a) == 2; }));
    world.run(1s);
    QVERIFY(world.a.call(2)->stay == StayReason::RecentlyRedialled);
    world.feed(world.a, UserHangUp{CallHandle{2}});
    world.run(4s);
    world.dial(world.a, world.b);
    world.run(1s);
    QCOMPARE(world.a.sentOf<protocol::CallOffer>().size(), std::size_t(2));
}

void CallTimesTest::withdrawsTheRedialOffer()
{
    PhoneWorld world;
    world.a.config.times.redialOffer = 10s;
    world.boot(world.a);
    QVERIFY(world.reachMoved());
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return world.a.call()->offersRedial; }));
    const TimePoint offered = world.now;
    QVERIFY(world.runUntil([&] { return world.a.record().has_value(); }));
    QCOMPARE(world.now, offered + 10s);
}

void CallTimesTest::waitsForTheLegOfARedial()
{
    PhoneWorld world;
    world.a.config.times.redialPatience = 700ms;
    world.a.settings.redialAutomaticallyInCall = true;
    world.boot(world.a);
    QVERIFY(world.reachMoved());
    world.a.dropsDials = true;
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return dials(world.a) == 2; }));
    const TimePoint dialled = world.now;
    QVERIFY(world.runUntil([&] { return world.a.call()->offersRedial; }));
    QCOMPARE(world.now, dialled + 700ms);
}

void CallTimesTest::keepsTheJournal()
{
    PhoneWorld world;
    world.a.config.times.journalEvery = 3s;
    world.boot(world.a);
    QVERIFY(world.reachMoved());
    const std::size_t before = world.a.did<StoreJournal>().size();
    world.run(30s);
    QCOMPARE(world.a.did<StoreJournal>().size(), before + 10);
}

void CallTimesTest::redialsWhileTheJournalIsYoung_data()
{
    QTest::addColumn<int>("age");
    QTest::addColumn<bool>("redials");
    QTest::newRow("young") << 10 << true;
    QTest::newRow("old") << 11 << false;
}

void CallTimesTest::redialsWhileTheJournalIsYoung()
{
    QFETCH(const int, age);
    QFETCH(const bool, redials);
    PhoneWorld world;
    world.a.config.times.journalLife = 10s;
    world.a.journal = ReleasedCall{world.b.msisdn(), 0, kWorldUnix - age, false};
    world.boot(world.a);
    QCOMPARE(dials(world.a) == 1, redials);
}

void CallTimesTest::givesUpWithoutAnAnswer()
{
    PhoneWorld world;
    world.a.config.times.unanswered = 5s;
    world.know(TrustLevel::Leg);
    QVERIFY(world.reachAlerting());
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }));
    const TimePoint released = world.now;
    QVERIFY(world.runUntil([&] { return world.a.call()->offersRedial; }));
    QCOMPARE(world.now, released + 5s);
}

void CallTimesTest::givesUpWithoutAnAnswerWhenTheLegBroke()
{
    PhoneWorld world;
    world.a.config.times.unanswered = 5s;
    world.boot(world.a);
    QVERIFY(world.reachAlerting());
    const TimePoint broke = world.now;
    world.setLeg(world.a, world.lastLeg(world.a), LegState::Ended, LegEnd::NetworkLost);
    QVERIFY(world.runUntil([&] { return world.a.record().has_value(); }));
    QCOMPARE(world.now, broke + 5s);
}

void CallTimesTest::answersByPhoneWithoutACommit()
{
    PhoneWorld world;
    world.a.config.canEndCalls = false;
    world.boot(world.a);
    world.b.config.times.commitPatience = 1s;
    world.boot(world.b);
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    const TimePoint answered = world.now;
    QVERIFY(world.runUntil([&] { return !world.b.did<LineAnswer>().empty(); }));
    QCOMPARE(world.now, answered + 1s);
}

void CallTimesTest::keepsTheRingSilentAfterABye()
{
    PhoneWorld world;
    world.b.config.times.legTrailsBye = 3s;
    world.boot(world.b);
    world.hangUpReachesPeer = false;
    QVERIFY(world.reachAlerting());
    world.feed(world.a, UserHangUp{kFirst});
    QVERIFY(world.runUntil([&] { return world.b.call()->ip == IpState::Ended; }));
    const TimePoint farewell = world.now;
    QVERIFY(world.runUntil([&] { return soundedAt(world.b).has_value(); }));
    QCOMPARE(world.now, farewell + 3s);
}

void CallTimesTest::waitsForTheLastWordsToBeConfirmed()
{
    PhoneWorld world;
    world.a.config.times.linger = 500ms;
    world.boot(world.a);
    QVERIFY(world.reachMoved());
    world.cutInternet();
    world.feed(world.a, UserHangUp{kFirst});
    const TimePoint over = world.now;
    QVERIFY(world.runUntil([&] { return !world.a.did<SocketClose>().empty(); }));
    QCOMPARE(world.now, over + 500ms);
}

void CallTimesTest::waitsForTheLineToHangUp()
{
    PhoneWorld world;
    world.a.config.times.hangUpPatience = 1s;
    world.boot(world.a);
    world.serverThere = false;
    world.linePaysHeed = false;
    world.dial(world.a, world.b);
    world.run(5s);
    world.feed(world.a, UserHangUp{kFirst});
    const TimePoint asked = world.now;
    QVERIFY(world.runUntil([&] { return world.a.call()->end == CallEnd::LocalHangUp; }));
    QCOMPARE(world.now, asked + 1s);
}

QTEST_APPLESS_MAIN(CallTimesTest)
#include "tst_calltimes.moc"
