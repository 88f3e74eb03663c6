#include "app/display.h"

#include <QLocale>
#include <QTest>

using namespace ringlift;
using namespace std::chrono_literals;

class TestDisplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany)); }
    void numbersAreGrouped_data();
    void numbersAreGrouped();
    void durationsReadLikeAClock_data();
    void durationsReadLikeAClock();
    void momentsNameTheDayOnlyWhenItIsNotToday_data();
    void momentsNameTheDayOnlyWhenItIsNotToday();
};

void TestDisplay::numbersAreGrouped_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QString>("expected");
    QTest::newRow("mobile number") << QStringLiteral("+8613800138000") << QStringLiteral("+86 138 0013 8000");
    QTest::newRow("short number stays") << QStringLiteral("10086") << QStringLiteral("10086");
    QTest::newRow("code stays") << QStringLiteral("*#06#") << QStringLiteral("*#06#");
    QTest::newRow("hidden") << QString() << QStringLiteral("Unknown number");
}

void TestDisplay::numbersAreGrouped()
{
    QFETCH(QString, peer);
    QFETCH(QString, expected);
    QCOMPARE(app::displayNumber(peer), expected);
}

void TestDisplay::durationsReadLikeAClock_data()
{
    QTest::addColumn<qint64>("microseconds");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing") << qint64(0) << QStringLiteral("0:00");
    QTest::newRow("clock went back") << qint64(-5'000'000) << QStringLiteral("0:00");
    QTest::newRow("seconds") << qint64(9'999'999) << QStringLiteral("0:09");
    QTest::newRow("minutes") << qint64(725'000'000) << QStringLiteral("12:05");
    QTest::newRow("hours") << qint64(3'723'000'000) << QStringLiteral("1:02:03");
}

void TestDisplay::durationsReadLikeAClock()
{
    QFETCH(qint64, microseconds);
    QFETCH(QString, expected);
    QCOMPARE(app::displayDuration(Duration(microseconds)), expected);
}

void TestDisplay::momentsNameTheDayOnlyWhenItIsNotToday_data()
{
    QTest::addColumn<QDateTime>("moment");
    QTest::addColumn<QString>("expected");
    QTest::newRow("today") << QDateTime({2026, 5, 4}, {8, 30}) << QStringLiteral("08:30");
    QTest::newRow("yesterday") << QDateTime({2026, 5, 3}, {23, 59}) << QStringLiteral("Yesterday, 23:59");
    QTest::newRow("before") << QDateTime({2026, 5, 2}, {12, 0}) << QStringLiteral("02.05.26, 12:00");
}

void TestDisplay::momentsNameTheDayOnlyWhenItIsNotToday()
{
    QFETCH(QDateTime, moment);
    QFETCH(QString, expected);
    QCOMPARE(app::displayMoment(moment, QDateTime({2026, 5, 4}, {9, 0})), expected);
}

QTEST_GUILESS_MAIN(TestDisplay)
#include "tst_display.moc"
