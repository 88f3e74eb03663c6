pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Ringlift.Model
import Ringlift.Ui

/// Past calls, the newest first.
ListView {
    id: list

    required property HistoryModel history
    required property IdentityChanges changes
    required property NumberRules rules

    /// Room for the scroll bar beside the rows.
    readonly property int gutter: Theme.small + Theme.tiny

    signal callRequested(string number, int sim)

    activeFocusOnTab: false
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    model: history
    spacing: Theme.small

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Past calls")

    delegate: HistoryRow {
        changes: list.changes
        rules: list.rules
        width: ListView.view.width - list.gutter

        onCalled: list.callRequested(number, sim)
    }

    T.ScrollBar.vertical: AppScrollBar {
    }

    FocusFollower {
        area: list
        parent: list
    }
    Column {
        anchors.centerIn: parent
        spacing: Theme.small
        visible: list.count === 0
        width: Math.min(parent.width - 2 * Theme.large, 280)

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            color: Theme.quietText
            name: "history"
            size: 36
        }
        AppText {
            color: Theme.quietText
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Your calls will be listed here, with the network that carried each of them and why.")
            width: parent.width
        }
    }
}
