import QtQuick
import QtQuick.Templates as T
import Ringlift.Ui

/// A line of input with its label above.
FocusScope {
    id: field

    required property string label
    property alias text: input.text
    property alias placeholder: hint.text
    property alias inputMethodHints: input.inputMethodHints
    property alias echoMode: input.echoMode
    property alias maximumLength: input.maximumLength
    property alias letterSpacing: input.font.letterSpacing

    signal accepted

    implicitHeight: column.implicitHeight
    implicitWidth: 240

    Column {
        id: column

        spacing: Theme.small
        width: parent.width

        AppText {
            color: Theme.quietText
            font.pixelSize: Theme.captionSize
            text: field.label
            width: parent.width
        }
        T.TextField {
            id: input

            color: Theme.text
            focus: true
            font.pixelSize: Theme.titleSize
            height: Theme.touch + Theme.small
            leftPadding: Theme.medium
            rightPadding: Theme.medium
            selectByMouse: true
            selectedTextColor: Theme.accentInk
            selectionColor: Theme.accent
            verticalAlignment: TextInput.AlignVCenter
            width: parent.width

            Accessible.role: Accessible.EditableText
            Accessible.name: field.label
            Accessible.onPressAction: input.forceActiveFocus()

            onAccepted: field.accepted()

            background: Rectangle {
                border.color: input.activeFocus ? Theme.focus : Theme.controlOutline
                border.width: input.activeFocus ? Theme.focusWidth : 1
                color: Theme.surface
                radius: Theme.radius
            }

            Text {
                id: hint

                anchors.fill: parent
                anchors.leftMargin: Theme.medium
                anchors.rightMargin: Theme.medium
                color: Theme.quietText
                elide: Text.ElideRight
                font.pixelSize: Theme.titleSize
                opacity: 0.8
                textFormat: Text.PlainText
                verticalAlignment: Text.AlignVCenter
                visible: input.length === 0
            }
        }
    }
}
