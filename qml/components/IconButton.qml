import QtQuick
import Ringlift.Ui

/// A small button that shows an icon; its text is for screen readers.
Pressable {
    id: control

    required property string iconName
    property color ink: Theme.quietText

    implicitHeight: Theme.touch
    implicitWidth: Theme.touch
    ringRadius: width / 2

    background: Rectangle {
        color: control.down ? Theme.pressed : control.hovered ? Theme.raised : "transparent"
        radius: width / 2
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            color: control.ink
            name: control.iconName
        }
    }
}
