import QtQuick
import QtQuick.Templates as T
import Ringlift.Ui

/// A setting that is on or off, with a line that says what it does.
T.Switch {
    id: control

    required property string description

    signal chosen(bool on)

    function flip() {
        control.toggle();
        control.chosen(control.checked);
    }

    focusPolicy: Qt.StrongFocus
    implicitHeight: Math.max(Theme.touch, contentItem.implicitHeight + topPadding + bottomPadding)
    implicitWidth: 320
    topPadding: Theme.small
    bottomPadding: Theme.small

    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: description
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.onPressAction: control.flip()
    Accessible.onToggleAction: control.flip()

    Keys.onEnterPressed: control.flip()
    Keys.onReturnPressed: control.flip()

    onToggled: control.chosen(checked)

    contentItem: Column {
        rightPadding: control.indicator.width + Theme.medium
        spacing: 2

        Text {
            color: Theme.text
            font.pixelSize: Theme.bodySize
            text: control.text
            textFormat: Text.PlainText
            width: control.availableWidth - parent.rightPadding
            wrapMode: Text.Wrap
        }
        Text {
            color: Theme.quietText
            font.pixelSize: Theme.captionSize
            lineHeight: 1.15
            text: control.description
            textFormat: Text.PlainText
            visible: text !== ""
            width: control.availableWidth - parent.rightPadding
            wrapMode: Text.Wrap
        }
    }
    indicator: Rectangle {
        border.color: control.checked ? Theme.accent : Theme.controlOutline
        border.width: control.checked ? 0 : 2
        color: control.checked ? Theme.accent : "transparent"
        height: 28
        radius: height / 2
        width: 48
        x: control.width - width - control.rightPadding
        y: (control.height - height) / 2

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            color: control.checked ? Theme.accentInk : Theme.controlOutline
            height: control.checked ? 20 : 16
            radius: height / 2
            width: height
            x: control.checked ? parent.width - width - 4 : 6

            Behavior on x {
                NumberAnimation {
                    duration: Theme.quick
                }
            }
        }
    }

    FocusRing {
        anchors.leftMargin: -Theme.small
        anchors.rightMargin: -Theme.small
        shown: control.visualFocus
    }
}
