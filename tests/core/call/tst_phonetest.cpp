#include "tests/core/call/phoneworld.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;

namespace {

/// The echo peer answers at once, and sends back what comes.
bool answersTest(PhoneWorld &world, Phone &echo)
{
    if (!world.runUntil([&] { return echo.call() && echo.call()->wantsAnswer; }, 10s))
        return false;
    world.feed(echo, UserAnswer{CallHandle{1}});
    return world.runUntil([&] { return world.a.call() && world.a.call()->ip == IpState::Answered; }, 10s);
}

std::optional<TestRefusal> refusalOf(const Phone &phone)
{
    const auto refused = phone.did<TestCallRefused>();
    return refused.empty() ? std::nullopt : std::optional(refused.back().reason);
}

} // namespace

class TestPhoneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reachesTheEchoPeerWithoutAPhoneLine()
    {
        PhoneWorld world;
        Phone &echo = world.addEchoPeer();
        world.feed(world.a, UserTestCall{});
        QVERIFY(answersTest(world, echo));
        QCOMPARE(world.a.did<TestCallBegun>().size(), std::size_t(1));
        QVERIFY(world.a.call()->test && world.a.call()->manual);
        QVERIFY(world.a.did<LineDial>().empty());
        QVERIFY(world.a.legs.empty());
        world.feed(world.a, AudioEncoded{CallHandle{1}, 960, Bytes(60, 7)});
        QVERIFY(world.runUntil([&] { return !echo.did<AudioBody>().empty(); }, 1s));
        world.feed(world.a, UserHangUp{CallHandle{1}});
        world.run(5s);
        QVERIFY(world.a.record() && !world.a.record()->moved);
        QVERIFY(world.a.machine->calls().empty());
    }

    void leavesNobodyInTheContacts()
    {
        PhoneWorld world;
        Phone &echo = world.addEchoPeer();
        world.feed(world.a, UserTestCall{});
        QVERIFY(answersTest(world, echo));
        QVERIFY(world.a.did<StorePin>().empty());
        QVERIFY(echo.did<StorePin>().empty());
    }

    void takesNobodyElseForTheEchoPeer()
    {
        PhoneWorld world;
        Phone &echo = world.addEchoPeer();
        world.fromServer = [&](const Phone &to, protocol::Message &message) {
            if (auto *const welcome = std::get_if<protocol::Welcome>(&message); welcome != nullptr && &to == &world.a)
                welcome->echoIdcard = world.b.identity.card().bytes;
            return true;
        };
        world.feed(world.a, UserTestCall{});
        QVERIFY(world.runUntil([&] { return echo.call() && echo.call()->wantsAnswer; }, 10s));
        world.feed(echo, UserAnswer{CallHandle{1}});
        world.run(5s);
        QCOMPARE(world.a.record()->stay, StayReason::KeyAgreementFailed);
        QVERIFY(!world.a.reached("keys"));
    }

    void saysWhenThereIsNoEchoPeer()
    {
        PhoneWorld world;
        world.feed(world.a, UserTestCall{});
        world.run(5s);
        QCOMPARE(refusalOf(world.a), TestRefusal::NoEchoPeer);
        QVERIFY(world.a.did<TestCallBegun>().empty());
    }

    void findsAnEchoPeerThatCameAfterTheLogin()
    {
        PhoneWorld world;
        Phone &desk = world.addManualPhone("+8613800138005");
        world.run(1s);
        world.addEchoPeer();
        world.feed(desk, UserTestCall{});
        QVERIFY(world.runUntil([&] { return !desk.did<TestCallBegun>().empty(); }, 5s));
    }

    void saysWhenTheServerIsAway()
    {
        PhoneWorld world;
        world.serverThere = false;
        world.feed(world.a, UserTestCall{});
        world.run(10s);
        QCOMPARE(refusalOf(world.a), TestRefusal::ServerUnreachable);
    }

    void saysWhenNothingIsRegistered()
    {
        PhoneWorld world;
        Phone &stranger = world.addPhone("+8613800138007", "460001234567897", false);
        world.feed(stranger, UserTestCall{});
        QCOMPARE(refusalOf(stranger), TestRefusal::NotRegistered);
    }

    void isNotMadeBesideACall()
    {
        PhoneWorld world;
        world.addEchoPeer();
        QVERIFY(world.reachAlerting());
        world.feed(world.a, UserTestCall{});
        QCOMPARE(refusalOf(world.a), TestRefusal::CallUp);
        QVERIFY(world.a.did<TestCallBegun>().empty());
    }

    void isMadeOnceAtATime()
    {
        PhoneWorld world;
        world.addEchoPeer();
        world.feed(world.a, UserTestCall{});
        world.feed(world.a, UserTestCall{});
        QCOMPARE(refusalOf(world.a), TestRefusal::CallUp);
        QVERIFY(world.runUntil([&] { return !world.a.did<TestCallBegun>().empty(); }, 5s));
        world.feed(world.a, UserTestCall{});
        QCOMPARE(world.a.did<TestCallRefused>().size(), std::size_t(2));
    }

    void givesWayToACallThatIsDialled()
    {
        PhoneWorld world;
        Phone &echo = world.addEchoPeer();
        world.feed(world.a, UserTestCall{});
        QVERIFY(answersTest(world, echo));
        world.dial(world.a, world.b);
        QVERIFY(world.runUntil([&] { return world.a.record().has_value(); }, 1s));
        QCOMPARE(world.a.record()->end, CallEnd::LocalHangUp);
        QVERIFY(world.runUntil([&] { return world.a.reached("peer_alerting"); }, 10s));
    }

    void givesWayToACallThatRings()
    {
        PhoneWorld world;
        Phone &echo = world.addEchoPeer();
        world.feed(world.a, UserTestCall{});
        QVERIFY(answersTest(world, echo));
        world.ring(world.a, world.b.number);
        QVERIFY(world.a.record() && world.a.record()->end == CallEnd::LocalHangUp);
        QVERIFY(world.a.hasLeg());
    }

    void givesWayToAnEmergencyCall()
    {
        PhoneWorld world;
        Phone &echo = world.addEchoPeer();
        world.feed(world.a, UserTestCall{});
        QVERIFY(answersTest(world, echo));
        world.feed(world.a, UserDial{"110", 0});
        QVERIFY(world.runUntil([&] { return world.a.record().has_value(); }, 1s));
        QVERIFY(world.a.record() && world.a.record()->end == CallEnd::LocalHangUp);
        world.feed(world.a, UserTestCall{});
        QCOMPARE(refusalOf(world.a), TestRefusal::CallUp);
    }
};

QTEST_GUILESS_MAIN(TestPhoneTest)
#include "tst_phonetest.moc"
