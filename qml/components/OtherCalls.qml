pragma ComponentBehavior: Bound

import QtQuick
import Ringlift.Ui

/// The calls that go on beside the shown one.
Column {
    id: list

    required property var others

    signal chosen(int handle)

    spacing: Theme.small
    visible: others.length > 0

    Repeater {
        model: list.others

        AppButton {
            id: other

            required property var modelData

            objectName: "otherCall"
            text: qsTr("Show %1 · %2", "number, state").arg(other.modelData.number).arg(other.modelData.status)
            width: list.width

            onClicked: list.chosen(other.modelData.handle)
        }
    }
}
