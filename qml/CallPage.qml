import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// The call that goes on: who, on which network and why, and what can be done.
FocusScope {
    id: page

    required property CallController calls
    required property IdentityChanges changes
    required property Contacts contacts
    required property NumberRules rules
    property bool keypadShown: false
    property string sentDigits

    readonly property call call: calls.current

    signal minimised

    onVisibleChanged: {
        page.keypadShown = false;
        page.sentDigits = "";
    }

    Keys.onEscapePressed: page.minimised()
    Keys.onPressed: event => {
        if (event.text === "" || !"0123456789*#".includes(event.text))
            return;
        page.send(event.text);
        event.accepted = true;
    }

    function send(digit) {
        page.sentDigits += digit;
        page.calls.sendDigits(digit);
    }

    IconButton {
        id: back

        anchors.left: parent.left
        anchors.margins: Theme.small
        anchors.top: parent.top
        iconName: "down"
        objectName: "minimise"
        text: qsTr("Show the other pages")
        z: 1

        onClicked: page.minimised()
    }
    ScrollArea {
        anchors.bottom: controls.top
        anchors.bottomMargin: Theme.small
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        centred: true
        columnHeight: column.implicitHeight
        margin: Theme.small

        Column {
            id: column

            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.medium
            width: Math.min(parent.width - 2 * Theme.large, Theme.columnWidth)

            CallHeader {
                call: page.call
                pictured: page.height >= 800 || (!page.call.answered && !page.call.ended && !page.keypadShown)
                sideRoom: Theme.touch + 2 * Theme.small - Theme.large
                width: parent.width
            }
            AppText {
                color: Theme.quietText
                horizontalAlignment: Text.AlignHCenter
                objectName: "peerDigits"
                text: qsTr("The other side pressed %1").arg(page.call.peerDigits)
                visible: page.call.peerDigits !== ""
                width: parent.width
            }
            OtherCalls {
                others: page.calls.others
                width: parent.width

                onChosen: handle => page.calls.show(handle)
            }
            Column {
                spacing: Theme.medium
                visible: page.keypadShown
                width: parent.width

                AppText {
                    elide: Text.ElideLeft
                    font.pixelSize: Theme.titleSize
                    horizontalAlignment: Text.AlignHCenter
                    objectName: "sentDigits"
                    text: page.sentDigits
                    visible: text !== ""
                    width: parent.width
                    wrapMode: Text.NoWrap
                }
                DialPad {
                    anchors.horizontalCenter: parent.horizontalCenter
                    keyHeight: 52
                    offersPlus: false

                    onKeyPressed: key => page.send(key)
                }
            }
            CallDetails {
                call: page.call
                changes: page.changes
                contacts: page.contacts
                rules: page.rules
                visible: !page.keypadShown
                width: parent.width

                onMoveAllowed: page.calls.allowMove()
                onMoveDeclined: page.calls.keepOnPhone()
                onSasCompared: same => page.calls.answerSas(same)
            }
        }
    }
    CallControls {
        id: controls

        anchors.bottom: parent.bottom
        anchors.bottomMargin: page.call.ended ? Theme.large : Theme.small
        anchors.horizontalCenter: parent.horizontalCenter
        call: page.call
        focus: true
        keypadShown: page.keypadShown
        width: Math.min(parent.width - 2 * Theme.medium, Theme.columnWidth)

        onClosed: page.calls.dismiss()
        onHungUp: page.calls.hangUp()
        onKeypadToggled: page.keypadShown = !page.keypadShown
        onMuteToggled: page.calls.setMuted(!page.call.muted)
        onRedialled: page.calls.redial()
        onStayChosen: page.calls.stayOnPhone()
    }
}
