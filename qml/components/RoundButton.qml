import QtQuick
import Ringlift.Ui

/// A round button of the call controls with its name below.
Pressable {
    id: control

    required property string iconName
    property color fill: Theme.raised
    property color ink: Theme.text
    property int diameter: 60
    property bool captioned: true
    /// Lines of room for the caption, so that buttons side by side stay at one height whatever they are called.
    property int captionLines: 1

    implicitWidth: captioned ? Math.max(diameter, 88) : diameter
    ringRadius: captioned ? Theme.radius : diameter / 2 + Theme.focusWidth

    contentItem: Column {
        spacing: Theme.small

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            color: control.fill
            height: control.diameter
            radius: width / 2
            width: control.diameter

            Rectangle {
                anchors.fill: parent
                color: Theme.text
                opacity: control.down ? 0.16 : control.hovered ? 0.07 : 0
                radius: width / 2
            }
            Icon {
                anchors.centerIn: parent
                color: control.ink
                name: control.iconName
                size: control.diameter * 0.44
            }
        }
        Text {
            color: Theme.quietText
            font.pixelSize: Theme.captionSize
            height: Math.max(implicitHeight, control.captionLines * metrics.height)
            horizontalAlignment: Text.AlignHCenter
            text: control.text
            textFormat: Text.PlainText
            visible: control.captioned
            width: parent.width
            wrapMode: Text.Wrap
        }
    }

    FontMetrics {
        id: metrics

        font.pixelSize: Theme.captionSize
    }
}
