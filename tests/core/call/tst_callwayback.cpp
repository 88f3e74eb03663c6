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

QTEST_APPLESS_MAIN(CallWayBackTest)
#include "tst_callwayback.moc"
