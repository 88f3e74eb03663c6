#include "app/settingscontroller.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ringlift;
using app::SettingsController;

class TestSettingsController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksTheEngineToApplyWhatChanged();
    void showsWhatTheEngineTells();
    void keepsLooksAndLanguage();
    void startsAnewFromABrokenFile_data();
    void startsAnewFromABrokenFile();
    void forgetsAnOverride();
    void offersTheSystemsLanguageFirst();
    void saysWhoSeesTheAddress();
};

void TestSettingsController::asksTheEngineToApplyWhatChanged()
{
    SettingsController settings;
    const QSignalSpy applied(&settings, &SettingsController::applyRequested);
    settings.setMoveCalls(true); // as it was
    QCOMPARE(applied.size(), 0);
    settings.setMoveCalls(false);
    settings.setRedialAutomatically(true);
    settings.setAllowUnknownCallerId(false);
    settings.setContactsOnlyManual(false);
    QCOMPARE(applied.size(), 4);
    const auto last = applied.constLast().at(0).value<call::CallSettings>();
    QCOMPARE(last, (call::CallSettings{false, true, false, false}));
}

void TestSettingsController::showsWhatTheEngineTells()
{
    SettingsController settings;
    const QSignalSpy applied(&settings, &SettingsController::applyRequested);
    settings.onSettingsChanged({false, true, false, false});
    QVERIFY(!settings.moveCalls());
    QVERIFY(settings.redialAutomatically());
    QCOMPARE(applied.size(), 0);
}

void TestSettingsController::keepsLooksAndLanguage()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("looks.ini"));
    {
        SettingsController settings(file);
        settings.setAppearance(SettingsController::Dark);
        settings.setLanguage(QStringLiteral("zh_CN"));
    }
    const SettingsController settings(file);
    QCOMPARE(settings.appearance(), SettingsController::Dark);
    QCOMPARE(settings.language(), QStringLiteral("zh_CN"));
}

void TestSettingsController::startsAnewFromABrokenFile_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("not a file of settings") << QByteArray("\x00\xff\xfe garbage [", 12);
    QTest::newRow("unknown values") << QByteArray("[looks]\nappearance=77\nlanguage=../../etc\n");
}

void TestSettingsController::startsAnewFromABrokenFile()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("looks.ini")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const SettingsController settings(file.fileName());
    QCOMPARE(settings.appearance(), SettingsController::FollowSystem);
    QCOMPARE(settings.language(), QString());
}

void TestSettingsController::forgetsAnOverride()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("looks.ini"));
    {
        SettingsController settings(file);
        settings.overrideAppearance(SettingsController::Dark);
        QCOMPARE(settings.appearance(), SettingsController::Dark);
    }
    QCOMPARE(SettingsController(file).appearance(), SettingsController::FollowSystem);
}

void TestSettingsController::offersTheSystemsLanguageFirst()
{
    SettingsController settings;
    const QVariantList choices = settings.languages();
    QVERIFY(choices.size() >= 4);
    QCOMPARE(choices.first().toMap().value(QStringLiteral("value")).toString(), QString());
    const QSignalSpy chosen(&settings, &SettingsController::languageChosen);
    settings.setLanguage(QStringLiteral("klingon"));
    QCOMPARE(chosen.size(), 0);
    settings.setLanguage(QStringLiteral("de"));
    QCOMPARE(chosen.size(), 1);
}

void TestSettingsController::saysWhoSeesTheAddress()
{
    QVERIFY(SettingsController().addressPolicy().contains(QStringLiteral("sees your Internet address")));
}

QTEST_GUILESS_MAIN(TestSettingsController)
#include "tst_settingscontroller.moc"
