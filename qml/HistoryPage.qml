import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// Past calls: moved, not moved, and why.
FocusScope {
    id: page

    required property HistoryModel history
    required property IdentityChanges changes
    required property NumberRules rules

    signal callRequested(string number, int sim)
    signal clearRequested

    Item {
        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.margins: Theme.medium
        anchors.top: parent.top
        width: Math.min(parent.width - 2 * Theme.medium, Theme.readingWidth)

        Item {
            id: header

            height: Theme.touch
            width: parent.width

            Heading {
                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                font.pixelSize: Theme.headlineSize
                text: qsTr("History")
            }
            IconButton {
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                iconName: "trash"
                objectName: "clearHistory"
                text: qsTr("Delete the history")
                visible: page.history.count > 0

                onClicked: page.clearRequested()
            }
        }
        HistoryList {
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.rightMargin: -gutter
            anchors.top: header.bottom
            anchors.topMargin: Theme.small
            changes: page.changes
            history: page.history
            rules: page.rules

            onCallRequested: (number, sim) => page.callRequested(number, sim)
        }
    }
}
