pragma ComponentBehavior: Bound

import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// Would this phone catch a call right now, and if not, what is to be done?
FocusScope {
    id: page

    required property HealthController health

    signal closed
    signal registerRequested
    signal proofRequested

    Keys.onEscapePressed: page.closed()

    onVisibleChanged: page.health.setWatched(page.visible)

    ScrollArea {
        anchors.fill: parent
        columnHeight: column.implicitHeight

        Column {
            id: column

            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.medium
            width: Math.min(parent.width - 2 * Theme.medium, Theme.readingWidth)

            Item {
                height: Theme.touch
                width: parent.width

                IconButton {
                    id: back

                    anchors.left: parent.left
                    anchors.leftMargin: -Theme.small - Theme.tiny
                    focus: true
                    iconName: "back"
                    objectName: "back"
                    text: qsTr("Back to the settings")

                    onClicked: page.closed()
                }
                Heading {
                    anchors.left: back.right
                    anchors.leftMargin: Theme.tiny
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    font.pixelSize: Theme.headlineSize
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Theme.titleSize
                    text: qsTr("Ready for calls")
                    wrapMode: Text.NoWrap
                }
            }
            VerdictCard {
                health: page.health
                objectName: "verdict"
                width: parent.width

                onProofRequested: page.proofRequested()
                onRegisterRequested: page.registerRequested()
                onSettingsRequested: page.closed()
            }
            NoticeCard {
                kind: NoticeCard.Caution
                objectName: "notice"
                text: page.health.notice
                width: parent.width
            }
            AppButton {
                enabled: !page.health.busy && !page.health.testing
                kind: AppButton.Primary
                objectName: "checkNow"
                text: page.health.busy ? qsTr("Asking the server…") : qsTr("Check now")
                width: parent.width

                onClicked: page.health.checkNow()
            }
            Card {
                width: parent.width

                Heading {
                    text: qsTr("Test call")
                    width: parent.width
                }
                AppText {
                    text: qsTr("Calls a test partner of your server over the Internet and listens whether sound comes back. Your phone line and your microphone are not used.")
                    width: parent.width
                }
                AppButton {
                    enabled: !page.health.testing && !page.health.busy
                    objectName: "testCall"
                    text: page.health.testing ? qsTr("Calling…") : qsTr("Make a test call")
                    width: parent.width

                    onClicked: page.health.makeTestCall()
                }
                NoticeCard {
                    kind: page.health.testPassed ? NoticeCard.Note : NoticeCard.Caution
                    objectName: "testResult"
                    text: page.health.testResult
                    width: parent.width
                }
            }
            Card {
                spacing: Theme.medium + Theme.tiny
                visible: page.health.checks.length > 0
                width: parent.width

                Accessible.role: Accessible.List
                Accessible.name: qsTr("What was checked")

                Repeater {
                    model: page.health.checks

                    HealthRow {
                        required property var modelData
                        required property int index

                        check: modelData
                        objectName: "check-" + index
                        width: parent.width
                    }
                }
            }
        }
    }
}
