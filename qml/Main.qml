pragma ComponentBehavior: Bound

import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// The window: pages, and above them a call when there is one.
Window {
    id: window

    required property Phone phone

    /// The phone goes on without the window.
    property bool background: false
    property int page: Shell.DialPlace
    property bool registrationPostponed: false
    property bool callMinimised: false
    property bool closingConfirmed: false

    readonly property bool compact: width < Theme.compactWidth
    readonly property bool registering: phone.ready && !phone.registration.registered && !registrationPostponed
    readonly property bool callShown: phone.calls.active && !callMinimised && !phone.calls.ringing
    readonly property bool shellShown: phone.ready && !registering && !callShown && !phone.calls.ringing
    /// What the window shows now, for those who take pictures of it.
    readonly property string scene: {
        if (phone.calls.ringing)
            return "incoming";
        if (compareSheet.visible)
            return "compare";
        if (callShown)
            return phone.calls.current.ended ? "call-ended" : phone.calls.current.onInternet ? "call-internet" : "call-phone";
        if (!phone.ready)
            return "start";
        if (registering)
            return ["register-number", "register-code", "register-pin", "registered"][phone.registration.step];
        return ["dial", "history", "settings", "health"][page];
    }

    function closeAnyway() {
        window.closingConfirmed = true;
        window.phone.calls.hangUp();
        window.close();
    }

    color: Theme.window
    height: 640
    minimumHeight: 560
    minimumWidth: 320
    title: "Ringlift"
    visible: true
    width: 360

    onClosing: close => {
        if (window.background || window.closingConfirmed || !window.phone.calls.active || window.phone.calls.current.ended)
            return;
        close.accepted = false;
        dialog.ask(qsTr("Hang up and close?"), qsTr("A call is going on. It ends when you close Ringlift."), qsTr("Hang up and close"), window.closeAnyway);
    }

    Binding {
        property: "dark"
        target: Theme
        value: window.phone.settings.appearance === SettingsController.Dark || (window.phone.settings.appearance === SettingsController.FollowSystem && Theme.systemDark)
    }
    Connections {
        function onChanged() {
            if (!window.phone.calls.active)
                window.callMinimised = false;
        }
        function onQuestionAsked() {
            window.callMinimised = false;
        }

        target: window.phone.calls
    }
    Connections {
        function onLinkFollowed() {
            window.page = Shell.DialPlace;
            window.callMinimised = window.phone.calls.active;
            if (!window.phone.registration.registered && window.phone.registration.step === RegistrationController.NumberStep)
                window.registrationPostponed = true;
        }

        target: window.phone.dialling
    }
    // The button of a headset and the keys of a telephone's keyboard. What plays and pauses music never ends a call.
    Shortcut {
        autoRepeat: false
        enabled: window.phone.calls.active || window.phone.calls.ringing
        sequences: ["Toggle Call/Hangup", "Phone"]

        onActivated: window.phone.calls.ringing ? window.phone.calls.answer() : window.phone.calls.hangUp()
    }
    Shortcut {
        autoRepeat: false
        enabled: window.phone.calls.active || window.phone.calls.ringing
        sequence: "Toggle Media Play/Pause"

        onActivated: window.phone.calls.ringing ? window.phone.calls.answer() : window.phone.calls.setMuted(!window.phone.calls.current.muted)
    }
    Shortcut {
        autoRepeat: false
        enabled: window.phone.calls.ringing
        sequence: "Call"

        onActivated: window.phone.calls.answer()
    }
    Shortcut {
        autoRepeat: false
        enabled: window.phone.calls.active || window.phone.calls.ringing
        sequence: "Hangup"

        onActivated: window.phone.calls.ringing ? window.phone.calls.decline() : window.phone.calls.hangUp()
    }
    FocusScope {
        id: content

        anchors.fill: parent
        enabled: !dialog.visible && !compareSheet.visible
        focus: true

        StartPage {
            anchors.fill: parent
            problem: window.phone.startProblem
            shortestPassphrase: window.phone.shortestPassphrase
            starting: window.phone.starting
            takesPassphrase: window.phone.takesPassphrase
            visible: !window.phone.ready && !window.callShown && !window.phone.calls.ringing

            onPassphraseChosen: passphrase => window.phone.usePassphrase(passphrase)
            onRetried: window.phone.tryAgain()
            onTakesPassphraseChanged: {
                if (takesPassphrase)
                    forceActiveFocus();
            }
        }
        RegisterPage {
            anchors.fill: parent
            registration: window.phone.registration
            visible: window.registering && !window.callShown && !window.phone.calls.ringing

            onPostponed: {
                window.registrationPostponed = true;
                window.phone.registration.postpone();
            }
            onVisibleChanged: {
                if (visible)
                    forceActiveFocus();
            }
        }
        Shell {
            anchors.fill: parent
            compact: window.compact
            page: window.page
            phone: window.phone
            visible: window.shellShown

            onCallOpened: window.callMinimised = false
            onClearRequested: dialog.ask(qsTr("Delete the history?"), qsTr("The list of your calls is deleted from this device."), qsTr("Delete"), () => window.phone.history.clear())
            onDeleteRequested: dialog.ask(qsTr("Delete the registration?"), qsTr("The server forgets this phone. All calls stay on the phone network until you register again."), qsTr("Delete"), () => window.phone.registration.deleteRegistration())
            onPlaceChosen: place => window.page = place
            onRegisterRequested: window.registrationPostponed = false
        }
        CallPage {
            anchors.fill: parent
            calls: window.phone.calls
            changes: window.phone.identityChanges
            contacts: window.phone.contacts
            rules: window.phone.numberRules
            visible: window.callShown

            onMinimised: window.callMinimised = true
            onVisibleChanged: {
                if (visible)
                    forceActiveFocus();
            }
        }
        IncomingPage {
            anchors.fill: parent
            calls: window.phone.calls
            visible: window.phone.calls.ringing

            onVisibleChanged: {
                if (visible)
                    forceActiveFocus();
            }
        }
    }
    CompareSheet {
        id: compareSheet

        anchors.fill: parent
        changes: window.phone.identityChanges
        visible: changes.comparing && !window.phone.calls.ringing

        onVisibleChanged: {
            if (!visible)
                content.forceActiveFocus();
        }
    }
    ConfirmDialog {
        id: dialog

        anchors.fill: parent
    }
}
