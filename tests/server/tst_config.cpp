#include "server/commandline.h"
#include "server/configfile.h"
#include "server/configkeys.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

std::string errorOf(const Result<void> &result)
{
    return result ? std::string() : result.error().message;
}

Environment fixed(std::map<std::string, std::string> values)
{
    return [values = std::move(values)](const char *name) {
        const auto found = values.find(name);
        return found == values.end() ? std::string() : found->second;
    };
}

} // namespace

class TestConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItPrints();
    void describesEveryKeyOnceOnOneLine();
    void isWhatTheReadmeShows();
    void readsCommentsAndBlanks();
    void namesTheLineAndTheKey_data();
    void namesTheLineAndTheKey();
    void readsTheLimitsOfMessages();
    void changesNothingWhenALineIsWrong();
    void namesTheFileThatCannotBeRead();
    void letsArgumentsWinOverTheFile();
    void readsTheFileOfSystemd();
    void takesRelativePathsOfTheCommandLine();
    void knowsTheTasksOfTheOperator();
    void refusesWrongArguments_data();
    void refusesWrongArguments();
    void keepsEverythingBelowTheDataFolderOfTheUser();
    void usesWhatSystemdOffers();
    void keepsSecretsAndCodesOutOfTheDataFolder_data();
    void keepsSecretsAndCodesOutOfTheDataFolder();
};

void TestConfig::readsWhatItPrints()
{
    Options changed;
    changed.limits.offerRate = {7, 9s};
    changed.limits.countries = {49, 86};
    changed.gate.dead = 31s;
    changed.listen = {{"::", 1}};
    Options read;
    QCOMPARE(errorOf(readConfig(read, printConfig(changed))), "");
    QCOMPARE(printConfig(read), printConfig(changed));
    QCOMPARE(read.limits.offerRate, changed.limits.offerRate);
    QCOMPARE(read.limits.countries, changed.limits.countries);
    QCOMPARE(read.gate, changed.gate);
    QCOMPARE(read.listen, changed.listen);
}

void TestConfig::describesEveryKeyOnceOnOneLine()
{
    std::set<std::string_view> names;
    for (const ConfigSection &section : configSections()) {
        for (const ConfigKey &key : section.keys) {
            QVERIFY2(names.insert(key.name).second, std::string(key.name).c_str());
            QVERIFY2(!key.description.empty() && key.description.find('\n') == std::string_view::npos,
                     std::string(key.name).c_str());
        }
    }
    QVERIFY(names.size() > 60);
}

void TestConfig::isWhatTheReadmeShows()
{
    QFile readme(QStringLiteral(SERVER_README));
    QVERIFY(readme.open(QIODevice::ReadOnly));
    QVERIFY(readme.readAll().toStdString().find("```\n" + printConfig({}) + "```\n") != std::string::npos);
}

void TestConfig::readsCommentsAndBlanks()
{
    Options options;
    QCOMPARE(errorOf(readConfig(options, "# a comment\n\n  offers =  12  \r\nmanual_mode=no")), "");
    QCOMPARE(options.limits.offers, 12U);
    QVERIFY(!options.limits.manualMode);
}

void TestConfig::namesTheLineAndTheKey_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("error");
    QTest::newRow("an unknown key") << std::string("\nofers = 12") << std::string("line 2: unknown key \"ofers\"");
    QTest::newRow("a bad value") << std::string("offers = many") << std::string("line 1: offers is not a whole number");
    QTest::newRow("no equals sign") << std::string("a comment\n")
                                    << std::string("line 1: is not of the form key = value");
    QTest::newRow("out of range") << std::string("# x\n# y\noffers = 0")
                                  << std::string("line 3: offers must be between 1 and 1000000");
    QTest::newRow("too deep") << std::string("json_depth = 33")
                              << std::string("line 1: json_depth must be between 2 and 32");
    QTest::newRow("too many keys") << std::string("json_keys = 1025")
                                   << std::string("line 1: json_keys must be between 8 and 1024");
    QTest::newRow("too long strings") << std::string("json_string = 17KiB")
                                      << std::string("line 1: json_string must be between 1KiB and 16KiB");
    QTest::newRow("a key twice") << std::string("offers = 1\noffers = 2")
                                 << std::string("line 2: \"offers\" is set twice");
}

