#include "tests/core/call/phoneworld.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;

namespace {

LineCall emergencyCall(const std::string &number, bool flagged = false)
{
    LineCall call;
    call.id = LineCallId{900};
    call.number = Redacted(number);
    call.emergency = flagged;
    return call;
}

void end(PhoneWorld &world, Phone &phone, LineCall call)
{
    call.state = LegState::Ended;
    call.end = LegEnd::LocalHangUp;
    world.feed(phone, LineEvent{call});
}

/// What the phone did besides letting the time pass, and noting that there was an emergency call.
std::size_t deeds(const Phone &phone)
{
    return phone.history.size() - phone.did<StoreEmergency>().size();
}

bool isOnline(const Phone &phone)
{
    const auto told = phone.did<ServerStatus>();
    return !told.empty() && told.back().online;
}

RegistrationChanged lastChange(const Phone &phone)
{
    const auto changes = phone.did<RegistrationChanged>();
    return changes.empty() ? RegistrationChanged{} : changes.back();
}

} // namespace

class PhoneMachineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheWholeStoryOfAMovedCall();
    void isSilentWhileIdle();
    // Emergencies, protocol.md 5.5
    void leavesEmergencyCallsAlone_data();
    void leavesEmergencyCallsAlone();
    void touchesNoIncomingCallForAnHourAfterAnEmergency();
    void touchesNoOtherCallDuringAnEmergency();
    void remembersAnEmergencyCallWhenItIsKilled_data();
    void remembersAnEmergencyCallWhenItIsKilled();
    void keepsWhenAnEmergencyCallWasLastUp();
    void touchesNothingUntilItKnowsHowLongAgoAnEmergencyCallWas();
    void dialsAnEmergencyNumberLikeAnyOther();
    void doesNotRedialBesideAnEmergencyCall();
    void leavesAMovedCallAloneInAnEmergency();
    // Two calls at once
    void keepsOneOfTwoCallsThatCrossed();
    void keepsTheMovedOneOfTwoCallsThatCrossed();
    void keepsTwoCallersApart();
    void endsTheRightOneOfTwoCalls();
    void refusesMoreCallsThanItCanHold();
    void keepsACallThatTheUserDialledDuringAMovedOne();
    // The server
    void isOnlineOnlyWhileConnected();
    void staysOnlineWhereItIsWanted();
    void tellsThatItsNumberMovedElsewhere();
    void logsInNoMoreWhenItsNumberMovedElsewhere();
    void followsTheServerToItsNextKeyAfterARestart();
    void registersAgainWhatMovedElsewhere();
    void forgetsAnAccountThatMovedElsewhereWithoutTheServer();
    void registersAndCallsAtOnce();
    void refusesNumbersThatCannotRegister_data();
    void refusesNumbersThatCannotRegister();
    void needsASimToRegister();
    void deletesItsAccount();
    void protectsItsNumberWithAPin();
    void saysThatALockReachedNoServer();
    void keepsItsAccountWhenADeletionFails_data();
    void keepsItsAccountWhenADeletionFails();
    void registersWhatAFailedDeletionKept();
    void saysWhatTheServerThinksOfItsAccount_data();
    void saysWhatTheServerThinksOfItsAccount();
    void provesItsNumberAgain();
    void saysThatItIsQuarantinedAtOnce();
    void staysCellularWithoutAnAccount();
    void staysCellularWhenSwitchedOff();
    void doesNotSpeakForAnotherSim();
    // Without a SIM
    void callsByHand();
    void endsACallByHandWhosePathDies();
    void letsAContactBeDeclinedByHand();
    void hearsThatNobodyIsThere();
    void saysThatItCannotCallEmergencyServices_data();
    void saysThatItCannotCallEmergencyServices();
    void neverMixesCallsByHandWithCellularOnes();
    // The user
    void confirmsAVerifiedPeerOnlyByTheRightNumber();
    void ignoresCommandsForUnknownCalls();
    void hangsUpOnTheLineWhenTheCallIsCellular();
    void answersThePhoneWhenThereIsNothingElse();
    void recordsHowLongPeopleTalked();
    void looksForAnotherPathWhenTheNetworkChanged_data();
    void looksForAnotherPathWhenTheNetworkChanged();
};

void PhoneMachineTest::tellsTheWholeStoryOfAMovedCall()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.run(10s);
    for (const Phone *phone : {&world.a, &world.b}) {
        const CallInfo info = phone->call().value();
        QVERIFY(info.moved);
        QVERIFY(info.carrier == Carrier::Internet);
        QVERIFY(info.ip == IpState::Answered);
        QVERIFY(info.stay == StayReason::None);
        QVERIFY(!phone->hasLeg());
        QCOMPARE(info.sas, world.a.call()->sas);
        QCOMPARE(info.path, std::string("direct"));
    }
    world.feed(world.a, UserHangUp{CallHandle{1}});
    world.run(5s);
    QVERIFY(world.a.record()->end == CallEnd::LocalHangUp);
    QVERIFY(world.b.record()->end == CallEnd::RemoteHangUp);
    QVERIFY(world.a.record()->moved && world.b.record()->moved);
    QVERIFY(world.a.machine->calls().empty());
    QVERIFY(world.b.machine->calls().empty());
    QCOMPARE(world.a.did<SocketOpen>().size(), world.a.did<SocketClose>().size());
    QCOMPARE(world.b.did<AudioStart>().size(), world.b.did<AudioStop>().size());
}

