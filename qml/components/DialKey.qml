import QtQuick
import Ringlift.Ui

/// One key of the dial pad: the digit with its letters.
Pressable {
    id: control

    required property string digit
    required property string letters

    implicitHeight: 60
    implicitWidth: 80
    ringRadius: height / 2
    text: digit

    Accessible.name: digit === "*" ? qsTr("Star") : digit === "#" ? qsTr("Hash") : letters === "" ? digit : digit + " " + letters

    background: Rectangle {
        color: control.down ? Theme.pressed : control.hovered ? Theme.raised : Theme.surface
        radius: height / 2
        border.color: Theme.outline
        border.width: 1
    }
    contentItem: Item {
        Column {
            anchors.centerIn: parent
            spacing: -1

            Text {
                anchors.horizontalCenter: parent.horizontalCenter
                color: Theme.text
                font.pixelSize: 26
                lineHeight: 0.9
                text: control.digit
                textFormat: Text.PlainText
            }
            Text {
                anchors.horizontalCenter: parent.horizontalCenter
                color: Theme.quietText
                font.letterSpacing: 1.5
                font.pixelSize: 10
                text: control.letters
                textFormat: Text.PlainText
                visible: text !== "" && control.height >= 48
            }
        }
    }
}
