import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// What to do about a number that has a new phone.
Flow {
    id: actions

    required property IdentityChanges changes
    required property string number

    readonly property bool comparable: Array.from(changes.comparable).includes(number)
    readonly property bool confirmable: Array.from(changes.confirmable).includes(number)
    readonly property bool waits: comparable || confirmable

    spacing: Theme.small
    visible: waits

    AppButton {
        kind: AppButton.Primary
        objectName: "compareCodes"
        text: qsTr("Compare codes")
        visible: actions.comparable

        onClicked: actions.changes.compare(actions.number)
    }
    AppButton {
        objectName: "confirmIdentity"
        text: qsTr("Confirm the new phone")
        visible: actions.confirmable

        onClicked: actions.changes.confirm(actions.number)
    }
}