// mission.md K8
void PhoneMachineTest::isSilentWhileIdle()
{
    PhoneWorld world;
    const std::size_t before = deeds(world.a);
    world.run(24h);
    QCOMPARE(deeds(world.a), before);
    QVERIFY(!world.a.machine->nextTimeout().has_value());
    QVERIFY(world.reachMoved());
    world.feed(world.b, UserHangUp{CallHandle{1}});
    world.run(60s);
    const std::size_t after = deeds(world.a);
    world.run(24h);
    QCOMPARE(deeds(world.a), after);
}

void PhoneMachineTest::leavesEmergencyCallsAlone_data()
{
    QTest::addColumn<std::string>("number");
    QTest::addColumn<bool>("flagged");
    for (const char *number : {"110", "112", "119", "120", "122", "911", "999", "08", "000"})
        QTest::newRow(number) << std::string(number) << false;
    QTest::newRow("any number that the platform calls one") << std::string("+8613800138001") << true;
}

// EM1, I5
void PhoneMachineTest::leavesEmergencyCallsAlone()
{
    QFETCH(const std::string, number);
    QFETCH(const bool, flagged);
    PhoneWorld world;
    const std::size_t before = deeds(world.a);
    LineCall call = emergencyCall(number, flagged);
    world.feed(world.a, LineEvent{call});
    world.run(10s);
    call.state = LegState::Active;
    world.feed(world.a, LineEvent{call});
    world.run(60s);
    end(world, world.a, call);
    world.run(60s);
    QCOMPARE(deeds(world.a), before); // not even a record in the history
    QVERIFY(world.a.machine->calls().empty());
}

// EM3
void PhoneMachineTest::touchesNoIncomingCallForAnHourAfterAnEmergency()
{
    PhoneWorld world;
    const LineCall call = emergencyCall("110");
    world.feed(world.b, LineEvent{call});
    world.run(30s);
    end(world, world.b, call);
    world.run(59min);
    world.dial(world.a, world.b);
    world.run(10s);
    QVERIFY(world.b.call()->stay == StayReason::EmergencyMode);
    QVERIFY(world.b.did<ServerConnect>().empty());
    QVERIFY(world.b.did<LineHoldRing>().empty());
    world.feed(world.a, UserHangUp{CallHandle{1}});
    world.run(2min);
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return world.b.reached("alerting"); }, 10s));
}

void PhoneMachineTest::touchesNoOtherCallDuringAnEmergency()
{
    PhoneWorld world;
    world.feed(world.a, LineEvent{emergencyCall("112")});
    world.run(2h);
    world.dial(world.a, world.b);
    world.run(10s);
    QVERIFY(world.a.sentOf<protocol::CallOffer>().empty());
    QVERIFY(world.a.call()->stay == StayReason::EmergencyMode);
}

// EM3 and a kill
void PhoneMachineTest::remembersAnEmergencyCallWhenItIsKilled_data()
{
    QTest::addColumn<int>("deadMinutes");
    QTest::addColumn<qint64>("clockJump");
    QTest::addColumn<int>("untouchedMinutes"); // from the start
    constexpr qint64 kDay = 86'400;
    QTest::newRow("back at once") << 0 << qint64{0} << 59;
    QTest::newRow("back in the middle of the hour") << 40 << qint64{0} << 19;
    QTest::newRow("back after the hour") << 70 << qint64{0} << 0;
    QTest::newRow("the clock went back") << 40 << qint64{-kDay} << 59;
    QTest::newRow("the clock was reset") << 40 << -qint64{kWorldUnix} << 59;
}

void PhoneMachineTest::remembersAnEmergencyCallWhenItIsKilled()
{
    QFETCH(const int, deadMinutes);
    QFETCH(const qint64, clockJump);
    QFETCH(const int, untouchedMinutes);
    PhoneWorld world;
    LineCall call = emergencyCall("112");
    world.feed(world.b, LineEvent{call});
    call.state = LegState::Ended;
    world.feed(world.b, LineEvent{call});
    world.run(std::chrono::minutes(deadMinutes));
    world.clockJump = clockJump;
    world.b.history.clear();
    world.boot(world.b);
    const auto isTouched = [&] {
        const LineCallId leg = world.ring(world.b, world.a.number);
        world.run(1s);
        world.setLeg(world.b, leg, LegState::Ended, LegEnd::RemoteHangUp);
        return !world.b.did<LineHoldRing>().empty() || !world.b.sentOf<protocol::CallArrive>().empty();
    };
    if (untouchedMinutes > 0) {
        QVERIFY(!isTouched());
        world.run(std::chrono::minutes(untouchedMinutes));
        QVERIFY(!isTouched());
        world.run(2min);
    }
    QVERIFY(isTouched());
}

void PhoneMachineTest::keepsWhenAnEmergencyCallWasLastUp()
{
    PhoneWorld world;
    const auto kept = [&] { return world.a.lastEmergency; };
    const auto tellTime = [&] { world.feed(world.a, WallTime{kWorldUnix + world.clockJump + (world.now - kWorldStart) / 1s}); };
    LineCall call = emergencyCall("112");
    world.feed(world.a, LineEvent{call});
    QCOMPARE(kept(), std::optional<std::int64_t>(kWorldUnix));
    world.run(30min);
    tellTime();
    QCOMPARE(kept(), std::optional<std::int64_t>(kWorldUnix + 1800));
    call.state = LegState::Ended;
    world.feed(world.a, LineEvent{call});
    world.run(10min);
    world.clockJump = 7200;
    tellTime();
    QCOMPARE(kept(), std::optional<std::int64_t>(kWorldUnix + 1800 + 7200));
    world.run(51min);
    tellTime();
    QVERIFY(!kept().has_value());
}

