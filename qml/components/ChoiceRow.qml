pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Ringlift.Ui

/// One of a few choices, side by side. A choice is {value, name}.
Column {
    id: row

    required property string label
    required property var choices
    required property var current
    property bool labelled: true

    signal chosen(var value)

    spacing: Theme.small

    AppText {
        text: row.label
        visible: row.labelled
        width: parent.width
    }
    Rectangle {
        color: Theme.raised
        height: Theme.touch
        radius: Theme.radius
        width: parent.width

        RowLayout {
            anchors.fill: parent
            spacing: 0

            Repeater {
                model: row.choices

                ChoiceButton {
                    id: choice

                    required property var modelData

                    Layout.fillHeight: true
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    checked: row.current === choice.modelData.value
                    group: row.label
                    text: choice.modelData.name

                    onClicked: row.chosen(choice.modelData.value)
                }
            }
        }
    }
}
