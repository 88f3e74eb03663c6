#pragma once

#include "app/callcontroller.h"
#include "app/contacts.h"
#include "app/dialcontroller.h"
#include "app/healthcontroller.h"
#include "app/historymodel.h"
#include "app/identitychanges.h"
#include "app/numberrules.h"
#include "app/pinlockcontroller.h"
#include "app/registrationcontroller.h"
#include "app/settingscontroller.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace ringlift::app {

/// Everything the user interface shows of one phone, on the GUI thread.
class Phone : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(ringlift::app::CallController *calls READ calls CONSTANT)
    Q_PROPERTY(ringlift::app::Contacts *contacts READ contacts CONSTANT)
    Q_PROPERTY(ringlift::app::DialController *dialling READ dialling CONSTANT)
    Q_PROPERTY(ringlift::app::HealthController *health READ health CONSTANT)
    Q_PROPERTY(ringlift::app::HistoryModel *history READ history CONSTANT)
    Q_PROPERTY(ringlift::app::IdentityChanges *identityChanges READ identityChanges CONSTANT)
    Q_PROPERTY(ringlift::app::NumberRules *numberRules READ numberRules CONSTANT)
    Q_PROPERTY(ringlift::app::PinLockController *pinLock READ pinLock CONSTANT)
    Q_PROPERTY(ringlift::app::RegistrationController *registration READ registration CONSTANT)
    Q_PROPERTY(ringlift::app::SettingsController *settings READ settings CONSTANT)
    Q_PROPERTY(bool ready READ isReady NOTIFY startChanged)
    Q_PROPERTY(bool starting READ isStarting NOTIFY startChanged)
    Q_PROPERTY(QString startProblem READ startProblem NOTIFY startChanged)
    Q_PROPERTY(bool takesPassphrase READ takesPassphrase NOTIFY startChanged)
    Q_PROPERTY(int shortestPassphrase READ shortestPassphrase NOTIFY startChanged)

public:
    static constexpr int kShortestNewPassphrase = 8;

    explicit Phone(const QString &preferencesFile = {}, QObject *parent = nullptr);

    CallController *calls() { return &m_calls; }
    Contacts *contacts() { return &m_contacts; }
    DialController *dialling() { return &m_dialling; }
    HealthController *health() { return &m_health; }
    HistoryModel *history() { return &m_history; }
    IdentityChanges *identityChanges() { return &m_identityChanges; }
    NumberRules *numberRules() { return &m_numberRules; }
    PinLockController *pinLock() { return &m_pinLock; }
    RegistrationController *registration() { return &m_registration; }
    SettingsController *settings() { return &m_settings; }

    bool isReady() const { return m_start == engine::StartState::Ready; }
    bool isStarting() const { return m_start == engine::StartState::Starting; }
    /// Why the phone cannot work, and what to do about it; empty when it can.
    QString startProblem() const;
    /// Secrets may be kept in a file under a passphrase, or are so already. A locked keyring takes none here.
    bool takesPassphrase() const;
    /// There is such a file.
    void setPassphraseFile(bool exists) { m_hasPassphraseFile = exists; }
    int shortestPassphrase() const;
    /// The language changed: all sentences are new.
    void retranslate();

    Q_INVOKABLE void tryAgain();
    Q_INVOKABLE void usePassphrase(const QString &passphrase);

public Q_SLOTS:
    void onStartChanged(ringlift::engine::StartState state);

Q_SIGNALS:
    void startChanged();
    void startRequested();
    void passphraseGiven(const QString &passphrase);
    void passphraseForgotten();

private:
    CallController m_calls;
    Contacts m_contacts;
    DialController m_dialling;
    HealthController m_health;
    HistoryModel m_history;
    IdentityChanges m_identityChanges;
    NumberRules m_numberRules;
    PinLockController m_pinLock;
    RegistrationController m_registration;
    SettingsController m_settings;
    engine::StartState m_start = engine::StartState::Starting;
    bool m_hasPassphraseFile = false;
    bool m_passphraseTried = false;
};

} // namespace ringlift::app
