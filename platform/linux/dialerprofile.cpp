#include "platform/linux/dialerprofile.h"

#include "core/base/log.h"

#include <QDir>
#include <QProcess>
#include <QSaveFile>
#include <QStandardPaths>

#include <optional>

namespace ringlift::modem {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 3000;
const QString kSilent = u"silent"_s;
const QString kUsual = u"full"_s;

/// What gsettings says; nothing where it fails.
std::optional<QString> askSettings(const QString &verb, const QStringList &values = {})
{
    QProcess settings;
    settings.setStandardErrorFile(QProcess::nullDevice());
    settings.start(u"gsettings"_s, QStringList{verb,
                                               u"org.sigxcpu.feedbackd.application:"
                                               "/org/sigxcpu/feedbackd/application/org-gnome-calls/"_s,
                                               u"profile"_s} +
                                       values);
    if (!settings.waitForFinished(kPatience) || settings.exitStatus() != QProcess::NormalExit ||
        settings.exitCode() != 0)
        return std::nullopt;
    return QString::fromUtf8(settings.readAllStandardOutput()).trimmed().remove(u'\'');
}

bool isSound(const QString &profile)
{
    return profile == kUsual || profile == "quiet"_L1;
}

} // namespace

DialerProfile::DialerProfile(QString folder) : m_folder(std::move(folder)), m_file(m_folder + "/held-dialer-profile"_L1)
{
}

QString DialerProfile::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/ringlift"_L1;
}

QString DialerProfile::fault() const
{
    if (QStandardPaths::findExecutable(u"gsettings"_s).isEmpty())
        return u"gsettings is not installed"_s;
    if (!askSettings(u"get"_s))
        return u"feedbackd has no settings here"_s;
    return {};
}

DialerProfile::Silence DialerProfile::silence()
{
    const auto chosen = askSettings(u"get"_s);
    if (chosen == kSilent && !isHeld())
        return Silence::Chosen;
    if (!chosen)
        return Silence::Refused;
    if (!isHeld()) {
        QSaveFile file(m_file);
        if (!QDir().mkpath(m_folder) || !file.open(QFile::WriteOnly) || file.write(chosen->toUtf8()) < 0 ||
            !file.commit())
            return Silence::Refused;
    }
    // Settings without a place to be kept in accept everything, and keep nothing.
    if (askSettings(u"set"_s, {kSilent}) && askSettings(u"get"_s) == kSilent)
        return Silence::Made;
    restore();
    return Silence::Refused;
}

bool DialerProfile::isHeld() const
{
    return QFile::exists(m_file);
}

bool DialerProfile::restore()
{
    QFile file(m_file);
    if (!file.exists())
        return true;
    const QString kept = file.open(QFile::ReadOnly) ? QString::fromUtf8(file.read(64)) : QString();
    const auto now = askSettings(u"get"_s);
    // Another value was chosen meanwhile, by the user.
    const bool isOurs = now == kSilent;
    if (!now || (isOurs && !askSettings(u"set"_s, {isSound(kept) ? kept : kUsual}))) {
        qCWarning(lcLine) << "the dialer's ring could not be restored; ringlift --restore-ring does it";
        return false;
    }
    return file.remove();
}

} // namespace ringlift::modem