void PhoneMachineTest::touchesNothingUntilItKnowsHowLongAgoAnEmergencyCallWas()
{
    PhoneWorld world;
    world.b.machine = std::make_unique<PhoneMachine>(
        world.b.config, world.b.identity,
        PhoneMemory{world.b.account, world.b.pins, world.b.settings, std::nullopt, kWorldUnix - 7200, {}},
        world.b.random);
    SimInfo sim;
    sim.present = true;
    sim.imsi = Redacted(world.b.imsi);
    sim.homeRegion = "CN";
    world.feed(world.b, SimsChanged{{sim}});
    world.ring(world.b, world.a.number);
    world.run(1s);
    QVERIFY(world.b.sentOf<protocol::CallArrive>().empty());
}

// EM4
void PhoneMachineTest::dialsAnEmergencyNumberLikeAnyOther()
{
    PhoneWorld world;
    world.feed(world.a, UserDial{"112", 0});
    QCOMPARE(world.a.did<LineDial>().size(), std::size_t(1));
    QCOMPARE(world.a.did<LineDial>()[0].number, std::string("112"));
    world.run(10s);
    QVERIFY(world.a.did<ServerConnect>().empty());
    QVERIFY(world.a.did<CallChanged>().empty());
}

// EM5
void PhoneMachineTest::doesNotRedialBesideAnEmergencyCall()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    QVERIFY(world.reachAlerting());
    QVERIFY(world.runUntil([&] { return world.a.reached("released"); }));
    world.feed(world.a, LineEvent{emergencyCall("110")});
    world.cutInternet();
    world.run(10s);
    QCOMPARE(world.a.did<LineDial>().size(), std::size_t(1));
    QVERIFY(world.a.call()->offersRedial);
}

void PhoneMachineTest::leavesAMovedCallAloneInAnEmergency()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.feed(world.a, LineEvent{emergencyCall("110")});
    world.run(10s);
    QVERIFY(world.a.call()->carrier == Carrier::Internet);
    QVERIFY(world.b.call()->carrier == Carrier::Internet);
}

// Rule 11
void PhoneMachineTest::keepsOneOfTwoCallsThatCrossed()
{
    PhoneWorld world;
    world.dial(world.a, world.b);
    world.dial(world.b, world.a);
    QVERIFY(world.runUntil([&] { return !world.b.did<ShowIncoming>().empty() || !world.a.did<ShowIncoming>().empty(); }, 15s));
    world.run(1s);
    // a's number sorts first: a's call is kept, b is called.
    QCOMPARE(world.b.did<ShowIncoming>().size(), std::size_t(1));
    const CallHandle incoming = world.b.did<ShowIncoming>()[0].call;
    world.feed(world.b, UserAnswer{incoming});
    world.run(10s);
    QVERIFY(world.b.call(static_cast<std::uint32_t>(incoming))->carrier == Carrier::Internet);
    std::size_t carried = 0;
    for (const CallInfo &info : world.a.machine->calls())
        carried += info.carrier == Carrier::Internet ? 1U : 0U;
    QCOMPARE(carried, std::size_t(1));
    // b's own dial has nothing left to do.
    QVERIFY(!world.a.hasLeg());
    QVERIFY(!world.b.hasLeg());
    world.feed(world.b, UserHangUp{incoming});
    world.run(10s);
    QVERIFY(world.a.machine->calls().empty());
    QVERIFY(world.b.machine->calls().empty());
}

// The callee had dialled as well, and answers before that call rings.
void PhoneMachineTest::keepsTheMovedOneOfTwoCallsThatCrossed()
{
    PhoneWorld world;
    world.dial(world.a, world.b);
    world.run(1300ms);
    world.dial(world.b, world.a);
    QVERIFY(world.runUntil([&] { return !world.b.did<ShowIncoming>().empty(); }, 15s));
    const CallHandle incoming = world.b.did<ShowIncoming>()[0].call;
    world.feed(world.b, UserAnswer{incoming});
    QVERIFY(world.runUntil([&] { return world.b.reached("leg_bound"); }, 5s));
    QVERIFY(world.b.hasLeg());
    world.run(10s);
    QVERIFY(world.a.did<ShowIncoming>().empty());
    QVERIFY(!world.a.hasLeg());
    QVERIFY(!world.b.hasLeg());
    QVERIFY(world.a.call(1)->carrier == Carrier::Internet && !world.a.call(1)->held);
    QVERIFY(world.b.call(static_cast<std::uint32_t>(incoming))->carrier == Carrier::Internet);
    QCOMPARE(world.b.machine->calls().size(), std::size_t(1));
}

void PhoneMachineTest::keepsTwoCallersApart()
{
    PhoneWorld world;
    Phone &c = world.addPhone("+8613800138002", "460005555555555");
    world.dial(world.a, world.b);
    world.dial(c, world.b);
    QVERIFY(world.runUntil([&] { return world.b.did<ShowIncoming>().size() == 2; }, 15s));
    world.run(1s);
    for (std::uint32_t handle = 1; handle <= 2; ++handle) {
        const CallInfo atB = world.b.call(handle).value();
        const Phone &caller = atB.peer.reveal() == c.number ? c : world.a;
        QCOMPARE(atB.sas, caller.call()->sas);
    }
    QVERIFY(world.a.call()->sas != c.call()->sas);
}

void PhoneMachineTest::endsTheRightOneOfTwoCalls()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.ring(world.b, "+8613800138009"); // call waiting
    world.run(3s);
    world.feed(world.b, UserDecline{CallHandle{2}});
    world.run(3s);
    QVERIFY(world.b.call(1)->carrier == Carrier::Internet);
    QVERIFY(world.b.record(2)->end == CallEnd::Declined);
    QVERIFY(!world.b.record(1).has_value());
}

