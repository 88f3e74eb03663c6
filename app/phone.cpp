#include "app/phone.h"

#include "app/sentences.h"

namespace ringlift::app {

Phone::Phone(const QString &preferencesFile, QObject *parent) : QObject(parent), m_settings(preferencesFile) { }

QString Phone::startProblem() const
{
    return isStarting() ? QString() : Sentences::of(m_start);
}

void Phone::retranslate()
{
    m_calls.retranslate();
    m_dialling.retranslate();
    m_history.retranslate();
    m_registration.retranslate();
    m_settings.retranslate();
    Q_EMIT startChanged();
}

void Phone::tryAgain()
{
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
