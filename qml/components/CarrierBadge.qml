import QtQuick
import Ringlift.Ui

/// Which network carries a call.
Rectangle {
    id: badge

    required property bool internet
    required property string text

    color: internet ? Theme.internetSurface : Theme.cellularSurface
    implicitHeight: 34
    implicitWidth: row.implicitWidth + 2 * Theme.medium
    radius: height / 2

    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.small

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            color: label.color
            name: badge.internet ? "internet" : "cellular"
            size: 17
        }
        Text {
            id: label

            anchors.verticalCenter: parent.verticalCenter
            color: badge.internet ? Theme.internet : Theme.cellular
            font.bold: true
            font.pixelSize: Theme.captionSize + 1
            text: badge.text
            textFormat: Text.PlainText
        }
    }
}
