#include "app/commandline.h"

#include <QTemporaryFile>
#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;
using app::AudioKind;

namespace {

Result<app::AppOptions> parse(const QStringList &arguments)
{
    return app::parseCommandLine(QStringList{u"ringlift"_s} + arguments);
}

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAManualPhoneWithDevicesByDefault()
    {
        const auto options = parse({});
        QVERIFY(options.has_value());
        QVERIFY(!options->headless);
        QVERIFY(!options->line.plmn && !options->line.modem);
        QCOMPARE(options->audio, AudioKind::Devices);
        QCOMPARE(options->server, QUrl(u"wss://localhost:7443/"_s));
        QVERIFY(!options->dataFolder.isEmpty());
        QVERIFY(!options->loopbackAddresses);
        QCOMPARE(options->ringTask, app::RingTask::None);
    }

    void keepsOrRestoresARing()
    {
        QCOMPARE(parse({u"--keep-ring"_s})->ringTask, app::RingTask::Keep);
        QCOMPARE(parse({u"--restore-ring"_s})->ringTask, app::RingTask::Restore);
        QVERIFY(app::commandLineHelp().contains(u"--restore-ring"_s));
        QVERIFY(!app::commandLineHelp().contains(u"--keep-ring"_s));
    }

    void readsATelephoneOfTheVirtualNetwork()
    {
        const auto options = parse({u"--line"_s, u"plmn:/tmp/plmn.sock,notice-ms=250,can-end-calls=no,msisdn=+8613800138000,"
                                                 "imsi=460001234567890,region=CN,msisdn=+4915550123456,number-on-sim=no"_s});
        QVERIFY(options.has_value());
        const app::PlmnLine &line = options->line.plmn.value();
        QCOMPARE(line.address, u"/tmp/plmn.sock"_s);
        QVERIFY(!line.traits.canEndCalls);
        QVERIFY(!line.traits.ignoresHangUps);
        QCOMPARE(line.traits.hangUpNoticeBound, Duration(std::chrono::milliseconds(250)));
        QCOMPARE(line.sims.size(), std::size_t{2});
        QCOMPARE(line.sims[0].msisdn, std::string("+8613800138000"));
        QCOMPARE(line.sims[0].imsi, std::string("460001234567890"));
        QCOMPARE(line.sims[0].homeRegion, std::string("CN"));
        QVERIFY(line.sims[0].ownNumberOnSim);
        QCOMPARE(line.sims[1].msisdn, std::string("+4915550123456"));
        QVERIFY(!line.sims[1].ownNumberOnSim);
    }

    void readsWhichModemIsWanted()
    {
        const auto any = parse({u"--line"_s, u"modem"_s});
        QVERIFY(any.has_value() && any->line.modem);
        QVERIFY(any->line.modem->modemManager && any->line.modem->ofono);
        QCOMPARE(any->line.kind(), u"modem"_s);
        const auto one = parse({u"--line"_s, u"modem:modemmanager"_s});
        QVERIFY(one.has_value() && one->line.modem->modemManager && !one->line.modem->ofono);
        const auto other = parse({u"--line"_s, u"modem:ofono"_s});
        QVERIFY(other.has_value() && !other->line.modem->modemManager && other->line.modem->ofono);
    }

    void takesATcpAddressOfTheNetwork()
    {
        const auto options = parse({u"--line"_s, u"plmn:tcp:127.0.0.1:7000,msisdn=+8613800138000"_s});
        QVERIFY(options.has_value());
        QCOMPARE(options->line.plmn->address, u"tcp:127.0.0.1:7000"_s);
    }

    void guessesTheKindOfSoundFromTheFiles()
    {
        const auto files = parse({u"--speaker"_s, u"out.wav"_s});
        QVERIFY(files.has_value());
        QCOMPARE(files->audio, AudioKind::Files);
        const auto none = parse({u"--audio"_s, u"none"_s});
        QVERIFY(none.has_value());
        QCOMPARE(none->audio, AudioKind::None);
        const auto devices = parse({u"--audio-in"_s, u"A mic"_s, u"--audio-out"_s, u"A speaker"_s});
        QVERIFY(devices.has_value());
        QCOMPARE(devices->devices, (qt::QtAudioChoice{u"A speaker"_s, u"A mic"_s}));
    }

