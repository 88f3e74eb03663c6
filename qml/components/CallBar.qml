import QtQuick
import QtQuick.Layouts
import Ringlift.Ui

/// Leads back to a call that goes on.
Pressable {
    id: control

    required property string number
    required property string status

    implicitHeight: Theme.touch
    implicitWidth: 320
    leftPadding: Theme.medium
    rightPadding: Theme.medium
    ringRadius: Theme.radius
    text: qsTr("Back to the call with %1").arg(number)

    background: Rectangle {
        color: Theme.call
        opacity: control.down || control.hovered ? 0.88 : 1
        radius: Theme.radius
    }
    contentItem: RowLayout {
        spacing: Theme.small

        Icon {
            color: Theme.callInk
            name: "call"
            size: 20
        }
        Text {
            Layout.fillWidth: true
            color: Theme.callInk
            elide: Text.ElideRight
            font.bold: true
            font.pixelSize: Theme.bodySize
            text: control.number
            textFormat: Text.PlainText
        }
        Text {
            color: Theme.callInk
            font.pixelSize: Theme.bodySize
            text: control.status
            textFormat: Text.PlainText
        }
    }
}
