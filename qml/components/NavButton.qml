import QtQuick
import QtQuick.Layouts
import Ringlift.Ui

/// Leads to a page; upright in a bar, lengthwise in a rail.
Pressable {
    id: control

    required property string iconName
    property bool lengthwise: false

    readonly property color ink: checked ? Theme.accent : Theme.quietText

    leftPadding: lengthwise ? Theme.medium : Theme.tiny
    rightPadding: lengthwise ? Theme.medium : Theme.tiny

    Accessible.role: Accessible.PageTab
    Accessible.checked: checked
    Accessible.selected: checked

    background: Rectangle {
        color: control.lengthwise && control.checked ? Theme.accentSurface : control.down || control.hovered ? Theme.raised : "transparent"
        radius: Theme.radius
    }
    contentItem: GridLayout {
        columnSpacing: Theme.medium
        columns: control.lengthwise ? 2 : 1
        rowSpacing: 3

        Icon {
            Layout.alignment: control.lengthwise ? Qt.AlignVCenter : Qt.AlignHCenter | Qt.AlignBottom
            color: control.ink
            name: control.iconName
            size: 22
        }
        Text {
            Layout.alignment: control.lengthwise ? Qt.AlignVCenter : Qt.AlignTop
            Layout.fillWidth: true
            color: control.ink
            elide: Text.ElideRight
            font.bold: control.checked
            font.pixelSize: control.lengthwise ? Theme.bodySize : 12
            horizontalAlignment: control.lengthwise ? Text.AlignLeft : Text.AlignHCenter
            text: control.text
            textFormat: Text.PlainText
        }
    }
}
