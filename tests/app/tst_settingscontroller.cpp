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
    void saysWhatTheConnectionIs_data();
    void saysWhatTheConnectionIs();
    void saysWhatEachPromptDoes();
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
    settings.setMoveOver(SettingsController::FreeDataOnly);
    settings.setMoveWhenRoaming(false);
    settings.setPrompt(SettingsController::AskFirst);
    QCOMPARE(applied.size(), 7);
    const auto last = applied.constLast().at(0).value<call::CallSettings>();
    QCOMPARE(last, (call::CallSettings{false, true, false, false, call::MoveOver::FreeDataOnly, false,
                                       call::Prompt::AskFirst}));
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

void TestSettingsController::saysWhatTheConnectionIs_data()
{
    using enum NetworkKind;
    QTest::addColumn<NetworkInfo>("network");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, NetworkInfo network, const char *words) {
        QTest::newRow(name) << network << QString::fromLatin1(words);
    };
    row("unknown", {}, "has no effect");
    row("none", {None, {}, {}}, "no Internet");
    row("Wi-Fi", {Wifi, false, {}}, "Now on Wi-Fi.");
    row("a phone's Wi-Fi", {Wifi, true, {}}, "may cost money");
    row("cable", {Wired, {}, {}}, "Now on a cable connection.");
    row("a cable that costs", {Wired, true, {}}, "cable connection that may cost");
    row("mobile data", {Cellular, {}, {}}, "which may cost money");
    row("free mobile data", {Cellular, false, {}}, "that is free");
    row("roaming", {Cellular, false, true}, "roaming");
}

void TestSettingsController::saysWhatTheConnectionIs()
{
    QFETCH(const NetworkInfo, network);
    QFETCH(const QString, words);
    SettingsController settings;
    const QSignalSpy changed(&settings, &SettingsController::sentencesChanged);
    settings.onNetworkDescribed(network);
    QCOMPARE(changed.size(), 1);
    QVERIFY2(settings.connection().contains(words), qPrintable(settings.connection()));
}

void TestSettingsController::saysWhatEachPromptDoes()
{
    SettingsController settings;
    QSet<QString> said;
    for (const auto prompt : {SettingsController::Off, SettingsController::Notice, SettingsController::Sound,
                              SettingsController::AskFirst}) {
        settings.setPrompt(prompt);
        QCOMPARE(settings.prompt(), prompt);
        said.insert(settings.promptMeaning());
    }
    QCOMPARE(said.size(), 4);
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
