import QtQuick
import Ringlift.Ui

/// One question of the registration: a field, what is wrong with it, and what can be done.
FocusScope {
    id: form

    required property string label
    required property string action
    required property string problem
    required property bool busy
    required property int shortest
    required property int longest
    property string placeholder
    property string secondAction
    property string thirdAction
    property int hints: Qt.ImhNone
    property bool secret: false
    property bool wide: false
    property bool keepsInput: false

    readonly property bool complete: input.text.length >= shortest

    signal submitted(string value)
    signal secondChosen
    signal thirdChosen

    focus: visible
    implicitHeight: column.implicitHeight

    onVisibleChanged: {
        if (!visible && !form.keepsInput)
            input.text = "";
    }

    Column {
        id: column

        spacing: Theme.medium
        width: parent.width

        AppTextField {
            id: input

            echoMode: form.secret ? TextInput.Password : TextInput.Normal
            enabled: !form.busy
            focus: true
            inputMethodHints: form.hints
            label: form.label
            letterSpacing: form.wide ? 6 : 0
            maximumLength: form.longest
            objectName: "input"
            placeholder: form.placeholder
            width: parent.width

            onAccepted: {
                if (form.complete)
                    form.submitted(text);
            }
        }
        NoticeCard {
            kind: NoticeCard.Problem
            objectName: "problem"
            text: form.problem
            width: parent.width
        }
        AppButton {
            enabled: form.complete && !form.busy
            kind: AppButton.Primary
            objectName: "submit"
            text: form.busy ? qsTr("One moment…") : form.action
            width: parent.width

            onClicked: form.submitted(input.text)
        }
        AppButton {
            enabled: !form.busy
            objectName: "third"
            text: form.thirdAction
            visible: text !== ""
            width: parent.width

            onClicked: form.thirdChosen()
        }
        AppButton {
            enabled: !form.busy
            objectName: "second"
            text: form.secondAction
            width: parent.width

            onClicked: form.secondChosen()
        }
    }
}
