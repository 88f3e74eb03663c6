#pragma once

#include "core/base/networkinfo.h"
#include "core/call/callinfo.h"

#include <QObject>
#include <QString>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace ringlift::app {

/// The user's settings: those about calls live in the engine, those about the looks in a file of this device.
class SettingsController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool moveCalls READ moveCalls WRITE setMoveCalls NOTIFY callSettingsChanged)
    Q_PROPERTY(bool redialAutomatically READ redialAutomatically WRITE setRedialAutomatically NOTIFY callSettingsChanged)
    Q_PROPERTY(bool allowUnknownCallerId READ allowUnknownCallerId WRITE setAllowUnknownCallerId NOTIFY callSettingsChanged)
    Q_PROPERTY(bool contactsOnlyManual READ contactsOnlyManual WRITE setContactsOnlyManual NOTIFY callSettingsChanged)
    Q_PROPERTY(MoveOver moveOver READ moveOver WRITE setMoveOver NOTIFY callSettingsChanged)
    Q_PROPERTY(bool moveWhenRoaming READ moveWhenRoaming WRITE setMoveWhenRoaming NOTIFY callSettingsChanged)
    Q_PROPERTY(Prompt prompt READ prompt WRITE setPrompt NOTIFY callSettingsChanged)
    Q_PROPERTY(QString promptMeaning READ promptMeaning NOTIFY sentencesChanged)
    Q_PROPERTY(QString connection READ connection NOTIFY sentencesChanged)
    Q_PROPERTY(Appearance appearance READ appearance WRITE setAppearance NOTIFY appearanceChanged)
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged)
    Q_PROPERTY(QVariantList languages READ languages NOTIFY languageChanged)
    Q_PROPERTY(QString addressPolicy READ addressPolicy NOTIFY languageChanged)
    Q_PROPERTY(bool serverOnline READ isServerOnline NOTIFY serverOnlineChanged)

public:
    enum Appearance { FollowSystem, Light, Dark };
    Q_ENUM(Appearance)
    enum MoveOver { AnyConnection, WifiOnly, FreeDataOnly };
    Q_ENUM(MoveOver)
    enum Prompt { Off, Notice, Sound, AskFirst };
    Q_ENUM(Prompt)

    /// @param preferencesFile where looks and language are kept; empty: they are not kept.
    explicit SettingsController(QString preferencesFile = {}, QObject *parent = nullptr);

    bool moveCalls() const { return m_calls.moveCalls; }
    void setMoveCalls(bool on) { change(&call::CallSettings::moveCalls, on); }
    bool redialAutomatically() const { return m_calls.redialAutomaticallyInCall; }
    void setRedialAutomatically(bool on) { change(&call::CallSettings::redialAutomaticallyInCall, on); }
    bool allowUnknownCallerId() const { return m_calls.allowUnknownCallerId; }
    void setAllowUnknownCallerId(bool on) { change(&call::CallSettings::allowUnknownCallerId, on); }
    bool contactsOnlyManual() const { return m_calls.contactsOnlyManual; }
    void setContactsOnlyManual(bool on) { change(&call::CallSettings::contactsOnlyManual, on); }

    MoveOver moveOver() const { return MoveOver(m_calls.moveOver); }
    void setMoveOver(MoveOver over) { change(&call::CallSettings::moveOver, call::MoveOver(over)); }
    bool moveWhenRoaming() const { return m_calls.moveWhenRoaming; }
    void setMoveWhenRoaming(bool on) { change(&call::CallSettings::moveWhenRoaming, on); }
    Prompt prompt() const { return Prompt(m_calls.prompt); }
    void setPrompt(Prompt prompt) { change(&call::CallSettings::prompt, call::Prompt(prompt)); }
    /// What the chosen prompt does.
    QString promptMeaning() const;
    /// What the Internet connection of this device is now, and what that means for the calls.
    QString connection() const;

    Appearance appearance() const { return m_appearance; }
    void setAppearance(Appearance appearance);
    /// For this run only.
    void overrideAppearance(Appearance appearance);
    /// A code such as "zh_CN"; empty: the system's language.
    const QString &language() const { return m_language; }
    void setLanguage(const QString &language);
    /// {value, name} of each; the first is the system's.
    QVariantList languages() const;
    /// What others learn of this device's address (protocol.md D9).
    QString addressPolicy() const;
    bool isServerOnline() const { return m_serverOnline; }
    void retranslate();

public Q_SLOTS:
    void onSettingsChanged(const ringlift::call::CallSettings &settings);
    void onServerStatusChanged(bool online);
    void onNetworkDescribed(const ringlift::NetworkInfo &network);

Q_SIGNALS:
    void callSettingsChanged();
    /// Those that depend on settings, connection and language.
    void sentencesChanged();
    void appearanceChanged();
    void languageChanged();
    void languageChosen(const QString &language);
    void serverOnlineChanged();
    void applyRequested(const ringlift::call::CallSettings &settings);

private:
    template<typename Value> void change(Value call::CallSettings::*setting, Value value);
    void keep(const QString &key, const QVariant &value) const;

    const QString m_preferencesFile;
    call::CallSettings m_calls;
    NetworkInfo m_network;
    Appearance m_appearance = FollowSystem;
    QString m_language;
    bool m_serverOnline = false;
};

} // namespace ringlift::app
