#include "tests/core/call/phoneworld.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;

namespace {

constexpr CallHandle kFirst{1};

bool bothLegsActive(const PhoneWorld &world)
{
    return world.a.legState() == LegState::Active && world.b.legState() == LegState::Active;
}

bool bothCarriedByInternet(const PhoneWorld &world)
{
    return world.a.call()->carrier == Carrier::Internet && world.b.call()->carrier == Carrier::Internet;
}

std::size_t dials(const Phone &phone)
{
    return phone.did<LineDial>().size();
}

template<typename Kind>
std::optional<std::size_t> placeOf(const Phone &phone)
{
    for (std::size_t i = 0; i < phone.history.size(); ++i) {
        if (std::holds_alternative<Kind>(phone.history[i].what))
            return i;
    }
    return std::nullopt;
}

} // namespace

/// The rules of protocol.md 5.2, by their numbers.
class CallMoveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // 1 and 2
    void alertsOnlyOverAProvenPath();
    void tellsThePeerOnlyOnceItsRingIsShown();
    void neverOpensAMicrophoneBeforeTheAnswer();
    void letsNobodyBeHeardBeforeTheAnswer();
    void opensMicrophonesWithTheAnswer();
    void opensTheMicrophoneOnceTheLegThatSpokeIsGone_data();
    void opensTheMicrophoneOnceTheLegThatSpokeIsGone();
    void silencesThePhonesRingUnderItsOwn();
    // 3
    void keepsTheLegOfAFirstContactUntilTheAnswer();
    void asksAnewWhenItWasTooLateToRelease();
    void keepsTheLegThatItNeverReleasesInTime();
    void releasesAtAlertingWhenThePeerProvedItsLegBefore_data();
    void releasesAtAlertingWhenThePeerProvedItsLegBefore();
    void releasesWhenTheContactsSettingSaysSo_data();
    void releasesWhenTheContactsSettingSaysSo();
    void takesTheSettingBackBeforeThePeersWord();
    void releasesNothingInEmergencyModeWhateverTheSettingSays();
    void keepsTheCellularCallWhenVoicemailAnswersFirst_data();
    void keepsTheCellularCallWhenVoicemailAnswersFirst();
    void goesOnByPhoneWhenItIsAnsweredThere();
    void neverReleasesWhereThePlatformCannotEndCalls();
    // 4
    void keepsBothLegsWhenTheCalleeChoseCellular();
    void keepsBothLegsWhenTheCallerChoseCellular();
    void refusesTheReleaseInEmergencyMode();
    // 5
    void keepsTheLegWhenThePeersWordIsLost();
    void tellsThePeerWhenItsOwnLineDoesNotHangUp();
    void placesTheCallAgainWhenALateHangUpComesThrough();
    // 6
    void raisesThePinWhenTheLegVanishesInTheWindow();
    void countsAsAnsweredWhenTheLegWasActiveAsItVanished();
    void takesARejectedRingInTheWindowForWhatItIs();
    void warnsAndRedialsWhenTheLegStays();
    void bindsTheRightOneOfTwoRingingLegs();
    // 7
    void goesOnByInternetWhenTheLegBreaks_data();
    void goesOnByInternetWhenTheLegBreaks();
    // 8
    void bearsABlackoutBelowThreeSeconds();
    void redialsByItselfWhenThePathDiesBeforeTheAnswer();
    void offersARedialWhenThePathDiesAfterTheAnswer();
    void redialsByItselfAfterTheAnswerWhereTheUserWantsIt();
    void doesNotOfferARedialledCallAgain();
    void acceptsTheRedialOfAKnownPeerOnce();
    void acceptsARedialThatRingsBeforeTheLossIsNoticed();
    void acceptsNoRedialOfACallThatIsAlive();
    void acceptsNoRedialFromAnotherNumberOrTooLate_data();
    void acceptsNoRedialFromAnotherNumberOrTooLate();
    void doesNotRedialWhatThePeerEndedDuringTheRelease_data();
    void doesNotRedialWhatThePeerEndedDuringTheRelease();
    void redialsAfterACrash();
    void offersARedialAfterACrashInAnAnsweredCall();
    void forgetsAnOldJournal();
    void neverRedialsWhatAPersonEnded_data();
    void neverRedialsWhatAPersonEnded();
    // 9
    void givesUpAfterFortyFiveSecondsWithoutAnAnswer();
    void givesUpAlsoWhenTheLegBrokeBeforeTheAnswer();
    // 10
    void answersByPhoneWhenNoCommitComes();
    void answersByPhoneAtOnceWhenThePathIsDead();
    void waitsForASlowLineOnceThePeerHasReleased();
    // The rest
    void changesNothingUnderAFloodOfForgedPackets();
    void endsBothLegsWhenTheCalleeDeclines();
    void endsTheCallForBothWhenTheCallerHangsUpWhileItRings();
    void dropsThePinWhenTheDigitsDiffer();
    void isVerifiedWhenTheDigitsAreTheSame();
    void showsThatThePeerIsMuted();
    void sendsDigitsOnTheLegThatSpeaks();
    void keepsALegWhoseStateIsUnknown_data();
    void keepsALegWhoseStateIsUnknown();
    void keepsACallThatIsOutOfSight();
};

void CallMoveTest::alertsOnlyOverAProvenPath()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    QVERIFY(world.b.timeOf("keys") < world.b.timeOf("path_proven"));
    QVERIFY(*world.b.timeOf("path_proven") <= *world.b.firstTime<ShowIncoming>());
    QVERIFY(*world.b.firstTime<ShowIncoming>() < *world.b.timeOf("alerting"));
    QVERIFY(world.a.reached("path_proven"));
}

