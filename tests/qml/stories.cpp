#include "tests/qml/stories.h"

#include "tests/qml/healthstories.h"
#include "tests/qml/promptstories.h"

namespace ringlift::test {

using namespace call;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kPeer = "+4915550123456";
constexpr auto kOwn = "+8613800138000";

void tellRegistration(app::Phone &phone, RegistrationState state, RegistrationFault fault = {}, std::uint32_t tries = 0)
{
    phone.onStartChanged(engine::StartState::Ready);
    phone.registration()->onRegistrationChanged({state, fault, tries, 0}, QString());
}

void tellCode(app::Phone &phone)
{
    phone.onStartChanged(engine::StartState::Ready);
    phone.registration()->requestCode(QString::fromLatin1(kPeer));
    tellRegistration(phone, RegistrationState::CodeSent, RegistrationFault::WrongCode, 3);
}

constexpr auto kSafetyNumber = "030815241977562046319850427133609284517702369485510624837195";

void tellPinChange(app::Phone &phone, const char *peer, bool verified)
{
    phone.identityChanges()->onPinChangeWaits({*protocol::Msisdn::fromE164(peer), kSafetyNumber, verified});
}

void tellHistory(app::Phone &phone)
{
    makeReady(phone);
    tellPinChange(phone, "+8613800138001", true);
    auto add = [&phone, key = 0](const CallRecord &record) mutable {
        phone.history()->onHistoryAdded({std::to_string(++key), record});
    };
    add(pastCall(CallDirection::Incoming, "", false, StayReason::CallerIdWithheld));
    add(pastCall(CallDirection::Outgoing, "+8613800138001", false, StayReason::PeerIdentityChanged));
    add(pastCall(CallDirection::Outgoing, "+8613900139000", false, StayReason::NoMatch));
    CallRecord missed = pastCall(CallDirection::Incoming, kPeer, false, StayReason::ServerUnreachable);
    missed.answered = false;
    missed.end = CallEnd::NoAnswer;
    add(missed);
    add(pastCall(CallDirection::Incoming, kPeer, true, StayReason::None));
}

SimInfo simIn(int slot, const char *number)
{
    SimInfo sim;
    sim.slot = slot;
    sim.present = true;
    sim.ownNumber = Redacted<std::string>(number);
    return sim;
}

void tellTwoSims(app::Phone &phone)
{
    tellHistory(phone);
    phone.dialling()->onSimsChanged({simIn(0, kOwn), simIn(1, "+4915550987654")});
    phone.dialling()->setNumber(QString::fromLatin1(kPeer));
}

void tellPhoneCall(app::Phone &phone)
{
    makeReady(phone);
    phone.calls()->onCallChanged(outgoingCall());
}

void tellMovedCall(app::Phone &phone)
{
    makeReady(phone);
    phone.calls()->onCallChanged(movedCall());
    phone.calls()->onAudioChanged(kCall, {.playing = true, .capturing = true, .deviceLost = false, .heard = true});
    phone.calls()->onFiguresChanged(
        kCall, {.lossPercent = 0.2, .jitterMs = 4, .playoutDelayMs = 60, .roundTripMs = 45, .kbps = 32});
}

CallInfo stayedCall(StayReason stay)
{
    CallInfo info = outgoingCall();
    info.leg = LegState::Active;
    info.ip = IpState::Ended;
    info.stay = stay;
    info.answeredAt = monotonicNow() - std::chrono::seconds(83);
    return info;
}

void tellStayedCall(app::Phone &phone)
{
    makeReady(phone);
    tellPinChange(phone, kPeer, false);
    phone.calls()->onCallChanged(stayedCall(StayReason::PeerIdentityChanged));
}

/// With somebody whose digits were compared before.
void tellKnownCall(app::Phone &phone, HandOver handOver)
{
    makeReady(phone);
    phone.contacts()->onContactChanged(QString::fromLatin1(kPeer), handOver);
    CallInfo info = movedCall();
    info.trust = TrustLevel::Verified;
    phone.calls()->onCallChanged(info);
}

void tellUnconfirmed(app::Phone &phone)
{
    makeReady(phone);
    CallInfo info = stayedCall(StayReason::UnconfirmedByPeer);
    info.safetyNumber = kSafetyNumber;
    phone.calls()->onCallChanged(info);
}

void tellComparison(app::Phone &phone)
{
    tellStayedCall(phone);
    tellPinChange(phone, kPeer, true);
    phone.identityChanges()->compare(QString::fromLatin1(kPeer));
}

void tellLostCall(app::Phone &phone)
{
    makeReady(phone);
    CallInfo info = movedCall();
    info.carrier = Carrier::None;
    info.stay = StayReason::MediaLost;
    info.end = CallEnd::MediaLost;
    info.offersRedial = true;
    phone.calls()->onCallChanged(info);
}

void tellWishes(app::Phone &phone)
{
    makeReady(phone);
    phone.settings()->onSettingsChanged({true, false, true, true, MoveOver::WifiOnly, false, Prompt::AskFirst});
    phone.settings()->onNetworkDescribed({NetworkKind::Cellular, true, true});
    phone.numberRules()->onContactRuleChanged(QString::fromLatin1(kPeer), ContactRule::Never);
    phone.numberRules()->onContactRuleChanged(QStringLiteral("+8613800138001"), ContactRule::Always);
}

void tellRulesInHistory(app::Phone &phone)
{
    tellWishes(phone);
    CallRecord stayed = pastCall(CallDirection::Outgoing, kPeer, false, StayReason::ContactNever);
    phone.history()->onHistoryAdded({"1", stayed});
    phone.history()->onHistoryAdded(
        {"2", pastCall(CallDirection::Incoming, "+8613900139000", false, StayReason::WifiOnly)});
    phone.history()->onHistoryAdded(
        {"3", pastCall(CallDirection::Incoming, "+8613900139001", false, StayReason::NotAllowedInTime)});
}

void tellIncoming(app::Phone &phone)
{
    makeReady(phone);
    phone.calls()->onCallChanged(incomingCall());
}

} // namespace

