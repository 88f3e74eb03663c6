#include "tests/core/call/phoneworld.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;

class PhoneMachineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movesADialledCallOnceItIsAnswered();
};

void PhoneMachineTest::movesADialledCallOnceItIsAnswered()
{
    PhoneWorld world;
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return world.a.reached("peer_alerting"); }));
    world.run(2s);
    QCOMPARE(world.a.handedOver(), std::size_t(0));
    world.feed(world.b, UserAnswer{CallHandle{1}});
    QVERIFY(world.runUntil([&] { return world.b.reached("leg_bound") && world.a.reached("released"); }));
    world.run(10s);
    for (const Phone *phone : {&world.a, &world.b}) {
        const CallInfo info = phone->call().value();
        QVERIFY(info.moved);
        QVERIFY(info.carrier == Carrier::Internet);
        QVERIFY(info.ip == IpState::Answered);
        QVERIFY(!phone->hasLeg());
        QCOMPARE(info.sas, world.a.call()->sas);
    }
    world.feed(world.a, UserHangUp{CallHandle{1}});
    world.run(5s);
    QVERIFY(world.a.record()->end == CallEnd::LocalHangUp);
    QVERIFY(world.b.record()->end == CallEnd::RemoteHangUp);
    QVERIFY(world.a.record()->moved && world.b.record()->moved);
    QVERIFY(world.a.machine->calls().empty());
    QVERIFY(world.b.machine->calls().empty());
}

QTEST_APPLESS_MAIN(PhoneMachineTest)
#include "tst_phonemachine.moc"