void TestConfig::namesTheLineAndTheKey()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, error);
    Options options;
    QCOMPARE(errorOf(readConfig(options, text)), error);
}

void TestConfig::readsTheLimitsOfMessages()
{
    Options options;
    QCOMPARE(options.limits.json, protocol::JsonLimits{});
    const std::string text = "json_depth = 5\njson_keys = 20\njson_string = 2KiB";
    QCOMPARE(errorOf(readConfig(options, text)), "");
    QCOMPARE(options.limits.json, (protocol::JsonLimits{.depth = 5, .keys = 20, .string = 2048}));
}

void TestConfig::changesNothingWhenALineIsWrong()
{
    Options options;
    const std::string before = printConfig(options);
    QVERIFY(!readConfig(options, "offers = 12\narrivals = x"));
    QCOMPARE(printConfig(options), before);
}

void TestConfig::namesTheFileThatCannotBeRead()
{
    Options options;
    const std::string error = errorOf(readConfigFile(options, "/nowhere/ringliftd.conf"));
    QVERIFY2(error.find("/nowhere/ringliftd.conf") != std::string::npos, error.c_str());
}

void TestConfig::letsArgumentsWinOverTheFile()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"x.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("offers = 5\narrivals = 6\nlisten = 127.0.0.1:1\n");
    file.close();
    const auto line = readCommandLine({u"ringliftd"_s, u"--config"_s, file.fileName(), u"--set"_s, u"offers=7"_s,
                                       u"--listen"_s, u"127.0.0.1:2"_s, u"--listen"_s, u"[::1]:2"_s},
                                      fixed({}));
    QVERIFY(line);
    QCOMPARE(line->options.limits.offers, 7U);
    QCOMPARE(line->options.limits.arrivals, 6U);
    QCOMPARE(line->options.listen, (std::vector<Endpoint>{{"127.0.0.1", 2}, {"::1", 2}}));
    QCOMPARE(line->task, Task::Serve);
}

void TestConfig::readsTheFileOfSystemd()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"ringliftd.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("offers = 5\n");
    file.close();
    const auto line =
        readCommandLine({u"ringliftd"_s}, fixed({{"CONFIGURATION_DIRECTORY", folder.path().toStdString()}}));
    QVERIFY(line);
    QCOMPARE(line->options.limits.offers, 5U);
}

void TestConfig::takesRelativePathsOfTheCommandLine()
{
    const auto line = readCommandLine({u"ringliftd"_s, u"--data"_s, u"here/data"_s}, fixed({}));
    QVERIFY(line);
    QCOMPARE(line->options.data, (QDir::currentPath() + "/here/data"_L1).toStdString());
}

void TestConfig::knowsTheTasksOfTheOperator()
{
    QCOMPARE(readCommandLine({u"ringliftd"_s, u"--check"_s}, fixed({}))->task, Task::Check);
    QCOMPARE(readCommandLine({u"ringliftd"_s, u"--rotate-tag-key"_s}, fixed({}))->task, Task::RotateTagKey);
    QCOMPARE(readCommandLine({u"ringliftd"_s, u"--prepare-identity-key"_s}, fixed({}))->task, Task::PrepareIdentityKey);
    QCOMPARE(readCommandLine({u"ringliftd"_s, u"--switch-identity-key"_s}, fixed({}))->task, Task::SwitchIdentityKey);
    const auto help = readCommandLine({u"ringliftd"_s, u"--help"_s}, fixed({}));
    for (const char *const option : {"--rotate-tag-key", "--prepare-identity-key", "--switch-identity-key"})
        QVERIFY(help->help.find(option) != std::string::npos);
}

