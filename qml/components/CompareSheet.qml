import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// The safety number that two people compare, and what they found; or only the number, where the other one has to say it.
FocusScope {
    id: sheet

    required property IdentityChanges changes

    readonly property bool asks: !changes.different && !changes.forPeer

    Accessible.role: Accessible.Dialog
    Accessible.name: heading.text

    onVisibleChanged: {
        if (visible)
            later.forceActiveFocus();
    }

    Keys.onEscapePressed: sheet.changes.close()

    Rectangle {
        anchors.fill: parent
        color: Theme.scrim

        MouseArea {
            anchors.fill: parent
            hoverEnabled: true
        }
    }
    Card {
        anchors.centerIn: parent
        padding: Theme.large
        width: Math.min(parent.width - 2 * Theme.medium, 400)

        Heading {
            id: heading

            text: (sheet.changes.forPeer ? qsTr("Code for %1") : qsTr("Compare codes with %1")).arg(sheet.changes.title)
            width: parent.width
        }
        AppText {
            color: Theme.quietText
            objectName: "compareHint"
            text: sheet.changes.forPeer ? qsTr("The other side has not confirmed this phone yet. Read these digits to each other and compare them with those that the other phone shows.") : qsTr("Meet, or call each other over the phone network, and compare this code with the one that the other phone shows.")
            visible: !sheet.changes.different
            width: parent.width
        }
        AppText {
            font.bold: true
            font.pixelSize: Theme.titleSize
            horizontalAlignment: Text.AlignHCenter
            objectName: "safetyNumber"
            text: sheet.changes.code
            visible: !sheet.changes.different
            width: parent.width
        }
        NoticeCard {
            kind: NoticeCard.Problem
            objectName: "codesDiffer"
            text: sheet.changes.different ? qsTr("This may not be the phone of the person you know. Internet calls with this number stay paused. Call over the phone network.") : ""
            width: parent.width
        }
        Column {
            spacing: Theme.small
            width: parent.width

            AppButton {
                kind: AppButton.Primary
                objectName: "codesSame"
                text: qsTr("They are the same")
                visible: sheet.asks
                width: parent.width

                onClicked: sheet.changes.answer(true)
            }
            AppButton {
                objectName: "codesDifferent"
                text: qsTr("They differ")
                visible: sheet.asks
                width: parent.width

                onClicked: sheet.changes.answer(false)
            }
            AppButton {
                id: later

                objectName: "closeCodes"
                text: sheet.asks ? qsTr("Later") : qsTr("Close")
                width: parent.width

                onClicked: sheet.changes.close()
            }
        }
    }
}
