#include "app/settingscontroller.h"

#include "app/languages.h"

#include <QCoreApplication>
#include <QSettings>
#include <QVariantMap>

namespace ringlift::app {

namespace {

constexpr auto kAppearanceKey = "looks/appearance";
constexpr auto kLanguageKey = "looks/language";

class SettingsText
{
    Q_DECLARE_TR_FUNCTIONS(SettingsText)
};

QVariantMap languageChoice(const QString &code, const QString &name)
{
    return {{QStringLiteral("value"), code}, {QStringLiteral("name"), name}};
}

} // namespace

SettingsController::SettingsController(QString preferencesFile, QObject *parent)
    : QObject(parent), m_preferencesFile(std::move(preferencesFile))
{
    if (m_preferencesFile.isEmpty())
        return;
    const QSettings file(m_preferencesFile, QSettings::IniFormat);
    const int appearance = file.value(QLatin1StringView(kAppearanceKey), int(FollowSystem)).toInt();
    if (appearance >= FollowSystem && appearance <= Dark)
        m_appearance = Appearance(appearance);
    const QString language = file.value(QLatin1StringView(kLanguageKey)).toString();
    if (isLanguage(language))
        m_language = language;
}

void SettingsController::setAppearance(Appearance appearance)
{
    if (m_appearance == appearance)
        return;
    keep(QLatin1StringView(kAppearanceKey), int(appearance));
    overrideAppearance(appearance);
}

void SettingsController::overrideAppearance(Appearance appearance)
{
    m_appearance = appearance;
    Q_EMIT appearanceChanged();
}

void SettingsController::setLanguage(const QString &language)
{
    if (m_language == language || (!language.isEmpty() && !isLanguage(language)))
        return;
    m_language = language;
    keep(QLatin1StringView(kLanguageKey), language);
    Q_EMIT languageChosen(language);
    Q_EMIT languageChanged();
}

QVariantList SettingsController::languages() const
{
    QVariantList choices{languageChoice(QString(), SettingsText::tr("System", "the language of the system"))};
    for (const Language &language : allLanguages())
        choices.append(languageChoice(language.code, language.name));
    return choices;
}

QString SettingsController::addressPolicy() const
{
    return SettingsText::tr("Your server has no relay, so calls run straight between the phones. The other phone sees your "
                            "Internet address as soon as a call is matched, even before anyone answers.");
}

void SettingsController::onSettingsChanged(const call::CallSettings &settings)
{
    m_calls = settings;
    Q_EMIT callSettingsChanged();
}

void SettingsController::onServerStatusChanged(bool online)
{
    if (m_serverOnline == online)
        return;
    m_serverOnline = online;
    Q_EMIT serverOnlineChanged();
}

void SettingsController::change(bool call::CallSettings::*setting, bool on)
{
    if (m_calls.*setting == on)
        return;
    m_calls.*setting = on;
    Q_EMIT callSettingsChanged();
    Q_EMIT applyRequested(m_calls);
}

void SettingsController::keep(const QString &key, const QVariant &value) const
{
    if (m_preferencesFile.isEmpty())
        return;
    QSettings file(m_preferencesFile, QSettings::IniFormat);
    file.setValue(key, value);
}

} // namespace ringlift::app
