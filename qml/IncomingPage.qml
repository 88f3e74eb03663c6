import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// A call that rings here.
FocusScope {
    id: page

    required property CallController calls

    readonly property call call: calls.incoming

    onVisibleChanged: page.calls.setRingOnScreen(page.visible)

    Accessible.role: Accessible.AlertMessage
    Accessible.name: qsTr("Incoming call from %1").arg(page.call.number)

    Column {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: -buttons.height / 2
        spacing: Theme.medium
        width: Math.min(parent.width - 2 * Theme.large, Theme.columnWidth)

        CallHeader {
            call: page.call
            ringing: !page.call.asksToMove
            width: parent.width
        }
        MoveQuestion {
            call: page.call
            objectName: "moveQuestion"
            width: parent.width

            onAllowed: page.calls.allowMove()
            onDeclined: page.calls.keepOnPhone()
        }
        AppText {
            color: Theme.quietText
            horizontalAlignment: Text.AlignHCenter
            objectName: "explanation"
            text: page.call.explanation
            visible: text !== "" && !page.call.moveNoticed && !page.call.asksToMove
            width: parent.width
        }
        NoticeCard {
            objectName: "moveNotice"
            text: page.call.moveNoticed ? qsTr("This call moved to the Internet, encrypted from phone to phone.") : ""
            width: parent.width
        }
        AppText {
            color: Theme.quietText
            font.pixelSize: Theme.captionSize
            horizontalAlignment: Text.AlignHCenter
            text: page.call.trust
            visible: text !== ""
            width: parent.width
        }
    }
    Row {
        id: buttons

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.huge
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.huge + Theme.large

        RoundButton {
            diameter: 72
            fill: Theme.dangerFill
            iconName: "hangUp"
            ink: Theme.dangerInk
            objectName: "decline"
            text: qsTr("Decline")

            onClicked: page.calls.decline()
        }
        RoundButton {
            diameter: 72
            fill: Theme.call
            focus: true
            iconName: "call"
            ink: Theme.callInk
            objectName: "answer"
            text: qsTr("Answer")

            onClicked: page.calls.answer()
        }
    }
}
