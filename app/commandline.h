#pragma once

#include "app/guioptions.h"
#include "core/base/networkinfo.h"
#include "core/base/result.h"
#include "platform/fake/fakeline.h"
#include "platform/qt/qtaudiodevice.h"

#include <QStringList>
#include <QUrl>

#include <optional>

class QCommandLineParser;

namespace ringlift::app {

enum class AudioKind { Devices, Files, None };

/// A phone on the virtual phone network.
struct PlmnLine {
    QString address;
    std::vector<fake::FakeSubscriber> sims;
    fake::FakeLineTraits traits;
};

/// A phone whose modems a telephony service of this system has: the first of these that has any.
struct ModemServices {
    bool modemManager = true;
    bool ofono = true;
};

/// What --line asks for: one of these, or a line dialled by hand.
struct LineChoice {
    std::optional<PlmnLine> plmn;
    std::optional<ModemServices> modem;

    /// "plmn", "modem" or "manual".
    QString kind() const;
};

/// Instead of a phone: to keep the ordinary dialer's ring for one, or to restore it after one.
enum class RingTask { None, Keep, Restore };

/// What the command line asks for (app/HEADLESS.md).
struct AppOptions {
    bool headless = false;
    /// It answers by itself, sends back what it hears, and forgets who called.
    bool echo = false;
    /// The headless interface beside the window.
    bool control = false;
    bool help = false;
    RingTask ringTask = RingTask::None;
    /// This is the phone of the session: no second one is started beside it.
    bool ofSession = false;
    /// The tel: or callto: link to open; empty: none.
    QString link;
    LineChoice line;
    QUrl server;
    QString caFile;
    QString dataFolder;
    AudioKind audio = AudioKind::Devices;
    QString microphoneFile;
    QString loudspeakerFile;
    bool microphoneWaits = false;
    qt::QtAudioChoice devices;
    QString insecureKeyFile;
    bool loopbackAddresses = false;
    /// What the Internet connection is said to be; nothing: as the system says.
    std::optional<NetworkInfo> network;
    /// Of the window, where there is one.
    GuiOptions window;
};

/// The error is a sentence for the person at the terminal.
Result<AppOptions> parseCommandLine(const QStringList &arguments);
QString commandLineHelp();

/// Whether these arguments of main() ask for something that needs no display.
bool needsNoDisplay(int argc, char **argv);

/// What the options about the window ask for. The error as in parseCommandLine().
Result<GuiOptions> parseWindow(const QCommandLineParser &parser);

/// The value of --network; nothing for "system".
Result<std::optional<NetworkInfo>> parseNetwork(const QString &text);

/// The value of --line.
Result<LineChoice> parseLine(const QString &text);

} // namespace ringlift::app
