import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// A past call: who, when, how long, and whether it moved or why not.
Card {
    id: row

    required property string number
    required property string title
    required property string moment
    required property string length
    required property string outcome
    required property string explanation
    required property bool incoming
    required property bool missed
    required property bool moved
    required property bool identityChanged
    required property int sim
    required property IdentityChanges changes
    required property NumberRules rules
    property bool ruleShown: false

    signal called

    spacing: Theme.small

    Accessible.role: Accessible.ListItem
    Accessible.name: title + ", " + moment + ", " + length
    Accessible.description: outcome + " " + explanation

    Item {
        height: Math.max(words.implicitHeight, callBack.height)
        width: parent.width

        Icon {
            id: direction

            anchors.left: parent.left
            anchors.top: parent.top
            anchors.topMargin: 2
            color: row.missed ? Theme.danger : Theme.quietText
            name: row.incoming ? "incoming" : "outgoing"
            size: 20
        }
        Column {
            id: words

            anchors.left: direction.right
            anchors.leftMargin: Theme.small + Theme.tiny
            anchors.right: ruleButton.visible ? ruleButton.left : callBack.left
            anchors.rightMargin: Theme.small
            spacing: Theme.tiny

            AppText {
                color: row.missed ? Theme.danger : Theme.text
                elide: Text.ElideRight
                font.bold: true
                text: row.title
                width: parent.width
                wrapMode: Text.NoWrap
            }
            AppText {
                color: Theme.quietText
                font.pixelSize: Theme.captionSize
                text: row.moment + " · " + row.length
                width: parent.width
            }
        }
        IconButton {
            id: ruleButton

            anchors.right: callBack.left
            anchors.verticalCenter: parent.verticalCenter
            iconName: "settings"
            objectName: "ruleButton"
            text: qsTr("Whether calls with %1 move").arg(row.title)
            visible: row.rules.canHave(row.number)

            onClicked: row.ruleShown = !row.ruleShown
        }
        IconButton {
            id: callBack

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            iconName: "call"
            ink: Theme.call
            objectName: "callBack"
            text: qsTr("Call %1").arg(row.title)
            visible: row.number !== ""

            onClicked: row.called()
        }
    }
    Row {
        spacing: Theme.small + Theme.tiny
        width: parent.width

        Item {
            id: network

            height: symbol.height
            width: direction.width

            Icon {
                id: symbol

                anchors.horizontalCenter: parent.horizontalCenter
                color: row.moved ? Theme.internet : Theme.cellular
                name: row.moved ? "internet" : "cellular"
                size: 16
            }
        }
        Column {
            spacing: 2
            width: parent.width - network.width - parent.spacing

            AppText {
                color: row.moved ? Theme.internet : Theme.cellular
                font.pixelSize: Theme.captionSize
                objectName: "outcome"
                text: row.outcome
                width: parent.width
            }
            AppText {
                color: Theme.quietText
                font.pixelSize: Theme.captionSize
                text: row.explanation
                visible: text !== ""
                width: parent.width
            }
        }
    }
    NumberRuleRow {
        number: row.number
        objectName: "rule"
        rules: row.rules
        visible: row.ruleShown
        width: parent.width
    }
    IdentityActions {
        changes: row.changes
        number: row.number
        objectName: "identity-" + row.number
        visible: row.identityChanged && waits
        width: parent.width
    }
}
