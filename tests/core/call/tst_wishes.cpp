#include "tests/core/call/phoneworld.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;

namespace {

constexpr CallHandle kFirst{1};

const NetworkDescribed kWifi{{NetworkKind::Wifi, {}, {}}};
const NetworkDescribed kMobile{{NetworkKind::Cellular, true, false}};

CallSettings wifiOnly()
{
    CallSettings settings;
    settings.moveOver = MoveOver::WifiOnly;
    return settings;
}

bool toldTheServer(const Phone &phone)
{
    return !phone.sentOf<protocol::CallOffer>().empty() || !phone.sentOf<protocol::CallArrive>().empty();
}

} // namespace

/// What the user wishes for the calls: over which connections they move, and with whom.
class WishesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsNothingAgainstTheUsersWishes_data();
    void sendsNothingAgainstTheUsersWishes();
    void movesAgainOnceTheConnectionIsRight();
    void keepsACallThatIsNotYetOnItsWay_data();
    void keepsACallThatIsNotYetOnItsWay();
    void answersByPhoneWhatItsUserHadAnswered();
    void leavesAMovedCallOnTheInternet();
    void declinesAMatchWithANumberThatNeverMoves();
    void connectsForALateCallerIdOnlyWhereItMayMove();
    void movesForANumberThatAlwaysMovesWhenItsIdComesLate();
    void acceptsACallThatComesBackByPhone();
};

void WishesTest::sendsNothingAgainstTheUsersWishes_data()
{
    QTest::addColumn<bool>("atCaller");
    QTest::addColumn<bool>("byRule");
    QTest::addColumn<StayReason>("stays");
    QTest::newRow("caller on mobile data") << true << false << StayReason::WifiOnly;
    QTest::newRow("callee on mobile data") << false << false << StayReason::WifiOnly;
    QTest::newRow("caller never moves with this number") << true << true << StayReason::ContactNever;
    QTest::newRow("callee never moves with this number") << false << true << StayReason::ContactNever;
}

void WishesTest::sendsNothingAgainstTheUsersWishes()
{
    QFETCH(bool, atCaller);
    QFETCH(bool, byRule);
    QFETCH(StayReason, stays);
    PhoneWorld world;
    Phone &phone = atCaller ? world.a : world.b;
    const Phone &other = atCaller ? world.b : world.a;
    if (byRule) {
        world.feed(phone, ContactRuleChanged{other.msisdn(), ContactRule::Never});
    } else {
        world.feed(phone, kMobile);
        world.feed(phone, SettingsChanged{wifiOnly()});
    }
    world.dial(world.a, world.b);
    world.run(5s);
    QVERIFY(!toldTheServer(phone));
    QVERIFY(phone.did<ServerConnect>().empty());
    QVERIFY(phone.did<LineHoldRing>().empty());
    QCOMPARE(phone.call()->stay, stays);
    world.feed(world.a, UserHangUp{kFirst});
    world.run(3s);
    QCOMPARE(phone.record()->stay, stays);
    QVERIFY(!phone.record()->moved);
}

void WishesTest::movesAgainOnceTheConnectionIsRight()
{
    PhoneWorld world;
    world.feed(world.a, SettingsChanged{wifiOnly()});
    world.feed(world.a, kMobile);
    world.feed(world.a, kWifi);
    QVERIFY(world.reachMoved());
}

void WishesTest::keepsACallThatIsNotYetOnItsWay_data()
{
    QTest::addColumn<bool>("atCaller");
    QTest::addColumn<Duration>("after");
    QTest::newRow("caller, waiting for the match") << true << Duration(300ms);
    QTest::newRow("caller, alerting") << true << Duration(5s);
    QTest::newRow("callee, alerting") << false << Duration(5s);
}

void WishesTest::keepsACallThatIsNotYetOnItsWay()
{
    QFETCH(bool, atCaller);
    QFETCH(Duration, after);
    PhoneWorld world;
    Phone &phone = atCaller ? world.a : world.b;
    world.feed(phone, SettingsChanged{wifiOnly()});
    world.feed(phone, kWifi);
    world.dial(world.a, world.b);
    world.run(after);
    QVERIFY(toldTheServer(phone));
    world.feed(phone, kMobile);
    QCOMPARE(phone.call()->stay, StayReason::WifiOnly);
    world.run(2s);
    world.feed(world.b, UserAnswer{kFirst});
    world.run(5s);
    QCOMPARE(world.b.legState(), LegState::Active);
    QVERIFY(world.a.hasLeg());
    QCOMPARE(world.a.handedOver(), std::size_t{0});
    QVERIFY(world.b.did<MicrophoneOpen>().empty());
}

