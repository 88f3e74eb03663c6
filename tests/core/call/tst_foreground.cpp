#include "tests/core/call/phoneworld.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;

namespace {

constexpr CallHandle kFirst{1};
constexpr CallHandle kSecond{2};

/// What a phone did with microphone and loudspeaker of a call, as a story.
std::string soundsOf(const Phone &phone, CallHandle call)
{
    std::string story;
    for (const Phone::Did &did : phone.history) {
        const auto note = [&](const auto *output, const char *what) {
            if (output != nullptr && output->call == call)
                story += what;
        };
        note(std::get_if<MicrophoneOpen>(&did.what), "open ");
        note(std::get_if<AudioStop>(&did.what), "stop ");
        if (const auto *hold = std::get_if<AudioHold>(&did.what))
            note(hold, hold->held ? "hold " : "resume ");
    }
    return story;
}

} // namespace

/// Nobody but the two people of a call hears it: one call has microphone and loudspeaker.
class ForegroundTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsTheFirstCallWhenASecondIsAnswered();
    void opensTheMicrophoneOfTheSecondAfterTheFirstLostIt();
    void resumesTheFirstWhenTheSecondEnds();
    void holdsACallWhileTheModemCarriesAnother();
    void resumesACallWhenTheModemsCallIsHeldOrEnds();
    void holdsACallDuringAnEmergencyCall();
    void leavesTheVoiceWithTheCallItsUserTurnedToLast();
    void holdsACallWhoseOwnLegIsAnsweredWhileItIsReleased();
    void answersByPhoneWhatRingsBesideTheModemsCall();
    void keepsTheLegOfACallThatRingsBesideTheModemsCall();
    void tellsAgainThatACallIsHeldUntilItIsConfirmed();
    void acceptsNoContinuationIntoAnotherCall();
    void offersTheRedialOfAHeldCall();
};

namespace {

/// a has called b and talks to it over the Internet, and c calls b.
struct Trio
{
    Trio() : c(world.addPhone("+8613800138002", "460001112223334")) { }

    bool talk() { return world.reachMoved() && world.runUntil([&] { return isOpen(world.b, kFirst); }); }
    bool secondRings()
    {
        world.dial(c, world.b);
        return world.runUntil([&] { return world.b.call(2) && world.b.call(2)->wantsAnswer; }, 10s);
    }
    bool answerSecond()
    {
        world.feed(world.b, UserAnswer{kSecond});
        return world.runUntil([&] { return c.reached("released") && isOpen(c, kFirst); }, 10s);
    }
    static bool isOpen(const Phone &phone, CallHandle call)
    {
        return std::ranges::any_of(
            phone.did<MicrophoneOpen>(), [call](const MicrophoneOpen &open) { return open.call == call; });
    }

    PhoneWorld world;
    Phone &c;
};

} // namespace

void ForegroundTest::holdsTheFirstCallWhenASecondIsAnswered()
{
    Trio trio;
    QVERIFY(trio.talk());
    QVERIFY(trio.secondRings());
    QVERIFY(!trio.world.b.call(1)->held);
    QVERIFY(trio.answerSecond());
    trio.world.run(1s);
    QVERIFY(trio.world.b.call(1)->held);
    QVERIFY(!trio.world.b.call(2)->held);
    QVERIFY(trio.world.a.call()->heldByPeer);
    QVERIFY(!trio.world.a.call()->peerMuted);
    QVERIFY(!trio.c.call()->heldByPeer);
    QCOMPARE(soundsOf(trio.world.b, kFirst), std::string("open hold "));
    QCOMPARE(soundsOf(trio.world.b, kSecond), std::string("open "));
}

void ForegroundTest::opensTheMicrophoneOfTheSecondAfterTheFirstLostIt()
{
    Trio trio;
    QVERIFY(trio.talk());
    QVERIFY(trio.secondRings());
    QVERIFY(trio.answerSecond());
    int has = 0;
    for (const Phone::Did &did : trio.world.b.history) {
        const auto *hold = std::get_if<AudioHold>(&did.what);
        has += std::holds_alternative<MicrophoneOpen>(did.what) ? 1 : 0;
        has += hold == nullptr ? 0 : hold->held ? -1 : 1;
        QVERIFY(has <= 1);
    }
    QCOMPARE(has, 1);
}

void ForegroundTest::resumesTheFirstWhenTheSecondEnds()
{
    Trio trio;
    QVERIFY(trio.talk());
    QVERIFY(trio.secondRings());
    QVERIFY(trio.answerSecond());
    trio.world.feed(trio.c, UserHangUp{kFirst});
    trio.world.run(1s);
    QVERIFY(!trio.world.b.call(1)->held);
    QVERIFY(!trio.world.a.call()->heldByPeer);
    QCOMPARE(soundsOf(trio.world.b, kFirst), std::string("open hold resume "));
}

void ForegroundTest::holdsACallWhileTheModemCarriesAnother()
{
    Trio trio;
    QVERIFY(trio.talk());
    const LineCallId leg = trio.world.ring(trio.world.b, "+491701234567");
    trio.world.run(1s);
    QVERIFY(!trio.world.b.call(1)->held);
    trio.world.setLeg(trio.world.b, leg, LegState::Active);
    trio.world.run(200ms);
    QVERIFY(trio.world.b.call(1)->held);
    QVERIFY(trio.world.a.call()->heldByPeer);
    QVERIFY(trio.world.b.call(1)->moved);
}

