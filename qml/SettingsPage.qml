import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// What the user decides about calls and looks.
FocusScope {
    id: page

    required property SettingsController settings
    required property NumberRules rules
    required property PinLockController pinLock
    required property RegistrationController registration

    signal healthRequested
    signal registerRequested
    signal deleteRequested

    ScrollArea {
        anchors.fill: parent
        columnHeight: column.implicitHeight

        Column {
            id: column

            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.medium
            width: Math.min(parent.width - 2 * Theme.medium, Theme.readingWidth)

            Heading {
                font.pixelSize: Theme.headlineSize
                height: Theme.touch
                text: qsTr("Settings")
                verticalAlignment: Text.AlignVCenter
                width: parent.width
            }
            Card {
                width: parent.width

                Heading {
                    text: qsTr("Calls")
                    width: parent.width
                }
                SwitchRow {
                    checked: page.settings.moveCalls
                    description: qsTr("When both phones have Ringlift, calls move to an encrypted Internet connection.")
                    objectName: "moveCalls"
                    text: qsTr("Move calls to the Internet")
                    width: parent.width

                    onChosen: on => page.settings.moveCalls = on
                }
                SwitchRow {
                    checked: page.settings.allowUnknownCallerId
                    description: qsTr("Also when the phone network does not say who is calling, as long as the server knows only one possible caller and you have talked to that person over the Internet before.")
                    objectName: "allowUnknownCallerId"
                    text: qsTr("Move calls without caller ID")
                    width: parent.width

                    onChosen: on => page.settings.allowUnknownCallerId = on
                }
                SwitchRow {
                    checked: page.settings.redialAutomatically
                    description: qsTr("When the Internet connection breaks during a call, call again over the phone network without asking. Your operator's usual price applies.")
                    objectName: "redialAutomatically"
                    text: qsTr("Call again automatically")
                    width: parent.width

                    onChosen: on => page.settings.redialAutomatically = on
                }
                SwitchRow {
                    checked: page.settings.contactsOnlyManual
                    description: qsTr("On a device without a SIM card, calls from people you never talked to are turned away.")
                    objectName: "contactsOnlyManual"
                    text: qsTr("Only people I know may call this computer")
                    width: parent.width

                    onChosen: on => page.settings.contactsOnlyManual = on
                }
            }
            HealthCard {
                width: parent.width

                onOpened: page.healthRequested()
            }
            MovesCard {
                settings: page.settings
                width: parent.width
            }
            NumberRulesCard {
                objectName: "numberRules"
                rules: page.rules
                width: parent.width
            }
            Card {
                width: parent.width

                Heading {
                    text: qsTr("Privacy")
                    width: parent.width
                }
                AppText {
                    objectName: "addressPolicy"
                    text: page.settings.addressPolicy
                    width: parent.width
                }
            }
            Card {
                width: parent.width

                Heading {
                    text: qsTr("Appearance")
                    width: parent.width
                }
                ChoiceRow {
                    choices: [
                        {
                            value: SettingsController.FollowSystem,
                            name: qsTr("System", "the appearance of the system")
                        },
                        {
                            value: SettingsController.Light,
                            name: qsTr("Light")
                        },
                        {
                            value: SettingsController.Dark,
                            name: qsTr("Dark")
                        }
                    ]
                    current: page.settings.appearance
                    label: qsTr("Colours")
                    objectName: "appearance"
                    width: parent.width

                    onChosen: value => page.settings.appearance = value
                }
                ChoiceRow {
                    choices: page.settings.languages
                    current: page.settings.language
                    label: qsTr("Language")
                    objectName: "language"
                    width: parent.width

                    onChosen: value => page.settings.language = value
                }
            }
            PinLockCard {
                lock: page.pinLock
                objectName: "pinLock"
                visible: page.registration.registered
                width: parent.width
            }
            RegistrationCard {
                registration: page.registration
                width: parent.width

                onDeleteRequested: page.deleteRequested()
                onRegisterRequested: page.registerRequested()
            }
        }
    }
}