void CallMoveTest::tellsThePeerOnlyOnceItsRingIsShown()
{
    PhoneWorld world;
    world.b.showsRing = false;
    world.know(TrustLevel::Verified);
    world.dial(world.a, world.b);
    world.run(10s);
    QVERIFY(world.b.reached("path_proven"));
    QVERIFY(!world.b.reached("alerting"));
    QVERIFY(!world.a.reached("peer_alerting"));
    QCOMPARE(world.a.handedOver(), std::size_t(0));
    world.feed(world.b, RingShown{kFirst});
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }));
}

// T39, I4
void CallMoveTest::neverOpensAMicrophoneBeforeTheAnswer()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg); // released at alerting already
    QVERIFY(world.reachAlerting());
    world.run(20s);
    QVERIFY(world.a.reached("released"));
    QVERIFY(world.a.did<MicrophoneOpen>().empty());
    QVERIFY(world.b.did<MicrophoneOpen>().empty());
    world.answerAtB();
    QCOMPARE(world.b.did<MicrophoneOpen>().size(), std::size_t(1));
    QVERIFY(world.a.did<MicrophoneOpen>().empty());
    // I4: the word of the answer is on its way before the microphone opens.
    const std::size_t opened = placeOf<MicrophoneOpen>(world.b).value();
    QVERIFY(std::holds_alternative<DatagramSend>(world.b.history[opened - 1].what));
    world.run(1s);
    QCOMPARE(world.a.did<MicrophoneOpen>().size(), std::size_t(1));
}

void CallMoveTest::letsNobodyBeHeardBeforeTheAnswer()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    const Bytes body(60, 1);
    for (std::uint32_t frame = 0; frame < 100; ++frame) {
        world.feed(world.a, AudioEncoded{kFirst, 960 * frame, body});
        world.run(20ms);
    }
    QVERIFY(world.b.did<AudioBody>().empty());
    world.answerAtB();
    world.run(1s);
    world.feed(world.a, AudioEncoded{kFirst, 960 * 200, body});
    world.run(100ms);
    const auto heard = world.b.did<AudioBody>();
    QCOMPARE(heard.size(), std::size_t(1));
    QCOMPARE(heard[0].body, body);
    QCOMPARE(heard[0].timestamp, 960U * 200U);
}

void CallMoveTest::opensMicrophonesWithTheAnswer()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    QCOMPARE(world.a.did<MicrophoneOpen>().size(), std::size_t(1));
    QCOMPARE(world.b.did<MicrophoneOpen>().size(), std::size_t(1));
    QVERIFY(*world.a.timeOf("peer_answered") <= *world.a.firstTime<MicrophoneOpen>());
}

void CallMoveTest::opensTheMicrophoneOnceTheLegThatSpokeIsGone_data()
{
    QTest::addColumn<bool>("atCaller");
    QTest::newRow("at the caller") << true;
    QTest::newRow("at the callee") << false;
}

// A leg that is answered in the last moment of its release must not leave a dumb call.
void CallMoveTest::opensTheMicrophoneOnceTheLegThatSpokeIsGone()
{
    QFETCH(const bool, atCaller);
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    world.hangUpTime = 400ms;
    world.remoteHangUpTime = 500ms;
    QVERIFY(world.reachAlerting());
    QVERIFY(world.runUntil([&] { return world.a.reached("releasing"); }));
    Phone &phone = atCaller ? world.a : world.b;
    world.setLeg(phone, world.lastLeg(phone), LegState::Active);
    world.answerAtB();
    world.run(200ms);
    QVERIFY(phone.did<MicrophoneOpen>().empty()); // never sound on both legs
    world.run(5s);
    QVERIFY(bothCarriedByInternet(world));
    QCOMPARE(world.a.did<MicrophoneOpen>().size(), std::size_t(1));
    QCOMPARE(world.b.did<MicrophoneOpen>().size(), std::size_t(1));
}

void CallMoveTest::silencesThePhonesRingUnderItsOwn()
{
    PhoneWorld world;
    world.paging = 60s;
    world.ring(world.b, world.a.number);
    world.run(2s);
    world.dial(world.a, world.b); // its offer comes when b had given up waiting in silence
    QVERIFY(world.runUntil([&] { return world.b.reached("alerting"); }, 6s));
    std::vector<bool> holds;
    for (const LineHoldRing &hold : world.b.did<LineHoldRing>())
        holds.push_back(hold.hold);
    QVERIFY(holds == (std::vector<bool>{true, false, true}));
    world.feed(world.b, UserStayCellular{kFirst});
    QVERIFY(!world.b.did<LineHoldRing>().back().hold);
}

void CallMoveTest::keepsTheLegOfAFirstContactUntilTheAnswer()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.run(20s);
    QCOMPARE(world.a.handedOver(), std::size_t(0));
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }, 3s));
    QCOMPARE(world.a.handedOver(), std::size_t(1));
    QCOMPARE(world.b.handedOver(), std::size_t(0)); // I2
    QVERIFY(*world.a.timeOf("ho_ready") < *world.a.timeOf("releasing"));
    QVERIFY(*world.b.timeOf("ho_ack") < *world.a.timeOf("releasing"));
}

void CallMoveTest::asksAnewWhenItWasTooLateToRelease()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.a.lapses = 1;
    world.answerAtB();
    world.run(500ms);
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }, 3s));
    world.run(1s);
    QVERIFY(world.a.call()->moved && world.b.call()->moved);
    QVERIFY(world.b.reached("leg_bound"));
}