void TestConfig::refusesWrongArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("an unknown option") << QStringList{u"--lisen"_s} << QByteArray("lisen");
    QTest::newRow("a stray word") << QStringList{u"now"_s} << QByteArray("takes options only");
    QTest::newRow("no value") << QStringList{u"--config"_s} << QByteArray("config");
    QTest::newRow("no key") << QStringList{u"--set"_s, u"offers"_s} << QByteArray("KEY=VALUE");
    QTest::newRow("two tasks") << QStringList{u"--check"_s, u"--rotate-tag-key"_s} << QByteArray("one task at a time");
    QTest::newRow("an unknown key") << QStringList{u"--set"_s, u"ofers=1"_s}
                                    << QByteArray("--set: unknown key \"ofers\"");
    QTest::newRow("half a certificate") << QStringList{u"--set"_s, u"certificate=/x"_s} << QByteArray("set together");
    QTest::newRow("renewed at once") << QStringList{u"--set"_s, u"certificate_lifetime=1d"_s}
                                     << QByteArray("certificate_renewal must be shorter");
    QTest::newRow("dead before the ping")
        << QStringList{u"--set"_s, u"ping_interval=45s"_s} << QByteArray("dead_after must be longer");
    QTest::newRow("plain text for everybody") << QStringList{u"--set"_s, u"plain=yes"_s, u"--listen"_s, u"[::]:1"_s}
                                              << QByteArray("plain serves loopback addresses only");
    QTest::newRow("a bad address") << QStringList{u"--listen"_s, u"here"_s} << QByteArray("--listen: listen must be");
}

void TestConfig::refusesWrongArguments()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, reason);
    const auto line = readCommandLine(QStringList{u"ringliftd"_s} + arguments, fixed({}));
    QVERIFY(!line);
    QVERIFY2(line.error().message.find(reason.toStdString()) != std::string::npos, line.error().message.c_str());
}

void TestConfig::keepsEverythingBelowTheDataFolderOfTheUser()
{
    const auto paths = Paths::resolve({}, fixed({{"HOME", "/home/x"}}));
    QVERIFY(paths);
    QCOMPARE(paths->data, "/home/x/.local/share/ringliftd");
    QCOMPARE(paths->secrets, "/home/x/.local/share/ringliftd-secrets/secrets");
    QCOMPARE(paths->spool, "/home/x/.local/share/ringliftd-spool");
    QCOMPARE(Paths::resolve({}, fixed({{"HOME", "/home/x"}, {"XDG_DATA_HOME", "/share"}}))->data, "/share/ringliftd");
    QVERIFY(!Paths::resolve({}, fixed({})));
}

void TestConfig::usesWhatSystemdOffers()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"ringliftd-secrets"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto paths = Paths::resolve({}, fixed({{"HOME", "/home/x"},
                                                 {"STATE_DIRECTORY", "/var/lib/ringliftd:/var/lib/other"},
                                                 {"CREDENTIALS_DIRECTORY", folder.path().toStdString()}}));
    QVERIFY(paths);
    QCOMPARE(paths->data, "/var/lib/ringliftd");
    QCOMPARE(paths->secrets, file.fileName().toStdString());
    QVERIFY(paths->secretsAreCredential);
}

void TestConfig::keepsSecretsAndCodesOutOfTheDataFolder_data()
{
    QTest::addColumn<std::string>("secrets");
    QTest::addColumn<std::string>("spool");
    QTest::addColumn<bool>("fine");
    QTest::newRow("defaults") << std::string() << std::string() << true;
    QTest::newRow("secrets inside") << std::string("/srv/data/secrets") << std::string() << false;
    QTest::newRow("secrets inside by a detour") << std::string("/srv/x/../data/a/secrets") << std::string() << false;
    QTest::newRow("a name that only begins alike") << std::string("/srv/data2/secrets") << std::string() << true;
    QTest::newRow("the spool inside") << std::string() << std::string("/srv/data/spool") << false;
    QTest::newRow("the spool around it") << std::string() << std::string("/srv") << false;
}

void TestConfig::keepsSecretsAndCodesOutOfTheDataFolder()
{
    QFETCH(const std::string, secrets);
    QFETCH(const std::string, spool);
    QFETCH(const bool, fine);
    Options options;
    options.data = "/srv/data";
    options.secrets = secrets;
    options.spool = spool;
    QCOMPARE(Paths::resolve(options, fixed({})).has_value(), fine);
}

QTEST_GUILESS_MAIN(TestConfig)
#include "tst_config.moc"
