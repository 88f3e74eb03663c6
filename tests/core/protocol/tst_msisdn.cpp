#include "core/protocol/msisdn.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::protocol;

class TestMsisdn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsE164_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        const auto row = [](const char *name, const char *text, bool good) {
            QTest::newRow(name) << QByteArray(text) << good;
        };
        row("a number", "+8613800138000", true);
        row("seven digits", "+1234567", true);
        row("six digits", "+123456", false);
        row("fifteen digits", "+123456789012345", true);
        row("sixteen digits", "+1234567890123456", false);
        row("no plus", "8613800138000", false);
        row("two plus signs", "++613800138000", false);
        row("zero first", "+0613800138000", false);
        row("a space", "+86 13800138000", false);
        row("a letter", "+8613800l38000", false);
        row("a digit that is not ASCII", "+861380013800\xD9\xA0", false);
        row("a line end", "+8613800138000\n", false);
        row("a plus sign", "+", false);
        row("nothing", "", false);
    }

    void readsE164()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, good);
        const auto number = Msisdn::fromE164(text.toStdString());
        QCOMPARE(number.has_value(), good);
        QVERIFY(!number || number->e164() == text.toStdString());
    }

    void readsImsis_data()
    {
        QTest::addColumn<QByteArray>("digits");
        QTest::addColumn<bool>("good");
        QTest::newRow("fifteen digits") << QByteArray("460001234567890") << true;
        QTest::newRow("fourteen digits") << QByteArray("46000123456789") << false;
        QTest::newRow("sixteen digits") << QByteArray("4600012345678901") << false;
        QTest::newRow("a letter") << QByteArray("46000123456789x") << false;
        QTest::newRow("nothing") << QByteArray() << false;
    }

    void readsImsis()
    {
        QFETCH(QByteArray, digits);
        QFETCH(bool, good);
        const auto imsi = Imsi::fromDigits(digits.toStdString());
        QCOMPARE(imsi.has_value(), good);
        QVERIFY(!imsi || imsi->mcc() == "460");
    }

    void printsNeither()
    {
        QString text;
        QDebug(&text) << *Msisdn::fromE164("+8613800138000") << *Imsi::fromDigits("460001234567890");
        QVERIFY(!text.contains(QStringLiteral("138")));
        QVERIFY(!text.contains(QStringLiteral("460")));
        QCOMPARE(text.count(QStringLiteral("<redacted>")), 2);
    }

    void comparesWholeNumbers()
    {
        QVERIFY(*Msisdn::fromE164("+8613800138000") != *Msisdn::fromE164("+4913800138000"));
        QVERIFY(*Msisdn::fromE164("+4913800138000") < *Msisdn::fromE164("+8613800138000"));
    }
};

QTEST_APPLESS_MAIN(TestMsisdn)
#include "tst_msisdn.moc"