void CallMoveTest::keepsTheLegThatItNeverReleasesInTime()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.a.lapses = 3;
    world.answerAtB();
    world.run(20s);
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
    QVERIFY(world.a.call()->carrier == Carrier::Cellular && world.b.call()->carrier == Carrier::Cellular);
    QVERIFY(!world.a.did<StoreJournal>().back().released.has_value());
}

void CallMoveTest::releasesAtAlertingWhenThePeerProvedItsLegBefore_data()
{
    QTest::addColumn<int>("level");
    QTest::addColumn<bool>("early");
    QTest::newRow("tofu") << static_cast<int>(TrustLevel::Tofu) << false;
    QTest::newRow("leg") << static_cast<int>(TrustLevel::Leg) << true;
    QTest::newRow("verified") << static_cast<int>(TrustLevel::Verified) << true;
}

void CallMoveTest::releasesAtAlertingWhenThePeerProvedItsLegBefore()
{
    QFETCH(const int, level);
    QFETCH(const bool, early);
    PhoneWorld world;
    world.know(static_cast<TrustLevel>(level));
    QVERIFY(world.reachAlerting());
    world.run(5s);
    QCOMPARE(world.a.reached("released"), early);
    QCOMPARE(world.b.reached("leg_bound"), early);
    world.answerAtB();
    world.run(5s);
    QVERIFY(bothCarriedByInternet(world));
    QVERIFY(!world.a.hasLeg() && !world.b.hasLeg());
}

void CallMoveTest::releasesWhenTheContactsSettingSaysSo_data()
{
    QTest::addColumn<int>("level");
    QTest::addColumn<int>("handOver");
    QTest::addColumn<bool>("early");
    const auto row = [](const char *name, TrustLevel level, HandOver handOver, bool early) {
        QTest::newRow(name) << static_cast<int>(level) << static_cast<int>(handOver) << early;
    };
    row("a first contact when it rings", TrustLevel::Tofu, HandOver::AtRing, true);
    row("a leg-bound contact only when it is answered", TrustLevel::Leg, HandOver::AtAnswer, false);
    row("a verified contact only when it is answered", TrustLevel::Verified, HandOver::AtAnswer, false);
    row("a leg-bound contact by trust", TrustLevel::Leg, HandOver::ByTrust, true);
}

void CallMoveTest::releasesWhenTheContactsSettingSaysSo()
{
    QFETCH(const int, level);
    QFETCH(const int, handOver);
    QFETCH(const bool, early);
    PhoneWorld world;
    world.know(static_cast<TrustLevel>(level));
    world.feed(world.a, UserSetHandOver{world.b.msisdn(), static_cast<HandOver>(handOver)});
    QVERIFY(world.reachAlerting());
    world.run(5s);
    QCOMPARE(world.a.reached("released"), early);
    world.answerAtB();
    world.run(5s);
    QVERIFY(bothCarriedByInternet(world));
    QVERIFY(!world.a.hasLeg() && !world.b.hasLeg());
    QVERIFY(world.a.pins.at(world.b.msisdn()).handOver == static_cast<HandOver>(handOver));
}

void CallMoveTest::takesTheSettingBackBeforeThePeersWord()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    QVERIFY(world.reachAlerting());
    QVERIFY(world.runUntil([&] { return world.a.reached("ho_ready"); }));
    world.feed(world.a, UserSetHandOver{world.b.msisdn(), HandOver::AtAnswer});
    world.run(5s);
    QCOMPARE(world.a.handedOver(), std::size_t(0));
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }, 5s));
}

void CallMoveTest::releasesNothingInEmergencyModeWhateverTheSettingSays()
{
    PhoneWorld world;
    world.know(TrustLevel::Tofu);
    world.feed(world.a, UserSetHandOver{world.b.msisdn(), HandOver::AtRing});
    world.b.showsRing = false;
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return world.a.reached("path_proven") && world.b.reached("path_proven"); }));
    LineCall emergency;
    emergency.id = LineCallId{500};
    emergency.number = Redacted<std::string>("112");
    emergency.emergency = true;
    world.feed(world.a, LineEvent{emergency});
    world.feed(world.b, RingShown{kFirst});
    world.run(5s);
    QCOMPARE(world.a.handedOver(), std::size_t(0));
}

void CallMoveTest::keepsTheCellularCallWhenVoicemailAnswersFirst_data()
{
    QTest::addColumn<int>("level");
    QTest::newRow("of a first contact") << static_cast<int>(TrustLevel::None);
    QTest::newRow("of a verified peer, before it alerts") << static_cast<int>(TrustLevel::Verified);
}

// T49
void CallMoveTest::keepsTheCellularCallWhenVoicemailAnswersFirst()
{
    QFETCH(const int, level);
    PhoneWorld world;
    if (static_cast<TrustLevel>(level) != TrustLevel::None) {
        world.know(static_cast<TrustLevel>(level));
        world.b.showsRing = false;
    }
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return world.a.reached("path_proven") && world.b.reached("path_proven"); }));
    world.run(1s);
    world.setLeg(world.a, world.lastLeg(world.a), LegState::Active);
    world.run(2s);
    world.feed(world.b, RingShown{kFirst});
    world.run(5s);
    QVERIFY(world.a.did<LineHangUp>().empty());
    QVERIFY(world.a.legState() == LegState::Active);
    QVERIFY(world.a.call()->carrier == Carrier::Cellular);
    QVERIFY(world.a.call()->stay == StayReason::AnsweredOnCellular);
    QVERIFY(world.b.call()->ip == IpState::Ended);
    QVERIFY(world.b.hasLeg());
    QVERIFY(world.a.did<MicrophoneOpen>().empty());
}

