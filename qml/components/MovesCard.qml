import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// Over which connections calls move, and what their user is told of it.
Card {
    id: card

    required property SettingsController settings

    Heading {
        text: qsTr("When calls move")
        width: parent.width
    }
    ChoiceRow {
        choices: [
            {
                value: SettingsController.AnyConnection,
                name: qsTr("Any", "Internet connection")
            },
            {
                value: SettingsController.WifiOnly,
                name: qsTr("Wi-Fi only")
            },
            {
                value: SettingsController.FreeDataOnly,
                name: qsTr("Free data only")
            }
        ]
        current: card.settings.moveOver
        label: qsTr("Internet connection")
        objectName: "moveOver"
        width: parent.width

        onChosen: value => card.settings.moveOver = value
    }
    AppText {
        color: Theme.quietText
        font.pixelSize: Theme.captionSize
        objectName: "connection"
        text: card.settings.connection
        width: parent.width
    }
    SwitchRow {
        checked: card.settings.moveWhenRoaming
        description: qsTr("In another operator's network, such as abroad, mobile data may cost extra. Calls always move over Wi-Fi.")
        objectName: "moveWhenRoaming"
        text: qsTr("Move calls on roaming data")
        width: parent.width

        onChosen: on => card.settings.moveWhenRoaming = on
    }
    ChoiceRow {
        choices: [
            {
                value: SettingsController.Off,
                name: qsTr("Off", "no notice")
            },
            {
                value: SettingsController.Notice,
                name: qsTr("Notice")
            },
            {
                value: SettingsController.Sound,
                name: qsTr("Sound")
            },
            {
                value: SettingsController.AskFirst,
                name: qsTr("Ask first")
            }
        ]
        current: card.settings.prompt
        label: qsTr("When a call moves")
        objectName: "prompt"
        width: parent.width

        onChosen: value => card.settings.prompt = value
    }
    AppText {
        color: Theme.quietText
        font.pixelSize: Theme.captionSize
        objectName: "promptMeaning"
        text: card.settings.promptMeaning
        width: parent.width
    }
}
