#include "app/languages.h"

#include "app/call.h"
#include "app/dialcontroller.h"
#include "app/display.h"
#include "app/historymodel.h"
#include "app/sentences.h"
#include "app/settingscontroller.h"

#include <QLocale>
#include <QTest>

using namespace ringlift;

class TestLanguages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void speaksEveryLanguage_data();
    void speaksEveryLanguage();
    void speaksInEveryPartOfTheApp();
    void countsInEveryLanguage_data();
    void countsInEveryLanguage();
    void speaksEnglishWhereThereIsNoTranslation();
};

void TestLanguages::speaksEveryLanguage_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("expected");
    QTest::newRow("English") << QStringLiteral("en") << QStringLiteral("The line is busy.");
    QTest::newRow("German") << QStringLiteral("de") << QStringLiteral("Die Leitung ist besetzt.");
    QTest::newRow("Chinese") << QStringLiteral("zh_CN") << QStringLiteral("线路忙。");
}

void TestLanguages::speaksEveryLanguage()
{
    QFETCH(QString, language);
    QVERIFY(app::isLanguage(language));
    app::Translation translation;
    translation.use(language);
    QTEST(app::Sentences::of(call::CallEnd::Busy, CallDirection::Outgoing), "expected");
}

void TestLanguages::speaksInEveryPartOfTheApp()
{
    app::Translation translation;
    translation.use(QStringLiteral("de"));
    call::CallInfo info;
    QCOMPARE(app::Call(info, TimePoint()).carrier(), QStringLiteral("Telefonnetz"));
    app::DialController dialling;
    dialling.onDialRefused(QString());
    QVERIFY(dialling.refusal().startsWith(QStringLiteral("Das Telefon konnte")));
    app::HistoryModel history;
    history.onHistoryAdded({});
    QCOMPARE(history.data(history.index(0), app::HistoryModel::Outcome), QStringLiteral("Im Telefonnetz geblieben"));
    QVERIFY(app::SettingsController().addressPolicy().startsWith(QStringLiteral("Dein Server")));
    QCOMPARE(app::displayNumber(QString()), QStringLiteral("Unbekannte Nummer"));
    QCOMPARE(QCoreApplication::translate("CallControls", "Hang up"), QStringLiteral("Auflegen"));
}

void TestLanguages::countsInEveryLanguage_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<quint32>("tries");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one, English") << QStringLiteral("en") << 1U << QStringLiteral("1 try left.");
    QTest::newRow("more, English") << QStringLiteral("en") << 3U << QStringLiteral("3 tries left.");
    QTest::newRow("one, German") << QStringLiteral("de") << 1U << QStringLiteral("Noch 1 Versuch.");
    QTest::newRow("more, German") << QStringLiteral("de") << 3U << QStringLiteral("Noch 3 Versuche.");
    QTest::newRow("more, Chinese") << QStringLiteral("zh_CN") << 3U << QStringLiteral("还可以尝试 3 次。");
}

void TestLanguages::countsInEveryLanguage()
{
    QFETCH(QString, language);
    QFETCH(quint32, tries);
    app::Translation translation;
    translation.use(language);
    QTEST(app::Sentences::triesLeft(tries), "expected");
}

void TestLanguages::speaksEnglishWhereThereIsNoTranslation()
{
    app::Translation translation;
    translation.use(QStringLiteral("de"));
    translation.use(QStringLiteral("eo"));
    QVERIFY(!app::isLanguage(QStringLiteral("eo")));
    QCOMPARE(app::Sentences::of(call::CallEnd::Busy, CallDirection::Outgoing), QStringLiteral("The line is busy."));
}

QTEST_GUILESS_MAIN(TestLanguages)
#include "tst_languages.moc"
