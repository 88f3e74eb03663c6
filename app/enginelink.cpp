#include "app/enginelink.h"

#include "app/phone.h"
#include "app/ringer.h"
#include "core/engine/callengine.h"

namespace ringlift::app {

namespace {

using engine::CallEngine;

template<typename Sender, typename Signal, typename Receiver, typename Slot>
void queue(Sender *sender, Signal signal, Receiver *receiver, Slot slot)
{
    QObject::connect(sender, signal, receiver, slot, Qt::QueuedConnection);
}

void linkCalls(CallController *calls, CallEngine *engine)
{
    queue(engine, &CallEngine::callChanged, calls, &CallController::onCallChanged);
    queue(engine, &CallEngine::incomingShown, calls, &CallController::onIncomingShown);
    queue(engine, &CallEngine::callFinished, calls, &CallController::onCallFinished);
    queue(engine, &CallEngine::audioChanged, calls, &CallController::onAudioChanged);
    queue(engine, &CallEngine::digitHeard, calls, &CallController::onDigitHeard);
    queue(engine, &CallEngine::figuresChanged, calls, &CallController::onFiguresChanged);
    queue(calls, &CallController::answerRequested, engine, &CallEngine::answer);
    queue(calls, &CallController::declineRequested, engine, &CallEngine::decline);
    queue(calls, &CallController::hangUpRequested, engine, &CallEngine::hangUp);
    queue(calls, &CallController::muteRequested, engine, &CallEngine::setMuted);
    queue(calls, &CallController::digitsRequested, engine, &CallEngine::sendDigits);
    queue(calls, &CallController::stayCellularRequested, engine, &CallEngine::stayCellular);
    queue(calls, &CallController::moveAllowed, engine, &CallEngine::allowMove);
    queue(calls, &CallController::redialRequested, engine, &CallEngine::redial);
    queue(calls, &CallController::sasAnswered, engine, &CallEngine::answerSas);
}

void linkRinger(Ringer *ringer, CallController *calls, CallEngine *engine)
{
    queue(engine, &CallEngine::callChanged, ringer, &Ringer::onCallChanged);
    queue(engine, &CallEngine::callFinished, ringer, &Ringer::onCallFinished);
    queue(engine, &CallEngine::milestone, ringer, &Ringer::onMilestone);
    queue(calls, &CallController::ringShown, ringer, &Ringer::onRingShown);
    queue(ringer, &Ringer::ringPresented, engine, &CallEngine::ringShown);
}

void linkRegistration(RegistrationController *registration, CallEngine *engine)
{
    queue(engine, &CallEngine::registrationChanged, registration, &RegistrationController::onRegistrationChanged);
    queue(engine, &CallEngine::standingChanged, registration, &RegistrationController::onStandingChanged);
    queue(registration, &RegistrationController::registerRequested, engine, &CallEngine::registerNumber);
    queue(registration, &RegistrationController::verifyRequested, engine, &CallEngine::verifyCode);
    queue(registration, &RegistrationController::unlockRequested, engine, &CallEngine::unlockRegistration);
    queue(registration, &RegistrationController::deleteRequested, engine, &CallEngine::deleteAccount);
}

void linkIdentityChanges(IdentityChanges *changes, CallEngine *engine)
{
    queue(engine, &CallEngine::pinChangeWaits, changes, &IdentityChanges::onPinChangeWaits);
    queue(engine, &CallEngine::pinChangeOver, changes, &IdentityChanges::onPinChangeOver);
    queue(changes, &IdentityChanges::confirmRequested, engine, &CallEngine::confirmPin);
}

void linkContacts(Contacts *contacts, CallEngine *engine)
{
    queue(engine, &CallEngine::contactChanged, contacts, &Contacts::onContactChanged);
    queue(engine, &CallEngine::contactForgotten, contacts, &Contacts::onContactForgotten);
    queue(contacts, &Contacts::handOverRequested, engine, &CallEngine::setHandOver);
}

void linkNumberRules(NumberRules *rules, CallEngine *engine)
{
    queue(engine, &CallEngine::contactRuleChanged, rules, &NumberRules::onContactRuleChanged);
    queue(rules, &NumberRules::setRequested, engine, &CallEngine::setContactRule);
}

/// What the answer depends on is asked for anew while somebody looks at it.
void linkHealth(HealthController *health, CallEngine *engine)
{
    queue(engine, &CallEngine::healthTold, health, &HealthController::onHealthTold);
    queue(health, &HealthController::askRequested, engine, &CallEngine::askHealth);
    queue(engine, &CallEngine::testCallTold, health, &HealthController::onTestCallTold);
    queue(health, &HealthController::testCallRequested, engine, &CallEngine::makeTestCall);
    queue(engine, &CallEngine::callFinished, health, &HealthController::onFactsChanged);
    queue(engine, &CallEngine::connectionChanged, health, &HealthController::onFactsChanged);
    queue(engine, &CallEngine::lineStatusChanged, health, &HealthController::onFactsChanged);
    queue(engine, &CallEngine::networkDescribed, health, &HealthController::onFactsChanged);
    queue(engine, &CallEngine::registrationChanged, health, &HealthController::onFactsChanged);
    queue(engine, &CallEngine::serverStatusChanged, health, &HealthController::onFactsChanged);
    queue(engine, &CallEngine::settingsChanged, health, &HealthController::onFactsChanged);
    queue(engine, &CallEngine::simsChanged, health, &HealthController::onFactsChanged);
    queue(engine, &CallEngine::standingChanged, health, &HealthController::onFactsChanged);
}

void linkPinLock(PinLockController *lock, CallEngine *engine)
{
    queue(engine, &CallEngine::lockChanged, lock, &PinLockController::onLockChanged);
    queue(engine, &CallEngine::lockAnswered, lock, &PinLockController::onLockAnswered);
    queue(lock, &PinLockController::lockRequested, engine, &CallEngine::setLock);
}

} // namespace

void link(Phone &phone, Ringer &ringer, CallEngine &engine)
{
    queue(&engine, &CallEngine::startChanged, &phone, &Phone::onStartChanged);
    queue(&phone, &Phone::startRequested, &engine, &CallEngine::start);
    linkCalls(phone.calls(), &engine);
    linkRinger(&ringer, phone.calls(), &engine);
    linkRegistration(phone.registration(), &engine);
    linkPinLock(phone.pinLock(), &engine);
    linkIdentityChanges(phone.identityChanges(), &engine);
    linkContacts(phone.contacts(), &engine);
    linkNumberRules(phone.numberRules(), &engine);
    linkHealth(phone.health(), &engine);

    DialController *const dialling = phone.dialling();
    queue(dialling, &DialController::dialRequested, &engine, &CallEngine::dial);
    queue(&engine, &CallEngine::simsChanged, dialling, &DialController::onSimsChanged);
    queue(&engine, &CallEngine::dialRefused, dialling, &DialController::onDialRefused);
    queue(&engine, &CallEngine::emergencyRefused, dialling, &DialController::onEmergencyRefused);

    HistoryModel *const history = phone.history();
    queue(&engine, &CallEngine::historyLoaded, history, &HistoryModel::onHistoryLoaded);
    queue(&engine, &CallEngine::historyAdded, history, &HistoryModel::onHistoryAdded);
    queue(history, &HistoryModel::clearRequested, &engine, &CallEngine::clearHistory);

    SettingsController *const settings = phone.settings();
    queue(&engine, &CallEngine::settingsChanged, settings, &SettingsController::onSettingsChanged);
    queue(&engine, &CallEngine::networkDescribed, settings, &SettingsController::onNetworkDescribed);
    queue(&engine, &CallEngine::serverStatusChanged, settings, &SettingsController::onServerStatusChanged);
    queue(settings, &SettingsController::applyRequested, &engine, &CallEngine::applySettings);
}

} // namespace ringlift::app