CallInfo outgoingCall()
{
    CallInfo info;
    info.handle = kCall;
    info.peer = Redacted<std::string>(kPeer);
    info.leg = LegState::Alerting;
    info.ip = IpState::Offered;
    return info;
}

CallInfo movedCall()
{
    CallInfo info = outgoingCall();
    info.leg = LegState::Ended;
    info.ip = IpState::Answered;
    info.carrier = Carrier::Internet;
    info.moved = true;
    info.sas = "481907";
    info.trust = TrustLevel::Leg;
    info.path = "direct";
    info.answeredAt = monotonicNow() - std::chrono::seconds(83);
    return info;
}

CallInfo incomingCall()
{
    CallInfo info = outgoingCall();
    info.direction = CallDirection::Incoming;
    info.leg = LegState::Ringing;
    info.ip = IpState::Alerting;
    info.carrier = Carrier::Internet;
    info.wantsAnswer = true;
    info.trust = TrustLevel::Leg;
    return info;
}

CallRecord pastCall(CallDirection direction, std::string peer, bool moved, StayReason stay)
{
    CallRecord record;
    record.direction = direction;
    record.peer = Redacted<std::string>(std::move(peer));
    record.startedUnix = 1700000000;
    record.talked = std::chrono::seconds(250);
    record.answered = true;
    record.moved = moved;
    record.stay = stay;
    record.end = CallEnd::RemoteHangUp;
    return record;
}

void makeReady(app::Phone &phone)
{
    phone.settings()->onSettingsChanged({});
    phone.registration()->onRegistrationChanged({RegistrationState::Registered, {}, 0, 0}, QString::fromLatin1(kOwn));
    phone.onStartChanged(engine::StartState::Ready);
}

