#include "app/sentences.h"

namespace ringlift::app {

namespace {

constexpr std::uint32_t kSecondsPerMinute = 60;
constexpr std::uint32_t kSecondsPerHour = 3600;

} // namespace

QString Sentences::of(call::StayReason reason)
{
    using enum call::StayReason;
    switch (reason) {
    case None: return {};
    case Emergency: return tr("Emergency calls always stay on the phone network.");
    case ShortNumber: return tr("Short service numbers always stay on the phone network.");
    case MmiCode: return tr("This is a code for your operator. It always stays on the phone network.");
    case PostDialDigits: return tr("Digits are sent after the number, as a menu or extension needs. Such calls stay on the phone network.");
    case InvalidNumber: return tr("This is not a complete phone number.");
    case NotRegistered: return tr("This phone is not registered yet.");
    case RegisteredElsewhere: return tr("The server no longer knows this phone; the number may be registered on another. Register it again to move calls to the Internet.");
    case OwnNumberWithheld: return tr("You hid your number for this call. Ringlift does not reveal it.");
    case CallerIdWithheld: return tr("The caller hides their number.");
    case CallerIdUnusable: return tr("The phone network passed on no usable number of the caller.");
    case SwitchedOff: return tr("Moving calls is switched off in the settings.");
    case RecentlyRedialled: return tr("This call was just placed again over the phone network.");
    case ServerUnreachable: return tr("The Ringlift server could not be reached in time.");
    case ServerUntrusted: return tr("The server could not prove that it is the right one.");
    case ServerRefused: return tr("The server did not accept this call.");
    case NoMatch: return tr("The other phone did not respond through Ringlift. It may not have the app, or be offline.");
    case PeerIdentityChanged:
        return tr("The other side has a new phone or SIM card. Internet calls with this number are paused until you "
                  "confirm it.");
    case UnknownCallerWithoutPin:
        return tr("The phone network did not say who is calling, and you have not talked to this person over the "
                  "Internet before.");
    case KeyAgreementFailed: return tr("The two phones could not agree on a secret key.");
    case NoPath: return tr("The two phones could not reach each other over the Internet.");
    case AnsweredOnCellular: return tr("The call was answered on the phone network first.");
    case PeerDeclinedMove: return tr("The other side kept the call on the phone network.");
    case UserChoseCellular: return tr("You chose to stay on the phone network.");
    case LineLost: return tr("The phone did not report the state of the call, so nothing was changed.");
    case LegEndedEarly: return tr("The phone call ended before it could move.");
    case LegMismatch: return tr("The ringing phone call did not end as expected, so nothing was changed.");
    case MediaLost: return tr("The Internet connection broke off.");
    case EmergencyMode: return tr("For an hour after an emergency call, all calls stay on the phone network.");
    case Glare: return tr("You called each other at the same moment. The other call was kept.");
    case UnconfirmedByPeer:
        return tr("The other side has to confirm your new phone first.");
    case WifiOnly:
        return tr("You move calls on Wi-Fi only, and this phone was on mobile data.");
    case FreeDataOnly:
        return tr("You move calls on free data only, and this connection may cost money.");
    case Roaming:
        return tr("You do not move calls on mobile data while roaming.");
    case ContactNever:
        return tr("You chose never to move calls with this number.");
    case NotAllowedInTime:
        return tr("You were asked whether to move this call, and it was answered first.");
    case InternalFault:
        return tr("Something was not as it has to be, so the call was kept on the phone network.");
    }
    return {};
}

QString Sentences::of(call::CallEnd end, CallDirection direction)
{
    using enum call::CallEnd;
    const bool incoming = direction == CallDirection::Incoming;
    switch (end) {
    case NotEnded: return {};
    case LocalHangUp: return tr("You hung up.");
    case RemoteHangUp: return tr("The other side hung up.");
    case Declined: return incoming ? tr("You declined the call.") : tr("The other side declined the call.");
    case NoAnswer: return incoming ? tr("You missed this call.") : tr("Nobody answered.");
    case Busy: return tr("The line is busy.");
    case Failed: return tr("The call could not be connected.");
    case MediaLost: return tr("The connection was lost.");
    }
    return {};
}

QString Sentences::of(call::TrustLevel trust)
{
    using enum call::TrustLevel;
    switch (trust) {
    case None: return {};
    case Tofu: return tr("First Internet calls with this number. Compare the digits to be sure.");
    case Leg: return tr("The phone network confirmed that this is the right phone.");
    case Verified: return tr("You verified this person.");
    }
    return {};
}

QString Sentences::of(LegState leg)
{
    using enum LegState;
    switch (leg) {
    case None: return {};
    case Dialling: return tr("Calling…");
    case Alerting: return tr("Ringing…");
    case Ringing: return tr("Incoming call");
    case Active: return tr("Connected");
    case Held: return tr("On hold");
    case Ended: return tr("Call ended");
    case Unknown: return tr("The phone does not report the state of this call.");
    }
    return {};
}

QString Sentences::of(call::IpState ip)
{
    using enum call::IpState;
    switch (ip) {
    case Idle: return {};
    case Connecting: return tr("Contacting the server…");
    case Offered: return tr("Looking for the other phone on the Internet…");
    case Matched: return tr("Found the other phone. Agreeing on a secret key…");
    case Keyed: return tr("Encrypted. Looking for a way between the phones…");
    case Proven: return tr("The Internet connection is ready.");
    case Alerting: return tr("The other phone is ringing over the Internet.");
    case Answered: return tr("Answered over the Internet.");
    case Ended: return tr("The Internet connection is closed.");
    }
    return {};
}

QString Sentences::of(call::RegistrationFault fault)
{
    using enum call::RegistrationFault;
    switch (fault) {
    case None: return {};
    case BadNumber: return tr("This is not a mobile number. Enter it with its country code, such as +49 1555 0123456.");
    case EmergencyOrShort: return tr("Emergency and service numbers cannot be registered.");
    case ServerUnreachable: return tr("The server cannot be reached. Check your Internet connection and try again.");
    case ServerUntrusted: return tr("The server could not prove that it is the right one. Nothing was sent to it.");
    case ServerRefused: return tr("The server did not accept the registration.");
    case RateLimited: return tr("There were too many tries for this number.");
    case WrongCode: return tr("This code is not right.");
    case CodeExpired: return tr("This code is no longer valid. Ask for a new one.");
    case Locked: return tr("This number is protected by a PIN.");
    case SimMissing: return tr("There is no SIM card in this phone.");
    case ReplacedElsewhere: return tr("The server no longer knows this phone; the number may be registered on another.");
    }
    return {};
}

QString Sentences::of(const call::AccountStanding &standing)
{
    if (standing.quarantined)
        return tr("Your number was registered with another SIM card. To protect it from theft, calls stay on the phone "
                  "network for a day.");
    if (standing.proofDue)
        return tr("Confirm again that this number is yours. Until you do, calls may stay on the phone network.");
    return {};
}

QString Sentences::ofFailedDeletion(call::RegistrationFault fault)
{
    using enum call::RegistrationFault;
    if (fault == None)
        return {};
    const QString kept = tr("The registration was not deleted.");
    return fault == ServerRefused ? kept : kept + QLatin1Char(' ') + of(fault);
}

QString Sentences::of(engine::StartState state)
{
    using enum engine::StartState;
    switch (state) {
    case Starting: return tr("Starting…");
    case Ready: return {};
    case SecretsLocked:
        return tr(
            "The keyring that holds the secrets of this device is locked. Unlock it and try again. Until then all "
            "calls stay on the phone network.");
    case NoSecretStore:
        return tr("This device has no keyring for secrets. Choose a passphrase that protects them in a file, or set up a "
                  "keyring and try again. Until then all calls stay on the phone network.");
    case StoreBroken:
        return tr("The data of Ringlift cannot be read or written. Check the free space and the permissions of its "
                  "folder, and try again. Until then all calls stay on the phone network.");
    }
    return {};
}

QString Sentences::waiting(std::uint32_t seconds)
{
    if (seconds == 0)
        return {};
    if (seconds < kSecondsPerMinute)
        return tr("Try again in %n second(s).", nullptr, static_cast<int>(seconds));
    if (seconds < kSecondsPerHour)
        return tr("Try again in %n minute(s).", nullptr,
            static_cast<int>((seconds + kSecondsPerMinute - 1) / kSecondsPerMinute));
    return tr("Try again in %n hour(s).", nullptr, static_cast<int>((seconds + kSecondsPerHour - 1) / kSecondsPerHour));
}

QString Sentences::triesLeft(std::uint32_t tries)
{
    return tries == 0 ? QString() : tr("%n tries left.", nullptr, static_cast<int>(tries));
}

} // namespace ringlift::app
