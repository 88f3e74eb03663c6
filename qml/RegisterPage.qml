import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// The one-time registration: number, code, and a PIN where the number is protected.
FocusScope {
    id: page

    required property RegistrationController registration

    signal postponed

    ScrollArea {
        anchors.fill: parent
        centred: true
        columnHeight: column.implicitHeight
        margin: Theme.large

        Column {
            id: column

            anchors.horizontalCenter: parent.horizontalCenter
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
                            return qsTr("We sent a code of six digits to %1.").arg(page.registration.sentTo.replace(/ /g, "\u00a0"));
                        case RegistrationController.PinStep:
                            return qsTr("This number is protected. Enter the PIN that was chosen when it was registered before.");
                        default:
                            return qsTr("Dial as you always do. When the other phone has Ringlift too, the call moves to the Internet, encrypted from phone to phone. Register once so that calls find you.");
                        }
                    }
                    width: parent.width
                }
            }
            RegisterForm {
                action: qsTr("Send me a code")
                busy: page.registration.busy
                hints: Qt.ImhDialableCharactersOnly
                label: qsTr("Mobile number with country code")
                longest: 24
                keepsInput: true
                objectName: "numberForm"
                placeholder: "+49 1555 0123456"
                problem: page.registration.problem
                secondAction: qsTr("Not now")
                shortest: 4
                visible: page.registration.step !== RegistrationController.CodeStep && page.registration.step !== RegistrationController.PinStep
                width: parent.width

                onSecondChosen: page.postponed()
                onSubmitted: value => page.registration.requestCode(value)
            }
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
                visible: page.registration.step === RegistrationController.CodeStep
                width: parent.width

                onSecondChosen: page.registration.changeNumber()
                onSubmitted: value => page.registration.submitCode(value)
                onThirdChosen: page.registration.resendCode()
            }
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
                visible: page.registration.step === RegistrationController.PinStep
                width: parent.width

                onSecondChosen: page.registration.changeNumber()
                onSubmitted: value => page.registration.submitPin(value)
            }
        }
    }
}
