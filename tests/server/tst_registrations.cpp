#include "server/registrations.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;

namespace {

Registration registration(std::uint8_t number)
{
    Registration made;
    made.id = SessionId{{number}};
    made.triesLeft = number;
    return made;
}

} // namespace

class TestRegistrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatWasAdded()
    {
        Registrations all;
        QVERIFY(all.find(SessionId{{1}}) == nullptr);
        all.add(TimePoint(1s), registration(1));
        const Registration *const found = all.find(SessionId{{1}});
        QVERIFY(found != nullptr && found->triesLeft == 1);
        QVERIFY(all.find(SessionId{{2}}) == nullptr);
        QCOMPARE(all.size(), std::size_t(1));
    }

    void takesAwayThoseWhoseTimeIsOver()
    {
        Registrations all;
        all.add(TimePoint(2s), registration(2));
        all.add(TimePoint(1s), registration(1));
        QVERIFY(all.nextTimeout() == TimePoint(1s));
        QVERIFY(!all.takeOverdue(TimePoint(1s) - Duration(1)));
        const auto first = all.takeOverdue(TimePoint(1s));
        QVERIFY(first && first->id == SessionId{{1}});
        QVERIFY(all.find(SessionId{{1}}) == nullptr);
        QVERIFY(!all.takeOverdue(TimePoint(1s)));
        QVERIFY(all.nextTimeout() == TimePoint(2s));
    }

    void givesMoreTime()
    {
        Registrations all;
        all.add(TimePoint(1s), registration(1));
        all.extend(SessionId{{1}}, TimePoint(5s));
        QVERIFY(!all.takeOverdue(TimePoint(4s)));
        QVERIFY(all.takeOverdue(TimePoint(5s)));
    }

    void removesOneWithItsDeadline()
    {
        Registrations all;
        all.add(TimePoint(1s), registration(1));
        all.remove(SessionId{{1}});
        all.remove(SessionId{{7}});
        QCOMPARE(all.size(), std::size_t(0));
        QVERIFY(!all.nextTimeout());
        QVERIFY(!all.takeOverdue(TimePoint(1h)));
    }
};

QTEST_APPLESS_MAIN(TestRegistrations)
#include "tst_registrations.moc"