void CallMoveTest::neverReleasesWhereThePlatformCannotEndCalls()
{
    PhoneWorld world;
    world.a.config.canEndCalls = false;
    world.boot(world.a);
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    world.run(10s);
    QVERIFY(world.a.did<LineHangUp>().empty());
    QVERIFY(bothLegsActive(world)); // rule 10
    QVERIFY(world.a.call()->carrier == Carrier::Cellular);
    QVERIFY(world.b.call()->carrier == Carrier::Cellular);
}

void CallMoveTest::keepsBothLegsWhenTheCalleeChoseCellular()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.feed(world.b, UserStayCellular{kFirst});
    world.run(5s);
    QVERIFY(world.a.call()->stay == StayReason::PeerDeclinedMove);
    QVERIFY(world.b.call()->stay == StayReason::UserChoseCellular);
    QVERIFY(world.a.call()->ip == IpState::Ended);
    QVERIFY(world.a.did<LineHangUp>().empty() && world.b.did<LineHangUp>().empty());
    world.feed(world.b, UserAnswer{kFirst});
    world.run(1s);
    QVERIFY(bothLegsActive(world));
}

void CallMoveTest::keepsBothLegsWhenTheCallerChoseCellular()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.feed(world.a, UserStayCellular{kFirst});
    world.run(5s);
    QVERIFY(world.b.call()->stay == StayReason::PeerDeclinedMove);
    QVERIFY(world.b.call()->ip == IpState::Ended);
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
}

// EM3 begins while the other one rings.
void CallMoveTest::refusesTheReleaseInEmergencyMode()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    LineCall emergency;
    emergency.id = LineCallId{500};
    emergency.number = Redacted<std::string>("112");
    emergency.emergency = true;
    world.feed(world.b, LineEvent{emergency});
    world.run(5s);
    QVERIFY(world.a.did<LineHangUp>().empty());
    QVERIFY(world.b.call()->stay == StayReason::EmergencyMode);
    QVERIFY(world.b.call()->ip == IpState::Ended);
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
}

void CallMoveTest::keepsTheLegWhenThePeersWordIsLost()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.a.reached("ho_ready"); }));
    world.internet = [&world](const Phone &from, ByteView) { return &from == &world.a; };
    world.run(1s);
    QVERIFY(world.a.did<LineHangUp>().empty());
    world.run(20s);
    QVERIFY(bothLegsActive(world) || (!world.a.reached("released") && world.a.hasLeg()));
    QVERIFY(world.a.did<LineHangUp>().empty());
}

void CallMoveTest::tellsThePeerWhenItsOwnLineDoesNotHangUp()
{
    PhoneWorld world;
    world.linePaysHeed = false;
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    world.run(10s);
    QCOMPARE(world.a.handedOver(), std::size_t(1));
    QVERIFY(!world.a.reached("released"));
    QVERIFY(bothLegsActive(world));
    QVERIFY(world.a.call()->stay == StayReason::LineLost);
    QVERIFY(world.a.call()->ip == IpState::Ended && world.b.call()->ip == IpState::Ended);
}

// I3
void CallMoveTest::placesTheCallAgainWhenALateHangUpComesThrough()
{
    PhoneWorld world;
    world.hangUpTime = 4s;
    world.remoteHangUpTime = 4200ms;
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    world.run(3s);
    QVERIFY(bothLegsActive(world)); // the release had failed
    QVERIFY(world.runUntil([&] { return dials(world.a) == 2; }, 3s));
    world.run(5s);
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
}

void CallMoveTest::goesOnByPhoneWhenItIsAnsweredThere()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.setLeg(world.b, world.lastLeg(world.b), LegState::Active);
    world.setLeg(world.a, world.lastLeg(world.a), LegState::Active);
    world.run(3s);
    QVERIFY(world.a.did<LineHangUp>().empty() && world.b.did<LineHangUp>().empty());
    for (const Phone *phone : {&world.a, &world.b}) {
        QVERIFY(phone->call()->stay == StayReason::AnsweredOnCellular);
        QVERIFY(phone->call()->carrier == Carrier::Cellular);
        QVERIFY(phone->call()->ip == IpState::Ended);
        QVERIFY(phone->did<MicrophoneOpen>().empty());
        QVERIFY(!phone->call()->wantsAnswer);
    }
}

// 5.3
void CallMoveTest::raisesThePinWhenTheLegVanishesInTheWindow()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.run(1s);
    const Pin &atB = world.b.pins.at(world.a.msisdn());
    QVERIFY(atB.level == TrustLevel::Leg);
    QCOMPARE(atB.legCount, 1U);
    QCOMPARE(atB.firstSeen, kWorldUnix + (world.b.timeOf("path_proven").value() - kWorldStart) / 1s);
    // The caller gets no such proof.
    QVERIFY(world.a.pins.at(world.b.msisdn()).level == TrustLevel::Tofu);
    QVERIFY(world.b.call()->trust == TrustLevel::Leg);
}

void CallMoveTest::countsAsAnsweredWhenTheLegWasActiveAsItVanished()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return world.b.reached("ho_ack"); }));
    // The user lifts the native receiver at this very moment.
    world.setLeg(world.b, world.lastLeg(world.b), LegState::Active);
    world.run(5s);
    QVERIFY(world.b.reached("leg_bound"));
    QVERIFY(world.b.call()->ip == IpState::Answered);
    QVERIFY(world.a.reached("peer_answered"));
    QVERIFY(bothCarriedByInternet(world));
    QCOMPARE(world.b.did<MicrophoneOpen>().size(), std::size_t(1));
}

