#include "app/mainwindow.h"
#include "tests/qml/stories.h"
#include "tests/qml/windowitems.h"

#include <QAccessible>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSet>
#include <QTest>

using namespace ringlift;
using test::nameOf;

namespace {

constexpr qreal kSmallestTouch = 44;

/// A window that shows a story.
struct Stage
{
    explicit Stage(const test::Story &story, QSize size) : window(phone, options(size))
    {
        if (!window.show())
            qFatal("no window");
        story.tell(phone);
        quick()->setProperty("page", story.page);
        quick()->setProperty("registrationPostponed", story.scene == QLatin1StringView("dial"));
        quick()->requestActivate();
    }

    static app::GuiOptions options(QSize size)
    {
        app::GuiOptions options;
        options.size = size;
        options.language = QStringLiteral("en");
        return options;
    }
    QQuickWindow *quick() const { return window.window(); }

    app::Phone phone;
    app::MainWindow window;
};

QSet<QQuickItem *> reachedByTab(QQuickWindow *window, qsizetype steps)
{
    QSet<QQuickItem *> reached;
    for (qsizetype step = 0; step < steps; ++step) {
        QTest::keyClick(window, Qt::Key_Tab);
        for (QQuickItem *item = window->activeFocusItem(); item != nullptr; item = item->parentItem())
            reached.insert(item);
    }
    return reached;
}

} // namespace

class TestAccessibility : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyControlHasNameRoleAndAction_data() { addStories(); }
    void everyControlHasNameRoleAndAction();
    void everyControlIsReachedByTab_data() { addStories(); }
    void everyControlIsReachedByTab();
    void everyControlIsLargeEnoughToTouch_data() { addStories(); }
    void everyControlIsLargeEnoughToTouch();
    void thePressActionPresses();

private:
    static void addStories();
};

void TestAccessibility::addStories()
{
    QTest::addColumn<int>("story");
    QTest::addColumn<QSize>("size");
    for (int index = 0; index < test::stories().size(); ++index) {
        const QByteArray &name = test::stories().at(index).name;
        QTest::addRow("%s on a phone", name.constData()) << index << QSize(360, 640);
        QTest::addRow("%s on a desktop", name.constData()) << index << QSize(1000, 700);
    }
}

void TestAccessibility::everyControlHasNameRoleAndAction()
{
    QFETCH(int, story);
    QFETCH(QSize, size);
    const Stage stage(test::stories().at(story), size);
    QVERIFY(QTest::qWaitForWindowActive(stage.quick()));
    const QSet<QAccessible::Role> roles{QAccessible::Button, QAccessible::CheckBox, QAccessible::RadioButton,
        QAccessible::PageTab, QAccessible::EditableText};
    const auto items = test::controls(stage.quick());
    QVERIFY(!items.isEmpty());
    for (QQuickItem *const item : items) {
        QAccessibleInterface *const accessible = QAccessible::queryAccessibleInterface(item);
        QVERIFY2(accessible != nullptr, nameOf(item).constData());
        QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(), nameOf(item).constData());
        QVERIFY2(roles.contains(accessible->role()), nameOf(item).constData());
        QVERIFY2(accessible->actionInterface() != nullptr, nameOf(item).constData());
        QVERIFY2(!accessible->actionInterface()->actionNames().isEmpty(), nameOf(item).constData());
    }
}

void TestAccessibility::everyControlIsReachedByTab()
{
    QFETCH(int, story);
    QFETCH(QSize, size);
    const Stage stage(test::stories().at(story), size);
    QVERIFY(QTest::qWaitForWindowActive(stage.quick()));
    const QSet<QQuickItem *> reached = reachedByTab(stage.quick(), 2 * test::controls(stage.quick()).size() + 2);
    for (QQuickItem *const item : test::controls(stage.quick()))
        QVERIFY2(reached.contains(item), nameOf(item).constData());
}

void TestAccessibility::everyControlIsLargeEnoughToTouch()
{
    QFETCH(int, story);
    QFETCH(QSize, size);
    const Stage stage(test::stories().at(story), size);
    QVERIFY(QTest::qWaitForWindowActive(stage.quick()));
    for (const QQuickItem *const item : test::controls(stage.quick())) {
        QVERIFY2(item->width() >= kSmallestTouch, nameOf(item).constData());
        QVERIFY2(item->height() >= kSmallestTouch, nameOf(item).constData());
    }
}

void TestAccessibility::thePressActionPresses()
{
    const auto &stories = test::stories();
    const auto found = std::find_if(
        stories.begin(), stories.end(), [](const test::Story &story) { return story.name == "incoming"; });
    Stage stage(*found, QSize(360, 640));
    QVERIFY(QTest::qWaitForWindowActive(stage.quick()));
    bool answered = false;
    connect(stage.phone.calls(), &app::CallController::answerRequested, this, [&answered] { answered = true; });
    auto *const button = test::itemNamed(stage.quick(), QStringLiteral("answer"));
    QVERIFY(button != nullptr);
    QAccessible::queryAccessibleInterface(button)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QVERIFY(answered);
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
