#include "app/pinlockcontroller.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using app::PinLockController;
using call::RegistrationFault;

class TestPinLockController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesNoPinThatIsShortOrMistyped_data();
    void takesNoPinThatIsShortOrMistyped();
    void asksOnceAndSaysThatItIsDone();
    void saysWhyItIsNotDone();
    void removesThePin();
};

void TestPinLockController::takesNoPinThatIsShortOrMistyped_data()
{
    QTest::addColumn<QString>("pin");
    QTest::addColumn<QString>("again");
    QTest::newRow("short") << QStringLiteral("123") << QStringLiteral("123");
    QTest::newRow("letters") << QStringLiteral("12ab") << QStringLiteral("12ab");
    QTest::newRow("not alike") << QStringLiteral("1234") << QStringLiteral("1235");
    QTest::newRow("endless") << QString(65, QLatin1Char('1')) << QString(65, QLatin1Char('1'));
}

void TestPinLockController::takesNoPinThatIsShortOrMistyped()
{
    QFETCH(QString, pin);
    QFETCH(QString, again);
    PinLockController lock;
    const QSignalSpy asked(&lock, &PinLockController::lockRequested);
    QVERIFY(!lock.choose(pin, again));
    QVERIFY(!lock.problem().isEmpty());
    QCOMPARE(asked.size(), 0);
    lock.startAnew();
    QCOMPARE(lock.problem(), QString());
}

void TestPinLockController::asksOnceAndSaysThatItIsDone()
{
    PinLockController lock;
    const QSignalSpy asked(&lock, &PinLockController::lockRequested);
    QVERIFY(lock.choose(QStringLiteral("2580"), QStringLiteral("2580")));
    QVERIFY(lock.isBusy());
    QVERIFY(!lock.choose(QStringLiteral("2581"), QStringLiteral("2581")));
    lock.remove();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).toString(), QStringLiteral("2580"));
    lock.onLockChanged(true);
    lock.onLockAnswered({true, RegistrationFault::None, 0});
    QVERIFY(lock.isSet());
    QVERIFY(!lock.isBusy());
    QVERIFY(lock.done().contains(QStringLiteral("set")));
    QCOMPARE(lock.problem(), QString());
}

void TestPinLockController::saysWhyItIsNotDone()
{
    PinLockController lock;
    QVERIFY(lock.choose(QStringLiteral("2580"), QStringLiteral("2580")));
    lock.onLockAnswered({true, RegistrationFault::ServerUnreachable, 0});
    QVERIFY(!lock.isSet());
    QVERIFY(lock.problem().contains(QStringLiteral("cannot be reached")));
    QCOMPARE(lock.done(), QString());
}

void TestPinLockController::removesThePin()
{
    PinLockController lock;
    lock.onLockChanged(true);
    const QSignalSpy asked(&lock, &PinLockController::lockRequested);
    lock.remove();
    QCOMPARE(asked.at(0).at(0).toString(), QString());
    lock.onLockChanged(false);
    lock.onLockAnswered({false, RegistrationFault::None, 0});
    QVERIFY(!lock.isSet());
    QVERIFY(lock.done().contains(QStringLiteral("removed")));
}

QTEST_GUILESS_MAIN(TestPinLockController)
#include "tst_pinlockcontroller.moc"
