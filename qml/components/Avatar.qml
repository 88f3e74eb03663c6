pragma ComponentBehavior: Bound

import QtQuick
import Ringlift.Ui

/// Stands for the other person. While it calls, rings spread from it.
Item {
    id: avatar

    property int diameter: 88
    property bool calling: false

    implicitHeight: diameter
    implicitWidth: diameter

    Repeater {
        model: 2

        Rectangle {
            id: ring

            required property int index

            anchors.centerIn: parent
            border.color: Theme.accent
            border.width: 2
            color: "transparent"
            height: width
            opacity: 0
            radius: width / 2
            visible: avatar.calling
            width: avatar.diameter

            SequentialAnimation {
                loops: Animation.Infinite
                running: avatar.calling && avatar.visible

                PauseAnimation {
                    duration: ring.index * Theme.calm / 2
                }
                ParallelAnimation {
                    NumberAnimation {
                        duration: Theme.calm
                        from: avatar.diameter
                        property: "width"
                        target: ring
                        to: avatar.diameter * 1.6
                    }
                    NumberAnimation {
                        duration: Theme.calm
                        from: 0.55
                        property: "opacity"
                        target: ring
                        to: 0
                    }
                }
            }
        }
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.accentSurface
        radius: width / 2

        Icon {
            anchors.centerIn: parent
            color: Theme.accent
            name: "person"
            size: avatar.diameter * 0.5
        }
    }
}
