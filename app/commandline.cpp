#include "app/commandline.h"

#include "app/telurl.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QHostAddress>
#include <QStandardPaths>

#include <algorithm>
#include <string_view>

namespace ringlift::app {

using namespace Qt::StringLiterals;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"Ringlift: a call dialled on the phone network moves to an encrypted Internet call."_s);
    parser.addHelpOption();
    parser.addPositionalArgument(u"link"_s, u"A tel: or callto: link; its number is put on the dial pad."_s,
                                 u"[LINK]"_s);
    parser.addOptions(
        {{u"headless"_s, u"No window: JSON lines on standard input and output (app/HEADLESS.md)."_s},
         {u"line"_s,
          u"\"manual\"; \"modem\", for the modem of ModemManager or oFono; or a phone on the virtual phone network: "
          u"plmn:ADDRESS,msisdn=+…[,imsi=…][,region=CN]"_s,
          u"LINE"_s, u"manual"_s},
         {u"server"_s, u"The Ringlift server."_s, u"wss://HOST"_s, u"wss://localhost:7443/"_s},
         {u"ca"_s, u"PEM certificates to trust instead of the system's."_s, u"FILE"_s},
         {u"data"_s, u"Where this phone keeps its records."_s, u"DIR"_s},
         {u"audio"_s, u"qt (sound devices), file or none."_s, u"KIND"_s},
         {u"mic"_s, u"With --audio file: what is spoken, 48 kHz mono 16 bit."_s, u"FILE.wav"_s},
         {u"speaker"_s, u"With --audio file: what is heard is recorded here."_s, u"FILE.wav"_s},
         {u"mic-waits"_s, u"With --audio file: the microphone file starts with the command \"play\"."_s},
         {u"audio-in"_s, u"With --audio qt: description or id of the microphone."_s, u"NAME"_s},
         {u"audio-out"_s, u"With --audio qt: description or id of the loudspeaker."_s, u"NAME"_s},
         {u"insecure-key-file"_s, u"Keep the device's secret in a plain file instead of the keyring."_s, u"PATH"_s},
         {u"addresses"_s, u"Addresses offered for Internet calls: usual, or loopback for tests."_s, u"WHICH"_s,
          u"usual"_s},
         {u"network"_s,
          u"What the Internet connection is taken for: system, or a kind such as cellular,metered,roaming."_s,
          u"WHICH"_s, u"system"_s},
         {u"restore-ring"_s, u"No phone: the ordinary dialer's ring sounds again, after a phone that was killed."_s},
         {u"background"_s, u"Show no window until it is wanted, and stay when it is closed."_s},
         {u"control"_s, u"The interface of --headless beside the window."_s},
         {u"title"_s, u"Title of the window."_s, u"TEXT"_s},
         {u"size"_s, u"Size of the window, such as 360x640."_s, u"WxH"_s},
         {u"theme"_s, u"light or dark, for this run."_s, u"THEME"_s},
         {u"language"_s, u"Language of the window for this run, such as de."_s, u"CODE"_s},
         {u"screenshots"_s, u"Keep a picture of every scene in this folder."_s, u"DIR"_s}});
    QCommandLineOption keep(u"keep-ring"_s, u"What a phone starts beside itself."_s);
    keep.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(keep);
}

Result<QUrl> parseServer(const QString &text, bool loopback)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool plain = url.scheme() == "ws"_L1;
    if (!url.isValid() || url.host().isEmpty() || !(plain || url.scheme() == "wss"_L1))
        return failure("--server has to be a wss:// address.");
    if (!url.userInfo().isEmpty() || url.hasFragment())
        return failure("--server takes no user name and no fragment.");
    const bool toLoopback = url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
    if (plain && !(loopback && toLoopback))
        return failure("--server: ws:// is for a loopback address together with --addresses loopback only.");
    return url;
}

Result<AudioKind> parseAudio(const QCommandLineParser &parser)
{
    const bool files = parser.isSet(u"mic"_s) || parser.isSet(u"speaker"_s) || parser.isSet(u"mic-waits"_s);
    const bool devices = parser.isSet(u"audio-in"_s) || parser.isSet(u"audio-out"_s);
    const QString kind = parser.isSet(u"audio"_s) ? parser.value(u"audio"_s) : files ? u"file"_s : u"qt"_s;
    if (kind != "qt"_L1 && kind != "file"_L1 && kind != "none"_L1)
        return failure("--audio has to be qt, file or none.");
    if (files && kind != "file"_L1)
        return failure("--mic, --speaker and --mic-waits need --audio file.");
    if (devices && kind != "qt"_L1)
        return failure("--audio-in and --audio-out need --audio qt.");
    return kind == "qt"_L1 ? AudioKind::Devices : kind == "file"_L1 ? AudioKind::Files : AudioKind::None;
}

