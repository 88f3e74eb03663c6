#include "server/deadlines.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;

class TestDeadlines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasNoneAtFirst()
    {
        Deadlines<int> deadlines;
        QVERIFY(!deadlines.next());
        QVERIFY(!deadlines.takeDue(TimePoint(1h)));
    }

    void givesTheEarliestFirst()
    {
        Deadlines<int> deadlines;
        deadlines.arm(1, TimePoint(3s));
        deadlines.arm(2, TimePoint(1s));
        deadlines.arm(3, TimePoint(2s));
        QVERIFY(deadlines.next() == TimePoint(1s));
        QVERIFY(deadlines.takeDue(TimePoint(5s)) == 2);
        QVERIFY(deadlines.takeDue(TimePoint(5s)) == 3);
        QVERIFY(deadlines.takeDue(TimePoint(5s)) == 1);
        QVERIFY(!deadlines.takeDue(TimePoint(5s)));
    }

    void isDueAtTheVeryInstant()
    {
        Deadlines<int> deadlines;
        deadlines.arm(1, TimePoint(1s));
        QVERIFY(!deadlines.takeDue(TimePoint(1s) - Duration(1)));
        QVERIFY(deadlines.takeDue(TimePoint(1s)) == 1);
    }

    void keepsOneForEachKey()
    {
        Deadlines<int> deadlines;
        deadlines.arm(1, TimePoint(1s));
        deadlines.arm(1, TimePoint(2s));
        QVERIFY(deadlines.next() == TimePoint(2s));
        QVERIFY(deadlines.takeDue(TimePoint(3s)) == 1);
        QVERIFY(!deadlines.takeDue(TimePoint(3s)));
    }

    void takesAKeyAway()
    {
        Deadlines<int> deadlines;
        deadlines.arm(1, TimePoint(1s));
        deadlines.arm(2, TimePoint(1s));
        deadlines.disarm(1);
        deadlines.disarm(7);
        QVERIFY(deadlines.takeDue(TimePoint(1s)) == 2);
        QVERIFY(!deadlines.next());
    }

    void findsTheEarlierOfTwoThatMayBeMissing()
    {
        const std::optional<TimePoint> none;
        QVERIFY(!earlier(none, none));
        QVERIFY(earlier(none, TimePoint(1s)) == TimePoint(1s));
        QVERIFY(earlier(TimePoint(1s), none) == TimePoint(1s));
        QVERIFY(earlier(TimePoint(2s), TimePoint(1s)) == TimePoint(1s));
        QVERIFY(earlier(TimePoint(1s), TimePoint(2s)) == TimePoint(1s));
    }
};

QTEST_APPLESS_MAIN(TestDeadlines)
#include "tst_deadlines.moc"