// I11
void PhoneMachineTest::refusesMoreCallsThanItCanHold()
{
    PhoneWorld world;
    std::vector<LineCallId> legs;
    for (int i = 0; i < 12; ++i)
        legs.push_back(world.ring(world.b, "+86138001380" + std::to_string(10 + i)));
    QCOMPARE(world.b.machine->calls().size(), world.b.config.maxCalls);
    QVERIFY(world.b.faulted("too_many_calls"));
    world.run(10s);
    for (const LineCallId leg : legs)
        QVERIFY(world.b.legs.at(leg).state == LegState::Ringing);
    QVERIFY(world.b.did<LineHangUp>().empty());
}

void PhoneMachineTest::keepsACallThatTheUserDialledDuringAMovedOne()
{
    PhoneWorld world;
    Phone &c = world.addPhone("+8613800138002", "460005555555555", false);
    QVERIFY(world.reachMoved());
    world.dial(world.a, c);
    world.run(5s);
    QVERIFY(world.a.call(1)->carrier == Carrier::Internet);
    QVERIFY(world.a.call(2)->carrier == Carrier::Cellular);
    QCOMPARE(world.a.handedOver(), std::size_t(1));
}

void PhoneMachineTest::isOnlineOnlyWhileConnected()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    QVERIFY(isOnline(world.a));
    world.run(60s);
    QVERIFY(!world.a.did<ServerDisconnect>().empty());
    QVERIFY(!isOnline(world.a));
}

void PhoneMachineTest::staysOnlineWhereItIsWanted()
{
    PhoneWorld world;
    world.feed(world.a, GoOnline{true});
    world.run(10min);
    QVERIFY(isOnline(world.a));
    QVERIFY(world.a.did<ServerDisconnect>().empty());
    world.feed(world.a, ServerFailed{ServerFailure::Closed, 0});
    QVERIFY(!isOnline(world.a));
    world.run(5s);
    QVERIFY(isOnline(world.a));
    world.feed(world.a, GoOnline{false});
    world.run(30s);
    QVERIFY(!isOnline(world.a));
}

// T43
void PhoneMachineTest::tellsThatItsNumberMovedElsewhere()
{
    PhoneWorld world;
    world.feed(world.a, GoOnline{true});
    world.run(1s);
    world.feed(world.a, ServerFailed{ServerFailure::Closed, 4001});
    QVERIFY(lastChange(world.a).state == RegistrationState::Failed);
    QVERIFY(lastChange(world.a).fault == RegistrationFault::ReplacedElsewhere);
    const std::size_t connects = world.a.did<ServerConnect>().size();
    world.run(5min);
    QCOMPARE(world.a.did<ServerConnect>().size(), connects);
}

void PhoneMachineTest::logsInNoMoreWhenItsNumberMovedElsewhere()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    world.feed(world.a, GoOnline{true});
    world.run(1s);
    Phone &other = world.addPhone(world.a.number, world.a.imsi, false);
    world.feed(other, UserRegister{other.number, protocol::AccountKind::Sim});
    world.run(1s);
    world.feed(other, UserVerify{world.lastCode});
    world.run(1s);
    QVERIFY(world.a.did<StoreAccount>().back().account->gone);
    world.a.account = world.a.did<StoreAccount>().back().account;
    for (const bool restarted : {false, true}) {
        const std::size_t connects = world.a.did<ServerConnect>().size();
        if (restarted)
            world.boot(world.a);
        QVERIFY(lastChange(world.a).state == RegistrationState::Failed);
        QVERIFY(lastChange(world.a).fault == RegistrationFault::ReplacedElsewhere);
        world.feed(world.a, GoOnline{true});
        world.dial(world.a, world.b);
        world.run(5s);
        QVERIFY(world.a.hasLeg());
        QVERIFY(world.a.call()->stay == StayReason::RegisteredElsewhere);
        QCOMPARE(world.a.did<ServerConnect>().size(), connects);
        QCOMPARE(world.a.machine->pins().size(), std::size_t(1));
    }
}

void PhoneMachineTest::followsTheServerToItsNextKeyAfterARestart()
{
    PhoneWorld world;
    SeededRandom random(5);
    world.secrets().prepareServerKey(random);
    const protocol::Key32 next = world.secrets().nextServerKey->publicKey();
    world.feed(world.a, GoOnline{true});
    world.run(1s);
    const auto stored = world.a.did<StoreAccount>();
    QCOMPARE(stored.size(), std::size_t(1));
    QVERIFY(stored.front().account->nextServerPublic == next);
    QVERIFY(stored.front().account == world.a.machine->account());

    QVERIFY(world.secrets().switchServerKey());
    world.a.account = stored.front().account;
    world.boot(world.a);
    const std::size_t before = world.a.did<ServerStatus>().size();
    world.feed(world.a, GoOnline{true});
    world.run(1s);
    QVERIFY(world.a.did<ServerStatus>().size() > before);
    QVERIFY(world.a.did<ServerStatus>().back().online);
    QVERIFY(!world.a.faulted("server_untrusted"));
}

void PhoneMachineTest::registersAgainWhatMovedElsewhere()
{
    PhoneWorld world;
    world.a.account->gone = true;
    world.boot(world.a);
    world.feed(world.a, UserRegister{world.a.number, protocol::AccountKind::Sim});
    world.run(1s);
    world.feed(world.a, UserVerify{world.lastCode});
    world.run(1s);
    QVERIFY(lastChange(world.a).state == RegistrationState::Registered);
    QVERIFY(!world.a.did<StoreAccount>().back().account->gone);
    QVERIFY(world.reachMoved());
}

