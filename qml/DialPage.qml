import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// Dial as always. Beside the pad, where there is room, the past calls.
FocusScope {
    id: page

    required property DialController dialling
    required property HistoryModel history
    required property IdentityChanges changes
    required property NumberRules rules
    required property bool registered
    property string notice
    property bool proofDue: false
    property bool compact: true

    signal registerRequested
    signal proofRequested
    signal callRequested(string number, int sim)

    Keys.onDeletePressed: page.dialling.clear()
    Keys.onPressed: event => {
        if (event.matches(StandardKey.Paste)) {
            clipboard.clear();
            clipboard.paste();
            page.dialling.number = clipboard.text;
        } else if (event.key === Qt.Key_Backspace) {
            page.dialling.backspace();
        } else if (event.text !== "" && "0123456789+*#,;".includes(event.text)) {
            page.dialling.press(event.text);
        } else {
            return;
        }
        event.accepted = true;
    }
    Keys.onReturnPressed: page.dialling.dial()

    TextInput {
        id: clipboard

        visible: false
    }
    Column {
        id: column

        readonly property real noticeHeight: unregistered.visible ? unregistered.height + spacing : refusal.visible ? refusal.height + spacing : standing.visible ? standing.height + spacing : 0
        readonly property real choiceHeight: sims.visible ? sims.height + spacing : 0
        readonly property real keyHeight: Math.max(Theme.touch - 4, Math.min(62, (page.height - noticeHeight - choiceHeight - 190 - 2 * spacing) / 4))

        anchors.horizontalCenter: page.compact ? parent.horizontalCenter : undefined
        anchors.verticalCenter: parent.verticalCenter
        spacing: page.height < 560 ? Theme.small + Theme.tiny : Theme.large
        width: page.compact ? Math.min(parent.width - 2 * Theme.large, 360) : 360
        x: Theme.huge

        NoticeCard {
            id: unregistered

            action: qsTr("Register")
            kind: NoticeCard.Caution
            objectName: "unregistered"
            text: page.registered ? "" : qsTr("Your number is not registered, so all calls stay on the phone network.")
            width: parent.width

            onActed: page.registerRequested()
        }
        NoticeCard {
            id: standing

            action: page.proofDue ? qsTr("Confirm the number") : ""
            kind: NoticeCard.Caution
            objectName: "standing"
            text: unregistered.visible || refusal.visible ? "" : page.notice
            width: parent.width

            onActed: page.proofRequested()
        }
        NoticeCard {
            id: refusal

            kind: NoticeCard.Problem
            objectName: "refusal"
            text: unregistered.visible ? "" : page.dialling.refusal
            width: parent.width
        }
        AppText {
            color: page.dialling.number === "" ? Theme.quietText : Theme.text
            elide: Text.ElideLeft
            font.pixelSize: page.dialling.number === "" ? Theme.titleSize : Theme.displaySize
            fontSizeMode: Text.HorizontalFit
            height: 48
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1
            minimumPixelSize: Theme.titleSize
            objectName: "dialled"
            text: page.dialling.number === "" ? qsTr("Enter a number") : page.dialling.display
            verticalAlignment: Text.AlignVCenter
            width: parent.width
            wrapMode: Text.NoWrap
        }
        ChoiceRow {
            id: sims

            anchors.horizontalCenter: parent.horizontalCenter
            choices: page.dialling.sims
            current: page.dialling.sim
            label: qsTr("SIM for this call")
            labelled: false
            objectName: "sims"
            visible: choices.length > 1
            width: Math.min(parent.width, 320)

            onChosen: value => page.dialling.sim = value
        }
        DialPad {
            anchors.horizontalCenter: parent.horizontalCenter
            keyHeight: column.keyHeight
            keyWidth: (Math.min(parent.width, 320) - 2 * columnSpacing) / 3

            onKeyPressed: key => page.dialling.press(key)
        }
        Item {
            anchors.horizontalCenter: parent.horizontalCenter
            height: 64
            width: Math.min(parent.width, 320)

            RoundButton {
                anchors.centerIn: parent
                captioned: false
                diameter: 64
                fill: Theme.call
                iconName: "call"
                ink: Theme.callInk
                objectName: "dial"
                text: qsTr("Call")

                onClicked: page.dialling.dial()
            }
            IconButton {
                anchors.right: parent.right
                anchors.rightMargin: Theme.large
                anchors.verticalCenter: parent.verticalCenter
                iconName: "backspace"
                objectName: "backspace"
                text: qsTr("Delete the last digit")
                visible: page.dialling.number !== ""

                onClicked: page.dialling.backspace()
                onPressAndHold: page.dialling.clear()
            }
        }
    }
    Item {
        anchors.bottom: parent.bottom
        anchors.left: column.right
        anchors.leftMargin: Theme.huge
        anchors.margins: Theme.large
        anchors.right: parent.right
        anchors.top: parent.top
        objectName: "recentCalls"
        visible: !page.compact

        Heading {
            id: heading

            text: qsTr("Recent calls")
        }
        HistoryList {
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.rightMargin: -gutter
            anchors.top: heading.bottom
            anchors.topMargin: Theme.medium
            changes: page.changes
            rules: page.rules
            history: page.history

            onCallRequested: (number, sim) => page.callRequested(number, sim)
        }
    }
}