const QList<Story> &stories()
{
    static const QList<Story> all =
        QList<Story>{
            {"locked", u"start"_s, 0,
             [](app::Phone &phone) { phone.onStartChanged(engine::StartState::SecretsLocked); }},
            {"passphrase", u"start"_s, 0,
             [](app::Phone &phone) {
                 phone.setPassphraseFile(true);
                 phone.onStartChanged(engine::StartState::SecretsLocked);
             }},
            {"broken", u"start"_s, 0, [](app::Phone &phone) { phone.onStartChanged(engine::StartState::StoreBroken); }},
            {"nokeyring", u"start"_s, 0,
             [](app::Phone &phone) { phone.onStartChanged(engine::StartState::NoSecretStore); }},
            {"number", u"register-number"_s, 0,
             [](app::Phone &phone) { tellRegistration(phone, RegistrationState::None); }},
            {"code", u"register-code"_s, 0, tellCode},
            {"pin", u"register-pin"_s, 0,
             [](app::Phone &phone) { tellRegistration(phone, RegistrationState::Locked); }},
            {"dial", u"dial"_s, 0,
             [](app::Phone &phone) {
                 tellHistory(phone);
                 phone.dialling()->setNumber(QString::fromLatin1(kPeer));
             }},
            {"twosims", u"dial"_s, 0, tellTwoSims},
            {"refused", u"dial"_s, 0,
             [](app::Phone &phone) {
                 makeReady(phone);
                 phone.dialling()->onDialRefused(u"anything"_s);
             }},
            {"unregistered", u"dial"_s, 0,
             [](app::Phone &phone) {
                 makeReady(phone);
                 tellRegistration(phone, RegistrationState::None);
             }},
            {"proofdue", u"dial"_s, 0,
             [](app::Phone &phone) {
                 makeReady(phone);
                 phone.registration()->onStandingChanged({.proofDue = true, .quarantined = false});
             }},
            {"quarantined", u"dial"_s, 0,
             [](app::Phone &phone) {
                 makeReady(phone);
                 phone.registration()->onStandingChanged({.proofDue = false, .quarantined = true});
             }},
            {"history", u"history"_s, 1, tellHistory},
            {"emptyhistory", u"history"_s, 1, makeReady},
            {"settings", u"settings"_s, 2, makeReady},
            {"undeleted", u"settings"_s, 2,
             [](app::Phone &phone) {
                 makeReady(phone);
                 phone.registration()->onRegistrationChanged(
                     {RegistrationState::Registered, RegistrationFault::ServerUnreachable}, QString::fromLatin1(kOwn));
             }},
            {"pinlocked", u"settings"_s, 2,
             [](app::Phone &phone) {
                 makeReady(phone);
                 phone.pinLock()->onLockChanged(true);
                 phone.pinLock()->onLockAnswered({true, {}, 0});
             }},
            {"calling", u"call-phone"_s, 0, tellPhoneCall},
            {"moved", u"call-internet"_s, 0, tellMovedCall},
            {"pressed", u"call-internet"_s, 0,
             [](app::Phone &phone) {
                 tellMovedCall(phone);
                 for (const char digit : {'1', '2', '#'})
                     phone.calls()->onDigitHeard(kCall, digit);
             }},
            {"known", u"call-internet"_s, 0, [](app::Phone &phone) { tellKnownCall(phone, HandOver::ByTrust); }},
            {"knownatanswer", u"call-internet"_s, 0,
             [](app::Phone &phone) { tellKnownCall(phone, HandOver::AtAnswer); }},
            {"stayed", u"call-phone"_s, 0, tellStayedCall},
            {"comparing", u"compare"_s, 0, tellComparison},
            {"codesdiffer", u"compare"_s, 0,
             [](app::Phone &phone) {
                 tellComparison(phone);
                 phone.identityChanges()->answer(false);
             }},
            {"unconfirmed", u"call-phone"_s, 0, tellUnconfirmed},
            {"showingcode", u"compare"_s, 0,
             [](app::Phone &phone) {
                 tellUnconfirmed(phone);
                 phone.identityChanges()->show(QString::fromLatin1(kPeer), QString::fromLatin1(kSafetyNumber));
             }},
            {"lost", u"call-ended"_s, 0, tellLostCall},
            {"incoming", u"incoming"_s, 0, tellIncoming},
            {"wishes", u"settings"_s, 2, tellWishes},
            {"stayedbywish", u"history"_s, 1, tellRulesInHistory},
        } +
        promptStories() + healthStories();
    return all;
}

} // namespace ringlift::test
