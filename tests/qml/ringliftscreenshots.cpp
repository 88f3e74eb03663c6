#include "app/mainwindow.h"
#include "tests/qml/stories.h"
#include "tests/qml/windowitems.h"

#include <QCommandLineParser>
#include <QDir>
#include <QGuiApplication>
#include <QQuickWindow>
#include <QTest>

#include <cstdio>

/// ringlift-screenshots FOLDER: pictures of every page in every language, theme and size, for people to look at.
namespace {

using namespace ringlift;
using namespace Qt::StringLiterals;

struct Looks {
    QString language;
    app::GuiOptions::Theme theme;
    QSize size;
    QString name;
};

QList<Looks> allLooks()
{
    using enum app::GuiOptions::Theme;
    QList<Looks> looks;
    for (const app::Language &language : app::allLanguages()) {
        for (const auto theme : {Light, Dark}) {
            for (const QSize size : {QSize(360, 640), QSize(360, 720), QSize(1000, 700)}) {
                const bool desktop = size.width() >= 720;
                const QString device = desktop ? u"desktop"_s : size.height() >= 720 ? u"phone"_s : u"small"_s;
                const QString name =
                    QStringLiteral("%1-%2-%3")
                        .arg(language.code, theme == Dark ? QStringLiteral("dark") : QStringLiteral("light"), device);
                looks.append({language.code, theme, size, name});
            }
        }
    }
    return looks;
}

bool photograph(const Looks &looks, const test::Story &story, const QDir &folder)
{
    app::Phone phone;
    app::GuiOptions options;
    options.language = looks.language;
    options.theme = looks.theme;
    options.size = looks.size;
    app::MainWindow window(phone, options);
    if (!window.show())
        return false;
    story.tell(phone);
    window.window()->setProperty("page", story.page);
    window.window()->setProperty("registrationPostponed", story.scene == u"dial"_s);
    QCoreApplication::processEvents();
    if (!story.lookAt.isEmpty())
        test::scrollTo(test::itemNamed(window.window(), story.lookAt));
    const QString file = folder.filePath(looks.name + QLatin1Char('-') + QString::fromLatin1(story.name) + u".png"_s);
    return QTest::qWaitForWindowExposed(window.window()) && window.saveScreenshot(file).has_value();
}

} // namespace

int main(int argc, char **argv)
{
    using namespace Qt::StringLiterals;
    QGuiApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addPositionalArgument(u"folder"_s, u"Where the pictures go."_s);
    const QCommandLineOption only(u"only"_s, u"Part of the names of those to make."_s, u"text"_s);
    parser.addOption(only);
    parser.process(application);
    if (parser.positionalArguments().size() != 1 || !QDir().mkpath(parser.positionalArguments().constFirst())) {
        std::fputs("usage: ringlift-screenshots FOLDER [--only TEXT]\n", stderr);
        return 2;
    }
    const QDir folder(parser.positionalArguments().constFirst());
    for (const Looks &looks : allLooks()) {
        for (const test::Story &story : test::stories()) {
            const QString name = looks.name + QLatin1Char('-') + QString::fromLatin1(story.name);
            if (name.contains(parser.value(only)) && !photograph(looks, story, folder))
                return 1;
        }
    }
    return 0;
}
