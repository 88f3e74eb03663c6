#include "server/routes.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kStart{100s};
constexpr CallId kCall{{1}};
constexpr AccountId kCaller{{1}};
constexpr AccountId kCallee{{2}};
constexpr AccountId kStranger{{3}};

} // namespace

class TestRoutes : public QObject
{
    Q_OBJECT

    const Limits m_limits;
    Routes routes() const
    {
        Routes made(m_limits);
        made.add(kStart, kCall, {kCaller, kCallee});
        return made;
    }

private Q_SLOTS:
    void servesItsTwoEndsOnly()
    {
        Routes all = routes();
        QVERIFY(all.contains(kCall));
        QVERIFY(all.use(kStart, kCall, kCaller));
        const auto route = all.use(kStart, kCall, kCallee);
        QVERIFY(route && route->caller == kCaller && route->callee == kCallee);
        QVERIFY(!all.use(kStart, kCall, kStranger));
        QVERIFY(!all.use(kStart, CallId{{2}}, kCaller));
    }

    void dies120SecondsAfterItsLastUse()
    {
        Routes all = routes();
        QVERIFY(all.nextTimeout() == kStart + 120s);
        QVERIFY(all.use(kStart + 120s - Duration(1), kCall, kCaller));
        QVERIFY(all.nextTimeout() == kStart + 240s - Duration(1));
        QVERIFY(!all.use(kStart + 240s, kCall, kCallee));
        QCOMPARE(all.size(), std::size_t(0));
    }

    void isNotKeptAliveByAStranger()
    {
        Routes all = routes();
        QVERIFY(!all.use(kStart + 100s, kCall, kStranger));
        all.handleTimeout(kStart + 120s);
        QVERIFY(!all.contains(kCall));
    }

    void goesWithEitherAccount()
    {
        for (const AccountId &gone : {kCaller, kCallee}) {
            Routes all = routes();
            all.add(kStart, CallId{{2}}, {kStranger, kStranger});
            all.dropAccount(gone);
            QVERIFY(!all.contains(kCall));
            QVERIFY(all.contains(CallId{{2}}));
            all.dropAccount(kStranger);
            QVERIFY(!all.nextTimeout());
        }
    }

    void knowsWhenItIsFull()
    {
        Limits limits;
        limits.routes = 2;
        Routes all(limits);
        QVERIFY(all.hasRoom());
        all.add(kStart, CallId{{1}}, {});
        QVERIFY(all.hasRoom());
        all.add(kStart, CallId{{2}}, {});
        QVERIFY(!all.hasRoom());
        all.handleTimeout(kStart + 120s);
        QVERIFY(all.hasRoom());
    }
};

QTEST_APPLESS_MAIN(TestRoutes)
#include "tst_routes.moc"
