import QtQuick
import Ringlift.Ui

/// One choice of a ChoiceRow.
Pressable {
    id: control

    required property string group

    leftPadding: Theme.tiny
    rightPadding: Theme.tiny

    Accessible.role: Accessible.RadioButton
    Accessible.description: group
    Accessible.checkable: true
    Accessible.checked: checked

    background: Rectangle {
        border.color: control.checked ? Theme.accent : "transparent"
        border.width: control.checked ? 2 : 0
        color: control.checked ? Theme.surface : control.hovered ? Theme.pressed : "transparent"
        radius: Theme.radius
    }
    contentItem: Text {
        color: control.checked ? Theme.accent : Theme.text
        elide: Text.ElideRight
        font.bold: control.checked
        font.pixelSize: Theme.captionSize + 1
        fontSizeMode: Text.HorizontalFit
        horizontalAlignment: Text.AlignHCenter
        minimumPixelSize: 10
        text: control.text
        textFormat: Text.PlainText
        verticalAlignment: Text.AlignVCenter
    }
}