void WishesTest::answersByPhoneWhatItsUserHadAnswered()
{
    PhoneWorld world;
    world.feed(world.b, SettingsChanged{wifiOnly()});
    QVERIFY(world.reachAlerting());
    world.internet = [](const Phone &, ByteView) { return false; };
    world.answerAtB();
    world.feed(world.b, kMobile);
    world.run(1s);
    QCOMPARE(world.b.legState(), LegState::Active);
    QCOMPARE(world.b.call()->stay, StayReason::WifiOnly);
}

void WishesTest::leavesAMovedCallOnTheInternet()
{
    PhoneWorld world;
    QVERIFY(world.reachMoved());
    for (Phone *const phone : {&world.a, &world.b}) {
        world.feed(*phone, SettingsChanged{wifiOnly()});
        world.feed(*phone, kMobile);
    }
    world.run(5s);
    QCOMPARE(world.a.call()->carrier, Carrier::Internet);
    QCOMPARE(world.b.call()->carrier, Carrier::Internet);
}

void WishesTest::declinesAMatchWithANumberThatNeverMoves()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    world.ringsAs = [](LineCall call) {
        call.number = {};
        call.callerId = CallerIdPresence::Unknown;
        return call;
    };
    world.feed(world.b, ContactRuleChanged{world.a.msisdn(), ContactRule::Never});
    world.dial(world.a, world.b);
    world.run(6s);
    QVERIFY(!world.b.sentOf<protocol::CallArrive>().empty()); // whose number it was, only the match told
    QVERIFY(world.b.sentOf<protocol::CallNoise1>().empty());
    QCOMPARE(world.b.call()->stay, StayReason::ContactNever);
    QCOMPARE(world.a.call()->stay, StayReason::PeerDeclinedMove);
    QVERIFY(world.b.did<LineHoldRing>().empty() || !world.b.did<LineHoldRing>().back().hold);
}

void WishesTest::connectsForALateCallerIdOnlyWhereItMayMove()
{
    PhoneWorld world;
    world.feed(world.b, SettingsChanged{wifiOnly()});
    world.feed(world.b, kMobile);
    const LineCallId leg = world.ring(world.b, "", CallerIdPresence::Unknown);
    world.run(100ms);
    QVERIFY(world.b.did<ServerConnect>().empty());
    QVERIFY(world.b.did<LineHoldRing>().empty());
    world.run(1s);
    QCOMPARE(world.b.call()->stay, StayReason::WifiOnly);
    world.setLeg(world.b, leg, LegState::Ended, LegEnd::RemoteHangUp);
}

void WishesTest::movesForANumberThatAlwaysMovesWhenItsIdComesLate()
{
    PhoneWorld world;
    world.feed(world.b, SettingsChanged{wifiOnly()});
    world.feed(world.b, kMobile);
    world.feed(world.b, ContactRuleChanged{world.a.msisdn(), ContactRule::Always});
    const LineCallId leg = world.ring(world.b, "", CallerIdPresence::Unknown);
    world.run(100ms);
    QVERIFY(!toldTheServer(world.b));
    LineCall known = world.b.legs.at(leg);
    known.number = Redacted(world.a.number);
    known.international = true;
    known.callerId = CallerIdPresence::Known;
    world.feed(world.b, LineEvent{known});
    world.run(200ms);
    QVERIFY(toldTheServer(world.b));
}

// Rule 8: the call was moved when it might; now it comes back.
void WishesTest::acceptsACallThatComesBackByPhone()
{
    PhoneWorld world;
    world.know(TrustLevel::Leg);
    world.feed(world.b, SettingsChanged{wifiOnly()});
    QVERIFY(world.reachMoved());
    world.feed(world.b, kMobile);
    world.cutInternet();
    QVERIFY(world.runUntil([&] { return world.a.call()->offersRedial; }, 12s));
    world.feed(world.a, UserRedial{kFirst});
    QVERIFY(world.runUntil([&] { return world.b.reached("continued_by_phone"); }, 6s));
    world.run(500ms);
    QCOMPARE(world.b.legState(), LegState::Active);
}

QTEST_APPLESS_MAIN(WishesTest)
#include "tst_wishes.moc"
