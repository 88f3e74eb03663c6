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
    contentItem: Column {
        spacing: -1
        topPadding: (control.height - implicitContent) / 2

        readonly property real implicitContent: figure.implicitHeight + (hint.visible ? hint.implicitHeight - 1 : 0)

        Text {
            id: figure

            color: Theme.text
            font.pixelSize: 26
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 0.9
            text: control.digit
            textFormat: Text.PlainText
            width: parent.width
        }
        Text {
            id: hint

            color: Theme.quietText
            font.letterSpacing: 1.5
            font.pixelSize: 10
            horizontalAlignment: Text.AlignHCenter
            text: control.letters
            textFormat: Text.PlainText
            visible: text !== "" && control.height >= 48
            width: parent.width
        }
    }
}