// The user's own finger on the native dialler proves nothing about the peer.
void CallMoveTest::takesARejectedRingInTheWindowForWhatItIs()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return world.b.reached("ho_ack"); }));
    world.setLeg(world.b, world.lastLeg(world.b), LegState::Ended, LegEnd::LocalHangUp);
    world.run(20s);
    QVERIFY(world.b.record().has_value());
    QVERIFY(world.b.record()->end == CallEnd::Declined);
    QCOMPARE(world.b.pins.at(world.a.msisdn()).legCount, 0U);
    QVERIFY(world.a.record().has_value());
    QVERIFY(world.a.record()->end == CallEnd::Declined);
    QCOMPARE(dials(world.a), std::size_t(1));
}

void CallMoveTest::warnsAndRedialsWhenTheLegStays()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    world.hangUpReachesPeer = false;
    QVERIFY(world.reachAlerting());
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }));
    world.run(1s);
    QCOMPARE(dials(world.a), std::size_t(1));
    world.hangUpReachesPeer = true;
    QVERIFY(world.runUntil([&] { return dials(world.a) == 2; }, 5s));
    QVERIFY(world.b.call()->stay == StayReason::LegMismatch);
    QVERIFY(world.b.hasLeg());
    QVERIFY(world.b.pins.at(world.a.msisdn()).legCount == 0U);
    QCOMPARE(world.a.did<LineDial>()[1].number, world.b.number);
}

// T04: somebody rings b with a's caller-ID at the moment when a really calls.
void CallMoveTest::bindsTheRightOneOfTwoRingingLegs()
{
    PhoneWorld world;
    world.dial(world.a, world.b);
    world.run(1400ms);
    const LineCallId spoofed = world.ring(world.b, world.a.number);
    QVERIFY(world.runUntil([&] { return world.a.reached("peer_alerting"); }));
    const std::uint32_t shown = static_cast<std::uint32_t>(world.b.did<ShowIncoming>().at(0).call);
    world.feed(world.b, UserAnswer{CallHandle{shown}});
    QVERIFY(world.runUntil([&] { return world.b.reached("leg_bound"); }, 5s));
    world.run(3s);
    QVERIFY(world.b.call(shown)->carrier == Carrier::Internet);
    QVERIFY(world.a.call()->carrier == Carrier::Internet);
    // The spoofed ring goes on natively, untouched.
    QVERIFY(world.b.legs.at(spoofed).state == LegState::Ringing);
    for (const LineHangUp &hangUp : world.b.did<LineHangUp>())
        QVERIFY(hangUp.line != spoofed);
    for (const LineAnswer &answered : world.b.did<LineAnswer>())
        QVERIFY(answered.line != spoofed);
}

void CallMoveTest::goesOnByInternetWhenTheLegBreaks_data()
{
    QTest::addColumn<bool>("atCaller");
    QTest::newRow("at the caller") << true;
    QTest::newRow("at the callee") << false;
}

void CallMoveTest::goesOnByInternetWhenTheLegBreaks()
{
    QFETCH(const bool, atCaller);
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    Phone &phone = atCaller ? world.a : world.b;
    Phone &other = atCaller ? world.b : world.a;
    world.setLeg(phone, world.lastLeg(phone), LegState::Ended, LegEnd::NetworkLost);
    world.setLeg(other, world.lastLeg(other), LegState::Ended, LegEnd::RemoteHangUp);
    world.run(5s);
    world.answerAtB();
    world.run(5s);
    QVERIFY(bothCarriedByInternet(world));
    QVERIFY(world.b.pins.at(world.a.msisdn()).level == TrustLevel::Tofu); // unbound
    QCOMPARE(dials(world.a), std::size_t(1));
}

void CallMoveTest::bearsABlackoutBelowThreeSeconds()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.run(2s);
    world.cutInternet();
    world.run(2900ms);
    QVERIFY(world.a.call()->reconnecting);
    world.mendInternet();
    world.run(10s);
    QVERIFY(bothCarriedByInternet(world));
    QVERIFY(!world.a.call()->reconnecting && !world.b.call()->reconnecting);
    QCOMPARE(dials(world.a), std::size_t(1));
    QVERIFY(!world.a.call()->offersRedial);
}

void CallMoveTest::redialsByItselfWhenThePathDiesBeforeTheAnswer()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    QVERIFY(world.reachAlerting());
    QVERIFY(world.runUntil([&] { return world.a.reached("released") && world.b.reached("leg_bound"); }));
    world.cutInternet();
    const TimePoint cut = world.now;
    world.run(3900ms);
    QCOMPARE(dials(world.a), std::size_t(1));
    QVERIFY(world.runUntil([&] { return dials(world.a) == 2; }, 1s));
    QVERIFY(world.now - cut <= 4100ms);
    QCOMPARE(world.a.did<LineDial>()[1].sim, 0);
    QVERIFY(!world.a.record().has_value());
    world.run(1ms); // the line shows the leg
    QVERIFY(world.a.record()->end == CallEnd::MediaLost);
}

void CallMoveTest::offersARedialWhenThePathDiesAfterTheAnswer()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.run(1s);
    world.cutInternet();
    world.run(5800ms);
    QVERIFY(!world.a.call()->offersRedial);
    world.run(400ms);
    QVERIFY(world.a.call()->offersRedial);
    QVERIFY(world.b.call()->reconnecting);
    QCOMPARE(dials(world.a), std::size_t(1));
    world.feed(world.a, UserRedial{kFirst});
    QCOMPARE(dials(world.a), std::size_t(2));
}