void PhoneMachineTest::forgetsAnAccountThatMovedElsewhereWithoutTheServer()
{
    PhoneWorld world;
    world.a.account->gone = true;
    world.boot(world.a);
    world.feed(world.a, UserDeleteAccount{});
    QVERIFY(!world.a.did<StoreAccount>().back().account.has_value());
    QVERIFY(lastChange(world.a).state == RegistrationState::None);
    QVERIFY(world.a.did<ServerConnect>().empty());
}

void PhoneMachineTest::registersAndCallsAtOnce()
{
    PhoneWorld world;
    Phone &c = world.addPhone("+8613800138002", "460005555555555", false);
    world.feed(c, UserRegister{c.number, protocol::AccountKind::Sim});
    world.run(1s);
    QVERIFY(lastChange(c).state == RegistrationState::CodeSent);
    world.feed(c, UserVerify{world.lastCode});
    world.run(1s);
    QVERIFY(lastChange(c).state == RegistrationState::Registered);
    const auto stored = c.did<StoreAccount>();
    QCOMPARE(stored.size(), std::size_t(1));
    QVERIFY(stored[0].account->msisdn == c.msisdn());
    world.dial(c, world.b);
    QVERIFY(world.runUntil([&] { return c.reached("peer_alerting"); }, 10s));
}

void PhoneMachineTest::refusesNumbersThatCannotRegister_data()
{
    QTest::addColumn<std::string>("number");
    QTest::addColumn<int>("fault");
    const auto row = [](const char *number, RegistrationFault fault) {
        QTest::addRow("\"%s\"", number) << std::string(number) << static_cast<int>(fault);
    };
    row("110", RegistrationFault::EmergencyOrShort);
    row("10086", RegistrationFault::EmergencyOrShort);
    row("", RegistrationFault::BadNumber);
    row("hello", RegistrationFault::BadNumber);
    row("+86138001380", RegistrationFault::BadNumber);
    row("*100#", RegistrationFault::BadNumber);
}

void PhoneMachineTest::refusesNumbersThatCannotRegister()
{
    QFETCH(const std::string, number);
    QFETCH(const int, fault);
    PhoneWorld world;
    Phone &c = world.addPhone("+8613800138002", "460005555555555", false);
    world.feed(c, UserRegister{number, protocol::AccountKind::Sim});
    QVERIFY(lastChange(c).state == RegistrationState::Failed);
    QCOMPARE(static_cast<int>(lastChange(c).fault), fault);
    QVERIFY(c.did<ServerConnect>().empty());
}

void PhoneMachineTest::needsASimToRegister()
{
    PhoneWorld world;
    Phone &c = world.addPhone("+8613800138002", "460005555555555", false);
    world.feed(c, SimsChanged{{}});
    world.feed(c, UserRegister{c.number, protocol::AccountKind::Sim});
    QVERIFY(lastChange(c).fault == RegistrationFault::SimMissing);
}

void PhoneMachineTest::deletesItsAccount()
{
    PhoneWorld world;
    world.feed(world.a, UserDeleteAccount{});
    world.run(2s);
    QVERIFY(!world.a.did<StoreAccount>().empty());
    QVERIFY(!world.a.did<StoreAccount>().back().account.has_value());
    QVERIFY(lastChange(world.a).state == RegistrationState::None);
    QVERIFY(!world.a.machine->account().has_value());
    QVERIFY(!world.a.connection.has_value());
    world.dial(world.a, world.b);
    world.run(5s);
    QVERIFY(world.a.call()->stay == StayReason::NotRegistered);
}

void PhoneMachineTest::protectsItsNumberWithAPin()
{
    PhoneWorld world;
    world.feed(world.a, UserSetLock{crypto::pinProof("2580", world.a.msisdn())});
    world.feed(world.a, UserSetLock{}); // while the first waits
    world.run(2s);
    auto answers = world.a.did<LockAnswered>();
    QCOMPARE(answers.size(), std::size_t(2));
    QVERIFY(!answers[0].set);
    QVERIFY(answers[0].fault == RegistrationFault::ServerRefused);
    QVERIFY(answers[1].set);
    QVERIFY(answers[1].fault == RegistrationFault::None);
    QVERIFY(world.a.did<StoreAccount>().back().account->locked);
    world.feed(world.a, UserSetLock{});
    world.run(2s);
    answers = world.a.did<LockAnswered>();
    QVERIFY(!answers.back().set);
    QVERIFY(answers.back().fault == RegistrationFault::None);
    QVERIFY(!world.a.did<StoreAccount>().back().account->locked);
}

void PhoneMachineTest::saysThatALockReachedNoServer()
{
    PhoneWorld world;
    world.feed(world.a, UserSetLock{crypto::pinProof("2580", world.a.msisdn())});
    world.feed(world.a, ServerFailed{ServerFailure::Unreachable});
    const auto answers = world.a.did<LockAnswered>();
    QCOMPARE(answers.size(), std::size_t(1));
    QVERIFY(answers[0].set);
    QVERIFY(answers[0].fault == RegistrationFault::ServerUnreachable);
    QVERIFY(!world.a.machine->account()->locked);
}

void PhoneMachineTest::keepsItsAccountWhenADeletionFails_data()
{
    QTest::addColumn<bool>("reaches");
    QTest::addColumn<int>("fault");
    QTest::newRow("no server") << false << static_cast<int>(RegistrationFault::ServerUnreachable);
    QTest::newRow("a server that refuses") << true << static_cast<int>(RegistrationFault::ServerRefused);
}

