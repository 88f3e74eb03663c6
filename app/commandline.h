#pragma once

#include "core/base/result.h"
#include "platform/fake/fakeline.h"
#include "platform/qt/qtaudiodevice.h"

#include <QStringList>
#include <QUrl>

#include <optional>

namespace ringlift::app {

enum class AudioKind { Devices, Files, None };

/// A phone on the virtual phone network.
struct PlmnLine
{
    QString address;
    std::vector<fake::FakeSubscriber> sims;
    fake::FakeLineTraits traits;
};

/// What the command line asks for (app/HEADLESS.md).
struct AppOptions
{
    bool headless = false;
    bool help = false;
    /// Nothing: a line dialled by hand.
    std::optional<PlmnLine> plmn;
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
};

/// The error is a sentence for the person at the terminal.
Result<AppOptions> parseCommandLine(const QStringList &arguments);
QString commandLineHelp();

/// The value of --line; nothing for "manual".
Result<std::optional<PlmnLine>> parseLine(const QString &text);

} // namespace ringlift::app
