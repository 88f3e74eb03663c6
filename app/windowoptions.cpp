#include "app/commandline.h"

#include <QCommandLineParser>
#include <QDir>
#include <QRegularExpression>

namespace ringlift::app {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLeastEdge = 200;
constexpr int kMostEdge = 8000;

Result<QSize> parseSize(const QString &text)
{
    static const QRegularExpression form(u"\\A([0-9]{1,5})x([0-9]{1,5})\\z"_s);
    const QRegularExpressionMatch match = form.match(text);
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    const auto fits = [](int edge) { return edge >= kLeastEdge && edge <= kMostEdge; };
    if (!fits(size.width()) || !fits(size.height()))
        return failure("--size has to be WIDTHxHEIGHT, each from 200 to 8000.");
    return size;
}

Result<GuiOptions::Theme> parseTheme(const QString &text)
{
    if (text == "light"_L1)
        return GuiOptions::Theme::Light;
    if (text == "dark"_L1)
        return GuiOptions::Theme::Dark;
    return failure("--theme has to be light or dark.");
}

} // namespace

Result<GuiOptions> parseWindow(const QCommandLineParser &parser)
{
    for (const char *const option : {"background", "control", "title", "size", "theme", "language", "screenshots"}) {
        if (parser.isSet(u"headless"_s) && parser.isSet(QLatin1StringView(option)))
            return failure("--" + std::string(option) + " is about the window, which --headless does without.");
    }
    GuiOptions options;
    if (parser.isSet(u"title"_s))
        options.title = parser.value(u"title"_s);
    if (parser.isSet(u"size"_s)) {
        const auto size = parseSize(parser.value(u"size"_s));
        if (!size)
            return Unexpected(size.error());
        options.size = *size;
    }
    if (parser.isSet(u"theme"_s)) {
        const auto theme = parseTheme(parser.value(u"theme"_s));
        if (!theme)
            return Unexpected(theme.error());
        options.theme = *theme;
    }
    options.background = parser.isSet(u"background"_s);
    options.language = parser.value(u"language"_s);
    options.screenshotFolder = parser.value(u"screenshots"_s);
    if (!options.screenshotFolder.isEmpty() && !QDir(options.screenshotFolder).exists())
        return failure("--screenshots: there is no such folder.");
    return options;
}

} // namespace ringlift::app
