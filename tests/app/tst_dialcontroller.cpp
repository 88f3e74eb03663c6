#include "app/dialcontroller.h"

#include <QSignalSpy>
#include <QTest>

using ringlift::Redacted;
using ringlift::SimInfo;
using ringlift::app::DialController;

namespace {

SimInfo sim(int slot, const char *number, bool present = true)
{
    SimInfo info;
    info.slot = slot;
    info.present = present;
    info.ownNumber = Redacted<std::string>(number);
    return info;
}

const QList<SimInfo> kTwoSims{sim(0, "+8613800138000"), sim(1, "")};

} // namespace

class TestDialController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatCanBeDialled_data();
    void keepsWhatCanBeDialled();
    void cutsEndlessInput();
    void showsAWholeNumberGrouped();
    void takesKeysAndGivesThemBack();
    void dialsAndStartsAnew();
    void bringsBackTheLastNumber();
    void explainsARefusalUntilSomethingElseIsTyped();
    void saysWhereEmergencyCallsCannotBePlaced();
    void showsTheNumberOfALinkAndDialsNothing();
    void saysThatALinkHoldsNoNumber();
    void offersNoChoiceOfOneSim();
    void dialsOnTheChosenSim();
    void callsAgainOnTheSimOfTheCall();
    void neverCallsAgainOnAnotherSimUnasked();
};

void TestDialController::keepsWhatCanBeDialled_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("pasted") << QStringLiteral(" +49 (1555) 012-3456\n") << QStringLiteral("+4915550123456");
    QTest::newRow("plus only in front") << QStringLiteral("49+1+5") << QStringLiteral("4915");
    QTest::newRow("service code") << QStringLiteral("*#06#") << QStringLiteral("*#06#");
    QTest::newRow("pause") << QStringLiteral("10086,1;2") << QStringLiteral("10086,1;2");
    QTest::newRow("words") << QStringLiteral("call me") << QString();
    QTest::newRow("digits of other scripts") << QStringLiteral("١٢٣") << QString();
}

void TestDialController::keepsWhatCanBeDialled()
{
    QFETCH(QString, text);
    DialController dialling;
    dialling.setNumber(text);
    QTEST(dialling.number(), "expected");
}