void ForegroundTest::resumesACallWhenTheModemsCallIsHeldOrEnds()
{
    Trio trio;
    QVERIFY(trio.talk());
    const LineCallId leg = trio.world.ring(trio.world.b, "+491701234567");
    trio.world.setLeg(trio.world.b, leg, LegState::Active);
    trio.world.setLeg(trio.world.b, leg, LegState::Held);
    QVERIFY(!trio.world.b.call(1)->held);
    trio.world.setLeg(trio.world.b, leg, LegState::Active);
    QVERIFY(trio.world.b.call(1)->held);
    trio.world.setLeg(trio.world.b, leg, LegState::Ended, LegEnd::RemoteHangUp);
    QVERIFY(!trio.world.b.call(1)->held);
}

void ForegroundTest::holdsACallDuringAnEmergencyCall()
{
    Trio trio;
    QVERIFY(trio.talk());
    trio.world.feed(trio.world.b, UserDial{"112", 0});
    trio.world.run(10ms);
    QVERIFY(trio.world.b.call(1)->held);
    trio.world.setLeg(trio.world.b, trio.world.lastLeg(trio.world.b), LegState::Ended, LegEnd::RemoteHangUp);
    QVERIFY(!trio.world.b.call(1)->held);
}

void ForegroundTest::leavesTheVoiceWithTheCallItsUserTurnedToLast()
{
    Trio trio;
    QVERIFY(trio.world.reachAlerting()); // a waits for b, and answers c meanwhile
    trio.world.dial(trio.c, trio.world.a);
    QVERIFY(trio.world.runUntil([&] { return trio.world.a.call(2) && trio.world.a.call(2)->wantsAnswer; }, 10s));
    trio.world.feed(trio.world.a, UserAnswer{kSecond});
    QVERIFY(trio.world.runUntil([&] { return trio.isOpen(trio.world.a, kSecond); }));
    trio.world.answerAtB();
    trio.world.run(1s);
    QVERIFY(trio.world.a.call(1)->held);
    QVERIFY(trio.world.b.call()->heldByPeer);
    QVERIFY(!trio.world.a.call(2)->held);
    trio.world.feed(trio.c, UserHangUp{kFirst});
    trio.world.run(1s);
    QVERIFY(!trio.world.a.call(1)->held);
    QCOMPARE(soundsOf(trio.world.a, kFirst), std::string("hold resume open "));
}

void ForegroundTest::holdsACallWhoseOwnLegIsAnsweredWhileItIsReleased()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.a.reached("releasing"); }));
    world.setLeg(world.a, world.lastLeg(world.a), LegState::Active);
    QVERIFY(world.a.call()->held);
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }));
    world.run(1s);
    QVERIFY(!world.a.call()->held);
    QVERIFY(!world.b.call()->heldByPeer);
}

void ForegroundTest::answersByPhoneWhatRingsBesideTheModemsCall()
{
    Trio trio;
    const LineCallId leg = trio.world.ring(trio.world.b, "+491701234567");
    trio.world.setLeg(trio.world.b, leg, LegState::Active);
    QVERIFY(trio.secondRings());
    trio.world.feed(trio.world.b, UserAnswer{kSecond});
    QCOMPARE(trio.world.b.did<LineAnswer>().size(), std::size_t(1));
    trio.world.run(1s);
    QVERIFY(trio.world.b.call(2)->stay == StayReason::AnsweredOnCellular);
    QVERIFY(trio.world.b.did<MicrophoneOpen>().empty());
}

void ForegroundTest::keepsTheLegOfACallThatRingsBesideTheModemsCall()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    const LineCallId leg = world.ring(world.b, "+491701234567");
    world.setLeg(world.b, leg, LegState::Active);
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return world.a.reached("peer_alerting"); }, 10s));
    world.run(3s);
    QVERIFY(!world.b.reached("ho_ack"));
    QVERIFY(!world.a.reached("released"));
}

void ForegroundTest::tellsAgainThatACallIsHeldUntilItIsConfirmed()
{
    Trio trio;
    QVERIFY(trio.talk());
    const LineCallId leg = trio.world.ring(trio.world.b, "+491701234567");
    trio.world.internet = [&](const Phone &from, ByteView) { return &from != &trio.world.b; };
    trio.world.setLeg(trio.world.b, leg, LegState::Active);
    trio.world.run(2500ms); // longer than a body is repeated
    trio.world.mendInternet();
    trio.world.run(1s);
    QVERIFY(trio.world.a.call()->heldByPeer);
}

void ForegroundTest::acceptsNoContinuationIntoAnotherCall()
{
    Trio trio;
    QVERIFY(trio.talk());
    const LineCallId leg = trio.world.ring(trio.world.b, "+491701234567");
    trio.world.setLeg(trio.world.b, leg, LegState::Active);
    trio.world.cutInternet();
    trio.world.run(3s);
    trio.world.ring(trio.world.b, trio.world.a.number);
    trio.world.run(5s);
    QVERIFY(trio.world.b.did<LineAnswer>().empty());
}

void ForegroundTest::offersTheRedialOfAHeldCall()
{
    Trio trio;
    trio.world.a.settings.redialAutomaticallyInCall = true;
    trio.world.boot(trio.world.a);
    QVERIFY(trio.talk());
    const LineCallId leg = trio.world.ring(trio.world.a, "+491701234567");
    trio.world.setLeg(trio.world.a, leg, LegState::Active);
    const std::size_t dials = trio.world.a.did<LineDial>().size();
    trio.world.cutInternet();
    trio.world.run(12s);
    QVERIFY(trio.world.a.call(1)->offersRedial);
    QCOMPARE(trio.world.a.did<LineDial>().size(), dials);
}

QTEST_APPLESS_MAIN(ForegroundTest)
#include "tst_foreground.moc"