    void readsHowTheWindowIsToBe()
    {
        const auto options = parse({u"--title"_s, u"Anna"_s, u"--size"_s, u"800x600"_s, u"--theme"_s, u"dark"_s,
            u"--language"_s, u"de"_s, u"--control"_s, u"--data"_s, u"/tmp/a"_s});
        QVERIFY(options.has_value());
        QVERIFY(options->control);
        QCOMPARE(options->window.title, u"Anna"_s);
        QCOMPARE(options->window.size, QSize(800, 600));
        QCOMPARE(options->window.theme, app::GuiOptions::Theme::Dark);
        QCOMPARE(options->window.language, u"de"_s);
        QCOMPARE(options->window.preferencesFile, u"/tmp/a/preferences.ini"_s);
    }

    void opensALinkInThePhoneOfTheSession()
    {
        const auto options = parse({u"--background"_s, u"tel:+49-155-50123456"_s});
        QVERIFY(options.has_value());
        QVERIFY(options->ofSession && options->window.background);
        QCOMPARE(options->link, u"tel:+49-155-50123456"_s);
        QCOMPARE(options->window.number, u"+4915550123456"_s);
        const auto other = parse({u"--data"_s, u"/tmp/a"_s, u"tel:112"_s});
        QVERIFY(other.has_value() && !other->ofSession);
        QCOMPARE(other->window.number, u"112"_s);
        QVERIFY(!parse({u"--headless"_s})->ofSession);
    }

    void takesAPlainServerOnLoopbackForTestsOnly()
    {
        const auto test = parse({u"--addresses"_s, u"loopback"_s, u"--server"_s, u"ws://127.0.0.1:9000/"_s});
        QVERIFY(test.has_value());
        QVERIFY(test->loopbackAddresses);
        QVERIFY(!parse({u"--server"_s, u"ws://127.0.0.1:9000/"_s}).has_value());
        QVERIFY(!parse({u"--addresses"_s, u"loopback"_s, u"--server"_s, u"ws://example.org/"_s}).has_value());
    }

