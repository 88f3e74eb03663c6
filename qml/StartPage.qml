import QtQuick
import Ringlift.Ui

/// Shown until the phone works, with what is in the way.
FocusScope {
    id: page

    required property bool starting
    required property string problem
    property bool takesPassphrase: false
    property int shortestPassphrase: 1

    signal retried
    signal passphraseChosen(string passphrase)

    ScrollArea {
        anchors.fill: parent
        centred: true
        columnHeight: column.implicitHeight
        margin: Theme.large

        Column {
            id: column

            anchors.horizontalCenter: parent.horizontalCenter
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
            RegisterForm {
                action: qsTr("Use this passphrase")
                busy: false
                hints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
                label: qsTr("Passphrase")
                longest: 256
                objectName: "passphraseForm"
                problem: ""
                secondAction: qsTr("Try again")
                secret: true
                shortest: page.shortestPassphrase
                visible: page.takesPassphrase
                width: parent.width

                onSecondChosen: page.retried()
                onSubmitted: value => page.passphraseChosen(value)
            }
            AppButton {
                anchors.horizontalCenter: parent.horizontalCenter
                kind: AppButton.Primary
                objectName: "tryAgain"
                text: qsTr("Try again")
                visible: page.problem !== "" && !page.takesPassphrase

                onClicked: page.retried()
            }
        }
    }
}
