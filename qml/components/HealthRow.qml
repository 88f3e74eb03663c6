import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// One thing that was checked: its sign, what is so, and what to do about it. A check is as HealthController tells it.
Item {
    id: row

    required property var check

    readonly property int found: check.state
    readonly property color ink: found === HealthController.Fine ? Theme.internet : found === HealthController.Problem ? Theme.danger : found === HealthController.Caution ? Theme.warning : Theme.quietText

    implicitHeight: column.implicitHeight
    implicitWidth: 320

    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1: %2", "what was checked, what came of it").arg(check.name).arg(check.stateName)
    Accessible.description: [check.sentence, check.time, check.moment, check.advice].filter(text => text !== "").join(" ")

    Icon {
        id: sign

        anchors.left: parent.left
        anchors.top: parent.top
        color: row.ink
        name: ["fine", "warning", "problem", "unknown", "info"][row.found]
        size: 22
    }
    Column {
        id: column

        anchors.left: sign.right
        anchors.leftMargin: Theme.small + Theme.tiny
        anchors.right: parent.right
        spacing: Theme.tiny

        Item {
            height: Math.max(name.height, time.height)
            width: parent.width

            AppText {
                id: name

                anchors.left: parent.left
                anchors.right: time.left
                anchors.rightMargin: time.text === "" ? 0 : Theme.small
                font.bold: true
                text: row.check.name

                Accessible.ignored: true
            }
            AppText {
                id: time

                anchors.right: parent.right
                color: row.ink
                font.bold: true
                objectName: "time"
                text: row.check.time
                wrapMode: Text.NoWrap

                Accessible.ignored: true
            }
        }
        AppText {
            color: Theme.quietText
            font.pixelSize: Theme.captionSize + 1
            objectName: "sentence"
            text: row.check.sentence
            width: parent.width

            Accessible.ignored: true
        }
        AppText {
            color: Theme.quietText
            font.pixelSize: Theme.captionSize
            text: row.check.moment
            visible: text !== ""
            width: parent.width

            Accessible.ignored: true
        }
        AppText {
            font.pixelSize: Theme.captionSize + 1
            objectName: "advice"
            text: row.check.advice
            visible: text !== ""
            width: parent.width

            Accessible.ignored: true
        }
    }
}
