#include "app/numberrules.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using app::NumberRules;
using call::ContactRule;

class TestNumberRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsTheNumbersThatHaveOne();
    void asksTheEngineToKeepARule_data();
    void asksTheEngineToKeepARule();
    void takesOnlyFullNumbers();
};

void TestNumberRules::listsTheNumbersThatHaveOne()
{
    NumberRules rules;
    const QSignalSpy changed(&rules, &NumberRules::changed);
    QVERIFY(rules.entries().isEmpty());
    rules.onContactRuleChanged(QStringLiteral("+4915550123456"), ContactRule::Never);
    rules.onContactRuleChanged(QStringLiteral("+8613800138000"), ContactRule::Ask);
    rules.onContactRuleChanged(QStringLiteral("+8613800138000"), ContactRule::Always);
    QCOMPARE(changed.size(), 3);
    QCOMPARE(rules.rules().value(QStringLiteral("+4915550123456")).toInt(), int(NumberRules::Never));
    const QVariantList entries = rules.entries();
    QCOMPARE(entries.size(), 2);
    const QVariantMap last = entries.constLast().toMap();
    QCOMPARE(last.value(QStringLiteral("title")).toString(), QStringLiteral("+86 138 0013 8000"));
    QCOMPARE(last.value(QStringLiteral("rule")).toInt(), int(NumberRules::Always));
    rules.onContactRuleChanged(QStringLiteral("+8613800138000"), std::nullopt);
    QCOMPARE(rules.entries().size(), 1);
}

void TestNumberRules::asksTheEngineToKeepARule_data()
{
    QTest::addColumn<NumberRules::Rule>("rule");
    QTest::addColumn<std::optional<ContactRule>>("meaning");
    QTest::newRow("always") << NumberRules::Always << std::optional(ContactRule::Always);
    QTest::newRow("never") << NumberRules::Never << std::optional(ContactRule::Never);
    QTest::newRow("ask") << NumberRules::Ask << std::optional(ContactRule::Ask);
    QTest::newRow("none") << NumberRules::AsSet << std::optional<ContactRule>();
}

void TestNumberRules::asksTheEngineToKeepARule()
{
    QFETCH(const NumberRules::Rule, rule);
    QFETCH(const std::optional<ContactRule>, meaning);
    NumberRules rules;
    const QSignalSpy requested(&rules, &NumberRules::setRequested);
    rules.set(QStringLiteral("+4915550123456"), rule);
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested.constFirst().at(0).toString(), QStringLiteral("+4915550123456"));
    QCOMPARE(requested.constFirst().at(1).value<std::optional<ContactRule>>(), meaning);
    QVERIFY(rules.entries().isEmpty()); // until the engine says so
}

void TestNumberRules::takesOnlyFullNumbers()
{
    NumberRules rules;
    const QSignalSpy requested(&rules, &NumberRules::setRequested);
    QVERIFY(rules.canHave(QStringLiteral("+4915550123456")));
    for (const QString &wrong :
         {QString(), QStringLiteral("10086"), QStringLiteral("*100#"), QStringLiteral("015550123456")}) {
        QVERIFY(!rules.canHave(wrong));
        rules.set(wrong, NumberRules::Never);
    }
    QCOMPARE(requested.size(), 0);
}

QTEST_APPLESS_MAIN(TestNumberRules)
#include "tst_numberrules.moc"
