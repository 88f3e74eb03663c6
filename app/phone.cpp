#include "app/phone.h"

#include "app/sentences.h"

namespace ringlift::app {

namespace {

class StartText
{
    Q_DECLARE_TR_FUNCTIONS(StartText)
};

} // namespace

Phone::Phone(const QString &preferencesFile, QObject *parent) : QObject(parent), m_settings(preferencesFile) { }

QString Phone::startProblem() const
{
    if (isStarting())
        return {};
    if (m_start != engine::StartState::SecretsLocked || !m_hasPassphraseFile)
        return Sentences::of(m_start);
    if (m_passphraseTried)
        return StartText::tr("This passphrase is not right.");
    return StartText::tr(
        "The secrets of this device are protected by your passphrase. Enter it to go on. Until then all "
        "calls stay on the phone network.");
}

bool Phone::takesPassphrase() const
{
    return m_start == engine::StartState::NoSecretStore ||
           (m_start == engine::StartState::SecretsLocked && m_hasPassphraseFile);
}

int Phone::shortestPassphrase() const
{
    return m_start == engine::StartState::NoSecretStore ? kShortestNewPassphrase : 1;
}

void Phone::retranslate()
{
    m_calls.retranslate();
    m_dialling.retranslate();
    m_health.retranslate();
    m_history.retranslate();
    m_identityChanges.retranslate();
    m_pinLock.retranslate();
    m_registration.retranslate();
    m_settings.retranslate();
    Q_EMIT startChanged();
}

void Phone::usePassphrase(const QString &passphrase)
{
    if (!takesPassphrase() || passphrase.size() < shortestPassphrase())
        return;
    m_passphraseTried = true;
    Q_EMIT passphraseGiven(passphrase);
    Q_EMIT startRequested();
}

void Phone::tryAgain()
{
    m_passphraseTried = false;
    Q_EMIT passphraseForgotten();
    Q_EMIT startRequested();
}

void Phone::onStartChanged(engine::StartState state)
{
    if (m_start == state)
        return;
    m_start = state;
    Q_EMIT startChanged();
}

} // namespace ringlift::app
