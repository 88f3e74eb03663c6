#include "tests/core/call/phoneworld.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;

namespace {

/// a's leg is released while b's phone rings.
bool releaseWhileItRings(PhoneWorld &world)
{
    world.know(TrustLevel::Leg);
    return world.reachAlerting()
        && world.runUntil([&] { return world.a.reached("released") && world.b.reached("leg_bound"); });
}

} // namespace

/// What becomes of a call when its path or its app dies: protocol.md 5.2 rule 8.
class CallWayBackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsNoRedialOfACallThatNobodyAnswered_data();
    void acceptsNoRedialOfACallThatNobodyAnswered();
    void offersByTapOnlyWhatNobodyAnswered();
    void placesNothingAgainAfterAHangUpDuringTheRelease_data();
    void placesNothingAgainAfterAHangUpDuringTheRelease();
    void ringsAnewWhenTheLegStaysAfterTheAnswer_data();
    void ringsAnewWhenTheLegStaysAfterTheAnswer();
    void goesOnByPhoneWhenTheLegThatStaysIsSpoken();
    void goesOnByPhoneWhenTheCallerGivesUpThePath();
    void ringsAnewWhenAnEmergencyCallBegins();
    void offersTheRedialThatTheLineRefuses();
    void offersTheRedialThatComesToNothing();
    void keepsTheRedialOverAKill();
    void endsTheOfferWhenTheNumberIsDialledByHand();
    void tellsOfAnAnswerThatWasGivenWhileThePathWasDead();
    void keepsOneRecordOfAConversation();
    void keepsOneRecordOfACallThatIsNotAnsweredAgain();
};

void CallWayBackTest::acceptsNoRedialOfACallThatNobodyAnswered_data()
{
    QTest::addColumn<int>("milliseconds"); // from the cut to the ring
    QTest::newRow("before the loss is noticed") << 200;
    QTest::newRow("while the path is restored") << 2000;
    QTest::newRow("when the path is given up") << 6000;
}

// I4: a redial must not open the microphone of somebody who has not answered.
void CallWayBackTest::acceptsNoRedialOfACallThatNobodyAnswered()
{
    QFETCH(const int, milliseconds);
    PhoneWorld world;
    QVERIFY(releaseWhileItRings(world));
    world.cutInternet();
    world.after(std::chrono::milliseconds(milliseconds), [&world] { world.ring(world.b, world.a.number); });
    world.run(20s);
    QVERIFY(world.b.did<LineAnswer>().empty());
    QVERIFY(!world.b.reached("continued_by_phone"));
    QVERIFY(world.b.legState() == LegState::Ringing);
}

// Rule 9 ran out, and the app is killed before its user has seen the offer.
void CallWayBackTest::offersByTapOnlyWhatNobodyAnswered()
{
    PhoneWorld world;
    QVERIFY(releaseWhileItRings(world));
    QVERIFY(world.runUntil([&] { return world.a.call()->offersRedial; }, 50s));
    QVERIFY(!world.a.journal.has_value());
    world.boot(world.a);
    world.run(5s);
    QCOMPARE(world.a.did<LineDial>().size(), std::size_t(1));
}

void CallWayBackTest::placesNothingAgainAfterAHangUpDuringTheRelease_data()
{
    QTest::addColumn<bool>("atCaller");
    QTest::newRow("at the caller") << true;
    QTest::newRow("at the callee") << false;
}

// The app is killed before the line has told that the leg is gone.
void CallWayBackTest::placesNothingAgainAfterAHangUpDuringTheRelease()
{
    QFETCH(const bool, atCaller);
    PhoneWorld world;
    world.hangUpTime = 1s;
    world.remoteHangUpTime = 1200ms;
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.a.reached("releasing"); }));
    QVERIFY(world.a.journal.has_value());
    world.feed(atCaller ? world.a : world.b, UserHangUp{CallHandle{1}});
    world.run(200ms);
    QVERIFY(!world.a.journal.has_value());
    world.boot(world.a);
    world.run(5s);
    QCOMPARE(world.a.did<LineDial>().size(), std::size_t(1));
}

