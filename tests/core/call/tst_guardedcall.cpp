#include "tests/core/call/phoneworld.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;

/// protocol.md 5.4, with a releaser that breaks its rules (recklessreleaser.cpp).
class GuardedCallTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheLegAndClosesTheInternetOne()
    {
        PhoneWorld world;
        QVERIFY(world.reachAlerting());
        QVERIFY(world.a.faulted("invariant_i1"));
        QCOMPARE(world.a.handedOver(), std::size_t(0));
        QVERIFY(!world.a.reached("releasing"));
        QCOMPARE(world.a.call()->ip, IpState::Ended);
        QCOMPARE(world.a.call()->carrier, Carrier::Cellular);
        QCOMPARE(world.a.call()->stay, StayReason::InternalFault);
        QVERIFY(world.runUntil([&] { return world.b.call()->ip == IpState::Ended; }));
        QVERIFY(world.a.hasLeg() && world.b.hasLeg());
        QCOMPARE(world.b.legState(), LegState::Ringing);
        QVERIFY(!world.b.faulted("invariant_i1"));
    }

    void carriesTheCallAllTheSame()
    {
        PhoneWorld world;
        QVERIFY(world.reachAlerting());
        QVERIFY(world.runUntil([&] { return world.b.call()->ip == IpState::Ended; }));
        world.answerAtB();
        world.run(5s);
        QCOMPARE(world.a.legState(), LegState::Active);
        QCOMPARE(world.b.legState(), LegState::Active);
        QCOMPARE(world.a.call()->carrier, Carrier::Cellular);
        world.feed(world.a, UserHangUp{CallHandle{1}});
        QVERIFY(world.runUntil([&] { return world.a.record() && world.b.record(); }));
        QVERIFY(!world.a.record()->moved && !world.b.record()->moved);
    }
};

QTEST_APPLESS_MAIN(GuardedCallTest)
#include "tst_guardedcall.moc"
