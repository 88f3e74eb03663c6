import QtQuick
import Ringlift.Ui

/// Asks before something that cannot be undone.
FocusScope {
    id: dialog

    property string question
    property string explanation
    property string action
    property var confirmed: null

    function ask(question, explanation, action, confirmed) {
        dialog.question = question;
        dialog.explanation = explanation;
        dialog.action = action;
        dialog.confirmed = confirmed;
        dialog.visible = true;
        cancel.forceActiveFocus();
    }
    function close() {
        dialog.visible = false;
        dialog.confirmed = null;
    }

    visible: false

    Accessible.role: Accessible.Dialog
    Accessible.name: question

    Keys.onEscapePressed: dialog.close()

    Rectangle {
        anchors.fill: parent
        color: Theme.scrim

        MouseArea {
            anchors.fill: parent
            hoverEnabled: true

            onClicked: dialog.close()
        }
    }
    Card {
        anchors.centerIn: parent
        padding: Theme.large
        width: Math.min(parent.width - 2 * Theme.medium, 400)

        Heading {
            text: dialog.question
            width: parent.width
        }
        AppText {
            color: Theme.quietText
            text: dialog.explanation
            width: parent.width
        }
        Column {
            spacing: Theme.small
            width: parent.width

            AppButton {
                kind: AppButton.Danger
                objectName: "confirm"
                text: dialog.action
                width: parent.width

                onClicked: {
                    const confirmed = dialog.confirmed;
                    dialog.close();
                    confirmed();
                }
            }
            AppButton {
                id: cancel

                objectName: "cancel"
                text: qsTr("Cancel")
                width: parent.width

                onClicked: dialog.close()
            }
        }
    }
}
