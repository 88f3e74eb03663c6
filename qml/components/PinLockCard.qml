import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// The PIN that keeps others from registering this number.
Card {
    id: card

    required property PinLockController lock
    property bool choosing: false

    function save() {
        if (card.lock.choose(pin.text, again.text))
            card.choosing = false;
    }

    onChoosingChanged: {
        pin.text = "";
        again.text = "";
        if (choosing)
            pin.forceActiveFocus();
    }
    onVisibleChanged: {
        if (visible)
            return;
        card.choosing = false;
        card.lock.startAnew();
    }

    Heading {
        text: qsTr("PIN lock")
        width: parent.width
    }
    AppText {
        objectName: "lockState"
        text: card.lock.set ? qsTr("A PIN protects your number: without it nobody can register it on another phone.") : qsTr("With a PIN, nobody can register your number on another phone, even with your SIM card or its messages. You need it yourself when you change phones. The protection lapses when Ringlift has not been used here for a week.")
        width: parent.width
    }
    NoticeCard {
        kind: NoticeCard.Problem
        objectName: "lockProblem"
        text: card.lock.problem
        width: parent.width
    }
    NoticeCard {
        objectName: "lockDone"
        text: card.lock.done
        width: parent.width
    }
    Column {
        spacing: Theme.medium
        visible: card.choosing
        width: parent.width

        AppTextField {
            id: pin

            echoMode: TextInput.Password
            inputMethodHints: Qt.ImhDigitsOnly | Qt.ImhSensitiveData
            label: qsTr("New PIN, at least four digits")
            maximumLength: card.lock.maxPinLength
            objectName: "newPin"
            width: parent.width

            onAccepted: again.forceActiveFocus()
        }
        AppTextField {
            id: again

            echoMode: TextInput.Password
            inputMethodHints: Qt.ImhDigitsOnly | Qt.ImhSensitiveData
            label: qsTr("The same PIN again")
            maximumLength: card.lock.maxPinLength
            objectName: "newPinAgain"
            width: parent.width

            onAccepted: card.save()
        }
        Flow {
            spacing: Theme.small
            width: parent.width

            AppButton {
                enabled: pin.text.length >= card.lock.minPinLength && again.text !== ""
                kind: AppButton.Primary
                objectName: "savePin"
                text: qsTr("Save the PIN")

                onClicked: card.save()
            }
            AppButton {
                objectName: "cancelPin"
                text: qsTr("Cancel")

                onClicked: {
                    card.choosing = false;
                    card.lock.startAnew();
                }
            }
        }
    }
    Flow {
        spacing: Theme.small
        visible: !card.choosing
        width: parent.width

        AppButton {
            enabled: !card.lock.busy
            objectName: "choosePin"
            text: card.lock.busy ? qsTr("One moment…") : card.lock.set ? qsTr("Change the PIN") : qsTr("Set a PIN")

            onClicked: {
                card.lock.startAnew();
                card.choosing = true;
            }
        }
        AppButton {
            enabled: !card.lock.busy
            objectName: "removePin"
            text: qsTr("Remove the PIN")
            visible: card.lock.set

            onClicked: card.lock.remove()
        }
    }
}
