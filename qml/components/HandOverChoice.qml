import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// When calls to a person whose phone is known move to the Internet.
Column {
    id: choice

    required property Contacts contacts
    required property string number

    readonly property var current: contacts.handOvers[number]
    readonly property bool known: current !== undefined

    spacing: Theme.small

    ChoiceRow {
        choices: [
            {
                value: Contacts.ByTrust,
                name: qsTr("When trusted")
            },
            {
                value: Contacts.AtRing,
                name: qsTr("When it rings")
            },
            {
                value: Contacts.AtAnswer,
                name: qsTr("When answered")
            }
        ]
        current: choice.current
        label: qsTr("Move calls to this person")
        objectName: "handOver"
        width: parent.width

        onChosen: value => choice.contacts.setHandOver(choice.number, value)
    }
    AppText {
        color: Theme.quietText
        font.pixelSize: Theme.captionSize
        objectName: "handOverHint"
        text: qsTr("As soon as it rings at a phone that has proven itself, else when the call is answered.")
        visible: choice.current === Contacts.ByTrust
        width: parent.width
    }
}
