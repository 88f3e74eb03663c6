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
    Q_EMIT sentencesChanged();
}

void SettingsController::onNetworkDescribed(const NetworkInfo &network)
{
    m_network = network;
    Q_EMIT sentencesChanged();
}

void SettingsController::retranslate()
{
    Q_EMIT languageChanged();
    Q_EMIT sentencesChanged();
}

QString SettingsController::promptMeaning() const
{
    switch (m_calls.prompt) {
    case call::Prompt::Off:
        return SettingsText::tr("The call moves without a word. The history tells it afterwards.");
    case call::Prompt::Notice:
        return SettingsText::tr("A line on the screen tells that the call has moved.");
    case call::Prompt::Sound:
        return SettingsText::tr("A short tone tells that the call has moved, and a line on the screen.");
    case call::Prompt::AskFirst:
        return SettingsText::tr(
            "Nothing moves before you have said yes. Until then the call goes on over the phone network.");
    }
    return {};
}

QString SettingsController::connection() const
{
    const bool costs = m_network.metered.value_or(false);
    switch (m_network.kind) {
    case NetworkKind::Unknown:
        return SettingsText::tr(
            "This device does not tell what kind of Internet connection it has, so this choice has no effect.");
    case NetworkKind::None:
        return SettingsText::tr("There is no Internet connection now.");
    case NetworkKind::Wifi:
        return costs ? SettingsText::tr("Now on Wi-Fi that may cost money, such as that of another phone.")
                     : SettingsText::tr("Now on Wi-Fi.");
    case NetworkKind::Wired:
        return costs ? SettingsText::tr("Now on a cable connection that may cost money.")
                     : SettingsText::tr("Now on a cable connection.");
    case NetworkKind::Cellular:
        if (m_network.roaming.value_or(false))
            return SettingsText::tr("Now on mobile data, roaming.");
        return m_network.metered == false ? SettingsText::tr("Now on mobile data that is free.")
                                          : SettingsText::tr("Now on mobile data, which may cost money.");
    }
    return {};
}

void SettingsController::onServerStatusChanged(bool online)
{
    if (m_serverOnline == online)
        return;
    m_serverOnline = online;
    Q_EMIT serverOnlineChanged();
}

template<typename Value> void SettingsController::change(Value call::CallSettings::*setting, Value value)
{
    if (m_calls.*setting == value)
        return;
    m_calls.*setting = value;
    Q_EMIT callSettingsChanged();
    Q_EMIT sentencesChanged();
    Q_EMIT applyRequested(m_calls);
}

template void SettingsController::change(bool call::CallSettings::*setting, bool value);
template void SettingsController::change(call::MoveOver call::CallSettings::*setting, call::MoveOver value);
template void SettingsController::change(call::Prompt call::CallSettings::*setting, call::Prompt value);

void SettingsController::keep(const QString &key, const QVariant &value) const
{
    if (m_preferencesFile.isEmpty())
        return;
    QSettings file(m_preferencesFile, QSettings::IniFormat);
    file.setValue(key, value);
}

} // namespace ringlift::app
