import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// Asks whether a call may move; meanwhile it goes on over the phone network.
NoticeCard {
    id: question

    required property call call

    signal allowed
    signal declined

    text: question.call.asksToMove ? qsTr("Move this call to the Internet? It is encrypted from phone to phone there.") : ""

    Row {
        spacing: Theme.small
        width: parent.width

        AppButton {
            id: keep

            height: Math.max(keep.implicitHeight, move.implicitHeight)
            leftPadding: Theme.small
            objectName: "keepOnPhone"
            rightPadding: Theme.small
            text: qsTr("Keep on phone")
            width: (parent.width - parent.spacing) / 2

            onClicked: question.declined()
        }
        AppButton {
            id: move

            height: keep.height
            kind: AppButton.Primary
            leftPadding: Theme.small
            objectName: "allowMove"
            rightPadding: Theme.small
            text: qsTr("Move")
            width: (parent.width - parent.spacing) / 2

            onClicked: question.allowed()
        }
    }
}
