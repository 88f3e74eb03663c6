import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// What can be done in a call.
FocusScope {
    id: controls

    required property call call
    required property bool keypadShown

    readonly property real cellWidth: Math.min(96, (width - 3 * Theme.tiny) / 4)

    signal muteToggled
    signal keypadToggled
    signal stayChosen
    signal hungUp
    signal redialled
    signal closed

    implicitHeight: column.implicitHeight

    Column {
        id: column

        spacing: Theme.medium
        width: parent.width

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.tiny
            visible: !controls.call.ended

            RoundButton {
                captionLines: 2
                diameter: 56
                fill: controls.call.muted ? Theme.text : Theme.raised
                iconName: controls.call.muted ? "muted" : "microphone"
                ink: controls.call.muted ? Theme.window : Theme.text
                width: controls.cellWidth
                objectName: "mute"
                text: controls.call.muted ? qsTr("Unmute") : qsTr("Mute")

                onClicked: controls.muteToggled()
            }
            RoundButton {
                captionLines: 2
                diameter: 56
                fill: controls.keypadShown ? Theme.text : Theme.raised
                iconName: "keypad"
                ink: controls.keypadShown ? Theme.window : Theme.text
                width: controls.cellWidth
                objectName: "keypad"
                text: controls.keypadShown ? qsTr("Hide keypad") : qsTr("Keypad")

                onClicked: controls.keypadToggled()
            }
            RoundButton {
                captionLines: 2
                diameter: 56
                iconName: "cellular"
                width: controls.cellWidth
                objectName: "stay"
                text: qsTr("Stay on phone")
                visible: controls.call.canStayOnPhone

                Accessible.description: qsTr("Keeps this call on the phone network")

                onClicked: controls.stayChosen()
            }
            RoundButton {
                captionLines: 2
                diameter: 56
                fill: Theme.dangerFill
                focus: true
                iconName: "hangUp"
                ink: Theme.dangerInk
                objectName: "hangUp"
                text: qsTr("Hang up")
                width: controls.cellWidth

                onClicked: controls.hungUp()
            }
        }
        AppButton {
            anchors.horizontalCenter: parent.horizontalCenter
            kind: AppButton.Primary
            objectName: "redial"
            text: qsTr("Call again by phone network")
            visible: controls.call.canRedial

            onClicked: controls.redialled()
        }
        AppButton {
            anchors.horizontalCenter: parent.horizontalCenter
            objectName: "close"
            text: qsTr("Close")
            visible: controls.call.ended

            onClicked: controls.closed()
        }
    }
}
