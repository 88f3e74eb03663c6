#include "server/processlimits.h"

#include <QTest>

#include <sys/resource.h>

using namespace ringlift::server;

class TestProcessLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesRoomForOtherFiles_data();
    void leavesRoomForOtherFiles();
    void raisesTheSoftLimitToTheHardOne();
};

void TestProcessLimits::leavesRoomForOtherFiles_data()
{
    QTest::addColumn<std::size_t>("descriptors");
    QTest::addColumn<std::size_t>("sockets");
    QTest::newRow("plenty") << std::size_t(65'536) << std::size_t(21'024);
    QTest::newRow("just enough") << std::size_t(22'024) << std::size_t(21'024);
    QTest::newRow("one short") << std::size_t(22'023) << std::size_t(21'023);
    QTest::newRow("a small system") << std::size_t(1'024) << std::size_t(512);
    QTest::newRow("next to none") << std::size_t(3) << std::size_t(2);
}

void TestProcessLimits::leavesRoomForOtherFiles()
{
    QFETCH(const std::size_t, descriptors);
    QFETCH(const std::size_t, sockets);
    QCOMPARE(socketsWithin(descriptors, 21'024), sockets);
}

void TestProcessLimits::raisesTheSoftLimitToTheHardOne()
{
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = 256;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    QCOMPARE(raiseDescriptorLimit(), static_cast<std::size_t>(limit.rlim_max));
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    QCOMPARE(limit.rlim_cur, limit.rlim_max);
}

QTEST_APPLESS_MAIN(TestProcessLimits)
#include "tst_processlimits.moc"