    void readsWhatTheConnectionIsTakenFor_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<std::optional<NetworkInfo>>("network");
        const auto row = [](const QString &text, std::optional<NetworkInfo> network) {
            QTest::newRow(qPrintable(text)) << text << network;
        };
        row(u"system"_s, {});
        row(u"unknown"_s, NetworkInfo{});
        row(u"wifi"_s, NetworkInfo{NetworkKind::Wifi, {}, {}});
        row(u"cellular,metered,roaming"_s, NetworkInfo{NetworkKind::Cellular, true, true});
        row(u"cellular,home,free"_s, NetworkInfo{NetworkKind::Cellular, false, false});
    }
    void readsWhatTheConnectionIsTakenFor()
    {
        QFETCH(const QString, text);
        QFETCH(const std::optional<NetworkInfo>, network);
        const auto options = parse({u"--network"_s, text});
        QVERIFY(options.has_value());
        QCOMPARE(options->network, network);
        QVERIFY(!parse({})->network);
    }

    void refusesWithASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("about");
        const auto row = [](const char *name, const QStringList &arguments, const char *about) {
            QTest::newRow(name) << arguments << QString::fromLatin1(about);
        };
        row("unknown option", {u"--fly"_s}, "fly");
        row("stray argument", {u"hello"_s}, "tel:");
        row("link without a number", {u"callto:somebody"_s}, "cannot be dialled");
        row("two links", {u"tel:1"_s, u"tel:2"_s}, "one link");
        row("link without a window", {u"--headless"_s, u"tel:+4915550123456"_s}, "--headless");
        row("background without a window", {u"--headless"_s, u"--background"_s}, "--background");
        row("missing value", {u"--line"_s}, "line");
        row("empty value", {u"--data"_s, u""_s}, "--data");
        row("twice", {u"--data"_s, u"a"_s, u"--data"_s, u"b"_s}, "twice");
        row("server of another kind", {u"--server"_s, u"https://example.org"_s}, "--server");
        row("server without host", {u"--server"_s, u"wss://"_s}, "--server");
        row("server with a user", {u"--server"_s, u"wss://me:you@example.org"_s}, "--server");
        row("no such certificate", {u"--ca"_s, u"/nowhere/ca.pem"_s}, "--ca");
        row("sound of another kind", {u"--audio"_s, u"loud"_s}, "--audio");
        row("file and device", {u"--audio"_s, u"qt"_s, u"--mic"_s, u"a.wav"_s}, "--mic");
        row("device and file", {u"--mic"_s, u"a.wav"_s, u"--audio-in"_s, u"x"_s}, "--audio-in");
        row("addresses of another kind", {u"--addresses"_s, u"all"_s}, "--addresses");
        row("network of another kind", {u"--network"_s, u"pigeon"_s}, "--network");
        row("network with another trait", {u"--network"_s, u"wifi,fast"_s}, "--network");
        row("line of another kind", {u"--line"_s, u"wire"_s}, "--line");
        row("a modem of nobody", {u"--line"_s, u"modem:"_s}, "modem:ofono");
        row("a modem of another service", {u"--line"_s, u"modem:rild"_s}, "modem:ofono");
        row("line without address", {u"--line"_s, u"plmn:,msisdn=+8613800138000"_s}, "address");
        row("line without number", {u"--line"_s, u"plmn:/a"_s}, "msisdn");
        row("bad number", {u"--line"_s, u"plmn:/a,msisdn=13800138000"_s}, "msisdn");
        row("one number twice", {u"--line"_s, u"plmn:/a,msisdn=+8613800138000,msisdn=+8613800138000"_s}, "one msisdn");
        row("bad imsi", {u"--line"_s, u"plmn:/a,msisdn=+8613800138000,imsi=46000"_s}, "imsi");
        row("bad region", {u"--line"_s, u"plmn:/a,msisdn=+8613800138000,region=china"_s}, "region");
        row("SIM key before the SIM", {u"--line"_s, u"plmn:/a,region=CN,msisdn=+8613800138000"_s}, "region");
        row("line key after the SIM", {u"--line"_s, u"plmn:/a,msisdn=+8613800138000,notice-ms=1"_s}, "notice-ms");
        row("notice too long", {u"--line"_s, u"plmn:/a,notice-ms=60001,msisdn=+8613800138000"_s}, "notice-ms");
        row("no yes and no no", {u"--line"_s, u"plmn:/a,can-end-calls=maybe,msisdn=+8613800138000"_s}, "can-end-calls");
        row("no pair", {u"--line"_s, u"plmn:/a,msisdn"_s}, "key=value");
        row("window without a window", {u"--headless"_s, u"--title"_s, u"x"_s}, "--title");
        row("bad size", {u"--size"_s, u"360"_s}, "--size");
        row("tiny size", {u"--size"_s, u"1x640"_s}, "--size");
        row("bad theme", {u"--theme"_s, u"blue"_s}, "--theme");
        row("no such folder", {u"--screenshots"_s, u"/nowhere/at/all"_s}, "--screenshots");
        row("five SIMs",
            {u"--line"_s, u"plmn:/a,msisdn=+8613800138000,msisdn=+8613800138001,msisdn=+8613800138002,msisdn=+8613800138003,"
                          "msisdn=+8613800138004"_s},
            "4 SIMs");
    }
    void refusesWithASentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, about);
        const auto options = parse(arguments);
        QVERIFY(!options.has_value());
        const QString error = QString::fromStdString(options.error().message);
        QVERIFY2(error.contains(about), qPrintable(error));
        QVERIFY(error.endsWith(u'.'));
    }

    void describesEveryOption()
    {
        const QString help = app::commandLineHelp();
        for (const char *option : {"--headless", "--line", "--server", "--ca", "--data", "--audio", "--mic", "--speaker",
                 "--mic-waits", "--audio-in", "--audio-out", "--insecure-key-file", "--addresses"})
            QVERIFY2(help.contains(QLatin1StringView(option)), option);
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
