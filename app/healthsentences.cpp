#include "app/healthsentences.h"

#include "app/display.h"

#include <QLocale>

#include <algorithm>
#include <array>

namespace ringlift::app {

using engine::HookAspect;
using engine::HookCheck;
using engine::HookState;
using engine::HookVerdict;

namespace {

using enum engine::HookAspect;

/// What a check found, and what to do about it.
struct Finding {
    HookAspect aspect;
    std::string_view reason;
    const char *sentence;
    const char *advice = nullptr;
};

constexpr std::array kOfThePhone{
    Finding{Line, "", QT_TRANSLATE_NOOP("HealthSentences", "Ringlift sees the calls of this phone.")},
    Finding{Line, "pending", QT_TRANSLATE_NOOP("HealthSentences", "Ringlift is still looking for the modem."),
            QT_TRANSLATE_NOOP("HealthSentences", "Wait a moment, then check again.")},
    Finding{Line, "no_bus", QT_TRANSLATE_NOOP("HealthSentences", "The services of this device cannot be reached."),
            QT_TRANSLATE_NOOP("HealthSentences", "Restart this device.")},
    Finding{Line, "not_running",
            QT_TRANSLATE_NOOP("HealthSentences", "The phone service of this device is not running."),
            QT_TRANSLATE_NOOP("HealthSentences", "Install or start ModemManager or oFono, or restart this device.")},
    Finding{Line, "no_answer",
            QT_TRANSLATE_NOOP("HealthSentences", "The phone service of this device does not answer."),
            QT_TRANSLATE_NOOP("HealthSentences", "Restart this device.")},
    Finding{Line, "no_modem", QT_TRANSLATE_NOOP("HealthSentences", "There is no modem that can make calls."),
            QT_TRANSLATE_NOOP("HealthSentences", "Switch the modem on, or connect one.")},
    Finding{Line, "no_network", QT_TRANSLATE_NOOP("HealthSentences", "This phone is not on the phone network."),
            QT_TRANSLATE_NOOP("HealthSentences", "Switch off flight mode, and go where there is reception.")},
    Finding{EndCalls, "",
            QT_TRANSLATE_NOOP("HealthSentences", "Ringlift may end the phone call when it has moved to the Internet.")},
    Finding{EndCalls, "cannot_end_calls",
            QT_TRANSLATE_NOOP("HealthSentences",
                              "Ringlift may not end calls here, so your own calls stay on the phone network."),
            QT_TRANSLATE_NOOP("HealthSentences", "Allow Ringlift to manage calls in the settings of this device.")},
    Finding{Sim, "", QT_TRANSLATE_NOOP("HealthSentences", "The SIM card is in its place.")},
    Finding{Sim, "no_sim", QT_TRANSLATE_NOOP("HealthSentences", "There is no SIM card that can be read."),
            QT_TRANSLATE_NOOP("HealthSentences", "Insert your SIM card, and unlock it if it asks for its PIN.")},
    Finding{Sim, "another_sim",
            QT_TRANSLATE_NOOP("HealthSentences", "The SIM card in this phone is another one than you registered."),
            QT_TRANSLATE_NOOP("HealthSentences",
                              "Insert the registered card, or delete the registration and register this one.")},
    Finding{Registration, "", QT_TRANSLATE_NOOP("HealthSentences", "Your number is registered.")},
    Finding{Registration, "not_registered", QT_TRANSLATE_NOOP("HealthSentences", "Your number is not registered."),
            QT_TRANSLATE_NOOP("HealthSentences", "Register it once, so that calls find you.")},
    Finding{Registration, "replaced_elsewhere",
            QT_TRANSLATE_NOOP("HealthSentences",
                              "The server no longer knows this phone; the number may be registered on another."),
            QT_TRANSLATE_NOOP("HealthSentences", "Register it again on this phone.")},
};

constexpr std::array kOfTheServer{
    Finding{Account, "", QT_TRANSLATE_NOOP("HealthSentences", "The server has accepted this phone.")},
    Finding{Account, "not_told",
            QT_TRANSLATE_NOOP("HealthSentences", "The server has not been asked about this phone yet."),
            QT_TRANSLATE_NOOP("HealthSentences", "Check it now.")},
    Finding{Account, "quarantined",
            QT_TRANSLATE_NOOP("HealthSentences",
                              "Your number was registered with another SIM card. To protect it from theft, calls stay "
                              "on the phone network for a while."),
            QT_TRANSLATE_NOOP("HealthSentences", "Wait. This ends by itself.")},
    Finding{Account, "proof_due",
            QT_TRANSLATE_NOOP("HealthSentences", "The server wants to know again that this number is yours."),
            QT_TRANSLATE_NOOP("HealthSentences", "Confirm the number.")},
    Finding{Server, "logged_in", QT_TRANSLATE_NOOP("HealthSentences", "The server let this phone in.")},
    Finding{Server, "unreachable", QT_TRANSLATE_NOOP("HealthSentences", "The server cannot be reached."),
            QT_TRANSLATE_NOOP("HealthSentences", "Check your Internet connection, then check again.")},
    Finding{Server, "untrusted",
            QT_TRANSLATE_NOOP("HealthSentences",
                              "The server could not prove that it is the right one. Nothing was sent to it."),
            QT_TRANSLATE_NOOP("HealthSentences",
                              "Try another Internet connection, and ask the people who run the server.")},
    Finding{Server, "refused", QT_TRANSLATE_NOOP("HealthSentences", "The server turned the connection away."),
            QT_TRANSLATE_NOOP("HealthSentences", "Check again in a few minutes.")},
    Finding{Server, "closed", QT_TRANSLATE_NOOP("HealthSentences", "The server broke the connection off."),
            QT_TRANSLATE_NOOP("HealthSentences", "Check again in a few minutes.")},
    Finding{Server, "no_login", QT_TRANSLATE_NOOP("HealthSentences", "The server did not let this phone in."),
            QT_TRANSLATE_NOOP("HealthSentences", "Check again. If it stays so, register your number again.")},
    Finding{Server, "not_tried",
            QT_TRANSLATE_NOOP("HealthSentences", "The server has not been tried since Ringlift was started."),
            QT_TRANSLATE_NOOP("HealthSentences", "Check it now.")},
};

constexpr std::array kOfTheConnection{
    Finding{Wishes, "", QT_TRANSLATE_NOOP("HealthSentences", "By your settings, calls may move over this connection.")},
    Finding{Wishes, "switched_off", QT_TRANSLATE_NOOP("HealthSentences", "Moving calls is switched off."),
            QT_TRANSLATE_NOOP("HealthSentences", "Switch it on in the settings.")},
    Finding{Wishes, "wifi_only",
            QT_TRANSLATE_NOOP("HealthSentences", "You move calls on Wi-Fi only, and this phone is on mobile data."),
            QT_TRANSLATE_NOOP("HealthSentences", "Connect to a Wi-Fi, or allow other connections in the settings.")},
    Finding{
        Wishes, "free_data_only",
        QT_TRANSLATE_NOOP("HealthSentences", "You move calls on free data only, and this connection may cost money."),
        QT_TRANSLATE_NOOP("HealthSentences", "Connect to a Wi-Fi, or allow other connections in the settings.")},
    Finding{Wishes, "roaming",
            QT_TRANSLATE_NOOP("HealthSentences",
                              "You do not move calls on mobile data while roaming, and this phone roams."),
            QT_TRANSLATE_NOOP("HealthSentences", "Connect to a Wi-Fi, or allow roaming in the settings.")},
    Finding{Data, "none", QT_TRANSLATE_NOOP("HealthSentences", "There is no Internet connection."),
            QT_TRANSLATE_NOOP("HealthSentences", "Connect to a Wi-Fi, or switch on mobile data.")},
    Finding{Data, "unknown", QT_TRANSLATE_NOOP("HealthSentences", "This device does not tell what connection it has.")},
    Finding{Data, "wifi", QT_TRANSLATE_NOOP("HealthSentences", "This phone is on Wi-Fi.")},
    Finding{Data, "wired", QT_TRANSLATE_NOOP("HealthSentences", "This device is on a cable connection.")},
    Finding{Data, "cellular", QT_TRANSLATE_NOOP("HealthSentences", "This phone is on mobile data.")},
    Finding{Decision, "no_call_yet",
            QT_TRANSLATE_NOOP("HealthSentences", "No call has come since Ringlift was started.")},
    Finding{Decision, "matched",
            QT_TRANSLATE_NOOP("HealthSentences", "The last call that rang was found on the server.")},
};

const Finding *find(const HookCheck &check)
{
    const auto isIt = [&check](const Finding &finding) {
        return finding.aspect == check.aspect && finding.reason == check.reason;
    };
    const auto in = [&isIt](const auto &findings) {
        const auto found = std::find_if(findings.begin(), findings.end(), isIt);
        return found == findings.end() ? nullptr : &*found;
    };
    for (const Finding *const found : {in(kOfThePhone), in(kOfTheServer), in(kOfTheConnection)}) {
        if (found != nullptr)
            return found;
    }
    return nullptr;
}

} // namespace

QString HealthSentences::nameOf(HookAspect aspect)
{
    switch (aspect) {
    case Line:
        return tr("Calls of this phone");
    case EndCalls:
        return tr("Permission");
    case Sim:
        return tr("SIM card");
    case Registration:
        return tr("Registration");
    case Account:
        return tr("Standing");
    case Wishes:
        return tr("Your settings");
    case Data:
        return tr("Internet connection");
    case Server:
        return tr("Server");
    case Decision:
        return tr("From the ring to the decision");
    }
    return {};
}

QString HealthSentences::nameOf(HookState state)
{
    switch (state) {
    case HookState::Ok:
        return tr("in order");
    case HookState::Warning:
        return tr("to be looked at");
    case HookState::Problem:
        return tr("not in order");
    case HookState::Unknown:
        return tr("not known");
    }
    return {};
}

QString HealthSentences::of(const HookCheck &check)
{
    if (check.aspect == Decision && check.state == HookState::Warning)
        return check.took && *check.took > engine::kDecisionFence
                   ? tr("The last call rang before it was decided whether it moves.")
                   : tr("When the last call rang, the server could not be asked.");
    if (check.aspect == Registration && check.state == HookState::Ok && check.atUnix)
        return tr("Your number has been registered since %1.")
            .arg(QLocale().toString(QDateTime::fromSecsSinceEpoch(*check.atUnix).date(), QLocale::LongFormat));
    if (const Finding *const found = find(check))
        return tr(found->sentence);
    return check.aspect == Decision
               ? tr("The last call that rang stayed on the phone network, and that was decided in time.")
               : QString();
}

QString HealthSentences::adviceOn(const HookCheck &check)
{
    if (const Finding *const found = find(check); found != nullptr && found->advice != nullptr)
        return tr(found->advice);
    return check.state == HookState::Warning && check.aspect == Decision
               ? tr("A better Internet connection helps. Check now to try this one.")
               : QString();
}

QString HealthSentences::nameOfRing()
{
    return tr("Ring of the phone app");
}

QString HealthSentences::nameOfNote()
{
    return tr("good to know");
}

QString HealthSentences::of(ports::RingHoldState state)
{
    switch (state) {
    case ports::RingHoldState::None:
        break;
    case ports::RingHoldState::Pending:
        return tr("It is being found out whether it can wait for the decision.");
    case ports::RingHoldState::Ready:
        return tr("It waits until it is decided whether the call moves.");
    case ports::RingHoldState::Off:
        return tr("It cannot wait here, so the phone may ring shortly before the call moves.");
    }
    return {};
}

QString HealthSentences::of(engine::ProbeOutcome probe)
{
    switch (probe) {
    case engine::ProbeOutcome::None:
    case engine::ProbeOutcome::Done:
        break;
    case engine::ProbeOutcome::CallUp:
        return tr("The server was not tried, because a call is going on.");
    case engine::ProbeOutcome::NotRegistered:
        return tr("The server was not tried, because your number is not registered.");
    }
    return {};
}

QString HealthSentences::of(const engine::TestReport &report)
{
    using enum engine::TestOutcome;
    switch (report.outcome) {
    case Passed:
        return tr("The test call worked. It was answered over the Internet after %1, and sound came back after %2.")
            .arg(time(report.toAnswer.value_or(Duration())), time(report.echo.value_or(Duration())));
    case Silent:
        return tr("The test call was answered, but no sound came back.");
    case NotTaken:
        return tr("The test call was not answered; another phone may be testing now. Try again in a minute.");
    case NoPath:
        return tr("No way was found through this Internet connection. Try another one, such as a Wi-Fi.");
    case NotTrusted:
        return tr(
            "Whoever answered could not prove to be the server's test partner. Ask the people who run the server.");
    case NoEchoPeer:
        return tr("Your server offers no test calls now.");
    case ServerUnreachable:
        return tr("The server cannot be reached.");
    case ServerRefused:
        return tr("The server allows only a few test calls in an hour. Try again later.");
    case NotRegistered:
        return tr("Your number is not registered.");
    case CallUp:
        return tr("There was no test call, because a call is going on.");
    case EmergencyMode:
        return tr("There are no test calls for an hour after an emergency call.");
    case Interrupted:
        return tr("The test call was ended for a call of yours.");
    }
    return {};
}

QString HealthSentences::headline(HookVerdict verdict, bool manual)
{
    switch (verdict) {
    case HookVerdict::Yes:
        return manual ? tr("Calls would reach this device now.") : tr("Your phone would catch a call now.");
    case HookVerdict::Perhaps:
        return manual ? tr("Perhaps calls would reach this device now.")
                      : tr("Perhaps your phone would catch a call now.");
    case HookVerdict::No:
        return manual ? tr("Calls would not reach this device now.") : tr("Your phone would not catch a call now.");
    }
    return {};
}

QString HealthSentences::meantime(HookVerdict verdict, bool manual)
{
    if (verdict == HookVerdict::Yes)
        return manual ? tr("Everything is in order.")
                      : tr("Everything is in order: calls with others who have Ringlift move to the Internet.");
    return manual ? QString() : tr("In any case your phone rings as always, and you can talk over the phone network.");
}

QString HealthSentences::time(Duration took)
{
    return tr("%1 s", "seconds").arg(QLocale().toString(std::chrono::duration<double>(took).count(), 'f', 2));
}

} // namespace ringlift::app