void CallMoveTest::redialsByItselfAfterTheAnswerWhereTheUserWantsIt()
{
    PhoneWorld world;
    world.a.settings.redialAutomaticallyInCall = true;
    world.boot(world.a);
    QVERIFY(world.reachMoved());
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return dials(world.a) == 2; }, 7s));
}

void CallMoveTest::doesNotOfferARedialledCallAgain()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    QVERIFY(world.reachAlerting());
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }));
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return dials(world.a) == 2; }, 6s));
    world.mendInternet();
    world.run(5s);
    QCOMPARE(world.a.sentOf<protocol::CallOffer>().size(), std::size_t(1));
    QVERIFY(world.a.call(2)->stay == StayReason::RecentlyRedialled);
    // After a minute the pair may move again.
    world.feed(world.a, UserHangUp{CallHandle{2}});
    world.run(61s);
    world.dial(world.a, world.b);
    world.run(1s);
    QCOMPARE(world.a.sentOf<protocol::CallOffer>().size(), std::size_t(2));
}

void CallMoveTest::acceptsTheRedialOfAKnownPeerOnce()
{
    PhoneWorld world;
    world.a.settings.redialAutomaticallyInCall = true;
    world.boot(world.a);
    QVERIFY(world.reachMoved()); // leg-bound: known from now on
    world.run(1s);
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return world.b.reached("continued_by_phone"); }, 12s));
    world.run(1s);
    QVERIFY(bothLegsActive(world));
    QVERIFY(world.b.record()->end == CallEnd::MediaLost);
    // Another ring of the same number is an ordinary one.
    const std::size_t answered = world.b.did<LineAnswer>().size();
    world.ring(world.b, world.a.number);
    world.run(1s);
    QCOMPARE(world.b.did<LineAnswer>().size(), answered);
}

void CallMoveTest::acceptsARedialThatRingsBeforeTheLossIsNoticed()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.run(1s);
    world.cutInternet();
    world.run(200ms);
    world.ring(world.b, world.a.number);
    world.run(500ms);
    QVERIFY(world.b.did<LineAnswer>().empty());
    QVERIFY(world.runUntil([&] { return world.b.reached("continued_by_phone"); }, 1s));
    QCOMPARE(world.b.did<LineAnswer>().size(), std::size_t(1));
}

void CallMoveTest::acceptsNoRedialOfACallThatIsAlive()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.run(1s);
    world.ring(world.b, world.a.number);
    world.run(5s);
    QVERIFY(world.b.did<LineAnswer>().empty());
    // Nor when it falls silent later: this ring was there before.
    world.cutInternet();
    world.run(10s);
    QVERIFY(world.b.did<LineAnswer>().empty());
}

void CallMoveTest::acceptsNoRedialFromAnotherNumberOrTooLate_data()
{
    QTest::addColumn<std::string>("cli");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("accepts");
    QTest::newRow("the peer, at once") << std::string("+8613800138000") << 1 << true;
    QTest::newRow("another number") << std::string("+8613800138009") << 1 << false;
    QTest::newRow("the peer, too late") << std::string("+8613800138000") << 16 << false;
}

void CallMoveTest::acceptsNoRedialFromAnotherNumberOrTooLate()
{
    QFETCH(const std::string, cli);
    QFETCH(const int, seconds);
    QFETCH(const bool, accepts);
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return world.a.call()->offersRedial; }, 10s));
    world.run(500ms); // both have noticed
    world.run(std::chrono::seconds(seconds));
    world.ring(world.b, cli);
    world.run(500ms);
    QCOMPARE(world.b.reached("continued_by_phone"), accepts);
    QCOMPARE(!world.b.did<LineAnswer>().empty(), accepts);
}

void CallMoveTest::doesNotRedialWhatThePeerEndedDuringTheRelease_data()
{
    QTest::addColumn<bool>("declines");
    QTest::newRow("declined while it rings") << true;
    QTest::newRow("hung up right after the answer") << false;
}

void CallMoveTest::doesNotRedialWhatThePeerEndedDuringTheRelease()
{
    QFETCH(const bool, declines);
    PhoneWorld world;
    world.hangUpTime = 500ms;
    world.remoteHangUpTime = 700ms;
    if (declines)
        world.know(TrustLevel::Leg);
    QVERIFY(world.reachAlerting());
    if (!declines)
        world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.a.reached("releasing"); }));
    world.feed(world.b, declines ? PhoneInput(UserDecline{kFirst}) : PhoneInput(UserHangUp{kFirst}));
    world.run(30s);
    QCOMPARE(dials(world.a), std::size_t(1));
    QVERIFY(world.a.record().has_value() && world.b.record().has_value());
    QVERIFY(world.a.record()->end == (declines ? CallEnd::Declined : CallEnd::RemoteHangUp));
    QVERIFY(!world.a.hasLeg() && !world.b.hasLeg());
    QVERIFY(world.a.machine->calls().empty() && world.b.machine->calls().empty());
    QVERIFY(!world.a.journal.has_value());
}

void CallMoveTest::redialsAfterACrash()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    QVERIFY(world.reachAlerting());
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }));
    QVERIFY(world.a.journal.has_value());
    world.boot(world.a);
    QCOMPARE(dials(world.a), std::size_t(2));
    world.run(1ms); // the line shows the leg
    QVERIFY(!world.a.journal.has_value());
    world.run(5s);
    QCOMPARE(world.a.sentOf<protocol::CallOffer>().size(), std::size_t(1));
}

