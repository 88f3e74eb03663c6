#include "app/optionsfile.h"

#include <QFile>
#include <QStandardPaths>

#include <algorithm>

namespace ringlift::app {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMostBytes = 65'536;

bool isGiven(const QStringList &arguments, const QString &name)
{
    const QString option = "--"_L1 + name;
    return std::any_of(arguments.begin(), arguments.end(), [&option](const QString &argument) {
        return argument == option || argument.startsWith(option + u'=');
    });
}

Result<QString> argumentOf(const QString &line)
{
    const qsizetype equals = line.indexOf(u'=');
    const QString name = line.left(equals).trimmed();
    if (name.isEmpty() || name.startsWith(u'-') || name.contains(u' '))
        return failure("a line is \"name = value\".");
    for (const auto &other : {u"headless"_s, u"data"_s, u"help"_s}) {
        if (name == other)
            return failure("\"" + other.toStdString() + "\" is for the command line only.");
    }
    return equals < 0 ? "--"_L1 + name : "--"_L1 + name + u'=' + line.mid(equals + 1).trimmed();
}

} // namespace

QString optionsFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + "/options"_L1;
}

Result<QStringList> withOptionsOfFile(const QStringList &arguments, const QString &path)
{
    QFile file(path);
    // A ring must come back whatever the file says.
    const QStringList standAlone{u"headless"_s, u"data"_s, u"restore-ring"_s, u"keep-ring"_s};
    const auto given = [&arguments](const QString &name) { return isGiven(arguments, name); };
    if (std::ranges::any_of(standAlone, given) || !file.exists())
        return arguments;
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMostBytes)
        return failure("The file of options cannot be read.");
    QStringList all = arguments;
    int number = 0;
    for (const QByteArray &raw : file.readAll().split('\n')) {
        ++number;
        const QString line = QString::fromUtf8(raw).trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const auto argument = argumentOf(line);
        if (!argument)
            return failure("Line " + std::to_string(number) + " of the file of options: " + argument.error().message);
        if (!isGiven(arguments, argument->mid(2).section(u'=', 0, 0)))
            all.insert(1, *argument);
    }
    return all;
}

} // namespace ringlift::app