void CallWayBackTest::ringsAnewWhenTheLegStaysAfterTheAnswer_data()
{
    QTest::addColumn<bool>("answers");
    QTest::newRow("and is answered") << true;
    QTest::newRow("and stops") << false;
}

// Rule 6: what goes on ringing is another call than the one that was answered in the app.
void CallWayBackTest::ringsAnewWhenTheLegStaysAfterTheAnswer()
{
    QFETCH(const bool, answers);
    PhoneWorld world;
    world.hangUpReachesPeer = false;
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.b.call()->stay == StayReason::LegMismatch; }, 5s));
    QVERIFY(!world.b.call()->answeredAt.has_value());
    QVERIFY(world.b.did<LineAnswer>().empty());
    const TimePoint mismatch = world.now;
    world.run(2s);
    if (answers) {
        world.feed(world.b, UserAnswer{CallHandle{1}});
        world.run(1s);
        QCOMPARE(world.b.did<LineAnswer>().size(), std::size_t(1));
        QVERIFY(*world.b.call()->answeredAt >= mismatch + 2s);
    }
    world.setLeg(world.b, world.b.legs.begin()->first, LegState::Ended, LegEnd::RemoteHangUp);
    world.run(3s);
    QVERIFY(world.b.record().has_value());
    QCOMPARE(world.b.record()->answered, answers);
    QVERIFY(world.b.record()->end == (answers ? CallEnd::RemoteHangUp : CallEnd::NoAnswer));
}

void CallWayBackTest::goesOnByPhoneWhenTheLegThatStaysIsSpoken()
{
    PhoneWorld world;
    world.hangUpReachesPeer = false;
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    const TimePoint answered = world.now;
    QVERIFY(world.runUntil([&] { return world.b.reached("ho_ack"); }, 5s));
    world.setLeg(world.b, world.lastLeg(world.b), LegState::Active);
    QVERIFY(world.runUntil([&] { return world.b.call()->stay == StayReason::LegMismatch; }, 5s));
    QVERIFY(world.b.call()->answeredAt == answered);
    QVERIFY(world.b.call()->carrier == Carrier::Cellular);
}

// The caller says that the words to compare differ, just when the callee has answered in the app.
void CallWayBackTest::goesOnByPhoneWhenTheCallerGivesUpThePath()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    world.feed(world.a, UserSas{CallHandle{1}, false});
    world.run(1s);
    QCOMPARE(world.b.did<LineAnswer>().size(), std::size_t(1));
    QVERIFY(world.b.legState() == LegState::Active);
    QVERIFY(world.a.legState() == LegState::Active);
    QVERIFY(world.b.call()->carrier == Carrier::Cellular);
}

void CallWayBackTest::ringsAnewWhenAnEmergencyCallBegins()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    LineCall emergency;
    emergency.id = LineCallId{500};
    emergency.number = Redacted<std::string>("112");
    emergency.emergency = true;
    world.feed(world.b, LineEvent{emergency});
    world.run(5s);
    QVERIFY(world.b.did<LineAnswer>().empty());
    QVERIFY(world.b.legState() == LegState::Ringing);
    QVERIFY(!world.b.call()->answeredAt.has_value());
}

// The line is away at the moment at which the call would go back to it.
void CallWayBackTest::offersTheRedialThatTheLineRefuses()
{
    PhoneWorld world;
    QVERIFY(releaseWhileItRings(world));
    world.a.refusesDials = true;
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return world.a.call()->offersRedial; }, 6s));
    QVERIFY(world.a.journal.has_value());
    QVERIFY(!world.a.record().has_value());
    world.a.refusesDials = false;
    world.feed(world.a, UserRedial{CallHandle{1}});
    QVERIFY(world.a.call()->reconnecting);
    world.run(1s);
    QVERIFY(world.a.record()->end == CallEnd::MediaLost);
    QVERIFY(!world.a.journal.has_value());
    QVERIFY(world.a.hasLeg());
}

