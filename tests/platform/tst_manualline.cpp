#include "platform/manual/manualline.h"
#include "platform/manual/manualsim.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;

class ManualLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void announcesADialWithoutACellularLeg();
    void endsTheCallWhenTheUserHangsUp();
    void refusesAnEmptyNumber();
    void hasNoSim();
};

namespace {

LineCall firstOf(const QSignalSpy &spy)
{
    return spy.at(0).at(0).value<LineCall>();
}

} // namespace

void ManualLineTest::announcesADialWithoutACellularLeg()
{
    manual::ManualLine line;
    QVERIFY(line.isManual());
    const QSignalSpy dialling(&line, &ports::CellularLine::dialling);
    line.dial(0, "+8613900139000");
    QCOMPARE(dialling.size(), 1);
    QCOMPARE(firstOf(dialling).state, LegState::None);
    QCOMPARE(firstOf(dialling).direction, CallDirection::Outgoing);
    QCOMPARE(firstOf(dialling).number.reveal(), std::string("+8613900139000"));
}

void ManualLineTest::endsTheCallWhenTheUserHangsUp()
{
    manual::ManualLine line;
    const QSignalSpy dialling(&line, &ports::CellularLine::dialling);
    const QSignalSpy ended(&line, &ports::CellularLine::ended);
    line.dial(0, "+8613900139000");
    line.hangUp(firstOf(dialling).id);
    line.hangUp(firstOf(dialling).id);
    QCOMPARE(ended.size(), 1);
    QCOMPARE(firstOf(ended).id, firstOf(dialling).id);
    QCOMPARE(firstOf(ended).end, LegEnd::LocalHangUp);
}

void ManualLineTest::refusesAnEmptyNumber()
{
    manual::ManualLine line;
    const QSignalSpy dialling(&line, &ports::CellularLine::dialling);
    const QSignalSpy refused(&line, &ports::CellularLine::dialRefused);
    line.dial(0, {});
    QCOMPARE(refused.size(), 1);
    QCOMPARE(dialling.size(), 0);
}

void ManualLineTest::hasNoSim()
{
    QVERIFY(manual::ManualSim().sims().empty());
}

QTEST_APPLESS_MAIN(ManualLineTest)
#include "tst_manualline.moc"
