import QtQuick
import Ringlift.Ui

/// Something the user should know, with what can be done about it.
Rectangle {
    id: notice

    enum Kind {
        Note,
        Caution,
        Problem
    }

    default property alias actions: column.data
    required property string text
    property int kind: NoticeCard.Note
    property string action

    signal acted

    readonly property color ink: kind === NoticeCard.Problem ? Theme.danger : kind === NoticeCard.Caution ? Theme.warning : Theme.accent

    color: kind === NoticeCard.Problem ? Theme.dangerSurface : kind === NoticeCard.Caution ? Theme.warningSurface : Theme.accentSurface
    implicitHeight: column.implicitHeight + 2 * Theme.medium
    implicitWidth: 320
    radius: Theme.radius
    visible: text !== ""

    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Icon {
        id: symbol

        anchors.left: parent.left
        anchors.margins: Theme.medium
        anchors.top: parent.top
        color: notice.ink
        name: notice.kind === NoticeCard.Note ? "info" : "warning"
        size: 20
    }
    Column {
        id: column

        anchors.left: symbol.right
        anchors.leftMargin: Theme.small + Theme.tiny
        anchors.right: parent.right
        anchors.rightMargin: Theme.medium
        anchors.top: parent.top
        anchors.topMargin: Theme.medium
        spacing: Theme.small

        AppText {
            font.pixelSize: Theme.captionSize + 1
            text: notice.text
            width: parent.width

            Accessible.ignored: true
        }
        AppButton {
            text: notice.action
            visible: notice.action !== ""

            onClicked: notice.acted()
        }
    }
}