void PhoneMachineTest::keepsItsAccountWhenADeletionFails()
{
    QFETCH(const bool, reaches);
    QFETCH(const int, fault);
    PhoneWorld world;
    world.serverThere = reaches;
    world.fromServer = [](const Phone &, protocol::Message &message) {
        protocol::ErrorMessage busy;
        busy.code = protocol::ErrorCode::BusyServer;
        busy.re = "account.delete";
        if (std::holds_alternative<protocol::AccountDone>(message))
            message = busy;
        return true;
    };
    world.feed(world.a, UserDeleteAccount{});
    world.run(30s);
    QVERIFY(lastChange(world.a).state == RegistrationState::Registered);
    QCOMPARE(static_cast<int>(lastChange(world.a).fault), fault);
    QVERIFY(world.a.machine->account().has_value());
}

void PhoneMachineTest::registersWhatAFailedDeletionKept()
{
    PhoneWorld world;
    world.serverThere = false;
    world.feed(world.a, UserDeleteAccount{});
    world.run(30s);
    world.serverThere = true;
    world.feed(world.a, UserRegister{world.a.number, protocol::AccountKind::Sim});
    world.run(1s);
    world.feed(world.a, UserVerify{world.lastCode});
    world.run(5s);
    QVERIFY(lastChange(world.a).state == RegistrationState::Registered);
    QVERIFY(world.a.machine->account().has_value());
    QVERIFY(world.reachMoved());
    QVERIFY(world.a.sentOf<protocol::AccountDelete>().empty());
}

void PhoneMachineTest::saysWhatTheServerThinksOfItsAccount_data()
{
    QTest::addColumn<int>("verifiedBefore"); // days
    QTest::addColumn<bool>("flagged");
    QTest::addColumn<bool>("quarantined");
    QTest::addColumn<bool>("moves");
    QTest::addColumn<bool>("proofDue");
    QTest::newRow("fresh") << 0 << false << false << true << false;
    QTest::newRow("old") << 100 << false << false << true << true;
    QTest::newRow("too old") << 130 << false << false << false << true;
    QTest::newRow("flagged") << 0 << true << false << false << true;
    QTest::newRow("quarantined") << 0 << false << true << false << false;
}

void PhoneMachineTest::saysWhatTheServerThinksOfItsAccount()
{
    QFETCH(const int, verifiedBefore);
    QFETCH(const bool, flagged);
    QFETCH(const bool, quarantined);
    QFETCH(const bool, moves);
    QFETCH(const bool, proofDue);
    PhoneWorld world;
    world.changeRow(world.a, [&](server::Account &row) {
        row.verifiedDay -= verifiedBefore;
        row.flagged = flagged;
        row.quarantineUntilHour = quarantined ? kWorldUnix / 3600 + 2 : 0;
    });
    QCOMPARE(world.reachMoved(), moves);
    const AccountStanding expected{proofDue, quarantined};
    const auto told = world.a.did<AccountStanding>();
    QCOMPARE(told.empty(), expected == AccountStanding{});
    QVERIFY(told.empty() || told.back() == expected);
}

void PhoneMachineTest::provesItsNumberAgain()
{
    PhoneWorld world;
    world.changeRow(world.a, [](server::Account &row) { row.flagged = true; });
    QVERIFY(!world.reachMoved());
    world.feed(world.a, UserHangUp{CallHandle{1}});
    world.run(30s);
    QVERIFY(world.a.did<AccountStanding>().back().proofDue);
    world.feed(world.a, UserRegister{world.a.number, protocol::AccountKind::Sim});
    world.run(1s);
    world.feed(world.a, UserVerify{world.lastCode});
    world.run(1s);
    QVERIFY(lastChange(world.a).state == RegistrationState::Registered);
    QVERIFY(world.a.did<AccountStanding>().back() == AccountStanding{});
}

// T08: nothing but the refusal of the first call says so while the connection of the registration stands.
void PhoneMachineTest::saysThatItIsQuarantinedAtOnce()
{
    PhoneWorld world;
    Phone &thief = world.addPhone(world.a.number, "460009999999999", false);
    world.feed(thief, UserRegister{thief.number, protocol::AccountKind::Sim});
    world.run(1s);
    world.feed(thief, UserVerify{world.lastCode});
    world.run(1s);
    QVERIFY(lastChange(thief).state == RegistrationState::Registered);
    QVERIFY(thief.did<AccountStanding>().empty());
    world.dial(thief, world.b);
    world.run(5s);
    QCOMPARE(thief.did<AccountStanding>().size(), std::size_t(1));
    QVERIFY((thief.did<AccountStanding>().back() == AccountStanding{false, true}));
}

void PhoneMachineTest::staysCellularWithoutAnAccount()
{
    PhoneWorld world;
    Phone &c = world.addPhone("+8613800138002", "460005555555555", false);
    world.dial(c, world.b);
    world.run(10s);
    QVERIFY(c.call()->stay == StayReason::NotRegistered);
    QVERIFY(c.did<ServerConnect>().empty());
    QVERIFY(c.hasLeg());
}

void PhoneMachineTest::staysCellularWhenSwitchedOff()
{
    PhoneWorld world;
    CallSettings off;
    off.moveCalls = false;
    world.feed(world.b, SettingsChanged{off});
    world.dial(world.a, world.b);
    world.run(10s);
    QVERIFY(world.b.call()->stay == StayReason::SwitchedOff);
    QVERIFY(world.b.did<ServerConnect>().empty());
}

