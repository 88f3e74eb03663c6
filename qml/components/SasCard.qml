import QtQuick
import Ringlift.Ui

/// The digits that both people read to each other.
Card {
    id: card

    required property string digits

    signal compared(bool same)

    spacing: Theme.small + Theme.tiny

    AppText {
        color: Theme.quietText
        font.pixelSize: Theme.captionSize + 1
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("To be sure who is on the line, read these digits to each other.")
        width: parent.width
    }
    AppText {
        font.bold: true
        font.letterSpacing: 2
        font.pixelSize: Theme.headlineSize
        horizontalAlignment: Text.AlignHCenter
        objectName: "sasDigits"
        text: card.digits
        width: parent.width
    }
    Row {
        spacing: Theme.small
        width: parent.width

        AppButton {
            leftPadding: Theme.small
            objectName: "sasDifferent"
            rightPadding: Theme.small
            text: qsTr("Different")
            width: (parent.width - parent.spacing) / 2

            onClicked: card.compared(false)
        }
        AppButton {
            kind: AppButton.Primary
            leftPadding: Theme.small
            objectName: "sasSame"
            rightPadding: Theme.small
            text: qsTr("Same")
            width: (parent.width - parent.spacing) / 2

            onClicked: card.compared(true)
        }
    }
}