Result<bool> parseAddresses(const QString &text)
{
    if (text != "usual"_L1 && text != "loopback"_L1)
        return failure("--addresses has to be usual or loopback.");
    return text == "loopback"_L1;
}

/// The number of the link; empty where there is none.
Result<QString> parseLink(const QCommandLineParser &parser)
{
    const QStringList links = parser.positionalArguments();
    if (links.isEmpty())
        return QString();
    if (parser.isSet(u"headless"_s))
        return failure("A link is for the dial pad of the window, which --headless does without.");
    return numberOfLink(links.front());
}

/// An option given twice is a mistake, and an empty value too.
Result<void> checkValues(const QCommandLineParser &parser)
{
    for (const QString &name : parser.optionNames()) {
        const QStringList values = parser.values(name);
        if (parser.optionNames().count(name) > 1)
            return failure("--" + name.toStdString() + " is given twice.");
        if (!values.isEmpty() && values.first().isEmpty())
            return failure("--" + name.toStdString() + " needs a value.");
    }
    if (parser.positionalArguments().size() > 1)
        return failure("There are more arguments without an option than one link; see --help.");
    return {};
}

} // namespace

bool needsNoDisplay(int argc, char **argv)
{
    return std::any_of(argv, argv + argc, [](const char *argument) {
        const std::string_view text = argument;
        return text == "--headless" || text == "--help" || text == "-h" || text == "--help-all" ||
               text == "--restore-ring" || text == "--keep-ring";
    });
}

QString commandLineHelp()
{
    QCommandLineParser parser;
    describe(parser);
    return parser.helpText();
}

Result<AppOptions> parseCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(arguments))
        return failure(parser.errorText().toStdString());
    if (const auto checked = checkValues(parser); !checked)
        return Unexpected(checked.error());
    const auto loopback = parseAddresses(parser.value(u"addresses"_s));
    if (!loopback)
        return Unexpected(loopback.error());
    const auto network = parseNetwork(parser.value(u"network"_s));
    if (!network)
        return Unexpected(network.error());
    const auto line = parseLine(parser.value(u"line"_s));
    if (!line)
        return Unexpected(line.error());
    const auto server = parseServer(parser.value(u"server"_s), *loopback);
    if (!server)
        return Unexpected(server.error());
    const auto window = parseWindow(parser);
    if (!window)
        return Unexpected(window.error());
    const auto audio = parseAudio(parser);
    if (!audio)
        return Unexpected(audio.error());
    if (parser.isSet(u"ca"_s) && !QFileInfo(parser.value(u"ca"_s)).isReadable())
        return failure("--ca: this file cannot be read.");

    const auto opened = parseLink(parser);
    if (!opened)
        return Unexpected(opened.error());

    AppOptions options;
    options.headless = parser.isSet(u"headless"_s);
    options.control = parser.isSet(u"control"_s);
    options.help = parser.isSet(u"help"_s);
    options.ringTask = parser.isSet(u"keep-ring"_s)      ? RingTask::Keep
                       : parser.isSet(u"restore-ring"_s) ? RingTask::Restore
                                                         : RingTask::None;
    options.line = *line;
    options.server = *server;
    options.caFile = parser.value(u"ca"_s);
    options.dataFolder = parser.isSet(u"data"_s) ? parser.value(u"data"_s)
                                                 : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    options.audio = *audio;
    options.microphoneFile = parser.value(u"mic"_s);
    options.loudspeakerFile = parser.value(u"speaker"_s);
    options.microphoneWaits = parser.isSet(u"mic-waits"_s);
    options.devices = {parser.value(u"audio-out"_s), parser.value(u"audio-in"_s)};
    options.insecureKeyFile = parser.value(u"insecure-key-file"_s);
    options.loopbackAddresses = *loopback;
    options.network = *network;
    options.window = *window;
    options.window.number = *opened;
    options.link = parser.positionalArguments().value(0);
    options.ofSession = !options.headless && !parser.isSet(u"data"_s);
    options.window.preferencesFile = options.dataFolder + "/preferences.ini"_L1;
    return options;
}

} // namespace ringlift::app