void CallMoveTest::offersARedialAfterACrashInAnAnsweredCall()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.run(1s);
    QVERIFY(world.a.journal.has_value());
    QVERIFY(world.a.journal->answered);
    world.boot(world.a);
    QCOMPARE(dials(world.a), std::size_t(1));
    const auto calls = world.a.machine->calls();
    QCOMPARE(calls.size(), std::size_t(1));
    QVERIFY(calls[0].offersRedial);
    world.feed(world.a, UserRedial{calls[0].handle});
    QCOMPARE(dials(world.a), std::size_t(2));
}

void CallMoveTest::forgetsAnOldJournal()
{
    PhoneWorld world;
    world.a.journal = ReleasedCall{world.b.msisdn(), 0, kWorldUnix - 3600, false};
    world.boot(world.a);
    QCOMPARE(dials(world.a), std::size_t(0));
    QVERIFY(!world.a.journal.has_value());
    QVERIFY(world.a.machine->calls().empty());
}

void CallMoveTest::neverRedialsWhatAPersonEnded_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("caller hangs up") << 0;
    QTest::newRow("callee hangs up") << 1;
    QTest::newRow("callee declines") << 2;
}

void CallMoveTest::neverRedialsWhatAPersonEnded()
{
    QFETCH(const int, how);
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    QVERIFY(world.reachAlerting());
    QVERIFY(world.runUntil([&] { return world.a.reached("released") && world.b.reached("leg_bound"); }));
    if (how < 2) {
        world.answerAtB();
        world.run(1s);
        world.feed(how == 0 ? world.a : world.b, UserHangUp{kFirst});
    } else {
        world.feed(world.b, UserDecline{kFirst});
    }
    world.run(20s);
    QCOMPARE(dials(world.a), std::size_t(1));
    QVERIFY(world.a.record().has_value() && world.b.record().has_value());
    QVERIFY(!world.a.journal.has_value());
    QVERIFY(world.a.machine->calls().empty());
    QVERIFY(world.b.machine->calls().empty());
    if (how == 2) {
        QVERIFY(world.a.record()->end == CallEnd::Declined);
        QVERIFY(world.b.record()->end == CallEnd::Declined);
    }
}

void CallMoveTest::givesUpAfterFortyFiveSecondsWithoutAnAnswer()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    QVERIFY(world.reachAlerting());
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }));
    world.run(44s);
    QVERIFY(!world.a.call()->offersRedial);
    world.run(2s);
    QVERIFY(world.a.call()->offersRedial);
    QVERIFY(world.b.record()->end == CallEnd::NoAnswer);
    QCOMPARE(dials(world.a), std::size_t(1));
    world.feed(world.a, UserRedial{kFirst});
    QCOMPARE(dials(world.a), std::size_t(2));
}

void CallMoveTest::givesUpAlsoWhenTheLegBrokeBeforeTheAnswer()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.setLeg(world.a, world.lastLeg(world.a), LegState::Ended, LegEnd::NetworkLost);
    world.setLeg(world.b, world.lastLeg(world.b), LegState::Ended, LegEnd::RemoteHangUp);
    world.run(44s);
    QVERIFY(!world.a.record().has_value());
    world.run(3s);
    QVERIFY(world.a.record().has_value() && world.b.record().has_value());
    QVERIFY(world.a.record()->end == CallEnd::NoAnswer);
    QVERIFY(world.b.record()->end == CallEnd::NoAnswer);
    QCOMPARE(dials(world.a), std::size_t(1));
}

void CallMoveTest::answersByPhoneWhenNoCommitComes()
{
    PhoneWorld world;
    world.a.config.canEndCalls = false;
    world.boot(world.a);
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    const TimePoint answered = world.now;
    world.run(2900ms);
    QVERIFY(world.b.did<LineAnswer>().empty());
    QVERIFY(world.runUntil([&] { return !world.b.did<LineAnswer>().empty(); }, 1s));
    QVERIFY(world.now - answered <= 3100ms);
    world.run(2s);
    QVERIFY(bothLegsActive(world));
    // Never audio on both legs.
    QCOMPARE(world.b.did<AudioStop>().size(), std::size_t(1));
    QCOMPARE(world.a.did<AudioStop>().size(), std::size_t(1));
    QVERIFY(world.a.call()->stay == StayReason::AnsweredOnCellular);
}

void CallMoveTest::answersByPhoneAtOnceWhenThePathIsDead()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.cutInternet();
    world.run(3s);
    world.answerAtB();
    world.run(200ms);
    QCOMPARE(world.b.did<LineAnswer>().size(), std::size_t(1));
    QVERIFY(bothLegsActive(world));
    world.run(5s);
    QVERIFY(world.a.call()->carrier == Carrier::Cellular);
    QVERIFY(world.a.call()->ip == IpState::Ended);
}

void CallMoveTest::waitsForASlowLineOnceThePeerHasReleased()
{
    PhoneWorld world;
    world.b.config.hangUpNoticeBound = 10s; // a modem without a call list
    world.boot(world.b);
    world.remoteHangUpTime = 6s;
    QVERIFY(world.reachMoved());
    QVERIFY(world.b.did<LineAnswer>().empty());
    QVERIFY(world.b.call()->carrier == Carrier::Internet);
    QVERIFY(world.b.pins.at(world.a.msisdn()).level == TrustLevel::Leg);
}