void PhoneMachineTest::doesNotSpeakForAnotherSim()
{
    PhoneWorld world;
    SimInfo other;
    other.present = true;
    other.imsi = Redacted<std::string>("460007777777777");
    other.homeRegion = other.servingRegion = "CN";
    world.feed(world.a, SimsChanged{{other}});
    world.dial(world.a, world.b);
    world.run(5s);
    QVERIFY(world.a.call()->stay == StayReason::NotRegistered);
    QVERIFY(world.a.sentOf<protocol::CallOffer>().empty());
}

namespace {

/// Two desktops that know each other.
struct Desktops
{
    Desktops() : c(world.addManualPhone("+8613800138002")), d(world.addManualPhone("+8613800138003"))
    {
        const crypto::IdentityCard &card = c.identity.card();
        d.pins.insert_or_assign(c.msisdn(),
                                Pin{card.idHash(), card.edPublic, card.xPublic, 1, 1, TrustLevel::Tofu, 0, std::nullopt});
        d.connection.reset();
        world.boot(d);
        world.feed(d, GoOnline{true});
        world.run(2s);
        world.dial(c, d);
    }

    PhoneWorld world;
    Phone &c;
    Phone &d;
};

} // namespace

void PhoneMachineTest::callsByHand()
{
    Desktops t;
    QVERIFY(t.world.runUntil([&] { return !t.d.did<ShowIncoming>().empty(); }, 5s));
    QVERIFY(!t.d.reached("matched")); // nothing before the user's word
    t.world.run(3s);
    t.world.feed(t.d, UserAnswer{CallHandle{1}});
    QVERIFY(t.world.runUntil([&] { return t.c.reached("peer_answered") && t.d.reached("answered"); }, 5s));
    t.world.run(5s);
    for (const Phone *phone : {&t.c, &t.d}) {
        QVERIFY(phone->call()->carrier == Carrier::Internet);
        QVERIFY(phone->call()->manual);
        QCOMPARE(phone->did<MicrophoneOpen>().size(), std::size_t(1));
        QCOMPARE(phone->handedOver(), std::size_t(0));
    }
    QCOMPARE(t.c.call()->sas, t.d.call()->sas);
    t.world.feed(t.d, UserHangUp{CallHandle{1}});
    t.world.run(5s);
    QVERIFY(t.d.record()->end == CallEnd::LocalHangUp);
    QVERIFY(t.c.record()->end == CallEnd::RemoteHangUp);
    QVERIFY(t.c.machine->calls().empty());
    QVERIFY(t.d.machine->calls().empty());
    QCOMPARE(t.c.did<LineDial>().size(), std::size_t(1));
}

void PhoneMachineTest::endsACallByHandWhosePathDies()
{
    Desktops t;
    QVERIFY(t.world.runUntil([&] { return !t.d.did<ShowIncoming>().empty(); }, 5s));
    t.world.feed(t.d, UserAnswer{CallHandle{1}});
    QVERIFY(t.world.runUntil([&] { return t.c.reached("peer_answered"); }, 5s));
    t.world.cutInternet();
    t.world.run(10s);
    for (const Phone *phone : {&t.c, &t.d}) {
        QVERIFY(phone->record().has_value());
        QVERIFY(phone->record()->end == CallEnd::MediaLost);
        QVERIFY(phone->machine->calls().empty());
    }
}

void PhoneMachineTest::letsAContactBeDeclinedByHand()
{
    Desktops t;
    QVERIFY(t.world.runUntil([&] { return !t.d.did<ShowIncoming>().empty(); }, 5s));
    t.world.feed(t.d, UserDecline{CallHandle{1}});
    t.world.run(5s);
    QVERIFY(t.d.record()->end == CallEnd::Declined);
    QVERIFY(t.c.record().has_value());
    QVERIFY(!t.c.reached("matched"));
    QVERIFY(t.c.machine->calls().empty());
}

void PhoneMachineTest::hearsThatNobodyIsThere()
{
    PhoneWorld world;
    Phone &c = world.addManualPhone("+8613800138002");
    world.run(1s);
    world.feed(c, UserDial{"+8613800138009", 0});
    world.run(2min);
    QVERIFY(c.record().has_value());
    QVERIFY(c.record()->stay == StayReason::NoMatch);
    QVERIFY(c.machine->calls().empty());
}

void PhoneMachineTest::saysThatItCannotCallEmergencyServices_data()
{
    QTest::addColumn<QByteArray>("number");
    for (const char *number : {"112", "911", "110", "1 1 2"})
        QTest::newRow(number) << QByteArray(number);
}

void PhoneMachineTest::saysThatItCannotCallEmergencyServices()
{
    QFETCH(const QByteArray, number);
    PhoneWorld world;
    Phone &c = world.addManualPhone("+8613800138002");
    world.run(1s);
    world.feed(c, UserDial{number.toStdString(), 0});
    QCOMPARE(c.did<EmergencyRefused>().size(), std::size_t(1));
    QVERIFY(c.did<LineDial>().empty());
    world.feed(c, UserDial{world.a.number, 0}); // nothing is held back by a call that there never was
    QCOMPARE(c.did<LineDial>().size(), std::size_t(1));
}

void PhoneMachineTest::neverMixesCallsByHandWithCellularOnes()
{
    PhoneWorld world;
    Phone &c = world.addManualPhone("+8613800138002");
    world.run(1s);
    // b rings with the desktop's number at the same time.
    world.feed(c, UserDial{world.b.number, 0});
    world.ring(world.b, c.number);
    world.run(10s);
    QVERIFY(!c.reached("matched"));
    QVERIFY(!world.b.reached("matched"));
}

