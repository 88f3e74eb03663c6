import QtQuick
import Ringlift.Ui

/// Mark and name of the program.
Row {
    property int markSize: 40

    spacing: Theme.small + Theme.tiny

    Rectangle {
        color: Theme.accent
        height: parent.markSize
        radius: width * 0.3
        width: parent.markSize

        Icon {
            anchors.centerIn: parent
            color: Theme.accentInk
            name: "lift"
            size: parent.width * 0.66
        }
    }
    Heading {
        anchors.verticalCenter: parent.verticalCenter
        font.pixelSize: parent.markSize * 0.55
        text: "Ringlift"
        wrapMode: Text.NoWrap
    }
}
