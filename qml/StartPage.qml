import QtQuick
import Ringlift.Ui

/// Shown until the phone works, with what is in the way.
Item {
    id: page

    required property bool starting
    required property string problem

    signal retried

    Column {
        anchors.centerIn: parent
        spacing: Theme.large
        width: Math.min(parent.width - 2 * Theme.large, Theme.columnWidth)

        Brand {
            anchors.horizontalCenter: parent.horizontalCenter
        }
        AppText {
            color: Theme.quietText
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Starting…")
            visible: page.starting
            width: parent.width
        }
        NoticeCard {
            kind: NoticeCard.Problem
            objectName: "startProblem"
            text: page.problem
            width: parent.width
        }
        AppButton {
            anchors.horizontalCenter: parent.horizontalCenter
            focus: true
            kind: AppButton.Primary
            objectName: "tryAgain"
            text: qsTr("Try again")
            visible: page.problem !== ""

            onClicked: page.retried()
        }
    }
}