void PhoneMachineTest::confirmsAVerifiedPeerOnlyByTheRightNumber()
{
    PhoneWorld world;
    world.know(TrustLevel::Verified);
    const protocol::Msisdn peer = world.b.msisdn();
    const crypto::IdentityCard renewed = makeIdentity(99).card();
    world.a.pins.at(peer).pendingCard = renewed.bytes;
    world.boot(world.a);
    const auto change = world.a.machine->pinChange(peer);
    QVERIFY(change->demandsComparison);
    const crypto::IdentityCard &own = world.a.identity.card();
    QCOMPARE(change->safetyNumber, crypto::safetyNumber(own, world.a.msisdn(), renewed, peer));
    const std::string ofTheOld = crypto::safetyNumber(own, world.a.msisdn(), world.b.identity.card(), peer);
    for (const std::string &compared : {std::string(), ofTheOld})
        world.feed(world.a, UserConfirmPin{peer, compared});
    QVERIFY(world.a.did<StorePin>().empty());
    world.feed(world.a, UserConfirmPin{peer, change->safetyNumber});
    QVERIFY(world.a.pins.at(peer).idHash == renewed.idHash());
    QVERIFY(world.a.pins.at(peer).level == TrustLevel::Verified);
    QVERIFY(!world.a.machine->pinChange(peer));
}

void PhoneMachineTest::ignoresCommandsForUnknownCalls()
{
    PhoneWorld world;
    const std::size_t before = deeds(world.a);
    const CallHandle nobody{77};
    const Bytes bytes(100, 0x80);
    for (const PhoneInput &input : std::vector<PhoneInput>{
             UserAnswer{nobody}, UserDecline{nobody}, UserHangUp{nobody}, UserMute{nobody, true}, UserDigits{nobody, "1"},
             UserStayCellular{nobody}, UserRedial{nobody}, UserSas{nobody, true}, RingShown{nobody}, SocketOpened{nobody, {}},
             DatagramReceived{nobody, world.b.address(), bytes}, AudioEncoded{nobody, 0, bytes}, NetworkChanged{},
             UserConfirmPin{world.b.msisdn()}, UserVerify{"123456"}, UserUnlock{}})
        world.feed(world.a, input);
    // Only the code without a session is worth a word.
    QCOMPARE(deeds(world.a), before + 1);
    QVERIFY(lastChange(world.a).fault == RegistrationFault::CodeExpired);
}

void PhoneMachineTest::hangsUpOnTheLineWhenTheCallIsCellular()
{
    PhoneWorld world;
    world.serverThere = false;
    world.dial(world.a, world.b);
    world.run(5s);
    world.feed(world.b, UserAnswer{CallHandle{1}});
    world.run(5s);
    world.feed(world.b, UserHangUp{CallHandle{1}});
    world.run(2s);
    QVERIFY(world.b.record()->end == CallEnd::LocalHangUp);
    QVERIFY(world.a.record()->end == CallEnd::RemoteHangUp);
    QVERIFY(world.b.did<LineHangUp>().at(0).cause == HangUpCause::User);
    QVERIFY(!world.b.record()->moved);
}

void PhoneMachineTest::answersThePhoneWhenThereIsNothingElse()
{
    PhoneWorld world;
    world.ring(world.b, "", CallerIdPresence::Withheld);
    world.feed(world.b, UserAnswer{CallHandle{1}});
    QCOMPARE(world.b.did<LineAnswer>().size(), std::size_t(1));
    QVERIFY(world.b.did<MicrophoneOpen>().empty());
}

void PhoneMachineTest::recordsHowLongPeopleTalked()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.answerAtB();
    world.run(20s);
    world.feed(world.b, UserHangUp{CallHandle{1}});
    world.run(5s);
    const CallRecord record = world.b.record().value();
    QCOMPARE(record.talked, Duration(20s));
    QVERIFY(record.answered);
    QVERIFY(record.direction == CallDirection::Incoming);
    QCOMPARE(record.peer.reveal(), world.a.number);
    QCOMPARE(record.startedUnix, kWorldUnix + 1);
    QVERIFY(record.trust == TrustLevel::Leg);
    const auto atA = world.a.record().value();
    QVERIFY(atA.talked > 19s && atA.talked < 21s);
}

void PhoneMachineTest::looksForAnotherPathWhenTheNetworkChanged_data()
{
    QTest::addColumn<bool>("atCaller");
    QTest::newRow("at the caller") << true;
    QTest::newRow("at the callee") << false;
}

// mission.md K6
void PhoneMachineTest::looksForAnotherPathWhenTheNetworkChanged()
{
    QFETCH(const bool, atCaller);
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    world.run(30s); // the server has been left meanwhile
    Phone &moved = atCaller ? world.a : world.b;
    Phone &other = atCaller ? world.b : world.a;
    moved.network = 3; // its old address is gone
    world.feed(moved, NetworkChanged{});
    const TimePoint changed = world.now;
    const Bytes body(60, 1);
    const auto speakUntilHeard = [&](Phone &from, const Phone &to) {
        const std::size_t before = to.did<AudioBody>().size();
        std::uint32_t timestamp = 0;
        return world.runUntil([&] {
            world.feed(from, AudioEncoded{CallHandle{1}, timestamp += 960, body});
            return to.did<AudioBody>().size() > before;
        }, 1500ms);
    };
    QVERIFY(speakUntilHeard(moved, other));
    QVERIFY(speakUntilHeard(other, moved));
    QVERIFY(world.now < changed + 1500ms);
    world.run(10s);
    QVERIFY(world.a.call()->carrier == Carrier::Internet);
    QVERIFY(world.b.call()->carrier == Carrier::Internet);
    QVERIFY(!world.a.call()->reconnecting && !world.b.call()->reconnecting);
}

QTEST_APPLESS_MAIN(PhoneMachineTest)
#include "tst_phonemachine.moc"
