import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// The one-time registration: number, code, and a PIN where the number is protected.
FocusScope {
    id: page

    required property RegistrationController registration

    signal postponed

    Flickable {
        anchors.fill: parent
        boundsBehavior: Flickable.StopAtBounds
        contentHeight: Math.max(height, column.implicitHeight + 2 * Theme.large)
        contentWidth: width

        Column {
            id: column

            anchors.centerIn: parent
            spacing: Theme.large
            width: Math.min(parent.width - 2 * Theme.large, Theme.columnWidth)

            Brand {
            }
            Column {
                spacing: Theme.small
                width: parent.width

                Heading {
                    font.pixelSize: Theme.headlineSize
                    objectName: "registerHeading"
                    text: {
                        switch (page.registration.step) {
                        case RegistrationController.CodeStep:
                            return qsTr("Enter the code");
                        case RegistrationController.PinStep:
                            return qsTr("Enter your PIN");
                        default:
                            return qsTr("Your phone number");
                        }
                    }
                    width: parent.width
                }
                AppText {
                    color: Theme.quietText
                    text: {
                        switch (page.registration.step) {
                        case RegistrationController.CodeStep:
                            return qsTr("We sent a code of six digits to %1.").arg(page.registration.sentTo);
                        case RegistrationController.PinStep:
                            return qsTr("This number is protected. Enter the PIN that was chosen when it was registered before.");
                        default:
                            return qsTr("Dial as you always do. When the other phone has Ringlift too, the call moves to the Internet, encrypted from phone to phone. Register once so that calls find you.");
                        }
                    }
                    width: parent.width
                }
            }
            Loader {
                focus: true
                sourceComponent: page.registration.step === RegistrationController.CodeStep ? codeForm : page.registration.step === RegistrationController.PinStep ? pinForm : numberForm
                width: parent.width
            }
        }
    }
    Component {
        id: numberForm

        RegisterForm {
            action: qsTr("Send me a code")
            busy: page.registration.busy
            hints: Qt.ImhDialableCharactersOnly
            label: qsTr("Mobile number with country code")
            longest: 24
            objectName: "numberForm"
            placeholder: "+49 1555 0123456"
            problem: page.registration.problem
            secondAction: qsTr("Not now")
            shortest: 4

            onSecondChosen: page.postponed()
            onSubmitted: value => page.registration.requestCode(value)
        }
    }
    Component {
        id: codeForm

        RegisterForm {
            action: qsTr("Confirm")
            busy: page.registration.busy
            hints: Qt.ImhDigitsOnly
            label: qsTr("Code")
            longest: page.registration.codeLength
            objectName: "codeForm"
            problem: page.registration.problem
            secondAction: qsTr("Change the number")
            shortest: page.registration.codeLength
            thirdAction: qsTr("Send a new code")
            wide: true

            onSecondChosen: page.registration.changeNumber()
            onSubmitted: value => page.registration.submitCode(value)
            onThirdChosen: page.registration.resendCode()
        }
    }
    Component {
        id: pinForm

        RegisterForm {
            action: qsTr("Unlock")
            busy: page.registration.busy
            hints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
            label: qsTr("PIN")
            longest: 64
            objectName: "pinForm"
            problem: page.registration.problem
            secondAction: qsTr("Change the number")
            secret: true
            shortest: page.registration.minPinLength

            onSecondChosen: page.registration.changeNumber()
            onSubmitted: value => page.registration.submitPin(value)
        }
    }
}
