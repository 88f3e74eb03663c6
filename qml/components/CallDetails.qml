import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// Why the call is where it is, whom to trust, and what is wrong.
Column {
    id: details

    required property call call
    required property IdentityChanges changes
    required property Contacts contacts
    required property NumberRules rules
    property bool ruleShown: false

    signal sasCompared(bool same)
    signal moveAllowed
    signal moveDeclined

    spacing: Theme.medium

    MoveQuestion {
        call: details.call
        objectName: "moveQuestion"
        width: parent.width

        onAllowed: details.moveAllowed()
        onDeclined: details.moveDeclined()
    }
    AppText {
        color: Theme.quietText
        horizontalAlignment: Text.AlignHCenter
        objectName: "explanation"
        text: details.call.explanation
        visible: text !== "" && !details.call.identityChanged && details.call.safetyNumber === "" && !details.call.moveNoticed && !details.call.asksToMove
        width: parent.width
    }
    NoticeCard {
        objectName: "moveNotice"
        text: details.call.moveNoticed ? qsTr("This call moved to the Internet, encrypted from phone to phone.") : ""
        width: parent.width
    }
    NoticeCard {
        kind: identityActions.waits ? NoticeCard.Caution : NoticeCard.Note
        objectName: "identityChanged"
        text: !details.call.identityChanged ? "" : identityActions.waits ? details.call.explanation : qsTr("Internet calls with this number are no longer paused.")
        width: parent.width

        IdentityActions {
            id: identityActions

            changes: details.changes
            number: details.call.dialled
            width: parent.width
        }
    }
    NoticeCard {
        action: qsTr("Show the code")
        kind: NoticeCard.Caution
        objectName: "unconfirmed"
        text: details.call.safetyNumber !== "" ? details.call.explanation : ""
        width: parent.width

        onActed: details.changes.show(details.call.dialled, details.call.safetyNumber)
    }
    NoticeCard {
        kind: NoticeCard.Problem
        objectName: "audioNotice"
        text: details.call.audioNotice
        width: parent.width
    }
    NoticeCard {
        text: details.call.peerMuted && !details.call.ended ? qsTr("The other side is muted.") : ""
        width: parent.width
    }
    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.small
        visible: trust.text !== ""

        Icon {
            id: shield

            color: details.call.verified ? Theme.internet : Theme.quietText
            name: details.call.verified ? "shield" : "info"
            size: 18
        }
        AppText {
            id: trust

            color: details.call.verified ? Theme.internet : Theme.quietText
            font.pixelSize: Theme.captionSize
            objectName: "trust"
            text: details.call.trust
            width: Math.min(implicitWidth, details.width - shield.width - parent.spacing)
        }
    }
    SasCard {
        id: sas

        digits: details.call.sas
        objectName: "sas"
        visible: digits !== "" && !details.call.verified && details.call.answered
        width: parent.width

        onCompared: same => details.sasCompared(same)
    }
    HandOverChoice {
        contacts: details.contacts
        number: details.call.dialled
        visible: known && !details.call.identityChanged && (details.call.answered || details.call.ended)
        width: parent.width
    }
    AppButton {
        objectName: "ruleButton"
        text: qsTr("Move calls with this number …")
        visible: !details.ruleShown && !sas.visible && !details.call.asksToMove && details.rules.canHave(details.call.dialled)
        width: parent.width

        onClicked: details.ruleShown = true
    }
    NumberRuleRow {
        number: details.call.dialled
        objectName: "rule"
        rules: details.rules
        visible: details.ruleShown && !details.call.asksToMove && details.rules.canHave(details.call.dialled)
        width: parent.width
    }
}
