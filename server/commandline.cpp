#include "server/commandline.h"

#include "server/configfile.h"
#include "server/configkeys.h"

#include <QCommandLineParser>
#include <QDir>

namespace ringlift::server {

using namespace Qt::StringLiterals;

namespace {

/// Options that stand for a key.
struct Shortcut {
    const char *option;
    const char *key;
    const char *value;
    const char *description;
    bool isPath;
};
constexpr Shortcut kShortcuts[]{
    {"listen", "listen", "ADDRESS:PORT", "Address to listen on; may be given several times.", false},
    {"data", "data", "FOLDER", "Folder of the database and the certificates.", true},
    {"secrets", "secrets", "FILE", "File of the long-term secrets.", true},
    {"otp", "otp", "spool|console", "How one-time codes go out.", false},
    {"spool", "spool", "FOLDER", "Folder of the spooled codes.", true},
};

/// Options that change the secrets of a server that does not run.
struct SecretsOption {
    const char *name;
    Task task;
    const char *description;
};
constexpr SecretsOption kSecretsOptions[]{
    {"rotate-tag-key", Task::RotateTagKey,
     "Begin a new tag key in the secrets file, and leave; the server must be stopped."},
    {"prepare-identity-key", Task::PrepareIdentityKey,
     "Announce a next identity key to the phones from the next start on, and leave; the server must be stopped."},
    {"switch-identity-key", Task::SwitchIdentityKey,
     "Make the announced identity key the current one, and leave; the server must be stopped."},
};

void declare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(u"The server of Ringlift. With no option it serves this machine at once."_s);
    parser.addOptions({{{u"h"_s, u"help"_s}, u"Print this."_s},
                       {u"version"_s, u"Print the version."_s},
                       {u"config"_s, u"Config file; --print-config shows its form."_s, u"FILE"_s},
                       {u"set"_s, u"Set any key of the config file; may be given several times."_s, u"KEY=VALUE"_s},
                       {u"print-config"_s, u"Print every key with its value and what it means, and leave."_s},
                       {u"check"_s, u"Open everything as if to serve, say what is wrong, and leave."_s}});
    for (const SecretsOption &option : kSecretsOptions)
        parser.addOption({QString::fromLatin1(option.name), QString::fromLatin1(option.description)});
    for (const Shortcut &shortcut : kShortcuts)
        parser.addOption({QString::fromLatin1(shortcut.option), QString::fromLatin1(shortcut.description),
                          QString::fromLatin1(shortcut.value)});
}

Result<void> applyFile(Options &options, const QCommandLineParser &parser, const Environment &environment)
{
    const std::string named = parser.value(u"config"_s).toStdString();
    const std::string path = named.empty() ? defaultConfigFile(environment) : named;
    return path.empty() ? Result<void>() : readConfigFile(options, path);
}

Result<void> applyShortcuts(Options &options, const QCommandLineParser &parser)
{
    for (const Shortcut &shortcut : kShortcuts) {
        QStringList values = parser.values(QString::fromLatin1(shortcut.option));
        if (values.isEmpty())
            continue;
        if (shortcut.isPath)
            values = {QDir::cleanPath(QDir::current().absoluteFilePath(values.last()))};
        if (const auto done = setOption(options, shortcut.key, values.join(u',').toStdString()); !done)
            return failure("--" + std::string(shortcut.option) + ": " + done.error().message);
    }
    return {};
}

Result<void> applySettings(Options &options, const QCommandLineParser &parser)
{
    const QStringList settings = parser.values(u"set"_s);
    for (const QString &setting : settings) {
        const qsizetype equals = setting.indexOf(u'=');
        if (equals < 0)
            return failure("--set takes KEY=VALUE");
        const std::string key = setting.left(equals).trimmed().toStdString();
        if (const auto done = setOption(options, key, setting.mid(equals + 1).toStdString()); !done)
            return failure("--set: " + done.error().message);
    }
    return {};
}

Task taskOf(const QCommandLineParser &parser)
{
    if (parser.isSet(u"help"_s))
        return Task::Help;
    if (parser.isSet(u"version"_s))
        return Task::Version;
    if (parser.isSet(u"print-config"_s))
        return Task::PrintConfig;
    for (const SecretsOption &option : kSecretsOptions) {
        if (parser.isSet(QString::fromLatin1(option.name)))
            return option.task;
    }
    return parser.isSet(u"check"_s) ? Task::Check : Task::Serve;
}

/// Two tasks at once: one would silently not be done.
bool asksForTooMuch(const QCommandLineParser &parser)
{
    int tasks = parser.isSet(u"check"_s) ? 1 : 0;
    for (const SecretsOption &option : kSecretsOptions)
        tasks += parser.isSet(QString::fromLatin1(option.name)) ? 1 : 0;
    return tasks > 1;
}

} // namespace

Result<CommandLine> readCommandLine(const QStringList &arguments, const Environment &environment)
{
    QCommandLineParser parser;
    declare(parser);
    if (!parser.parse(arguments))
        return failure(parser.errorText().toStdString() + " See --help.");
    if (!parser.positionalArguments().isEmpty())
        return failure("takes options only; see --help");
    if (asksForTooMuch(parser))
        return failure("does one task at a time; see --help");
    CommandLine line;
    line.task = taskOf(parser);
    line.help = parser.helpText().toStdString();
    if (line.task == Task::Help || line.task == Task::Version)
        return line;
    if (const auto done = applyFile(line.options, parser, environment); !done)
        return Unexpected(done.error());
    if (const auto done = applyShortcuts(line.options, parser); !done)
        return Unexpected(done.error());
    if (const auto done = applySettings(line.options, parser); !done)
        return Unexpected(done.error());
    if (const auto fine = checkOptions(line.options); !fine)
        return Unexpected(fine.error());
    return line;
}

} // namespace ringlift::server
