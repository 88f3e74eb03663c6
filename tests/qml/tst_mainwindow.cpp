#include "app/display.h"
#include "app/mainwindow.h"
#include "app/scenephotographer.h"
#include "tests/qml/stories.h"
#include "tests/qml/windowitems.h"

#include <QDir>
#include <QImage>
#include <QQuickItem>
#include <QQuickWindow>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ringlift;

namespace {

app::GuiOptions inLanguage(const QString &language, QSize size = QSize(360, 640))
{
    app::GuiOptions options;
    options.language = language;
    options.size = size;
    return options;
}

void tell(app::Phone &phone, app::MainWindow &window, const test::Story &story)
{
    story.tell(phone);
    window.window()->setProperty("page", story.page);
    window.window()->setProperty("registrationPostponed", story.scene == QLatin1StringView("dial"));
    QCoreApplication::processEvents();
}

/// Words that do not fit into the room they have, other than those that are cut on purpose.
QByteArray firstOverflow(const QQuickWindow *window)
{
    for (const QQuickItem *const item : test::visibleItems(window)) {
        if (!item->inherits("QQuickText") || item->property("text").toString().isEmpty())
            continue;
        const bool wide = item->property("contentWidth").toReal() > item->width() + 1;
        const bool cut = item->property("truncated").toBool();
        const QRectF onWindow = item->mapRectToItem(window->contentItem(), QRectF(0, 0, item->width(), 1));
        if (wide || cut || onWindow.left() < 0 || onWindow.right() > window->width())
            return test::nameOf(item);
    }
    return {};
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void showsEveryScene_data();
    void showsEveryScene();
    void wordsFit_data();
    void wordsFit();
    void changesTheLanguageAtOnce();
    void followsTheChosenTheme();
    void asksBeforeItClosesInACall();
    void returnsToACallThatWasMinimised();
    void leadsFromTheSettingsToTheHealthAndBack();
    void tellsTheEngineThatItRings();
    void takesCallsWithTheButtonOfAHeadset_data();
    void takesCallsWithTheButtonOfAHeadset();
    void showsTheNumberOfALink();
    void showsTheNumberOfALinkBesideACall();
    void staysInTheBackgroundUntilItIsWanted();
    void keepsAPictureOfEveryScene();
};

void TestMainWindow::showsEveryScene_data()
{
    QTest::addColumn<int>("story");
    for (int index = 0; index < test::stories().size(); ++index)
        QTest::newRow(test::stories().at(index).name.constData()) << index;
}

void TestMainWindow::showsEveryScene()
{
    QFETCH(int, story);
    app::Phone phone;
    app::MainWindow window(phone, inLanguage(QStringLiteral("en")));
    QVERIFY(window.show());
    tell(phone, window, test::stories().at(story));
    QCOMPARE(window.window()->property("scene").toString(), test::stories().at(story).scene);
}

void TestMainWindow::wordsFit_data()
{
    QTest::addColumn<int>("story");
    QTest::addColumn<QString>("language");
    QTest::addColumn<QSize>("size");
    for (int index = 0; index < test::stories().size(); ++index) {
        for (const app::Language &language : app::allLanguages()) {
            for (const QSize size : {QSize(360, 640), QSize(1000, 700)})
                QTest::addRow("%s, %s, %d", test::stories().at(index).name.constData(), qPrintable(language.code),
                              size.width())
                    << index << language.code << size;
        }
    }
}

void TestMainWindow::wordsFit()
{
    QFETCH(int, story);
    QFETCH(QString, language);
    QFETCH(QSize, size);
    app::Phone phone;
    app::MainWindow window(phone, inLanguage(language, size));
    QVERIFY(window.show());
    tell(phone, window, test::stories().at(story));
    QVERIFY(QTest::qWaitForWindowExposed(window.window()));
    QCOMPARE(firstOverflow(window.window()), QByteArray());
}

void TestMainWindow::changesTheLanguageAtOnce()
{
    app::Phone phone;
    app::MainWindow window(phone, inLanguage(QStringLiteral("en")));
    QVERIFY(window.show());
    test::makeReady(phone);
    phone.calls()->onCallChanged(test::outgoingCall());
    const auto *const status = test::itemNamed(window.window(), QStringLiteral("status"));
    const auto *const hangUp = test::itemNamed(window.window(), QStringLiteral("hangUp"));
    QCOMPARE(status->property("text").toString(), QStringLiteral("Ringing…"));
    phone.settings()->setLanguage(QStringLiteral("de"));
    QCOMPARE(status->property("text").toString(), QStringLiteral("Es klingelt\u00a0…"));
    QCOMPARE(hangUp->property("text").toString(), QStringLiteral("Auflegen"));
}

void TestMainWindow::followsTheChosenTheme()
{
    app::Phone phone;
    app::MainWindow window(phone, inLanguage(QStringLiteral("en")));
    QVERIFY(window.show());
    phone.settings()->setAppearance(app::SettingsController::Light);
    QVERIFY(window.window()->color().lightnessF() > 0.9F);
    phone.settings()->setAppearance(app::SettingsController::Dark);
    QVERIFY(window.window()->color().lightnessF() < 0.1F);
}

void TestMainWindow::asksBeforeItClosesInACall()
{
    app::Phone phone;
    app::MainWindow window(phone, inLanguage(QStringLiteral("en")));
    QVERIFY(window.show());
    test::makeReady(phone);
    phone.calls()->onCallChanged(test::movedCall());
    const QSignalSpy hangUp(phone.calls(), &app::CallController::hangUpRequested);
    QVERIFY(QTest::qWaitForWindowExposed(window.window()));
    QVERIFY(!window.window()->close());
    QVERIFY(window.window()->isVisible());
    auto *const confirm = test::itemNamed(window.window(), QStringLiteral("confirm"));
    QVERIFY(confirm->isVisible());
    QMetaObject::invokeMethod(confirm, "clicked");
    QVERIFY(!window.window()->isVisible());
    QCOMPARE(hangUp.size(), 1);
}

void TestMainWindow::returnsToACallThatWasMinimised()
{
    app::Phone phone;
    app::MainWindow window(phone, inLanguage(QStringLiteral("en")));
    QVERIFY(window.show());
    test::makeReady(phone);
    phone.calls()->onCallChanged(test::movedCall());
    const auto press = [&window](const QString &name) {
        QMetaObject::invokeMethod(test::itemNamed(window.window(), name), "clicked");
        return window.window()->property("scene").toString();
    };
    QCOMPARE(press(QStringLiteral("minimise")), QStringLiteral("dial"));
    QCOMPARE(press(QStringLiteral("nav-history")), QStringLiteral("history"));
    QCOMPARE(press(QStringLiteral("callBar")), QStringLiteral("call-internet"));
}

void TestMainWindow::leadsFromTheSettingsToTheHealthAndBack()
{
    app::Phone phone;
    app::MainWindow window(phone, inLanguage(QStringLiteral("en")));
    QVERIFY(window.show());
    test::makeReady(phone);
    const QSignalSpy asked(phone.health(), &app::HealthController::askRequested);
    const auto press = [&window](const QString &name) {
        QMetaObject::invokeMethod(test::itemNamed(window.window(), name), "clicked");
        return window.window()->property("scene").toString();
    };
    QCOMPARE(press(QStringLiteral("nav-settings")), QStringLiteral("settings"));
    QCOMPARE(asked.size(), 0);
    QCOMPARE(press(QStringLiteral("openHealth")), QStringLiteral("health"));
    QCOMPARE(asked.size(), 1);
    QVERIFY(test::itemNamed(window.window(), QStringLiteral("nav-settings"))->property("checked").toBool());
    QCOMPARE(press(QStringLiteral("back")), QStringLiteral("settings"));
    phone.health()->onFactsChanged();
    QCOMPARE(asked.size(), 1);
}

void TestMainWindow::tellsTheEngineThatItRings()
{
    app::Phone phone;
    app::MainWindow window(phone, inLanguage(QStringLiteral("en")));
    QVERIFY(window.show());
    test::makeReady(phone);
    const QSignalSpy shown(phone.calls(), &app::CallController::ringShown);
    phone.calls()->onCallChanged(test::incomingCall());
    phone.calls()->onIncomingShown(test::kCall);
    QCOMPARE(shown.size(), 1);
}

void TestMainWindow::takesCallsWithTheButtonOfAHeadset_data()
{
    constexpr auto kAnswers = SIGNAL(answerRequested(ringlift::call::CallHandle));
    constexpr auto kEnds = SIGNAL(hangUpRequested(ringlift::call::CallHandle));
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<bool>("rings");
    QTest::addColumn<QByteArray>("request");
    const auto row = [](const char *name, Qt::Key key, bool rings, const char *request) {
        QTest::newRow(name) << key << rings << QByteArray(request);
    };
    row("toggle, while it rings", Qt::Key_ToggleCallHangup, true, kAnswers);
    row("toggle, in a call", Qt::Key_ToggleCallHangup, false, kEnds);
    row("phone, while it rings", Qt::Key_Phone, true, kAnswers);
    row("phone, in a call", Qt::Key_Phone, false, kEnds);
    row("play and pause, while it rings", Qt::Key_MediaTogglePlayPause, true, kAnswers);
    row("play and pause, in a call", Qt::Key_MediaTogglePlayPause, false,
        SIGNAL(muteRequested(ringlift::call::CallHandle, bool)));
    row("call, while it rings", Qt::Key_Call, true, kAnswers);
    row("hang up, while it rings", Qt::Key_Hangup, true, SIGNAL(declineRequested(ringlift::call::CallHandle)));
    row("hang up, in a call", Qt::Key_Hangup, false, kEnds);
}

void TestMainWindow::takesCallsWithTheButtonOfAHeadset()
{
    QFETCH(Qt::Key, key);
    QFETCH(bool, rings);
    QFETCH(QByteArray, request);
    app::Phone phone;
    app::MainWindow window(phone, inLanguage(QStringLiteral("en")));
    QVERIFY(window.show());
    test::makeReady(phone);
    phone.calls()->onCallChanged(rings ? test::incomingCall() : test::movedCall());
    if (rings)
        phone.calls()->onIncomingShown(test::kCall);
    QVERIFY(QTest::qWaitForWindowActive(window.window()));
    QSignalSpy spy(phone.calls(), request.constData());
    QTest::sendKeyEvent(QTest::Click, window.window(), key, char(0), Qt::NoModifier); // keyClick() wants keys with a letter
    QCOMPARE(spy.size(), 1);
}

void TestMainWindow::showsTheNumberOfALink()
{
    app::Phone phone;
    app::MainWindow window(phone, inLanguage(QStringLiteral("en")));
    QVERIFY(window.show());
    phone.dialling()->fillIn(QStringLiteral("+4915550123456"));
    test::makeReady(phone);
    window.window()->setProperty("page", 2);
    phone.dialling()->fillIn(QStringLiteral("+4915550123456"));
    QCOMPARE(window.window()->property("scene").toString(), QStringLiteral("dial"));
    const auto *const dialled = window.window()->findChild<QQuickItem *>(QStringLiteral("dialled"));
    QVERIFY(dialled != nullptr && dialled->isVisible());
    QCOMPARE(dialled->property("text").toString(), app::displayNumber(QStringLiteral("+4915550123456")));
}

void TestMainWindow::showsTheNumberOfALinkBesideACall()
{
    app::Phone phone;
    app::MainWindow window(phone, inLanguage(QStringLiteral("en")));
    QVERIFY(window.show());
    test::makeReady(phone);
    phone.calls()->onCallChanged(test::movedCall());
    QCOMPARE(window.window()->property("scene").toString(), QStringLiteral("call-internet"));
    phone.dialling()->fillIn(QStringLiteral("112"));
    QCOMPARE(window.window()->property("scene").toString(), QStringLiteral("dial"));
    QVERIFY(phone.calls()->isActive());
}

void TestMainWindow::staysInTheBackgroundUntilItIsWanted()
{
    app::GuiOptions options = inLanguage(QStringLiteral("en"));
    options.background = true;
    app::Phone phone;
    app::MainWindow window(phone, options);
    QVERIFY(window.show());
    QVERIFY(!window.window()->isVisible());
    for (int shown = 0; shown < 2; ++shown)
        QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()"); // the offscreen one
    window.present();
    QVERIFY(window.window()->isVisible());
    test::makeReady(phone);
    phone.calls()->onCallChanged(test::movedCall());
    QVERIFY(window.window()->close());
    QVERIFY(!window.window()->isVisible());
    QVERIFY(phone.calls()->isActive());
    window.callAttention();
    QVERIFY(window.window()->isVisible());
}

void TestMainWindow::keepsAPictureOfEveryScene()
{
    const QTemporaryDir folder;
    app::Phone phone;
    app::MainWindow window(phone, inLanguage(QStringLiteral("en")));
    QVERIFY(window.show());
    test::makeReady(phone);
    const app::ScenePhotographer photographer(window, folder.path());
    const QString first = folder.filePath(QStringLiteral("01-dial.png"));
    QTRY_VERIFY(QFile::exists(first));
    phone.calls()->onCallChanged(test::incomingCall());
    QTRY_VERIFY(QFile::exists(folder.filePath(QStringLiteral("02-incoming.png"))));
    QCOMPARE(QImage(first).size(), QSize(360, 640));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
