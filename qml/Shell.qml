pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Ringlift.Model
import Ringlift.Ui

/// The pages and the way between them: a bar below on phones, a rail aside where there is room.
FocusScope {
    id: shell

    enum Place {
        DialPlace,
        HistoryPlace,
        SettingsPlace,
        HealthPlace // reached from the settings
    }

    required property Phone phone
    required property bool compact
    required property int page

    signal placeChosen(int place)
    signal callOpened
    signal registerRequested
    signal clearRequested
    signal deleteRequested

    function callAgain(number, sim) {
        shell.phone.dialling.callAgain(number, sim);
        if (shell.phone.dialling.number !== "")
            shell.placeChosen(Shell.DialPlace);
    }

    function prove() {
        shell.registerRequested();
        shell.phone.registration.proveAgain();
    }

    Rectangle {
        id: navigation

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        color: Theme.surface
        height: shell.compact ? 64 : parent.height
        width: shell.compact ? parent.width : Theme.railWidth

        Rectangle {
            color: Theme.outline
            height: shell.compact ? 1 : parent.height
            width: shell.compact ? parent.width : 1
            x: shell.compact ? 0 : parent.width - 1
        }
        Brand {
            id: brand

            markSize: 34
            visible: !shell.compact
            x: Theme.large
            y: Theme.large
        }
        GridLayout {
            anchors.fill: parent
            anchors.bottomMargin: shell.compact ? Theme.tiny : Theme.large
            anchors.leftMargin: Theme.small
            anchors.rightMargin: Theme.small
            anchors.topMargin: shell.compact ? Theme.tiny : brand.y + brand.height + Theme.large
            columnSpacing: Theme.tiny
            columns: shell.compact ? 3 : 1
            rowSpacing: Theme.tiny

            Repeater {
                model: [[qsTr("Dial pad"), "keypad"], [qsTr("History"), "history"], [qsTr("Settings"), "settings"]]

                NavButton {
                    id: navButton

                    required property int index
                    required property var modelData

                    Layout.fillHeight: shell.compact
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    checked: navButton.index === Math.min(shell.page, Shell.SettingsPlace)
                    iconName: navButton.modelData[1]
                    lengthwise: !shell.compact
                    objectName: "nav-" + navButton.modelData[1]
                    text: navButton.modelData[0]

                    onClicked: shell.placeChosen(navButton.index)
                }
            }
            Item {
                Layout.fillHeight: true
                visible: !shell.compact
            }
        }
    }
    CallBar {
        id: callBar

        anchors.left: pages.left
        anchors.margins: Theme.small
        anchors.right: pages.right
        anchors.top: parent.top
        number: shell.phone.calls.current.number
        objectName: "callBar"
        status: shell.phone.calls.current.status
        visible: shell.phone.calls.active

        onClicked: shell.callOpened()
    }
    Item {
        id: pages

        anchors.bottom: shell.compact ? navigation.top : parent.bottom
        anchors.left: shell.compact ? parent.left : navigation.right
        anchors.right: parent.right
        anchors.top: callBar.visible ? callBar.bottom : parent.top
        clip: true

        DialPage {
            id: dialPage

            anchors.fill: parent
            changes: shell.phone.identityChanges
            compact: shell.compact
            dialling: shell.phone.dialling
            focus: true
            history: shell.phone.history
            notice: shell.phone.registration.notice
            proofDue: shell.phone.registration.proofDue
            registered: shell.phone.registration.registered
            rules: shell.phone.numberRules
            visible: shell.page === Shell.DialPlace

            onCallRequested: (number, sim) => shell.callAgain(number, sim)
            onProofRequested: shell.prove()
            onRegisterRequested: shell.registerRequested()
            onVisibleChanged: {
                if (visible)
                    forceActiveFocus();
            }
        }
        HistoryPage {
            id: historyPage

            anchors.fill: parent
            changes: shell.phone.identityChanges
            history: shell.phone.history
            rules: shell.phone.numberRules
            visible: shell.page === Shell.HistoryPlace

            onCallRequested: (number, sim) => shell.callAgain(number, sim)
            onClearRequested: shell.clearRequested()
            onVisibleChanged: {
                if (visible)
                    forceActiveFocus();
            }
        }
        SettingsPage {
            id: settingsPage

            anchors.fill: parent
            pinLock: shell.phone.pinLock
            registration: shell.phone.registration
            rules: shell.phone.numberRules
            settings: shell.phone.settings
            visible: shell.page === Shell.SettingsPlace

            onDeleteRequested: shell.deleteRequested()
            onHealthRequested: shell.placeChosen(Shell.HealthPlace)
            onRegisterRequested: shell.registerRequested()
            onVisibleChanged: {
                if (visible)
                    forceActiveFocus();
            }
        }
        HealthPage {
            anchors.fill: parent
            health: shell.phone.health
            visible: shell.page === Shell.HealthPlace

            onClosed: shell.placeChosen(Shell.SettingsPlace)
            onProofRequested: shell.prove()
            onRegisterRequested: shell.registerRequested()
            onVisibleChanged: {
                if (visible)
                    forceActiveFocus();
            }
        }
    }
}
