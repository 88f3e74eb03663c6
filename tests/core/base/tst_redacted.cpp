#include "core/base/redacted.h"

#include <QTest>

using ringlift::Redacted;

class TestRedacted : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printsNothingOfItsValue()
    {
        QString text;
        QDebug(&text) << Redacted<std::string>("+8613800138000") << Redacted<int>(42);
        QCOMPARE(text.count(QStringLiteral("<redacted>")), 2);
        QVERIFY(!text.contains(QStringLiteral("138")) && !text.contains(QStringLiteral("42")));
    }

    void revealsItsValueWhenAsked()
    {
        QCOMPARE(Redacted<int>(42).reveal(), 42);
        QCOMPARE(Redacted<int>().reveal(), 0);
    }

    void comparesByValue()
    {
        QVERIFY(Redacted<int>(1) == Redacted<int>(1));
        QVERIFY(Redacted<int>(1) < Redacted<int>(2));
    }
};

QTEST_APPLESS_MAIN(TestRedacted)
#include "tst_redacted.moc"