// The line says nothing at all.
void CallWayBackTest::offersTheRedialThatComesToNothing()
{
    PhoneWorld world;
    QVERIFY(releaseWhileItRings(world));
    world.a.dropsDials = true;
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return world.a.did<LineDial>().size() == 2; }, 6s));
    world.run(2900ms);
    QVERIFY(!world.a.call()->offersRedial);
    world.run(200ms);
    QVERIFY(world.a.call()->offersRedial);
    QVERIFY(!world.a.record().has_value());
    world.run(60s);
    QVERIFY(world.a.record()->end == CallEnd::MediaLost);
}

void CallWayBackTest::keepsTheRedialOverAKill()
{
    PhoneWorld world;
    QVERIFY(releaseWhileItRings(world));
    world.a.dropsDials = true;
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return world.a.did<LineDial>().size() == 2; }, 6s));
    QVERIFY(world.a.journal.has_value());
    world.a.dropsDials = false;
    world.boot(world.a);
    QCOMPARE(world.a.did<LineDial>().size(), std::size_t(3));
    world.run(1s);
    QVERIFY(world.a.hasLeg());
    QVERIFY(!world.a.journal.has_value());
}

void CallWayBackTest::endsTheOfferWhenTheNumberIsDialledByHand()
{
    PhoneWorld world;
    QVERIFY(releaseWhileItRings(world));
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.a.call()->ip == IpState::Answered; }));
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return world.a.call()->offersRedial; }, 8s));
    world.feed(world.a, UserDial{world.b.number, 0});
    world.run(1s);
    QVERIFY(world.a.record()->end == CallEnd::MediaLost);
    QVERIFY(world.a.hasLeg());
}

namespace {

std::vector<CallRecord> recordsOf(const Phone &phone)
{
    std::vector<CallRecord> kept;
    for (const CallFinished &finished : phone.did<CallFinished>()) {
        if (!finished.continued)
            kept.push_back(finished.record);
    }
    return kept;
}

} // namespace

// For longer than what is said is repeated, and less long than until the path is given up.
void CallWayBackTest::tellsOfAnAnswerThatWasGivenWhileThePathWasDead()
{
    PhoneWorld world;
    QVERIFY(releaseWhileItRings(world));
    world.cutInternet();
    world.answerAtB();
    world.run(2500ms);
    world.mendInternet();
    world.run(1s);
    QVERIFY(world.a.reached("peer_answered"));
    QVERIFY(world.a.call()->carrier == Carrier::Internet && !world.a.call()->reconnecting);
}

void CallWayBackTest::keepsOneRecordOfAConversation()
{
    PhoneWorld world;
    SettingsChanged automatic;
    automatic.settings.redialAutomaticallyInCall = true;
    world.feed(world.a, automatic);
    QVERIFY(world.reachMoved());
    world.run(10s);
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return world.b.reached("continued_by_phone"); }, 12s));
    world.run(10s);
    QVERIFY(world.a.legState() == LegState::Active);
    world.feed(world.a, UserHangUp{CallHandle{2}});
    world.run(2s);
    for (const Phone *phone : {&world.a, &world.b}) {
        const auto kept = recordsOf(*phone);
        QCOMPARE(kept.size(), std::size_t(1));
        QVERIFY(kept.front().answered && kept.front().moved);
        QVERIFY(kept.front().talked >= 25s);
        QCOMPARE(kept.front().startedUnix, phone->record(1)->startedUnix);
        QVERIFY(kept.front().end == (phone == &world.a ? CallEnd::LocalHangUp : CallEnd::RemoteHangUp));
    }
}

// The other one cannot be reached by phone either.
void CallWayBackTest::keepsOneRecordOfACallThatIsNotAnsweredAgain()
{
    PhoneWorld world;
    SettingsChanged automatic;
    automatic.settings.redialAutomaticallyInCall = true;
    world.feed(world.a, automatic);
    QVERIFY(world.reachMoved());
    world.paging = 60s;
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return world.a.call(2).has_value(); }, 12s));
    world.feed(world.a, UserHangUp{CallHandle{2}});
    world.run(2s);
    const auto kept = recordsOf(world.a);
    QCOMPARE(kept.size(), std::size_t(1));
    QVERIFY(kept.front().answered && kept.front().moved);
    QVERIFY(kept.front().end == CallEnd::MediaLost);
}

QTEST_APPLESS_MAIN(CallWayBackTest)
#include "tst_callwayback.moc"