void TestDialController::cutsEndlessInput()
{
    DialController dialling;
    dialling.setNumber(QString(100'000, QLatin1Char('1')));
    QCOMPARE(dialling.number().size(), DialController::kMaxLength);
}

void TestDialController::showsAWholeNumberGrouped()
{
    DialController dialling;
    QCOMPARE(dialling.display(), QString());
    dialling.setNumber(QStringLiteral("+8613800138000"));
    QCOMPARE(dialling.display(), QStringLiteral("+86 138 0013 8000"));
    QCOMPARE(dialling.number(), QStringLiteral("+8613800138000"));
}

void TestDialController::takesKeysAndGivesThemBack()
{
    DialController dialling;
    dialling.backspace();
    dialling.press(QStringLiteral("+"));
    dialling.press(QStringLiteral("4"));
    dialling.press(QStringLiteral("9"));
    QCOMPARE(dialling.number(), QStringLiteral("+49"));
    dialling.backspace();
    QCOMPARE(dialling.number(), QStringLiteral("+4"));
    dialling.clear();
    QCOMPARE(dialling.number(), QString());
}

void TestDialController::dialsAndStartsAnew()
{
    DialController dialling;
    const QSignalSpy dialled(&dialling, &DialController::dialRequested);
    dialling.setNumber(QStringLiteral("110"));
    dialling.dial();
    QCOMPARE(dialled.size(), 1);
    QCOMPARE(dialled.at(0).at(0).toString(), QStringLiteral("110"));
    QCOMPARE(dialling.number(), QString());
}

void TestDialController::bringsBackTheLastNumber()
{
    DialController dialling;
    const QSignalSpy dialled(&dialling, &DialController::dialRequested);
    dialling.dial();
    dialling.setNumber(QStringLiteral("10086"));
    dialling.dial();
    dialling.dial();
    QCOMPARE(dialling.number(), QStringLiteral("10086"));
    QCOMPARE(dialled.size(), 1);
}

void TestDialController::explainsARefusalUntilSomethingElseIsTyped()
{
    DialController dialling;
    dialling.setNumber(QStringLiteral("10086"));
    dialling.dial();
    QCOMPARE(dialling.refusal(), QString());
    dialling.onDialRefused(QStringLiteral("E42"));
    QVERIFY(!dialling.refusal().isEmpty());
    QVERIFY(!dialling.refusal().contains(QStringLiteral("E42")));
    QCOMPARE(dialling.number(), QStringLiteral("10086"));
    dialling.press(QStringLiteral("1"));
    QCOMPARE(dialling.refusal(), QString());
}

void TestDialController::saysWhereEmergencyCallsCannotBePlaced()
{
    DialController dialling;
    dialling.setNumber(QStringLiteral("112"));
    dialling.dial();
    dialling.onDialRefused({});
    const QString ofTheLine = dialling.refusal();
    dialling.onEmergencyRefused();
    QVERIFY(!dialling.refusal().isEmpty());
    QVERIFY(dialling.refusal() != ofTheLine);
}

void TestDialController::showsTheNumberOfALinkAndDialsNothing()
{
    for (const QString &number : {QStringLiteral("+4915550123456"), QStringLiteral("112"), QStringLiteral("*#06#")}) {
        DialController dialling;
        const QSignalSpy dialled(&dialling, &DialController::dialRequested);
        const QSignalSpy followed(&dialling, &DialController::linkFollowed);
        dialling.setNumber(QStringLiteral("7"));
        dialling.fillIn(number);
        QCOMPARE(dialling.number(), number);
        QCOMPARE(followed.size(), 1);
        QCOMPARE(dialled.size(), 0);
    }
}

void TestDialController::saysThatALinkHoldsNoNumber()
{
    DialController dialling;
    const QSignalSpy followed(&dialling, &DialController::linkFollowed);
    dialling.setNumber(QStringLiteral("7"));
    dialling.onBadLink();
    QVERIFY(dialling.refusal().startsWith(QStringLiteral("This link")));
    QCOMPARE(dialling.number(), QStringLiteral("7"));
    QCOMPARE(followed.size(), 1);
    dialling.fillIn(QStringLiteral("7"));
    QVERIFY(dialling.refusal().isEmpty());
}

void TestDialController::offersNoChoiceOfOneSim()
{
    DialController dialling;
    const QSignalSpy dialled(&dialling, &DialController::dialRequested);
    dialling.onSimsChanged({sim(0, "", false), sim(1, "+8613800138000")});
    QVERIFY(dialling.sims().isEmpty());
    dialling.setNumber(QStringLiteral("10086"));
    dialling.dial();
    QCOMPARE(dialled.at(0).at(1).toInt(), 1);
}

void TestDialController::dialsOnTheChosenSim()
{
    DialController dialling;
    const QSignalSpy dialled(&dialling, &DialController::dialRequested);
    dialling.onSimsChanged(kTwoSims);
    QCOMPARE(dialling.sims().size(), 2);
    QCOMPARE(dialling.sims().at(0).toMap().value(QStringLiteral("name")).toString(), QStringLiteral("SIM 1 · …8000"));
    QCOMPARE(dialling.sims().at(1).toMap().value(QStringLiteral("name")).toString(), QStringLiteral("SIM 2"));
    QCOMPARE(dialling.sim(), 0);
    dialling.setSim(1);
    dialling.setSim(2); // there is none
    dialling.setNumber(QStringLiteral("10086"));
    dialling.dial();
    QCOMPARE(dialled.at(0).at(1).toInt(), 1);
    dialling.onSimsChanged({sim(0, "+8613800138000")});
    QCOMPARE(dialling.sim(), 0);
}

void TestDialController::callsAgainOnTheSimOfTheCall()
{
    DialController dialling;
    const QSignalSpy dialled(&dialling, &DialController::dialRequested);
    dialling.onSimsChanged(kTwoSims);
    dialling.callAgain(QStringLiteral("+4915550123456"), 1);
    QCOMPARE(dialled.at(0).at(0).toString(), QStringLiteral("+4915550123456"));
    QCOMPARE(dialled.at(0).at(1).toInt(), 1);
    QCOMPARE(dialling.sim(), 0); // what the user has chosen for other calls
    dialling.callAgain(QStringLiteral("+4915550123456"), -1);
    QCOMPARE(dialled.at(1).at(1).toInt(), 0);
}

void TestDialController::neverCallsAgainOnAnotherSimUnasked()
{
    DialController dialling;
    const QSignalSpy dialled(&dialling, &DialController::dialRequested);
    dialling.onSimsChanged(kTwoSims);
    dialling.callAgain(QStringLiteral("+4915550123456"), 2);
    QCOMPARE(dialled.size(), 0);
    QCOMPARE(dialling.number(), QStringLiteral("+4915550123456"));
    dialling.onSimsChanged({});
    dialling.callAgain(QStringLiteral("+4915550123456"), 0);
    QCOMPARE(dialled.size(), 1);
}

QTEST_GUILESS_MAIN(TestDialController)
#include "tst_dialcontroller.moc"
