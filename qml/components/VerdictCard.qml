import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// The answer in one sentence, and the first thing to do where it is not yes.
Rectangle {
    id: card

    required property HealthController health

    signal registerRequested
    signal proofRequested
    signal settingsRequested

    readonly property int verdict: health.verdict
    readonly property color ink: verdict === HealthController.Yes ? Theme.internet : verdict === HealthController.No ? Theme.danger : Theme.warning

    function remedy() {
        switch (card.health.remedy) {
        case HealthController.Register:
            return card.registerRequested();
        case HealthController.ProveNumber:
            return card.proofRequested();
        default:
            return card.settingsRequested();
        }
    }

    color: verdict === HealthController.Yes ? Theme.internetSurface : verdict === HealthController.No ? Theme.dangerSurface : Theme.warningSurface
    implicitHeight: column.implicitHeight + 2 * Theme.large
    implicitWidth: 320
    radius: Theme.radius + 2
    visible: verdict !== HealthController.Asking

    Icon {
        id: sign

        anchors.left: parent.left
        anchors.leftMargin: Theme.medium
        anchors.top: parent.top
        anchors.topMargin: Theme.large - 2
        color: card.ink
        name: card.verdict === HealthController.Yes ? "fine" : card.verdict === HealthController.No ? "problem" : "unknown"
        size: 30
    }
    Column {
        id: column

        anchors.left: sign.right
        anchors.leftMargin: Theme.medium
        anchors.right: parent.right
        anchors.rightMargin: Theme.medium
        anchors.top: parent.top
        anchors.topMargin: Theme.large
        spacing: Theme.small + Theme.tiny

        Heading {
            objectName: "headline"
            text: card.health.headline
            width: parent.width
        }
        AppText {
            objectName: "explanation"
            text: card.health.explanation
            visible: text !== ""
            width: parent.width
        }
        AppText {
            font.bold: true
            objectName: "advice"
            text: card.health.advice
            visible: text !== ""
            width: parent.width
        }
        AppButton {
            kind: AppButton.Primary
            objectName: "remedy"
            text: card.health.remedy === HealthController.Register ? qsTr("Register") : card.health.remedy === HealthController.ProveNumber ? qsTr("Confirm the number") : qsTr("Open the settings")
            visible: card.health.remedy !== HealthController.NoRemedy

            onClicked: card.remedy()
        }
        AppText {
            color: Theme.quietText
            font.pixelSize: Theme.captionSize + 1
            objectName: "meantime"
            text: card.health.meantime
            visible: text !== ""
            width: parent.width
        }
    }
}