// T24
void CallMoveTest::changesNothingUnderAFloodOfForgedPackets()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.run(1s);
    SeededRandom random(5);
    const CallInfo before = world.b.call().value();
    const std::size_t told = world.b.did<CallChanged>().size();
    for (std::uint32_t i = 0; i < 2000; ++i) {
        Bytes forged(1 + random.uniform(1300));
        random.fill(forged);
        forged[0] = static_cast<std::uint8_t>(0x80 + i % 5);
        world.feed(world.b, DatagramReceived{kFirst, world.a.address(), forged});
    }
    for (const DatagramSend &sent : world.a.did<DatagramSend>())
        world.feed(world.b, DatagramReceived{kFirst, {Redacted<std::string>("198.51.100.9"), 9}, sent.bytes});
    world.run(1s);
    QCOMPARE(world.b.did<CallChanged>().size(), told);
    QVERIFY(world.b.call() == before);
    const auto sent = world.b.did<DatagramSend>();
    QVERIFY(sent.back().to == world.a.address());
}

void CallMoveTest::endsBothLegsWhenTheCalleeDeclines()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.feed(world.b, UserDecline{kFirst});
    world.run(5s);
    QVERIFY(!world.a.hasLeg() && !world.b.hasLeg());
    QVERIFY(world.b.record()->end == CallEnd::Declined);
    QVERIFY(world.a.record()->end == CallEnd::Declined);
    QCOMPARE(dials(world.a), std::size_t(1));
    QVERIFY(world.a.machine->calls().empty() && world.b.machine->calls().empty());
}

void CallMoveTest::endsTheCallForBothWhenTheCallerHangsUpWhileItRings()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.feed(world.a, UserHangUp{kFirst});
    world.run(5s);
    QVERIFY(!world.a.hasLeg() && !world.b.hasLeg());
    QVERIFY(world.a.record()->end == CallEnd::LocalHangUp);
    QVERIFY(world.b.record()->end == CallEnd::NoAnswer);
    QVERIFY(world.b.record()->stay == StayReason::None);
    QVERIFY(!world.b.call()->wantsAnswer);
}

// protocol.md 3.8
void CallMoveTest::dropsThePinWhenTheDigitsDiffer()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.run(1s);
    world.feed(world.b, UserSas{kFirst, false});
    world.run(2s);
    QVERIFY(!world.b.pins.contains(world.a.msisdn()));
    QVERIFY(world.b.call()->ip == IpState::Ended);
    QVERIFY(world.a.call()->ip == IpState::Ended);
    QVERIFY(world.b.call()->offersRedial);
}

void CallMoveTest::isVerifiedWhenTheDigitsAreTheSame()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.run(1s);
    QCOMPARE(world.a.call()->sas, world.b.call()->sas);
    world.feed(world.a, UserSas{kFirst, true});
    QVERIFY(world.a.pins.at(world.b.msisdn()).level == TrustLevel::Verified);
    QVERIFY(world.a.call()->trust == TrustLevel::Verified);
    QVERIFY(bothCarriedByInternet(world));
}

void CallMoveTest::showsThatThePeerIsMuted()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.feed(world.a, UserMute{kFirst, true});
    world.run(1s);
    QVERIFY(world.a.call()->muted);
    QVERIFY(world.b.call()->peerMuted);
    QVERIFY(world.a.did<AudioMute>().back().muted);
    world.feed(world.a, UserMute{kFirst, false});
    world.run(1s);
    QVERIFY(!world.b.call()->peerMuted);
}

void CallMoveTest::sendsDigitsOnTheLegThatSpeaks()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.feed(world.a, UserDigits{kFirst, "1"});
    QCOMPARE(world.a.did<LineDigits>().size(), std::size_t(1));
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }));
    world.feed(world.a, UserDigits{kFirst, "2#D"});
    QCOMPARE(world.a.did<LineDigits>().size(), std::size_t(1));
    world.run(2s);
    std::string heard;
    for (const DigitHeard &digit : world.b.did<DigitHeard>())
        heard += digit.digit;
    QCOMPARE(heard, std::string("2#D"));
}

void CallMoveTest::keepsALegWhoseStateIsUnknown_data()
{
    QTest::addColumn<bool>("ofTheLine");
    QTest::newRow("the line is lost") << true;
    QTest::newRow("the call is out of sight") << false;
}

void CallMoveTest::keepsALegWhoseStateIsUnknown()
{
    QFETCH(bool, ofTheLine);
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    LineCall unseen = world.a.legs.begin()->second;
    unseen.state = LegState::Unknown;
    if (ofTheLine)
        world.feed(world.a, LineLost{true});
    else
        world.feed(world.a, LineEvent{unseen});
    world.answerAtB();
    world.run(2s);
    QVERIFY(world.a.did<LineHangUp>().empty());
    world.run(3s);
    QVERIFY(world.a.did<LineHangUp>().empty());
    QVERIFY(!world.a.reached("released"));
}

void CallMoveTest::keepsACallThatIsOutOfSight()
{
    PhoneWorld world;
    const LineCallId leg = world.ring(world.b, "+8613800138009");
    world.setLeg(world.b, leg, LegState::Active);
    QVERIFY(world.b.call()->leg == LegState::Active);
    LineCall unseen = world.b.legs.at(leg);
    unseen.state = LegState::Unknown;
    world.feed(world.b, LineEvent{unseen});
    world.feed(world.b, LineLost{true});
    world.run(1s);
    QVERIFY(world.b.call()->leg == LegState::Unknown);
    QVERIFY(!world.b.record());
    world.setLeg(world.b, leg, LegState::Ended, LegEnd::RemoteHangUp);
    world.run(1s);
    QVERIFY(world.b.record() && world.b.record()->end == CallEnd::RemoteHangUp);
}

QTEST_APPLESS_MAIN(CallMoveTest)
#include "tst_callmove.moc"
